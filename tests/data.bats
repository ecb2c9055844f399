#!/usr/bin/env bats
# The real logs beside the repository, with exact counts.  Skipped by name
# where ../shared is not there.

load helper

# FILE LINES DIALECT=COUNT …: the events of each dialect, no damaged line.
counts() {
	local file=$1 lines=$2 want
	shift 2
	need_shared "data/$file"
	file=$SHARED/data/$file
	run -0 --separate-stderr ev-tail -n all --count "$file"
	[ "$output" = "$lines" ]
	[ -z "$stderr" ]
	want=$(printf '%s\n' "$@" | sort)
	run -0 ev-tail -n all -o csv --columns dialect "$file"
	[ "$(tail -n +2 <<<"$output" | sort | uniq -c |
		awk '{ print $2 "=" $1 }' | sort)" = "$want" ]
	# what comes out is what went in, byte for byte, blank lines aside
	cmp <(ev-tail -n all -o jsonl "$file") <(grep -v '^[[:space:]]*$' "$file")
	# backwards and with several threads it is the same
	cmp <(ev-tail -n all -r "$file" | tac) \
		<(ev-tail -n all --threads 2 "$file")
}

@test "agentguard events: 2,744, all agentguard-run" {
	counts agentguard/all-events.merged.jsonl 2744 agentguard-run=2744
}

@test "agentguard decisions: 577" {
	counts agentguard/all-decisions.merged.jsonl 577 \
		agentguard-decision=577
}

@test "beads: 343, 4,146, 2,534 and 364 events" {
	counts beads/axiom.backup-events.jsonl 343 beads=343
	counts beads/gastown.backup-events.jsonl 4146 beads=4146
	counts beads/mission-district.backup-events.jsonl 2534 beads=2534
	counts beads/tribal-village.backup-events.jsonl 364 beads=364
}

@test "beads issues are no events of a dialect: 250, 973 and 86 generic" {
	counts beads/axiom.backup-issues.jsonl 250 generic=250
	counts beads/gastown.backup-issues.jsonl 973 generic=973
	counts beads/tribal-village.backup-issues.jsonl 86 generic=86
}

@test "brewva tape: 132" {
	counts brewva/hosted-session-up2.tape.jsonl 132 brewva=132
}

@test "gastown: 42, 154, 79, 17 events and a feed of 16" {
	counts gastown/create-something.events.jsonl 42 gastown=42
	counts gastown/finally.events.jsonl 154 gastown=154
	counts gastown/gastown-poc.events.jsonl 79 gastown=79
	counts gastown/wsaults.events.jsonl 17 gastown=17
	counts gastown/wsaults.feed.jsonl 16 gastown=16
}

@test "gep: 6, 16, and 242 of 368 memory graph lines" {
	counts gep/evolver.events.jsonl 6 gep=6
	counts gep/thriller.events.jsonl 16 gep=16
	counts gep/evolver-py.memory_graph.jsonl 368 gep=242 generic=126
}

@test "by type: what jq counts" {
	need jq
	need_shared data/agentguard/all-events.merged.jsonl
	cmp <(ev-tail -n all -o csv --columns type \
		"$SHARED/data/agentguard/all-events.merged.jsonl" |
		tail -n +2 | sort | uniq -c) \
		<(jq -r .kind "$SHARED/data/agentguard/all-events.merged.jsonl" |
			sort | uniq -c)
	cmp <(ev-tail -n all -o csv --columns time,actor,entity \
		"$SHARED/data/beads/gastown.backup-events.jsonl" | tail -n +2) \
		<(jq -r '"\(.created_at | sub("Z$"; ".000Z")),\(.actor),\(.issue_id)"' \
			"$SHARED/data/beads/gastown.backup-events.jsonl")
}

@test "by time and type: what jq selects" {
	need jq
	need_shared data/agentguard/all-events.merged.jsonl
	cmp <(ev-tail -n all -t ActionDenied --since 2026-03-10 \
		--until 2026-03-11 \
		"$SHARED/data/agentguard/all-events.merged.jsonl") \
		<(jq -c 'select(.kind == "ActionDenied" and
			.timestamp >= 1773100800000 and
			.timestamp < 1773187200000)' \
			"$SHARED/data/agentguard/all-events.merged.jsonl")
}

@test "several files merge by time" {
	need jq
	need_shared data/gastown
	run -0 ev-tail -n all -o csv --columns time "$SHARED"/data/gastown/*.jsonl
	[ "${#lines[@]}" -eq 309 ]
	[ "$(tail -n +2 <<<"$output")" = "$(tail -n +2 <<<"$output" | sort)" ]
}
