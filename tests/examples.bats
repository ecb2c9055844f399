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

@test "make demo: shows what it promises, leaves nothing, fails when something does" {
	need jq git
	mkdir tmp fake
	TMPDIR=$PWD/tmp run -0 --separate-stderr sh "$ROOT/share/demo.sh"
	[ -z "$stderr" ]
	[[ $output == *$'\nstatus 3\n'* ]]
	[[ $output == *$'\tMend the login\t1\t1\t1\n'* ]]
	[[ $output == *'"exit_code":3,"testsPassed":false'* ]]
	[[ $output == *"5 .events/feed.jsonl"* ]]
	[ -z "$(ls -A tmp)" ]
	# an ev-emit that does nothing, an ev-tail that gives nothing
	for command in ev-emit ev-tail; do
		cp "$EV_BIN"/* fake/
		printf '#!/bin/sh\nexit 0\n' >"fake/$command"
		EV_BIN=$PWD/fake TMPDIR=$PWD/tmp run -1 --separate-stderr \
			sh "$ROOT/share/demo.sh"
		[[ $stderr == "demo: "* ]]
	done
	[ -z "$(ls -A tmp)" ]
}
