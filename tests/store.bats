#!/usr/bin/env bats
# The store as ev-emit writes it: what stands around the log, and what is to be
# borne from it.

load helper
load other

count() { # FILE
	wc -l <"$1"
}

# --- a retry after a kill before the last byte

@test "an event that only its LF is missing from is not written twice" {
	lines=('{"event_id":"b","event_type":"x","timestamp":"2026-01-06T09:00:00Z","actor":"x","correlation_id":null,"data":{}}'
		'{"ts":"2026-01-06T09:00:00Z","source":"gt","type":"s","actor":"m","payload":{},"visibility":"both"}')
	for line in "${lines[@]}"; do
		rm -rf .events .events.jsonl
		ev-emit -q -d vermas first
		ev-emit -q - <<<"$line"
		truncate -s -1 .events.jsonl
		run -0 ev-emit -q - <<<"$line"
		[ "$(grep -cFx "$line" .events.jsonl)" -eq 1 ]
		cmp .events.jsonl .events/feed.jsonl
	done
	ev-emit -q --id a x
	truncate -s -1 .events.jsonl
	run -0 ev-emit --id a x
	[ "$(grep -c '"a"' .events.jsonl)" -eq 1 ]
}

# --- ids by day files that are not what they were

@test "--id: written once, also when its day file is gone, cut or overwritten" {
	export EV_NOW=2026-03-01T12:00:00Z
	local day=.events/2026-03-01.jsonl
	for harm in 'rm' 'truncate -s 200' 'shred -n 1 -x'; do
		rm -rf .events .events.jsonl
		ev-emit -q --id k1 a
		ev-emit -q --id k2 a
		$harm "$day"
		run -0 ev-emit -q --id k2 a
		[ "$(count .events.jsonl)" -eq 2 ]
	done
}

@test "--id: a retry after midnight finds what was written before" {
	EV_NOW=2026-03-01T23:59:59Z ev-emit -q --id k a
	EV_NOW=2026-03-02T00:00:01Z run -0 ev-emit --id k a
	[ "$(count .events.jsonl)" -eq 1 ]
}

@test "agentguard: 20,000 equal events of one millisecond are numbered at once" {
	export EV_NOW=1772323200000
	local line='{"fingerprint":"fp_00112233","type":"X","severity":1,"message":"m"}'
	yes "$line" | head -n 20000 >in
	timeout 30 "$EV_BIN/ev-emit" - <in >ids
	[ "$(sed -n '1p;2p;$p' ids | tr '\n' ' ')" = 'evt_1772323200000_00112233 evt_1772323200000_00112233_2 evt_1772323200000_00112233_20000 ' ]
	[ "$(sort -u ids | wc -l)" -eq 20000 ]
	run -0 timeout 5 "$EV_BIN/ev-emit" -d agentguard X -m m fingerprint=fp_00112233
	[ "$output" = evt_1772323200000_00112233_20001 ]
}

# --- what cannot be written

@test "a limit on file sizes is an error, no death by a signal" {
	need prlimit
	for limit in 0 10 100; do
		# its messages go to a pipe: a file would meet the limit too
		run -2 bash -o pipefail -c "prlimit --fsize=$limit '$EV_BIN/ev-emit' a 2>&1 | cat"
		[[ $output == *"ev-emit: cannot write '"*"': File too large" ]]
		rm -rf .events .events.jsonl
	done
	run -0 ev-emit a
}

@test "views that cannot be kept up are told once, the event is written" {
	need prlimit
	run -0 --separate-stderr prlimit --fsize=300 "$EV_BIN/ev-emit" a
	[ "$stderr" = "ev-emit: day files and feed of '.events.jsonl' are behind: cannot write '.events/state': File too large" ]
	[ "$(count .events.jsonl)" -eq 1 ]
	ev-emit -q b
	cmp .events.jsonl .events/feed.jsonl
}

@test "a directory that may not be written: one message, nothing of what was not done" {
	meet_other
	run -2 --separate-stderr "${OTHER[@]}" "$EV_BIN/ev-emit" -S . a
	[ "$stderr" = "ev-emit: cannot open './.events.jsonl': Permission denied" ]
}

