#!/usr/bin/env bats
# ev-tail --cursor: durable places in a log, and what is delivered from them.

load helper
load follower

event() { # ID …
	printf '{"event_id":"%s","event_type":"x","timestamp":"2026-01-06T10:00:00Z"}\n' "$@"
}

# The ids that a cursor gives now, on one line.
next() { # ARG …
	ev-tail -o id "$@" | paste -sd' '
}

# One column of --cursors, of cursor w.
column() { # KEY
	ev-tail --cursors -o jsonl | jq -r "select(.name == \"w\").$1"
}

@test "--cursor: everything once, then what is new; each reader has its own" {
	event 1 2 3 >.events.jsonl
	[ "$(next --cursor w)" = '1 2 3' ]
	[ -z "$(next --cursor w)" ]
	event {4..20} >>.events.jsonl
	[ "$(next --cursor other)" = "$(echo {1..20})" ]
	[ "$(next --cursor w)" = "$(echo {4..20})" ]
	[ -z "$(next --cursor other)" ]
	# a torn tail waits for its newline
	event 21 | head -c -1 >>.events.jsonl
	[ -z "$(next --cursor w)" ]
	echo >>.events.jsonl
	[ "$(next --cursor w)" = 21 ]
}

@test "--cursor: it moves over what does not match, never past a match" {
	event 1 2 3 >.events.jsonl
	[ -z "$(next --cursor w -t nothing)" ]
	[ -z "$(next --cursor w)" ]
	event 4 5 6 7 >>.events.jsonl
	[ "$(next --cursor w -n 2 -w 'id!=4')" = '5 6' ]
	[ "$(next --cursor w -n 1)" = 7 ]
	run -1 ev-tail --cursor w -x
	run -2 ev-tail --cursor w -n +2
	[[ $output == *"-n +N skips events"* ]]
}

@test "--cursor with --head and --after: moved without reading" {
	event 1 2 3 >.events.jsonl
	run -0 ev-tail --cursor w --head
	[ "$output" = "$(ev-tail --head)" ]
	[ -z "$(next --cursor w)" ]
	[ "$(next --cursor w --after 1)" = '2 3' ]
	[ -z "$(next --cursor w)" ]
	[ -z "$(next --cursor w --after 2 -n 0)" ]
	[ "$(next --cursor w)" = 3 ]
	run -1 --separate-stderr ev-tail --cursor w --after nowhere -o id
	[ "$output" = $'1\n2\n3' ]
	run -2 ev-tail --cursor w --after ev1:broken
}

@test "--cursor: csv, several of them, --out, -u, damage, --strict" {
	event 1 2 2 3 >.events.jsonl
	[ "$(next --cursor w -u)" = '1 2 3' ]
	event 4 >>.events.jsonl
	run -0 ev-tail --cursor w -o csv --columns id
	[ "$output" = $'id\n4' ]
	event 5 >>.events.jsonl
	run -2 ev-tail --cursor w --out /nowhere/x -o id
	run -0 ev-tail --cursor w --out file -o id
	[ "$(cat file)" = 5 ]
	[ -z "$(next --cursor w)" ]
	{ event 6; echo '{"torn":'; event 7; } >>.events.jsonl
	run -2 --separate-stderr ev-tail --cursor w --strict -o id
	[ "$output" = 6 ]
	run -2 --separate-stderr ev-tail --cursor w --strict -o id
	[ -z "$output" ]
	run -0 --separate-stderr ev-tail --cursor w -o id
	[ "$output" = 7 ]
	[[ $stderr == *'1 damaged line skipped'* ]]
}

@test "--cursor: what a reader did not take is given again" {
	event {1..10} >.events.jsonl
	[ "$(next --cursor w | head -n 1)" = '1 2 3 4 5 6 7 8 9 10' ]
	ev-tail --forget w
	for n in 1 3 9; do
		run -0 bash -c "set -o pipefail; ev-tail --cursor w -o id |
			head -n $n || [ \$? -eq 141 ]"
		[ "${#lines[@]}" -eq "$n" ]
		[ "${lines[0]}" = 1 ]
	done
	run -2 bash -c 'ev-tail --cursor w >/dev/full'
	run -0 bash -c 'ev-tail --cursor w -o id | tail -n 1'
	[ "$output" = 10 ]
	[ -z "$(next --cursor w)" ]
}

