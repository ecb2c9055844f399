#!/usr/bin/env bats
# The examples that people read are run: README, pages, make demo.

load helper

@test "README: the examples of Use run as they stand, one after the other" {
	need jq
	sed -n '/^## Use/,/^## Read on/p' "$ROOT/README.md" |
		sed -n '/^```sh/,/^```/{/^```/!p}' >examples.sh
	[ "$(wc -l <examples.sh)" -gt 15 ]
	git init -q .
	run -0 bash -euo pipefail examples.sh
	# the last ones: one bead.created, a deploy in the feed
	[ "${lines[-2]}" = 1 ]
	[ "${lines[-1]}" = deploy ]
	# importing the log into itself added nothing
	[ "$(wc -l <.events.jsonl)" -eq 7 ]
}

@test "ev-emit(1): the examples run" {
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$ROOT/man/ev-emit.1" |
		sed -n '/^\.Bd/,/^\.Ed/{/^\./!p}' |
		sed 's/^\$ //; s/\\e$/\\/' >examples.sh
	[ "$(grep -c ev-emit examples.sh)" -eq 8 ]
	mkdir other
	echo '{"event_type":"x","timestamp":"2026-01-06T10:30:00Z"}' \
		>other/.events.jsonl
	echo '{"type":"qa","archetypeIds":[],"description":"d"}' >body.json
	printf 'check:\n\t@true\n' >Makefile
	run -0 bash -eu examples.sh
	[ "$(wc -l <.events.jsonl)" -eq 8 ]
}

@test "ev-tail(1), ev-replay(1), ev-filter(7): every command line of the examples runs" {
	need jq zstd
	mkdir logs
	ev-emit -q -m timeout bead.created bead_id=gt-1
	zstd -q .events.jsonl -o logs/a.jsonl.zst
	cp .events.jsonl laptop.jsonl
	gzip -c .events.jsonl >server.jsonl.gz
	for page in ev-tail.1 ev-replay.1 ev-filter.7; do
		sed -n 's/^\$ //p' "$ROOT/man/$page" | sed 's/\\e/\\/g' >examples.sh
		[ -s examples.sh ]
		run -0 bash -eu examples.sh
	done
}

@test "make demo: the scratch repository shows what it promises" {
	need jq git
	run -0 sh "$ROOT/share/demo.sh"
	[[ $output == *'["bead.hooked","gt-1","evt-'* ]]
	[[ $output == *TestFailure* ]]
	[[ $output == *"5 .events.jsonl"* ]]
	[[ $output == *"5 .events/feed.jsonl"* ]]
}