@test "a group that may write the log may write all files" {
	meet_other
	install -d -m 2775 -g 65534 setgid
	install -d -m 775 -g 65534 plain
	for dir in setgid plain; do
		install -m 664 -g 65534 /dev/null $dir/.events.jsonl
		(umask 077 && ev-emit -q -S $dir a)
		[ "$(stat -c %a:%g $dir/.events $dir/.events/* | sed 's/^2//' | sort -u | tr '\n' ' ')" = '664:65534 775:65534 ' ]
		run -0 --separate-stderr "${OTHER[@]}" "$EV_BIN/ev-emit" \
			-S $dir b
		[ -z "$stderr" ]
		cmp $dir/.events.jsonl $dir/.events/feed.jsonl
	done
}

@test "ids stay distinct when the clock stands and the state lags behind" {
	export EV_NOW=2026-01-06T12:00:00Z
	ev-emit -q a
	cp .events/state old
	ev-emit -q b
	ev-emit -q b
	cp old .events/state
	ev-emit -q c
	# also behind a state whose last id a wrong clock made
	EV_NOW=2090-01-06T12:00:00Z ev-emit -q d
	cp .events/state old
	ev-emit -q e
	cp old .events/state
	ev-emit -q f
	[ "$(jq -r .event_id .events.jsonl | sort -u | wc -l)" -eq 7 ]
	[ "$(jq -r .event_id .events.jsonl | sort -c 2>&1)" = "" ]
}

@test "ids that are made without the lock are nobody else's when the clock stands" {
	need flock
	export EV_NOW=2026-01-06T12:00:00Z
	ev-emit -q a
	cp .events.jsonl one
	flock -F .events/lock sleep 100 3>&- &
	holder=$! # wait_for has children of its own
	wait_for sh -c '! flock -n .events/lock true'
	for _ in 1 2 3; do
		# as writers that do not see each other
		cat one >.events.jsonl
		ev-emit --best-effort --timeout 300ms b >>ids
	done
	kill -KILL "$holder"
	[ "$(wc -l <ids)" -eq 3 ]
	[ "$(sort -u ids | wc -l)" -eq 3 ]
}

@test "a user without a name is an actor by number" {
	meet_other
	unset EV_ACTOR LOGNAME USER
	run -0 env HOME=/nowhere setpriv --reuid=54321 --regid=54321 \
		--clear-groups "$EV_BIN/ev-emit" -S . --dry-run a
	[ "$(jq -r .actor <<<"$output")" = 54321 ]
}

@test "ids stay later than those before when a view was damaged meanwhile" {
	export EV_NOW=2026-01-06T12:00:00Z
	ev-emit -q a
	for _ in 1 2 3 4 5; do
		echo damage >>.events/2026-01-06.jsonl
		run -0 ev-emit -qv b
		[[ $output == *'made anew: they were damaged'* ]]
		ev-emit -q c
	done
	[ "$(jq -r .event_id .events.jsonl | sort -uc 2>&1)" = '' ]
	[ "$(count .events.jsonl)" -eq 11 ]
}

# --- views that somebody takes away

@test "a feed that is emptied or gone begins anew where the log is, and nothing else does" {
	for harm in 'truncate -s 0' rm; do
		ev-emit -q a
		$harm .events/feed.jsonl
		run -0 ev-emit -v b
		[[ $output != *anew* ]]
		[ "$(count .events/feed.jsonl)" -eq 1 ]
		cmp <(tail -n 1 .events.jsonl) .events/feed.jsonl
		ev-emit -q c
		[ "$(count .events/feed.jsonl)" -eq 2 ]
	done
}

@test "blank lines of a log that was replaced are not kept as lost" {
	ev-emit -q a
	printf '  \n\t\r\n' >>.events.jsonl
	ev-emit -q b
	sed -n 3p .events.jsonl | grep -q '^\s*$'
	grep -v '^\s*$' .events.jsonl >new
	sed -i 1d new
	cat new new >.events.jsonl
	run -0 ev-emit -v c
	[[ $output == *'1 line that the views held and '*' lacks were kept in lost.jsonl'* ]]
	[ "$(count .events/lost.jsonl)" -eq 1 ]
	grep -q '"event_type":"a"' .events/lost.jsonl
}
