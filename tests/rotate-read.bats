#!/usr/bin/env bats
# shellcheck disable=SC2012 # names are plain
# Readers of a log that was rotated: its segments, then itself, are one log.

load helper
load follower

# Event N is caused by the one before it, and a minute later.
events() { # FIRST LAST
	local i
	for ((i = $1; i <= $2; i++)); do
		printf '{"event_id":"e%d","event_type":"t.%d","timestamp":"2026-01-06T10:%02d:00Z","causation_id":"e%d","actor":"a%d"}\n' \
			"$i" $((i % 3)) "$i" $((i - 1)) $((i % 2))
	done
}

rotate() {
	ev-fsck -q --rotate 1 >/dev/null
}

# 20 events in four segments and the log's own file; all of them in whole.
make_log() {
	local i
	events 1 20 >whole
	for i in 1 5 9 13; do
		events "$i" $((i + 3)) >>.events.jsonl
		rotate
	done
	events 17 20 >>.events.jsonl
	[ "$(ls .events.*-*.jsonl | wc -l)" -eq 4 ]
}

# The names of the segments, oldest first.
segment() { # NUMBER
	ls -v .events.*-*.jsonl | sed -n "$1p"
}

# Is what a command says of the log what it says of its bytes in one file?
as_whole() { # COMMAND …
	run -0 --separate-stderr "$@" .events.jsonl
	one=$output
	run -0 --separate-stderr "$@" whole
	[ "$one" = "$output" ] || {
		diff <(echo "$one") <(echo "$output") | sed "s/^/$*: /"
		return 1
	}
	[ -n "$one" ]
}

ids() { # ARG …
	ev-tail -o id "$@" | paste -sd' '
}

@test "ev-tail: every way to read it gives what one file gives" {
	make_log
	for args in '' '-n 1' '-n 5' '-n 6' '-n 20' '-n all' '-n +7' '-r' '-r -n all' \
		'-r -n 3' '--count' '-u -n all' '--since 2026-01-06T10:06Z' \
		'--since 2026-01-06T10:04Z --until 2026-01-06T10:14Z -n 3' \
		'-t t.1 -n all' '-t t.1 -n 4' '-q -t t.2 --count' '-o short -n all' \
		'-o csv -n 7' '--strict -n all' '--after e8' '--after e4 -n 2' \
		'-n all --threads 4'; do
		# shellcheck disable=SC2086 # words
		as_whole ev-tail $args
	done
	run -0 ev-tail -n all
	[ "$output" = "$(cat whole)" ]
}

@test "ev-replay, ev-stats, ev-tree, ev-fp: the same" {
	make_log
	as_whole ev-replay
	as_whole ev-replay -t t.0
	as_whole ev-replay --digest
	as_whole ev-stats
	as_whole ev-stats -o json
	as_whole ev-tree
	as_whole ev-tree --ancestors e20
	as_whole ev-tree --why @last
	as_whole ev-tree --ancestors @-18
	as_whole ev-fp
}

@test "positions: --head, --after, cursors outlive each rotation" {
	events 1 3 >.events.jsonl
	[ "$(ids --cursor c)" = 'e1 e2 e3' ]
	[ "$(ids --cursor half -n 2)" = 'e1 e2' ]
	at=$(ev-tail --head)
	rotate
	[ "$(ev-tail --head | cut -d: -f4-)" = "$(cut -d: -f4- <<<"$at")" ]
	[ -z "$(ids --cursor c)" ]
	events 4 5 >>.events.jsonl
	rotate
	events 6 6 >>.events.jsonl
	[ "$(ids --after "$at")" = 'e4 e5 e6' ]
	[ "$(ids --after e2)" = 'e3 e4 e5 e6' ]
	run -0 --separate-stderr ev-tail --cursors -o csv
	[ "$(cut -d, -f1,3,6 <<<"$output" | paste -sd' ')" = 'NAME,EVENTS,STATE c,3,ok half,4,ok' ]
	run -0 --separate-stderr ev-tail --cursor c -o id
	[ "$output" = $'e4\ne5\ne6' ]
	[ -z "$stderr" ]
	[ "$(ids --cursor half -n 1)" = e3 ]
	[ "$(ids --cursor half --deliver 'cat >>got')" = '' ]
	[ "$(paste -sd' ' got)" = 'e4 e5 e6' ]
	run -0 ev-tail --wait --after e4 -o id --timeout 10s
	[ "$output" = e5 ]
}

