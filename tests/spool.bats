#!/usr/bin/env bats
# ev-emit --best-effort: it never fails, never holds its caller up, and what
# cannot be written waits in the spool for the next writer.

load helper

teardown() {
	[ -z "${HOLDER:-}" ] || kill -KILL "$HOLDER" 2>/dev/null || :
	[ -z "${OPEN:-}" ] || rm -rf "$OPEN"
}

# A store that nobody can write: its log is a directory's name.
block() { # [LOG]
	mkdir -p "${1:-.events.jsonl}"
}

unblock() {
	rmdir "${1:-.events.jsonl}"
}

spooled() { # the files of the spool
	find "$XDG_STATE_HOME/ev/spool" -type f 2>/dev/null | sort
}

types() {
	jq -r '.event_type // .type' .events.jsonl | tr '\n' ' '
}

# Holds the lock of the store here until it is killed; $HOLDER.
hold_lock() {
	ev-emit -q first
	flock -F .events/lock sh -c 'echo held >held; exec sleep 100' 3>&- &
	HOLDER=$!
	wait_for test -s held
}

@test "--best-effort: what goes wrong is said, and the status is 0" {
	run -0 --separate-stderr ev-emit --best-effort
	grep -q 'no TYPE' <<<"$stderr"
	run -0 --separate-stderr ev-emit --best-effort --no-such-option a
	grep -q 'unknown option' <<<"$stderr"
	run -0 --separate-stderr ev-emit --best-effort a 'b:={'
	grep -q '^ev-emit: b: not JSON' <<<"$stderr"
	run -0 --separate-stderr ev-emit --best-effort -p @last a
	grep -q 'no such event\|no event' <<<"$stderr"
	[ -n "$output" ]
	run -0 --separate-stderr ev-emit --best-effort - <<<'no json'
	grep -q '^ev-emit: -:1: ' <<<"$stderr"
	run -0 --separate-stderr ev-emit -d nonsense --best-effort a
	[ -n "$stderr" ]
	run -0 --separate-stderr ev-emit --best-effort a >/dev/full
	run -2 ev-emit --timeout 1s a
	run -2 ev-emit -m --best-effort
	[ "$(types)" = 'a a ' ]
}

@test "--best-effort: of settings that are wrong the others count" {
	mkdir -p "$XDG_CONFIG_HOME/ev"
	printf '[ev]\nno = 1\nsession = S\n[redact]\nkey = pin\n' >"$XDG_CONFIG_HOME/ev/config"
	run -2 ev-emit a
	EV_SYNC=never run -0 --separate-stderr ev-emit --best-effort a pin=1234
	[[ ${stderr_lines[0]} == "ev-emit: $XDG_CONFIG_HOME/ev/config:2: unknown variable 'ev.no'"* ]]
	[ "$(jq -r '.session_id + .data.pin' .events.jsonl)" = 'S[REDACTED:listed-key]' ]
	mv "$XDG_CONFIG_HOME/ev/config" .events/config
	run -0 ev-emit --best-effort b pin=1234
	[ "$(tail -n 1 .events.jsonl | jq -r '.session_id + .data.pin')" = 'S[REDACTED:listed-key]' ]
}

@test "--best-effort: output that cannot be written is no failure" {
	run -0 bash -c 'ev-emit --best-effort a >/dev/full'
	grep -q 'cannot write to standard output' <<<"$output"
	run -0 bash -c 'ev-emit --best-effort b >&-'
	[ "$(types)" = 'a b ' ]
}

@test "--timeout: a length of time, below a day" {
	for time in 0s 1x '' 2d 1mo; do
		run -0 --separate-stderr ev-emit --best-effort \
			--timeout "$time" a
		grep -q -- '--timeout' <<<"$stderr"
	done
	[ ! -e .events.jsonl ]
	run -0 ev-emit -q --best-effort --timeout 1500ms a
}

@test "-q: only what is lost is said" {
	block
	run -0 ev-emit -q --best-effort a
	[ -z "$output" ]
	rm -rf "$XDG_STATE_HOME"
	mkdir -p "$HOME"
	: >"$XDG_STATE_HOME"
	run -0 ev-emit -q --best-effort a
	grep -q "cannot open '.*spool" <<<"$output"
}

@test "spool: what cannot be written comes with the next event, in order" {
	block
	for type in a b c; do
		run -0 --separate-stderr ev-emit --best-effort --id "$type" "$type"
		[ "$output" = "$type" ]
		grep -q "'.events.jsonl' is not a regular file.*kept in the spool" \
			<<<"$stderr"
	done
	[ "$(spooled | wc -l)" -eq 3 ]
	unblock
	run -0 ev-emit -v d
	grep -q '3 events of the spool .* written' <<<"$output"
	[ "$(types)" = 'a b c d ' ]
	[ -z "$(spooled)" ]
	cmp .events.jsonl .events/feed.jsonl
}