@test "--cursor: a log that was rewritten: the line, its id, or a gap" {
	event 1 2 3 >.events.jsonl
	next --cursor w
	{ event 0; event 1 2 3 4; } >new
	mv new .events.jsonl
	run -0 --separate-stderr ev-tail --cursor w -o id
	[ "$output" = 4 ]
	[[ $stderr == *"cursor 'w': the log was rewritten"* ]]
	sed 's/}/ }/' .events.jsonl >new
	event 5 >>new
	mv new .events.jsonl
	run -0 --separate-stderr ev-tail --cursor w -o id
	[ "$output" = 5 ]
	event 1 2 >new
	mv new .events.jsonl
	[ "$(column state)" = lost ]
	run -1 --separate-stderr ev-tail --cursor w -o id
	[ "$output" = $'1\n2' ]
	[[ $stderr == *"neither its place nor its last line nor its id"* ]]
	run -0 --separate-stderr ev-tail --cursor w
	[ -z "$output$stderr" ]
	: >.events.jsonl
	run -1 --separate-stderr ev-tail --cursor w
}

@test "--cursor: a name is no path, and no link is followed" {
	event 1 >.events.jsonl
	for name in '' . .. ../w a/b /etc/x .w -w 'a b' $'a\nb' \
		"$(printf '%065d' 1)"; do
		run -2 --separate-stderr ev-tail --cursor="$name"
		[[ $stderr == *"cannot be a cursor's name"* ]]
	done
	ev-tail --cursor w >/dev/null
	echo outside >target
	rm .events/cursors/w
	ln -s ../../target .events/cursors/w
	run -2 ev-tail --cursor w
	[ "$(cat target)" = outside ]
	rm -r .events/cursors
	mkdir elsewhere
	ln -s ../elsewhere .events/cursors
	run -2 ev-tail --cursor w
	[ -z "$(ls elsewhere)" ]
}

@test "--cursor: its file has the log's mode, also against the umask" {
	event 1 >.events.jsonl
	chmod 664 .events.jsonl
	(umask 077 && ev-tail --cursor w >/dev/null)
	[ "$(stat -c %a .events/cursors/w)" = 664 ]
	[ "$(stat -c %a .events/cursors)" = 775 ]
}

@test "--cursor: of a file that is no store, by its real path" {
	event 1 2 >log.jsonl
	ln -s log.jsonl link.jsonl
	[ "$(next --cursor w log.jsonl)" = '1 2' ]
	[ ! -e log ]
	[ "$(find "$XDG_STATE_HOME/ev/cursors" -type f | wc -l)" -eq 1 ]
	event 3 >>log.jsonl
	[ "$(next --cursor w link.jsonl)" = 3 ]
	# an object without its newline counts at once, and once
	event 4 | head -c -1 >>log.jsonl
	[ "$(next --cursor w log.jsonl)" = 4 ]
	printf '\n%s' "$(event 5)" >>log.jsonl
	[ "$(next --cursor w "$PWD/log.jsonl")" = 5 ]
	# a store's log is the store's, however it is named
	event 1 >.events.jsonl
	mkdir .events
	[ "$(next --cursor w .events.jsonl)" = 1 ]
	[ -z "$(next --cursor w)" ]
	gzip -k log.jsonl
	run -2 ev-tail --cursor w log.jsonl.gz
	[ "$output" = "ev-tail: 'log.jsonl.gz' can have no cursor: not a plain file" ]
	run -2 ev-tail --cursor w - </dev/null
	run -2 ev-tail --cursor w log.jsonl .events.jsonl
	run -2 ev-tail --cursor w not-there.jsonl
}

@test "--cursor: two processes with one name: the second is refused" {
	event 1 >.events.jsonl
	follow -f --cursor w -o id
	wait_for printed 1
	run -2 ev-tail --cursor w
	[ "$output" = "ev-tail: cursor 'w' is in use by another process" ]
	run -2 ev-tail --forget w
	[ "$(next --cursor v)" = 1 ]
	[ "$(column in_use)" = true ]
	kill -KILL "$pid"
	wait "$pid" || :
	[ -z "$(next --cursor w)" ]
}

