#!/usr/bin/env bats
# C3 of 7-trust: power cuts, by a model of what may have reached the disk.
# make trust takes 100,000 states.

load helper

may_record() {
	need python3
	if grep -q __asan_init "$EV_BIN/ev-emit"; then
		skip "no library can be preloaded into a build with ASan"
	fi
	cut=("$BATS_TEST_DIRNAME/fault/powercut.py" --states 4000 --upkeep 60)
	shim=$EV_BUILD/fault/shim.so
}

@test "C3: whatever a power cut leaves, what was synced is there and the views are the log's" {
	may_record
	run -0 "${cut[@]}" "$EV_BIN" "$shim"
	sed -n '$s/^/# /p' <<<"$output" >&3
	[[ $output =~ C3:\ ([0-9]+)\ states,\ 0\ with\ synced\ events\ lost,\ 0\ wrong$ ]]
	[ "${BASH_REMATCH[1]}" -ge 3500 ]
}

@test "C3: when directories are not forced either, a compressed day has lines twice" {
	may_record
	run -1 "${cut[@]}" --first-failure --story Compress \
		"$EV_BUILD/mutant/NO_FSYNC/bin" "$shim"
	[[ $output == *'C3: Compress --compress 1d: day '* ]]
}

@test "C3: where a directory alone forces names, a new log that was synced is there" {
	may_record
	cut+=(--apart --story days)
	run -0 "${cut[@]}" "$EV_BIN" "$shim"
	[[ $output =~ C3:\ ([0-9]+)\ states,\ 0\ with\ synced\ events\ lost,\ 0\ wrong$ ]]
	[ "${BASH_REMATCH[1]}" -ge 700 ]
	run -1 "${cut[@]}" --first-failure \
		"$EV_BUILD/mutant/NO_DIR_SYNC/bin" "$shim"
	[[ $output == *'synced but lost: '* ]]
}

@test "C3: when fdatasync does nothing, synced events are lost" {
	may_record
	run -1 "${cut[@]}" --first-failure \
		"$EV_BUILD/mutant/NO_FSYNC/bin" "$shim"
	[[ $output == *'synced but lost: '* ]]
}

@test "C3: when nobody looks after another boot, views are not the log's" {
	may_record
	run -1 "${cut[@]}" --first-failure \
		"$EV_BUILD/mutant/NO_BOOT_ID/bin" "$shim"
	[[ $output == *' not what the log says'* ]]
}

@test "C3: with a feed that is not verified the feed is not the log's" {
	may_record
	run -1 "${cut[@]}" --first-failure \
		"$EV_BUILD/mutant/FEED_UNVERIFIED/bin" "$shim"
	[[ $output == *'the feed is not what the log says'* ]]
}
