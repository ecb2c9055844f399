#!/usr/bin/env bats
# State of events: the vectors and the real logs in ../shared.

load helper

@test "vermas.state: the printed rules give the state of get_bead_state" {
	need_shared vectors/vermas.state.jsonl
	run -0 "$EV_BUILD/tests/fold" "$SHARED/vectors/vermas.state.jsonl"
	[[ $output == *", 0 failed"* ]]
	[[ $output != *skipped* ]]
}

@test "beads.finalStatus: status as in the issues table beside the log" {
	need_shared vectors/beads.finalStatus.jsonl
	cd "$SHARED"
	run -0 "$EV_BUILD/tests/fold" vectors/beads.finalStatus.jsonl
	[[ $output == *", 0 failed"* ]]
	[[ $output != *skipped* ]]
}