@test "--cursor: a damaged file is a gap; a torn record leaves the one before" {
	event 1 2 >.events.jsonl
	next --cursor w -n 1
	cp .events/cursors/w before
	next --cursor w
	cp .events/cursors/w after
	run ! cmp -s before after
	# each byte of the newer record
	for at in 1024 1030 1060 1500 2047; do
		cp after .events/cursors/w
		printf '#' | dd of=.events/cursors/w bs=1 seek="$at" \
			conv=notrunc status=none
		[ "$(next --cursor w)" = 2 ]
	done
	printf 'x' >.events/cursors/w
	[ "$(column state)" = damaged ]
	run -1 --separate-stderr ev-tail --cursor w -o id
	[ "$output" = $'1\n2' ]
	[[ $stderr == *'holds no sound record'* ]]
	run -0 --separate-stderr ev-tail --cursor w
	[ -z "$output$stderr" ]
}

@test "-f --cursor: it moves at each wake-up, and goes on where it was" {
	event 1 2 >.events.jsonl
	follow -f --cursor w -o id
	wait_for printed 1 2
	event 3 >>.events.jsonl
	wait_for printed 1 2 3
	wait_for eval '[ "$(column events)" = 0 ]'
	kill -KILL "$pid"
	wait "$pid" || :
	event 4 >>.events.jsonl
	[ "$(column events)" = 1 ]
	follow -f --cursor w -o id
	wait_for printed 4
	# rotation and replacement move it into the new file
	mv .events.jsonl old
	event 5 >.events.jsonl
	wait_for printed 4 5
	event 5 6 >new
	mv new .events.jsonl
	wait_for printed 4 5 6
	finish
	[ "$status" -eq 143 ]
	[ -z "$(next --cursor w)" ]
	run -2 ev-tail -f -n 1 --cursor w
}

@test "-f --cursor: a log that is not there (any more)" {
	event 1 >.events.jsonl
	next --cursor w
	rm .events.jsonl
	run -2 ev-tail --cursor w -S .events.jsonl
	follow -f --cursor w -o id
	wait_for grep -q 'the log is not there any more' err
	event 2 >.events.jsonl
	wait_for printed 2
}

@test "--wait --cursor: the first unread match; what did not match is behind" {
	event 1 2 3 >.events.jsonl
	run -0 ev-tail --wait --cursor w -o id -w id=2
	[ "$output" = 2 ]
	run -124 ev-tail --wait --cursor w --timeout 1ms -w id=1
	[ -z "$output" ]
	[ -z "$(next --cursor w)" ]
	follow --wait --cursor w -o id
	event 4 5 >>.events.jsonl
	wait "$pid"
	printed 4
	[ "$(next --cursor w)" = 5 ]
}

@test "--cursors: name, place, events and bytes behind, age; --forget" {
	event 1 2 >.events.jsonl
	run -0 ev-tail --cursors
	[ -z "$output" ]
	EV_NOW=2026-01-06T10:00:00Z next --cursor w
	EV_NOW=2026-01-06T10:00:00Z next --cursor v -n 1
	{ event 3; echo damaged; } >>.events.jsonl
	EV_NOW=2026-01-06T12:30:00Z run -0 ev-tail --cursors
	diff - <<-'EOF' <(echo "$output")
		NAME  OFFSET  EVENTS  BYTES  AGE  STATE
		v     69      2       146    2h   ok
		w     138     1       77     2h   ok
	EOF
	run -0 --separate-stderr ev-tail --cursors -o tsv -w id=2
	[ "${lines[1]}" = $'v\t69\t1\t146\t'"${lines[1]##*$'\t146\t'}" ]
	run -0 ev-tail --cursors -o csv
	[ "${lines[0]}" = NAME,OFFSET,EVENTS,BYTES,AGE,STATE ]
	[ "$(ev-tail -o id --after "$(column position)")" = 3 ]
	ev-tail --forget w
	run -2 ev-tail --forget w
	[[ $output == *"there is no cursor 'w'"* ]]
	[ "$(next --cursor w)" = '1 2 3' ]
	run -2 ev-tail --cursors -o md
	run -2 ev-tail --cursors -n 1
	run -2 ev-tail --cursors --forget w
	for option in -r --count; do
		run -2 ev-tail --cursor w "$option"
	done
}

