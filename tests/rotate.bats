#!/usr/bin/env bats
# shellcheck disable=SC2103 # each test has its own directory
# ev-fsck --rotate: the log begins anew, and stays one log.

load helper

# Events evt-FIRST to evt-LAST, one a day.
days() { # FIRST LAST
	local day
	for ((day = $1; day <= $2; day++)); do
		EV_NOW=2026-01-0${day}T10:00:00Z ev-emit -q --id "evt-$day" \
			bead.created bead_id="gt-$day" -S "${LOG:-.events.jsonl}"
	done
}

segments() { # their names, oldest first
	find . -maxdepth 1 -name '.events.*-*.jsonl' -printf '%f\n' | sort -V |
		paste -sd' '
}

whole() { # the log: its segments as far as they count, then itself
	local name range
	for name in $(segments); do
		# which it is not yet while it is the log itself
		[ ! "$name" -ef .events.jsonl ] || continue
		range=${name#.events.} range=${range%.jsonl}
		head -c $((${range#*-} - ${range%-*})) "$name"
	done
	cat .events.jsonl
}

# Day files and feed are what the segments and the log say.
check_views() {
	local day
	run -0 ev-fsck -q
	[ -z "$output" ]
	for day in .events/20*.jsonl; do
		day=${day#.events/}
		whole | grep -aE "\"(timestamp|ts)\":\"${day%.jsonl}" |
			cmp - ".events/$day"
	done
	whole | tail -c "$(stat -c %s .events/feed.jsonl)" |
		cmp - .events/feed.jsonl
}

size() {
	stat -c %s "$1"
}

@test "--rotate: the log begins anew, and loses nothing" {
	days 1 3
	cp .events.jsonl before
	run -0 --separate-stderr ev-fsck --rotate 1
	n=$(size before)
	[ "$output" = ".events.0-$n.jsonl: rotated: holds $n bytes; '.events.jsonl' begins anew" ]
	[ -z "$stderr" ]
	cmp before ".events.0-$n.jsonl"
	[ ! -s .events.jsonl ]
	check_views
	days 4 5
	[ "$(jq -r .event_id .events.jsonl | paste -sd' ')" = 'evt-4 evt-5' ]
	check_views
	run -0 ev-fsck --rotate 1
	days 6 6
	[ "$(segments)" = ".events.0-$n.jsonl .events.$n-$((n * 5 / 3)).jsonl" ]
	check_views
	# it is no other log now
	[ "$(head -c 512 .events/state | jq -r .gen)" = 1 ]
	[ "$(tail -c 512 .events/state | jq -r .gen)" = 1 ]
	run -0 ev-fsck
	[ "$output" = '.events.jsonl: sound: 6 events, 6 days' ]
	[ ! -e .events/rotate.tmp ]
}

@test "--rotate: only when it is as large, or as old" {
	days 1 3
	n=$(size .events.jsonl)
	run -0 ev-fsck --rotate $((n + 1))
	[ -z "$output" ]
	run -0 ev-fsck --rotate 1G -v
	[ "$output" = '.events.jsonl: kept: not yet that large' ]
	export EV_NOW=2026-01-04T10:00:00Z
	run -0 ev-fsck --rotate 73h
	[ -z "$output" ]
	run -0 ev-fsck -v --rotate 30d
	[ "$output" = '.events.jsonl: kept: not yet that old' ]
	[ -z "$(segments)" ]
	run -0 ev-fsck --rotate 72h
	[ "$(segments)" = ".events.0-$n.jsonl" ]
	# it is empty: not for any limit
	run -0 ev-fsck -v --rotate 0
	[ "$output" = '.events.jsonl: kept: not yet that large' ]
	# what has no time is not old; the first that has one tells
	printf '{"x":1}\nno json\n' >>.events.jsonl
	run -0 ev-fsck -v --rotate 1ms
	[ "$output" = '.events.jsonl: kept: not yet that old' ]
	days 4 4
	EV_NOW=2026-01-05T10:00:00Z run -0 ev-fsck --rotate 1d
	[ "$(segments | wc -w)" -eq 2 ]
	run -0 ev-fsck --rotate "$(size .events.jsonl)"
}

@test "--rotate: a limit is a size or a length of time" {
	days 1 1
	for limit in '' x 1x -5 5Q yesterday 1,5G; do
		run -2 ev-fsck --rotate "$limit"
		[[ $output == *"'$limit' is neither a size, such as 64M, nor a length of time, such as 30d"* ]]
	done
	run -2 ev-fsck --rotate
	run -2 ev-fsck --rotate 1 --rebuild
	# m: minutes, M: MiB
	EV_NOW=2026-01-01T10:02:00Z run -0 ev-fsck --rotate 2M
	[ -z "$output" ]
	EV_NOW=2026-01-01T10:02:00Z run -0 ev-fsck --rotate 2m
	[ -n "$output" ]
}

@test "--rotate: the open layout, and a log of another name" {
	LOG=events.jsonl
	: >events.jsonl
	days 1 2
	run -0 ev-fsck --rotate 1
	[[ ${lines[0]} == "events.0-"* ]]
	days 3 3
	run -0 ev-fsck
	[ "$output" = 'events.jsonl: sound: 3 events, 3 days' ]
	LOG=$PWD/audit
	: >audit
	days 1 2
	run -0 ev-fsck -S "$LOG" --rotate 1
	n=$(size "$(echo audit.0-*)")
	[ -e "audit.0-$n" ]
	days 3 3
	run -0 ev-fsck "$LOG"
	[ "$output" = "$LOG: sound: 3 events, 3 days" ]
}

@test "--rotate: an event that stands in a segment is not written twice" {
	days 1 3
	run -0 ev-fsck --rotate 1
	# by id: in the day file, and without one in all of the log
	days 1 3
	[ ! -s .events.jsonl ]
	rm .events/2026-01-0*.jsonl .events/state
	days 1 3
	[ ! -s .events.jsonl ]
	check_views
	# a batch is compared with all of it: by id, and by line
	cat .events.*-*.jsonl >in
	run -0 ev-emit -q - <in
	line='{"ts":"2026-01-05T00:00:00Z","source":"gt","type":"sling","actor":"x","payload":{"n":1},"visibility":"both"}'
	printf '%s\n%s\n' "$line" "$line" >two
	run -0 ev-emit -q - <two
	run -0 ev-fsck --rotate 1
	run -0 ev-emit -q - <two
	[ ! -s .events.jsonl ]
	# other content under an id: said
	run -1 --separate-stderr ev-emit --on-conflict error - <<<'{"event_id":"evt-2","event_type":"x.y","timestamp":"2026-01-02T10:00:00Z"}'
	[ ! -s .events.jsonl ]
	# the last one and a prefix are found there, too
	run -0 ev-emit -q x.y --cause @last
	grep -q '"evt-3"' .events.jsonl
	check_views
}

@test "--rotate: ids are later than those in the segments" {
	run -0 ev-emit x.y -S .events.jsonl
	last=$output
	run -0 ev-fsck --rotate 1
	rm .events/state
	EV_NOW=2020-01-01T00:00:00Z run -0 ev-emit x.y
	[[ $output > $last ]]
}

@test "--rotate: without state, without views: made anew from all of it" {
	days 1 2
	run -0 ev-fsck --rotate 1
	days 3 4
	run -0 ev-fsck --rotate 1
	days 5 5
	before=$(cat .events/20*)
	rm .events/state
	days 6 6
	check_views
	[ "$(cat .events/2026-01-0[1-5].jsonl)" = "$before" ]
	rm -r .events
	days 7 7
	check_views
	run -0 ev-fsck --rebuild
	check_views
	run -0 ev-fsck
	[ "$output" = '.events.jsonl: sound: 7 events, 7 days' ]
}

@test "--rotate: a torn line is ended, what is there is not changed" {
	days 1 2
	printf '{"event_id":"torn' >>.events.jsonl
	cp .events.jsonl before
	run -0 ev-fsck --rotate 1
	(
		cat before
		echo
	) | cmp - .events.0-*.jsonl
	days 3 3
	check_views
	# of a line that only lacks its LF comes an event
	printf '{"event_id":"late","timestamp":"2026-01-04T00:00:00Z"}' >>.events.jsonl
	run -0 ev-fsck --rotate 1
	check_views
	grep -q late .events/2026-01-04.jsonl
}

@test "--rotate: views that cannot follow refuse it" {
	days 1 2
	cp .events/state before
	echo '{"x":' >.events/dialects.json
	run -2 --separate-stderr ev-fsck --rotate 1
	[ -n "$stderr" ]
	[ -z "$(segments)" ]
	rm .events/dialects.json
	run -2 ev-fsck -S nowhere --rotate 1
	run -0 ev-fsck --rotate 1
	check_views
}

@test "--rotate: a log that git tracks stays" {
	need git
	git init -q .
	days 1 2
	run -0 ev-fsck --rotate 1
	days 3 3
	git add -f .events.jsonl
	run -2 --separate-stderr ev-fsck --rotate 1
	[ "$stderr" = "ev-fsck: git tracks '.events.jsonl': it is not rotated, each clone would do so at another place" ]
	[ "$(segments | wc -w)" -eq 1 ]
}

@test "--rotate: ev-git install hides the segments from git" {
	need git
	git init -q .
	run -0 ev-git install
	days 1 2
	run -0 ev-fsck --rotate 1
	days 3 3
	[ -z "$(git status --porcelain)" ]
	: >.events.notes-x.jsonl
	[ -n "$(git status --porcelain)" ]
}

@test "--rotate: what is put behind the end of a segment is found, and put back" {
	days 1 2
	exec 7>>.events.jsonl
	run -0 ev-fsck --rotate 1
	segment=$(segments)
	days 3 3
	echo '{"event_id":"late","event_type":"x.y","timestamp":"2026-01-01T11:00:00Z"}' >&7
	echo 'no json' >&7
	printf '{"event_id":"torn' >&7
	exec 7>&-
	run -1 ev-fsck
	[ "$output" = "$segment:3: lost: the log lacks this event" ]
	days 4 4
	run -1 ev-fsck
	run -0 ev-fsck --repair
	[[ $output == *'1 event that the log lacked put back'* ]]
	grep -q late .events.jsonl
	check_views
	run -0 ev-fsck
	[ "$output" = '.events.jsonl: sound: 5 events, 4 days' ]
	# by its end the segment is what it was
	run -0 ev-fsck --rebuild
	run -0 ev-fsck --repair
	[ "$(grep -c late .events.jsonl)" -eq 1 ]
}

@test "--rotate: a segment that is gone or cut is found, and holds nobody up" {
	days 1 2
	run -0 ev-fsck --rotate 1
	days 3 4
	run -0 ev-fsck --rotate 1
	days 5 5
	first=$(segments)
	first=${first%% *}
	n=$(size "$first")
	mv "$first" away
	run -1 ev-fsck
	[ "${lines[0]}" = ".events.jsonl: missing: bytes 0 to $n of the log are in no segment" ]
	days 6 6
	mv away "$first"
	check_views
	truncate -s $((n - 5)) "$first"
	run -1 ev-fsck
	[ "${lines[0]}" = "$first: missing: bytes $((n - 5)) to $n of the log are in no segment" ]
	days 7 7
	# made anew from what there is; what only views had is put back
	run -1 ev-fsck --repair
	[[ $output == *'put back'* ]]
	rm "$first"
	run -1 ev-fsck --rebuild
	run -1 ev-fsck
	[ "${#lines[@]}" -ge 1 ]
	days 8 8
	[ "$(whole | jq -r .event_id | sort -u | wc -l)" -ge 7 ]
}

@test "--rotate: the last segment is gone, and little came since" {
	days 1 2
	run -0 ev-fsck --rotate 1
	: >.events.jsonl
	n=$(size "$(segments)")
	printf '{}\n' >>.events.jsonl
	days 3 3
	rm .events.*-*.jsonl
	days 4 4
	run -1 ev-fsck
	[[ $output == *"missing: bytes 0 to $n of the log are in no segment"* ]]
	days 5 5
	[ "$(grep -c evt- .events.jsonl)" -eq 3 ]
}

@test "--rotate: what only looks like a segment is told" {
	days 1 2
	cp .events.jsonl .events.0-5.jsonl
	run -1 ev-fsck
	[ "$output" = '.events.0-5.jsonl: stray: not a part of the log, which has its bytes elsewhere' ]
	rm .events.0-5.jsonl
	mkdir .events.0-7.jsonl
	ln -s .events.jsonl .events.0-8.jsonl
	: >.events.0-007.jsonl
	run -0 ev-fsck
	# the name that it is to get is taken
	n=$(size .events.jsonl)
	echo mine >".events.0-$n.jsonl"
	run -2 ev-fsck --rotate 1
	[[ $output == *"cannot name '.events.jsonl' '.events.0-$n.jsonl' too: File exists" ]]
	[ "$(cat ".events.0-$n.jsonl")" = mine ]
	rm ".events.0-$n.jsonl"
	days 3 3
	# behind the log, or over it, they do not move it
	printf 'x\n' >.events.99999-100001.jsonl
	printf 'x\n' >.events.0-99999.jsonl
	days 3 3
	run -0 ev-tail -n all -o id
	[ "${#lines[@]}" -eq 3 ]
	run -1 ev-fsck
	[ "${#lines[@]}" -eq 2 ]
	[[ $output == *'stray: '*'stray: '* ]]
	rm .events.0-99999.jsonl
	run -0 ev-fsck --rotate 1
	printf 'x\n' >.events.0-99999.jsonl
	days 3 3
	run -0 ev-tail -n all -o id
	[ "${#lines[@]}" -eq 3 ]
	rm .events.0-99999.jsonl .events.99999-100001.jsonl
	days 4 4
	run -0 ev-fsck
	[ "$output" = '.events.jsonl: sound: 4 events, 4 days' ]
}

@test "--rotate: damage is named by the segment's own line" {
	days 1 2
	echo 'no json' >>.events.jsonl
	run -0 ev-fsck --rotate 1
	days 3 3
	echo '[1]' >>.events.jsonl
	run -1 ev-fsck
	[ "${lines[0]}" = "$(segments):3: damaged: not JSON" ]
	[ "${lines[1]}" = '.events.jsonl:2: damaged: not a JSON object' ]
}

@test "--rotate: --redact reaches a line in a segment" {
	days 1 3
	run -0 ev-fsck --rotate 1
	days 4 4
	run -0 ev-fsck --seal 2026-01-02
	n=$(size "$(segments)")
	run -0 ev-fsck --redact evt-2
	[[ $output == *"$(segments):2: redacted: is a tombstone now"* ]]
	[ "$(size "$(segments)")" -eq "$n" ]
	run -0 ev-fsck --verify
	run ! grep -r gt-2 .
	check_views
}

@test "--rotate: days are sealed from all segments" {
	days 1 2
	run -0 ev-fsck --rotate 1
	days 3 3
	run -0 ev-fsck --seal-until now
	run -0 ev-fsck --verify
	[ "$(grep -c ': OK: ' <<<"$output")" -eq 3 ]
	sed -i 's/gt-1/gt-X/' .events.0-*.jsonl
	run -1 ev-fsck --verify
	[[ $output == *MISSING* || $output == *EDITED* ]]
}

# The calls of a command that the shim counts.
calls() { # COMMAND ...
	LD_PRELOAD=$EV_BUILD/fault/shim.so EV_FAULT="trace $PWD/calls" "$@" \
		>/dev/null
	wc -l <calls
	rm calls
}

# Once the line with this id, whatever file it is in; and all is sound.
once() { # ID POINT
	local n
	n=$(whole | grep -c "\"$1\"") || :
	[ "$n" -eq 1 ] || {
		echo "$2: $1 is there $n times"
		return 1
	}
	[ "$(whole | jq -r .event_id | sort | uniq -d)" = '' ]
	run -0 ev-fsck
}

no_asan() {
	if grep -q __asan_init "$EV_BIN/ev-fsck"; then
		skip "no library can be preloaded into a build with ASan"
	fi
}

@test "--rotate: a line that another program adds at any of its calls is in the log" {
	local at count
	no_asan
	days 1 2
	cp -a . ../base
	count=$(calls ev-fsck --rotate 1)
	[ "$count" -ge 15 ]
	export EV_FAULT_TEXT='{"event_id":"late","event_type":"x.y","timestamp":"2026-01-01T11:00:00Z"}
'
	for ((at = 1; at <= count; at++)); do
		rm -rf ../try
		cp -a ../base ../try
		cd ../try
		LD_PRELOAD=$EV_BUILD/fault/shim.so EV_FAULT="foreign $at" \
			EV_FAULT_LOG=.events.jsonl ev-fsck -q --rotate 1
		days 3 3
		once late "call $at"
	done
}

@test "--rotate: a line that another program adds as it is killed is in the log, or found" {
	local at count found=0
	no_asan
	days 1 2
	cp -a . ../base
	count=$(calls ev-fsck --rotate 1)
	for ((at = 1; at <= count; at++)); do
		rm -rf ../try
		cp -a ../base ../try
		cd ../try
		exec 7>>.events.jsonl
		LD_PRELOAD=$EV_BUILD/fault/shim.so EV_FAULT="run $at" \
			EV_FAULT_TEXT='echo "$LATE" >&7; kill -9 $PPID' \
			LATE='{"event_id":"late","event_type":"x.y","timestamp":"2026-01-01T11:00:00Z"}' \
			run ev-fsck -q --rotate 1
		exec 7>&-
		days 3 3
		if ! whole | grep -q late; then
			run -1 ev-fsck
			[[ $output == *'lost: the log lacks this event' ]]
			run -0 ev-fsck --repair
			found=$((found + 1))
		fi
		once late "call $at"
	done
	# the next writer looks behind the end unless the state said all was done
	[ "$found" -le 3 ]
}

@test "--rotate: beside a writer that did not get the lock, at any of its calls" {
	local at count holder
	no_asan
	need flock
	days 1 2
	cp -a . ../base
	emit=(ev-emit -q --best-effort --timeout 300ms --id late x.y)
	flock -F .events/lock sleep 100 3>&- &
	holder=$!
	wait_for sh -c '! flock -n .events/lock true'
	count=$(calls "${emit[@]}")
	kill "$holder"
	[ "$(grep -c late .events.jsonl)" -eq 1 ]
	for ((at = 1; at <= count; at++)); do
		rm -rf ../try
		cp -a ../base ../try
		cd ../try
		flock -F .events/lock sleep 100 3>&- &
		holder=$!
		wait_for sh -c '! flock -n .events/lock true'
		LD_PRELOAD=$EV_BUILD/fault/shim.so EV_FAULT="run $at" \
			EV_FAULT_TEXT="kill $holder; ev-fsck -q --rotate 1" \
			"${emit[@]}"
		kill "$holder" 2>/dev/null || :
		days 3 3
		once late "call $at"
	done
	[ "$count" -ge 4 ]
}

@test "C1: a rotation killed at any of its calls loses and doubles nothing" {
	need python3
	if grep -q __asan_init "$EV_BIN/ev-fsck"; then
		skip "no library can be preloaded into a build with ASan"
	fi
	run -0 "$ROOT/tests/fault/upkeep.py" --sample 2 --scene Rotate \
		"$EV_BIN" "$EV_BUILD/fault/shim.so"
	sed 's/^/# /' <<<"$output" >&3
	# who does not look for segments takes the log for another one
	run -1 "$ROOT/tests/fault/upkeep.py" --first-failure --scene Rotate \
		"$EV_BUILD/mutant/NO_REJOIN/bin" "$EV_BUILD/fault/shim.so"
	[[ $output == *'Rotate --rotate: after '* ]]
	sed 's/^/# NO_REJOIN: /' <<<"$output" >&3
}

@test "C2: a rotation whose calls fail loses and doubles nothing" {
	need python3
	run -0 "$ROOT/tests/fault/upkeep.py" --errors --sample 7 --scene Rotate \
		"$EV_BIN" "$EV_BUILD/fault/inject"
	sed 's/^/# /' <<<"$output" >&3
}

@test "--rotate: --usage lists segments; --keep and --compress let them be" {
	days 1 3
	run -0 ev-fsck --rotate 1
	days 4 4
	segment=$(segments)
	sum=$(sha256sum "$segment")
	run -0 ev-fsck --usage -o jsonl
	[ "$(jq -r 'select(.kind == "segment") | [.file, .lines] | @tsv' <<<"$output")" = "$segment	3" ]
	EV_NOW=2026-03-01T00:00:00Z run -0 ev-fsck --compress 1d
	EV_NOW=2026-03-01T00:00:00Z run -0 ev-fsck --keep 1d
	[ "$(sha256sum "$segment")" = "$sum" ]
	run -0 ev-fsck
}
