#!/usr/bin/env bats
# Crashes (7-trust, C1): ev-emit killed at its calls and inside its writes,
# foreign writers between its calls.  A sample; make trust takes every point.

load helper

prepare() {
	kill=$EV_BUILD/fault/kill
	shim=$EV_BUILD/fault/shim.so
	log=$PWD/.events.jsonl
	# a sanitizer wants to be loaded before everything else
	if grep -q __asan_init "$EV_BIN/ev-emit"; then
		skip "no library can be preloaded into a build with ASan"
	fi
}

emit() { # FAULT : one event, disturbed
	LD_PRELOAD=$shim EV_FAULT=$1 EV_NOW=2026-01-06T09:00:00Z \
		ev-emit -S "$log" --id evt-1 bead.created bead_id=gt-1
}

# The sample of a mutant's points ends at the first that shows it; it must show
# what its missing rule does, not that the test could not be made.
caught() { # MUTANT FINDING
	prepare
	run -1 "$kill" --sample 40 --first-failure \
		"$EV_BUILD/mutant/$1/bin/ev-emit"
	grep -m 1 ' call ' <<<"$output" | sed "s/^/# $1: /" >&3
	grep -qF ": $2" <<<"$output"
	run -1 grep -E ': (void|undisturbed): ' <<<"$output"
}

@test "a fault happens: killed before its first call, ev-emit leaves nothing" {
	prepare
	run -137 emit 'before 1'
	[ -z "$output" ]
	[ ! -e .events.jsonl ]
	run -0 emit 'trace calls'
	[ "$output" = evt-1 ]
	[ "$(wc -l <calls)" -gt 5 ]
	grep -q "^write [0-9]* $log\$" calls
}

@test "a fault happens: killed inside its write, ev-emit leaves a torn line" {
	prepare
	run -0 emit 'trace calls'
	rm -rf .events .events.jsonl
	call=$(grep -n "^write [0-9]* $log\$" calls | cut -d: -f1)
	run -137 emit "byte $call 17"
	[ -z "$output" ]
	[ "$(wc -c <.events.jsonl)" -eq 17 ]
}

@test "the shim sees every call that strace sees" {
	prepare
	need strace
	run -0 emit 'trace calls'
	rm -rf .events .events.jsonl
	export EV_NOW=2026-01-06T09:00:00Z
	strace -o traced -y \
		-e 'trace=%desc,mkdir,mkdirat,unlink,unlinkat,/^rename,/link' \
		ev-emit -S "$log" --id evt-1 bead.created bead_id=gt-1 ||
		skip "strace may not trace here"
	# what a command of make cover writes about itself does not count
	sed -i '/\.gcda/d' traced
	# what changes files or takes locks, but not on descriptors 0 and 2
	run -0 grep -cE '^(p?write|p?writev2?|pwrite64)\((1|[3-9]|[0-9]{2,})<' \
		traced
	writes=$output
	run -0 grep -cE '^open.*O_(CREAT|TRUNC)' traced
	creates=$output
	others=$(grep -cE '^(ftruncate|fallocate|fsync|fdatasync|flock|fchmod|copy_file_range|sendfile|rename|mkdir|unlink|link|symlink)' \
		traced || :)
	[ "$(wc -l <calls)" -eq $((writes + creates + others)) ]
}

@test "C1: at a sample of all points nothing is lost, doubled or out of step" {
	prepare
	run -0 "$kill" --sample 12 "$EV_BIN/ev-emit"
	sed -n '1s/^/# /p; $s/^/# /p' <<<"$output" >&3
	read -r _ points acked lost doubled views missing mute void _ \
		<<<"$(tail -n 1 <<<"$output")"
	[ "$points" -ge 1000 ]
	[ "$acked" -ge 100 ]
	[ "$lost $doubled $views $missing $mute $void" = '0 0 0 0 0 0' ]
}

@test "C1: without the seal of a torn tail an event is lost" {
	caught NO_SEAL 'lost: not in the log: '
}

@test "C1: without the look back after an append an event is lost" {
	caught NO_READBACK 'acknowledged but missing: '
}

@test "C1: with a feed that is not verified the feed is not the log" {
	caught FEED_UNVERIFIED 'views: the feed has '
}
