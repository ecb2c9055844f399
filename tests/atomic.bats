#!/usr/bin/env bats
# ev-emit --atomic: all events of an input, or none.

load helper

input() { # COUNT
	seq -f '{"event_type":"t%.0f"}' 1 "$1"
}

count() {
	grep -c . .events.jsonl
}

spooled() {
	find "$XDG_STATE_HOME/ev/spool" -type f 2>/dev/null
}

@test "--atomic: all are written in one write, and nothing is left behind" {
	need strace
	input 20000 >in
	run -0 bash -c 'ev-emit --atomic - <in >ids'
	[ "$(count)" -eq 20000 ]
	[ "$(sort -u ids | wc -l)" -eq 20000 ]
	cmp .events.jsonl .events/feed.jsonl
	[ -z "$(spooled)" ]
	input 20000 | strace -o traced -y -e trace=write \
		ev-emit -q --atomic - || skip "strace may not trace here"
	[ "$(grep -c 'write([0-9]*</.*/\.events\.jsonl>' traced)" -eq 1 ]
}

@test "--atomic: one bad event, and none is written" {
	ev-emit -q first
	for bad in nonsense '{"event_type":""}' '[1]' '{"a":1,"a":2}' '{"event_type":"cut'; do
		run -2 --separate-stderr ev-emit --atomic - < <(
			input 5000
			echo "$bad"
			input 3
		)
		[ -z "$output" ]
		grep -q '^ev-emit: -:5001: ' <<<"$stderr"
		grep -qx 'ev-emit: nothing is written' <<<"$stderr"
		[ "$(count)" -eq 1 ]
	done
	[ -z "$(spooled)" ]
}

@test "--atomic: a conflict that is an error is one for all" {
	line() { echo '{"event_id":"x","event_type":"'"$1"'","timestamp":"2026-01-06T09:00:00Z","actor":"a","data":{}}'; }
	line a | ev-emit -q -
	run -2 --separate-stderr ev-emit --atomic --on-conflict=error - < <(
		input 2
		line b
	)
	grep -q -- '-:3: its id is in the log with other content' <<<"$stderr"
	[ "$(count)" -eq 1 ]
	run -0 ev-emit -q --atomic --on-conflict=skip - < <(
		input 2
		line b
		line a
	)
	[ "$(count)" -eq 3 ]
}

@test "--atomic: only with -; nothing at all is fine" {
	run -2 ev-emit --atomic a
	grep -q -- '--atomic: only with -' <<<"$output"
	run -0 ev-emit --atomic - </dev/null
	[ ! -e .events.jsonl ]
}

@test "--atomic: a full disk, or a spool that cannot be written: none" {
	ev-emit -q first
	run -2 bash -c 'ulimit -f 8; seq -f "{\"event_type\":\"t%.0f\"}" 1 200 |
		ev-emit -q --atomic -'
	[ "$(count)" -eq 1 ]
	[ -z "$(spooled)" ]
	mkdir -p "$HOME"
	rm -rf "$XDG_STATE_HOME"
	: >"$XDG_STATE_HOME"
	run -2 ev-emit -q --atomic - < <(input 3)
	grep -q 'spool' <<<"$output"
	[ "$(count)" -eq 1 ]
}

@test "--atomic: the lock is held: none" {
	need flock
	ev-emit -q first
	flock -F .events/lock sh -c 'echo >held; exec sleep 100' 3>&- &
	holder=$!
	wait_for test -s held
	run -0 --separate-stderr ev-emit -q --atomic --best-effort \
		--timeout 200ms - < <(input 3)
	kill -KILL "$holder" # flock -F: it is the one process
	wait "$holder" || :
	[ "$(count)" -eq 1 ]
	run -0 ev-emit -q last
	[ "$(jq -r .event_type .events.jsonl | tr '\n' ' ')" = 'first t1 t2 t3 last ' ]
}

@test "--atomic: killed at every call, and inside the write: all or none" {
	shim=$EV_BUILD/fault/shim.so
	if grep -q __asan_init "$EV_BIN/ev-emit"; then
		skip "no library can be preloaded into a build with ASan"
	fi
	log=$PWD/.events.jsonl
	input 40 >in
	ev-emit -q first
	cp -R . "$BATS_TEST_TMPDIR/before"
	attempt() { # FAULT
		rm -rf .events .events.jsonl "$XDG_STATE_HOME"
		cp -R "$BATS_TEST_TMPDIR/before/." .
		LD_PRELOAD=$shim EV_FAULT=$1 ev-emit -q --atomic -S "$log" \
			- <in 2>/dev/null || :
	}
	attempt 'trace calls'
	calls=$(wc -l <calls)
	write=$(grep -n "^write [0-9]* $log\$" calls | cut -d: -f1)
	[ "$calls" -gt 10 ]
	some=0 none=0
	for ((i = 1; i <= calls; i++)); do
		faults=("before $i" "after $i")
		[ "$i" != "$write" ] ||
			faults+=("byte $i 1" "byte $i 200" "byte $i 2001")
		for fault in "${faults[@]}"; do
			attempt "$fault"
			ev-emit -q next
			ev-tail -q -n all -t 't*' -o id >ids
			n=$(wc -l <ids)
			[ "$n" -eq 0 ] || [ "$n" -eq 40 ] ||
				{ echo "$fault: $n" && return 1; }
			[ "$(sort -u ids | wc -l)" -eq "$n" ]
			none=$((none + (n == 0)))
			some=$((some + (n == 40)))
		done
	done
	[ "$some" -gt 3 ]
	[ "$none" -gt 3 ]
}