@test "a checkpoint and a count that goes on outlive a rotation" {
	events 1 5 >.events.jsonl
	run -0 ev-replay -v --state --checkpoint states
	run -0 ev-stats --resume sums
	rotate
	events 6 9 >>.events.jsonl
	rotate
	events 10 11 >>.events.jsonl
	events 1 11 >whole
	run -0 --separate-stderr ev-replay -v --state --checkpoint states
	[[ $stderr != *'not used'* ]]
	[ "$output" = "$(ev-replay --state whole)" ]
	run -0 --separate-stderr ev-stats --resume sums
	[[ $stderr != *'counted anew'* ]]
	[ "$output" = "$(ev-stats whole)" ]
}

@test "a segment by itself is a plain file; beside its log it is read once" {
	make_log
	[ "$(ids -n all "$(segment 2)")" = 'e5 e6 e7 e8' ]
	all=$(ids -n all whole)
	[ "$(ids -n all .)" = "$all" ]
	[ "$(ids -n all "$(segment 1)" .events.jsonl "$(segment 4)")" = "$all" ]
	[ "$(ids -n all .events*.jsonl)" = "$all" ]
	[ "$(ids -n all ./.events.jsonl "$PWD/$(segment 3)")" = "$all" ]
	ln -s "$(segment 2)" linked
	[ "$(ids -n all linked .events.jsonl)" = "$all" ]
	# a log of another name among others in a directory
	mkdir d
	EV_NOW=2026-01-06T11:00:00Z ev-emit -q -S d/work.jsonl --id w1 x
	ev-fsck -q --rotate 1 d/work.jsonl >/dev/null
	EV_NOW=2026-01-06T11:01:00Z ev-emit -q -S d/work.jsonl --id w2 x
	events 1 1 >d/other.jsonl
	# what is only called like one
	events 2 2 >d/other.1-2.jsonl
	[ "$(ids -n all d)" = 'e1 e2 w1 w2' ]
	[ "$(ids -n all d/*.jsonl)" = 'e1 e2 w1 w2' ]
	[ "$(EV_STORE=d/work.jsonl ev-tail -o id | paste -sd' ')" = 'w1 w2' ]
	[ "$(ids -S d/work.jsonl)" = 'w1 w2' ]
}

@test "damage is told with the segment's own name and line" {
	events 1 3 >.events.jsonl
	rotate
	{
		events 4 5
		echo '{"torn'
		events 6 6
	} >>.events.jsonl
	rotate
	events 7 7 >>.events.jsonl
	seg=$(segment 2)
	run -0 --separate-stderr ev-tail -n all -o id
	[ "${#lines[@]}" -eq 7 ]
	[ "$stderr" = "ev-tail: .events.jsonl: 1 damaged line skipped (first: $seg:3: torn)" ]
	for args in '' -r; do
		# shellcheck disable=SC2086 # words
		run -2 --separate-stderr ev-tail -n all --strict $args
		[ "$stderr" = "ev-tail: $seg:3: torn" ]
	done
	run -2 --separate-stderr ev-tail --since 2026-01-06T10:05Z --strict
	[ "$stderr" = "ev-tail: $seg:3: torn" ]
	# in the log's own file
	echo '{"torn' >>.events.jsonl
	run -0 --separate-stderr ev-tail -n 1 -o id
	[ "$stderr" = "ev-tail: .events.jsonl: 1 damaged line skipped (first: .events.jsonl:2: torn)" ]
}

@test "what a missing or short segment held is told, the rest is read" {
	make_log
	mv "$(segment 2)" away
	n=$(stat -c %s away)
	from=$(stat -c %s "$(segment 1)")
	lack="lacks its bytes $from to $((from + n)): a segment is missing or cut off"
	for args in '-n all' '-r -n all' '--count' '--since 2026-01-06T10:01Z' '-q -n all'; do
		# shellcheck disable=SC2086 # words
		run -0 --separate-stderr ev-tail $args
		[ "$stderr" = "ev-tail: '.events.jsonl' $lack" ]
	done
	[ "$(ids -n all 2>/dev/null)" = "$(sed -E 's/.*"event_id":"(e[0-9]+)".*/\1/' whole | sed 5,8d | paste -sd' ')" ]
	[ "$(ids -n all --after e8 2>/dev/null | wc -w)" -eq 16 ]
	for args in '-n all' '-r -n all'; do
		# shellcheck disable=SC2086 # words
		run -2 --separate-stderr ev-tail --strict $args
		[ "$stderr" = "ev-tail: '.events.jsonl' $lack" ]
	done
	for command in ev-replay ev-stats ev-tree ev-fp; do
		run -0 --separate-stderr "$command"
		[ "$stderr" = "$command: '.events.jsonl' $lack" ]
	done
	# a cursor that was in it, or before it, has missed something
	run -1 --separate-stderr ev-tail --cursor new -o id
	[ "${#lines[@]}" -eq 16 ]
	[ "$stderr" = "ev-tail: '.events.jsonl' $lack" ]
	run -0 --separate-stderr ev-tail --cursor new -o id
	[ -z "$output$stderr" ]
	# cut off in a line
	head -c -20 away >".events.$from-$((from + n)).jsonl"
	run -0 --separate-stderr ev-tail -n all -o id
	[ "${#lines[@]}" -eq 19 ]
	[[ ${stderr_lines[0]} == *"lacks its bytes $((from + n - 20)) to $((from + n)):"* ]]
	[[ ${stderr_lines[1]} == *"1 damaged line skipped (first: .events.$from-$((from + n)).jsonl:4: torn)" ]]
}

