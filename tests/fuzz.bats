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
	local total=0
	for seed in "$FUZZ"/seed/*; do
		run -0 "$EV_BUILD/fuzz/${seed##*/}" "$seed" 4000
		[[ $output =~ ^([0-9]+)\ inputs,\ 0\ crashes$ ]]
		total=$((total + BASH_REMATCH[1]))
	done
	echo "# C18: $total inputs, 0 crashes" >&3
	[ "$total" -ge 40000 ]
}

@test "C18: without the escaper some input reaches a terminal" {
	run -134 "$EV_BUILD/mutant/NO_ESCAPER/escape" "$FUZZ/seed/escape"
	[[ $output == *'does not hold: safe_text('* ]]
}
