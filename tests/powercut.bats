#!/usr/bin/env bats
# C3 of 7-trust: power cuts, by a model of what may have reached the disk.
# make trust takes 100,000 states.

load helper

may_record() {
	need python3
	if grep -q __asan_init "$EV_BIN/ev-emit"; then
		skip "no library can be preloaded into a build with ASan"
	fi
	cut=("$BATS_TEST_DIRNAME/fault/powercut.py" --states 3000)
	shim=$EV_BUILD/fault/shim.so
}

@test "C3: whatever a power cut leaves, what was synced is there and the views are the log's" {
	may_record
	run -0 "${cut[@]}" "$EV_BIN/ev-emit" "$shim"
	sed -n '$s/^/# /p' <<<"$output" >&3
	[[ $output =~ C3:\ ([0-9]+)\ states,\ 0\ with\ synced\ events\ lost,\ 0\ wrong$ ]]
	[ "${BASH_REMATCH[1]}" -ge 2500 ]
}

@test "C3: when fdatasync does nothing, synced events are lost" {
	may_record
	run -1 "${cut[@]}" --first-failure \
		"$EV_BUILD/mutant/NO_FSYNC/bin/ev-emit" "$shim"
	[[ $output == *'synced but lost or twice'* ]]
}

@test "C3: when nobody looks after another boot, views are not the log's" {
	may_record
	run -1 "${cut[@]}" --first-failure \
		"$EV_BUILD/mutant/NO_BOOT_ID/bin/ev-emit" "$shim"
	[[ $output == *'views are not what the log says'* ]]
}

@test "C3: with a feed that is not verified the feed is not the log's" {
	may_record
	run -1 "${cut[@]}" --first-failure \
		"$EV_BUILD/mutant/FEED_UNVERIFIED/bin/ev-emit" "$shim"
	[[ $output == *'views are not what the log says'* ]]
}