@test "spool: it is the user's alone, an entry names its store" {
	umask 0
	block
	run -0 ev-emit -q --best-effort a
	[ "$(stat -c %a "$XDG_STATE_HOME"/ev/spool "$XDG_STATE_HOME"/ev/spool/* \
		"$(spooled)" | tr '\n' ' ')" = '700 700 600 ' ]
	[ "$(head -n 1 "$(spooled)")" = "ev-spool 1 $(pwd -P)/.events.jsonl" ]
	sed -n 2p "$(spooled)" | grep -q '^id vermas {"event_id":"evt-'
}

@test "spool: each store gets its own, by whatever name it is called" {
	mkdir one 'two %'
	block one/.events.jsonl
	block 'two %/.events.jsonl'
	ev-emit -q --best-effort -S one a 2>/dev/null
	(cd 'two %' && ev-emit -q --best-effort b)
	ln -s one link
	unblock one/.events.jsonl
	unblock 'two %/.events.jsonl'
	run -0 ev-emit -q -S link c
	[ "$(cd one && types)" = 'a c ' ]
	run -0 ev-emit -q -S 'two %' d
	[ "$(cd 'two %' && types)" = 'b d ' ]
}

@test "spool: a store whose directory is missing" {
	run -0 ev-emit --best-effort -S gone/deep a
	run -0 ev-emit -q --best-effort -S gone/deep/x.jsonl b
	run -0 ev-emit --best-effort -S gone/../deep c
	grep -q 'the store is not known' <<<"$output"
	mkdir -p gone/deep
	run -0 ev-emit -q -S gone/deep d
	run -0 ev-emit -q -S gone/deep/x.jsonl e
	[ "$(cd gone/deep && types)" = 'a d ' ]
	[ "$(wc -l <gone/deep/x.jsonl)" -eq 2 ]
}

@test "spool: a log that is a link, and a private directory that is one" {
	: >target
	ln -s target .events.jsonl
	run -0 ev-emit --best-effort a
	grep -q 'symbolic link, refused; kept' <<<"$output"
	rm .events.jsonl
	ln -s . .events
	run -0 ev-emit -q --best-effort b
	[ ! -s target ]
	rm .events
	run -0 ev-emit -q c
	[ "$(types)" = 'a b c ' ]
}

@test "spool: a log and a directory without the right to write" {
	[ "$(id -u)" -eq 0 ] || skip "only root can become somebody else"
	need setpriv
	other=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	"${other[@]}" test -x "$EV_BIN/ev-emit" ||
		skip "somebody else cannot reach $EV_BIN"
	OPEN=$(mktemp -d /tmp/ev-spool.XXXXXX)
	chmod 755 "$OPEN"
	mkdir "$OPEN/state" "$OPEN/log"
	chown 65534 "$OPEN/state"
	export XDG_STATE_HOME=$OPEN/state
	cd "$OPEN/log"
	run -0 "${other[@]}" "$EV_BIN/ev-emit" --best-effort a
	grep -q 'Permission denied; kept in the spool' <<<"$output"
	install -m 644 /dev/null .events.jsonl
	run -0 "${other[@]}" "$EV_BIN/ev-emit" -q --best-effort b
	chmod 777 .
	rm .events.jsonl
	run -0 "${other[@]}" "$EV_BIN/ev-emit" -q c
	[ "$(types)" = 'a b c ' ]
}

@test "spool: lines of an input, with and without ids, none twice" {
	printf '%s\n' '{"event_id":"x","event_type":"a","timestamp":"2026-01-06T09:00:00Z","actor":"x","data":{}}' \
		'{"ts":"2026-01-06T09:00:00Z","source":"gt","type":"s","actor":"m","payload":{},"visibility":"both"}' \
		'{"ts":"2026-01-06T09:00:00Z","source":"gt","type":"s","actor":"m","payload":{},"visibility":"both"}' \
		>input
	block
	run -0 ev-emit -q --best-effort - <input
	run -0 ev-emit -q --best-effort - <input
	unblock
	run -0 ev-emit -q b
	[ "$(types)" = 'a s s b ' ]
	run -0 ev-emit -q - <input
	[ "$(types)" = 'a s s b ' ]
}

@test "spool: a writer killed between log and spool doubles nothing" {
	block
	for i in 1 2 3; do
		ev-emit -q --best-effort "t$i"
		EV_NOW=2026-01-06T09:00:00Z ev-emit -q --best-effort -d gastown \
			"g$i"
	done
	cp -R "$XDG_STATE_HOME" kept
	unblock
	run -0 ev-emit -q last
	[ "$(types)" = 't1 g1 t2 g2 t3 g3 last ' ]
	# the files are there again: so it looks when they were not removed
	cp -R kept/. "$XDG_STATE_HOME"
	run -0 ev-emit -q more
	[ "$(types)" = 't1 g1 t2 g2 t3 g3 last more ' ]
	[ -z "$(spooled)" ]
	# and when it was killed inside its write
	cp -R kept/. "$XDG_STATE_HOME"
	head -c 700 .events.jsonl >torn
	rm -rf .events
	mv torn .events.jsonl
	run -0 ev-emit -q more
	for type in t1 g1 t2 g2 t3 g3; do
		[ "$(grep -c "\"$type\".*}$" .events.jsonl)" -eq 1 ]
	done
}

