#!/usr/bin/env bats
# C18 of 7-trust: the fuzz targets with their seeds and some thousands of their
# neighbours.  make fuzz has clang's libFuzzer look further.

load helper

FUZZ=$BATS_TEST_DIRNAME/fuzz

@test "every fuzz target has seeds, and every seed a target" {
	run -0 diff <(cd "$FUZZ" && printf '%s\n' *.c | sed 's/\.c$//; /^main$/d') \
		<(ls "$FUZZ/seed")
}

@test "C18: what must hold holds for every input beside the seeds" {
	run -0 "$BATS_TEST_DIRNAME/fault/seeds.sh" "$EV_BUILD/fuzz" 4000
	echo "# $output" >&3
	[[ $output =~ ^C18:\ ([0-9]+)\ inputs,\ 0\ targets\ crashed$ ]]
	[ "${BASH_REMATCH[1]}" -ge 40000 ]
}

@test "C18: without the escaper some input reaches a terminal" {
	run -134 "$EV_BUILD/mutant/NO_ESCAPER/escape" "$FUZZ/seed/escape"
	[[ $output == *'does not hold: safe_text('* ]]
}