@test "nothing that is only called like a segment is one" {
	events 1 2 >.events.jsonl
	rotate
	events 3 3 >>.events.jsonl
	ln -s /etc/passwd .events.5-9.jsonl
	mkdir .events.500-900.jsonl
	mkfifo .events.900-910.jsonl
	events 9 9 >.events.07-9.jsonl
	events 9 9 >.events.+7-9.jsonl
	events 9 9 >.events.9-7.jsonl
	events 9 9 >.events.0-99999999999999999999999.jsonl
	run -0 --separate-stderr timeout 10 "$EV_BIN/ev-tail" -o id -n all
	[ "$output" = $'e1\ne2\ne3' ]
	[ -z "$stderr" ]
}

@test "-f: through rotations, while it runs and while it is stopped" {
	events 1 2 >.events.jsonl
	follow -f -n 1 -o id
	wait_for printed e2
	rotate
	events 3 3 >>.events.jsonl
	wait_for printed e2 e3
	kill -STOP "$pid"
	events 4 4 >>.events.jsonl
	rotate
	events 5 5 >>.events.jsonl
	rotate
	rotate
	events 6 6 >>.events.jsonl
	ev-fsck -q --compress 1d
	kill -CONT "$pid"
	wait_for printed e2 e3 e4 e5 e6
	# a part of a line waits for its rest behind a rotation that ended it
	printf '{"event_id":"half' >>.events.jsonl
	rotate
	events 7 7 >>.events.jsonl
	wait_for printed e2 e3 e4 e5 e6 e7
	kill -STOP "$pid"
	events 8 8 >>.events.jsonl
	rotate
	rm .events.*-*.jsonl
	events 9 9 >>.events.jsonl
	rotate
	rm .events.*-*.jsonl
	events 10 10 >>.events.jsonl
	kill -CONT "$pid"
	# it still has the file that went while it had it open
	wait_for printed e2 e3 e4 e5 e6 e7 e8 e10
	wait_for grep -q "lacks its bytes" err
	kill "$pid"
	wait "$pid" || :
	[ "$(grep -c 'lacks its bytes' err)" -eq 1 ]
}

@test "-f of a feed: what was set aside meanwhile, or that it is gone" {
	line() { # ID DAY
		printf '{"event_id":"%s","event_type":"x","timestamp":"2026-01-0%dT10:00:00Z"}\n' "$@"
	}
	anew() {
		ev-fsck -q --rebuild
		EV_NOW=2026-01-08T10:00:00Z ev-fsck -q --keep 1d >/dev/null
	}
	line a 6 >.events.jsonl
	ev-fsck -q --rebuild
	follow -f -n all -o id .events/feed.jsonl
	wait_for printed a
	kill -STOP "$pid"
	line b 8 >>.events.jsonl
	anew
	line c 6 >>.events.jsonl
	line d 8 >>.events.jsonl
	anew
	line e 6 >>.events.jsonl
	line f 8 >>.events.jsonl
	anew
	[ "$(ls .events/feed.*.jsonl | wc -l)" -eq 3 ]
	kill -CONT "$pid"
	wait_for printed a b c d e f
	line g 6 >>.events.jsonl
	ev-fsck -q --rebuild
	wait_for printed a b c d e f g
	[ ! -s err ]
	# what came between is gone
	kill -STOP "$pid"
	line h 8 >>.events.jsonl
	anew
	line i 6 >>.events.jsonl
	line j 8 >>.events.jsonl
	anew
	line k 6 >>.events.jsonl
	line l 8 >>.events.jsonl
	anew
	rm .events/feed.5.jsonl
	kill -CONT "$pid"
	wait_for printed a b c d e f g h k l
	grep -q "feed.jsonl' was begun anew more than once, and what came between is gone" err
	kill "$pid"
	wait "$pid" || :
}