@test "spool: a writer killed at every call loses and doubles nothing" {
	shim=$EV_BUILD/fault/shim.so
	if grep -q __asan_init "$EV_BIN/ev-emit"; then
		skip "no library can be preloaded into a build with ASan"
	fi
	log=$PWD/.events.jsonl
	block
	for i in 1 2 3; do
		ev-emit -q --best-effort "t$i"
		EV_NOW=2026-01-06T09:00:00Z ev-emit -q --best-effort -d gastown \
			"t$((i + 3))"
	done
	cp -R "$XDG_STATE_HOME" kept
	unblock
	attempt() { # FAULT
		rm -rf .events .events.jsonl "$XDG_STATE_HOME"
		ev-emit -q first
		cp -R kept "$XDG_STATE_HOME"
		LD_PRELOAD=$shim EV_FAULT=$1 ev-emit -q -S "$log" middle \
			2>/dev/null || :
	}
	attempt 'trace calls'
	calls=$(wc -l <calls)
	[ "$calls" -gt 15 ]
	for ((i = 1; i <= calls; i++)); do
		faults=("before $i" "after $i")
		read -r kind size path < <(sed -n "${i}p" calls)
		[ "$kind $path" != "write $log" ] ||
			faults+=("byte $i 1" "byte $i $((size / 2))" "byte $i $((size - 1))")
		for fault in "${faults[@]}"; do
			attempt "$fault"
			ev-emit -q last
			ev-tail -q -n all -t 't*' -o csv --columns type |
				sed 1d >seen
			[ "$(sort seen | tr -d '\n')" = t1t2t3t4t5t6 ] ||
				{ echo "$fault: $(cat seen)" && return 1; }
			[ "$(tr -d '\n' <seen)" = t1t4t2t5t3t6 ] ||
				{ echo "$fault: order: $(cat seen)" && return 1; }
			[ -z "$(spooled)" ]
		done
	done
}

@test "spool: links, foreign files and other users' directories are refused" {
	block
	mkdir -p "$XDG_STATE_HOME" elsewhere/spool
	ln -s "$PWD/elsewhere" "$XDG_STATE_HOME/ev"
	run -0 ev-emit --best-effort a
	grep -q 'cannot open' <<<"$output"
	rm "$XDG_STATE_HOME/ev"
	mkdir -p "$XDG_STATE_HOME/ev/spool"
	chmod 777 "$XDG_STATE_HOME/ev/spool"
	run -0 ev-emit --best-effort a
	grep -q "not this user's alone, refused" <<<"$output"
	[ -z "$(find elsewhere "$XDG_STATE_HOME/ev" -type f)" ]
}

@test "spool: an entry that is damaged is set aside, the others are written" {
	block
	for type in a b c; do ev-emit -q --best-effort "$type"; done
	unblock
	second=$(spooled | sed -n 2p)
	first=$(spooled | sed -n 1p)
	printf 'id vermas {"event_id":"z"\n' >>"$second"
	ln -s /etc/passwd "${first%/*}/0000000000000000-0000000000000000"
	run -0 ev-emit -q d
	grep -q "$(basename "$second").bad' cannot be written to the log" \
		<<<"$output"
	[ "$(types)" = 'a c d ' ]
	[ "$(spooled)" = "$second.bad" ]
}

@test "spool: it is full, and that is said" {
	block
	ev-emit -q --best-effort a
	dir=$(dirname "$(spooled)")
	truncate -s 64M "$dir/0000000000000001-0000000000000000"
	run -0 --separate-stderr ev-emit --best-effort b
	grep -q "the spool '.*' is full" <<<"$stderr"
	[ -z "$output" ]
}

@test "no lock in time: written without it, and no later than --timeout" {
	need flock
	hold_lock
	start=${EPOCHREALTIME/./}
	run -0 ev-emit -v --best-effort --timeout 300ms second
	end=${EPOCHREALTIME/./}
	grep -q 'another process holds the lock' <<<"$output"
	[ $((end - start)) -lt 800000 ]
	[ "$(types)" = 'first second ' ]
}

@test "standard input that does not end: what came is written in time" {
	mkfifo in
	exec 9<>in
	echo '{"event_type":"a","data":{}}' >&9
	start=${EPOCHREALTIME/./}
	run -0 bash -c 'ev-emit -q --best-effort --timeout 200ms - <in 9>&-'
	end=${EPOCHREALTIME/./}
	exec 9>&-
	grep -q 'time is up before standard input ended' <<<"$output"
	[ $((end - start)) -lt 700000 ]
	[ "$(types)" = 'a ' ]
}

@test "a field's file that never ends is not waited for" {
	mkfifo pipe
	exec 9<>pipe
	run -0 ev-emit --best-effort --timeout 200ms a x=@pipe 9>&-
	exec 9>&-
	[ -n "$output" ]
	[ ! -e .events.jsonl ]
}