@test "--deliver: batches on standard input, the cursor moves when it exits 0" {
	event {1..25} >.events.jsonl
	run -0 ev-tail --cursor w --deliver 'jq -r .event_id | paste -sd" "' --batch 10
	diff - <<-EOF <(echo "$output")
		$(echo {1..10})
		$(echo {11..20})
		$(echo {21..25})
	EOF
	event 26 >>.events.jsonl
	run -0 ev-tail --cursor w --deliver 'cat' -o csv --columns id
	[ "$output" = $'id\n26' ]
	run -0 ev-tail --cursor w --deliver 'echo ran'
	[ -z "$output" ]
	run -2 ev-tail --deliver cat
	run -2 ev-tail --batch 3
	run -2 ev-tail --cursor w --deliver cat --wait
	run -2 ev-tail --cursor w --deliver cat --out x
	event 27 >>.events.jsonl
	run -2 --separate-stderr ev-tail --cursor w --deliver ''
	[ "$stderr" = "ev-tail: --deliver: the command is empty" ]
	[ "$(next --cursor w)" = 27 ]
}

@test "--deliver: again until it succeeds; given up after five times" {
	event {1..5} >.events.jsonl
	cat >flaky <<-'EOF'
		echo run >>runs
		[ "$(wc -l <runs)" -ge 3 ] || exit 7
		jq -r .event_id >>got
	EOF
	run -0 --separate-stderr ev-tail --cursor w --deliver 'sh ./flaky' --batch 3
	[ "$(paste -sd' ' got)" = '1 2 3 4 5' ]
	[ "${stderr_lines[0]}" = "ev-tail: 'sh ./flaky' exited with 7: 3 events again in 0.1 s" ]
	[ "${#stderr_lines[@]}" -eq 2 ]
	event 6 >>.events.jsonl
	run -2 --separate-stderr ev-tail -q --cursor w --deliver 'echo x; kill $$'
	[ "${#lines[@]}" -eq 5 ]
	[ "$stderr" = "ev-tail: 'echo x; kill \$\$' was ended by signal 15" ]
	[ "$(next --cursor w)" = 6 ]
}

@test "--deliver: a command that does not read all its input is no error" {
	event {1..5000} >.events.jsonl
	run -0 ev-tail --cursor w --deliver 'head -n 1 >/dev/null' --batch 5000
	[ -z "$output" ]
	[ "$(column events)" = 0 ]
	event 1 >>.events.jsonl
	run -0 ev-tail --cursor w --deliver :
	[ "$(column events)" = 0 ]
}

@test "-f --deliver: as they come, or when there are enough; a signal ends it" {
	event 1 2 >.events.jsonl
	cat >take <<-'EOF'
		jq -r .event_id | paste -sd' ' >>got
	EOF
	follow -f --cursor w --deliver 'sh ./take'
	wait_for grep -qx '1 2' got
	event 3 >>.events.jsonl
	wait_for grep -qx 3 got
	# a signal before the command's end would have it run again
	wait_for eval '[ "$(column events)" = 0 ]'
	finish
	[ "$status" -eq 143 ]
	follow -f --cursor w --deliver 'sh ./take' --batch 2 --batch-wait 1h
	event 4 >>.events.jsonl
	event 5 6 >>.events.jsonl
	wait_for grep -qx '4 5' got
	wait_for eval '[ "$(column events)" = 1 ]'
	finish
	[ "$(next --cursor w)" = 6 ]
}

@test "-f --deliver: a signal while the command runs: its status counts" {
	event 1 >.events.jsonl
	# shellcheck disable=SC2016 # for sh -c
	follow -f --cursor w --deliver 'trap "exit 0" TERM; echo >begun; while :; do sleep 0.01; done'
	wait_for test -e begun
	finish
	[ "$status" -eq 143 ]
	[ -z "$(next --cursor w)" ]
	event 2 >>.events.jsonl
	rm begun
	follow -f --cursor w --deliver 'echo >begun; sleep 60'
	wait_for test -e begun
	finish
	[ "$status" -eq 143 ]
	[ "$(next --cursor w)" = 2 ]
}
