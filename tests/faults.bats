#!/usr/bin/env bats
# Faults of other kinds than crashes (7-trust): a sample of each suite's points,
# and each suite on a build without the rule that it is about.  make trust
# takes every point.

load helper

FAULT=$BATS_TEST_DIRNAME/fault

# Says the suite's last line, its figures.
figures() {
	sed -n '$s/^/# /p' <<<"$output" >&3
}

# --- C21: hostile bytes before a terminal

@test "C21: no byte of any field, option, name or setting acts on a terminal" {
	need python3
	run -0 "$FAULT/terminal.py" "$EV_BIN"
	figures
	[[ $output =~ C21:\ ([0-9]+)\ runs,\ 0\ bytes ]]
	[ "${BASH_REMATCH[1]}" -ge 500 ]
}

@test "C21: without the escaper they do" {
	need python3
	run -1 "$FAULT/terminal.py" --sample 7 --first-failure \
		"$EV_BUILD/mutant/NO_ESCAPER/bin"
	[[ $output =~ C21:\ [0-9]+\ runs,\ [1-9][0-9]*\ bytes ]]
}

# --- C22: hostile stores

@test "C22: links, FIFOs, devices, directories, .. in times, another user's store: nothing outside is touched" {
	run -0 "$FAULT/outside.sh" --sample 23 "$EV_BIN"
	figures
	[[ $output =~ C22:\ ([0-9]+)\ points,\ 0\ touched ]]
	[ "${BASH_REMATCH[1]}" -ge 100 ]
}

@test "C22: without RESOLVE_BENEATH what is outside is touched" {
	run -1 "$FAULT/outside.sh" --first-failure \
		"$EV_BUILD/mutant/NO_BENEATH/bin"
	[[ $output == *', 1 touched outside, 0 shown, 0 hung' ]]
}
