#!/usr/bin/env bats
# What goes through the commands comes out as it went in (7-trust C17), and
# the commands work in pipelines as others do.

load helper

FORMS=$BATS_TEST_DIRNAME/fault/forms.sh

@test "C17: every number and string form through a pipe into the log and out" {
	need python3
	run -0 "$FORMS" "$EV_BIN"
	sed -n '$s/^/# /p' <<<"$output" >&3
	[[ $output =~ C17:\ ([0-9]+)\ forms,.*,\ 0\ changed\ something$ ]]
	[ "${BASH_REMATCH[1]}" -gt 1500 ]
}

@test "C17: with numbers printed again FIELD:=JSON is not what was typed" {
	need python3
	run -1 "$FORMS" "$EV_BIN" "$EV_BUILD/mutant/NUMBERS_AGAIN/bin"
	[[ $output == *'changed: FIELD:=JSON'* ]]
}

@test "jq reads what ev-tail prints, and ev-emit what jq prints" {
	need jq
	ev-emit -q bead.created bead_id=gt-1 n:=1.10
	ev-emit -q bead.closed bead_id=gt-1
	[ "$(ev-tail | jq -r .event_type | paste -sd,)" = \
		bead.created,bead.closed ]
	ev-tail -t bead.created | jq 'del(.event_id, .timestamp) |
		.event_type = "bead.updated"' | ev-emit -q -
	[ "$(ev-tail -n 1 -o csv --columns type,entity | tail -n 1)" = \
		bead.updated,gt-1 ]
}

@test "a log goes through ev-tail into another store unchanged" {
	ev-emit -q bead.created bead_id=gt-1
	ev-emit -q -d govern test -m 'unit tests'
	ev-emit -q -d gastown nudge -m hello
	mkdir other
	ev-tail -n all | ev-emit -q -S other -
	cmp .events.jsonl other/.events.jsonl
	ev-tail -n all | ev-emit -q -S other -
	cmp .events.jsonl other/.events.jsonl
}

@test "names of types with spaces and newlines survive xargs -0" {
	ev-emit -q 'a b'
	ev-emit -q $'c\nd'
	run -0 bash -c 'ev-tail -n all -0 -o id | xargs -0 -n 1 echo | wc -l'
	[ "$output" -eq 2 ]
}
