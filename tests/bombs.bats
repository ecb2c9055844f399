#!/usr/bin/env bats
# C20 of 7-trust: inputs that are made to hurt; and logs read by several
# threads.  make trust takes larger bombs, make tsan looks for races.

load helper

FAULT=$BATS_TEST_DIRNAME/fault

may_measure() {
	need python3
	if grep -q -e __asan_init -e __tsan_init "$EV_BIN/ev-tail"; then
		skip "a sanitizer's memory says nothing of ours"
	fi
}

@test "C20: long lines, deep nesting, millions of types, chains: bounded and linear" {
	may_measure
	run -0 "$FAULT/bombs.py" --sample "$EV_BIN" "$EV_BUILD/counted/bin" \
		"$EV_BUILD/fault/collide" || {
		echo "$output"
		false
	}
	sed -n '$s/^/# /p' <<<"$output" >&3
	[[ $output =~ C20:\ ([0-9]+)\ runs,.*,\ 0\ wrong$ ]]
	[ "${BASH_REMATCH[1]}" -ge 30 ]
}

@test "C20: with hashes without a secret, colliding ids take the square of the work" {
	may_measure
	run -1 "$FAULT/bombs.py" --keys "$EV_BIN" "$EV_BUILD/counted/FIXED_HASH" \
		"$EV_BUILD/fault/collide"
	[[ $output == *'colliding ids: not linear'* ]]
}

@test "several threads print what one prints, in logs of many blocks" {
	need strace
	run -0 "$FAULT/threads.sh" "$EV_BIN" 20000
	[ "$output" = 'threads: 21 runs over 20000 events, 0 wrong' ]
}
