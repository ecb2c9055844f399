#!/usr/bin/env bats
# ev-replay: the order of events, and what is made of it.

load helper

# ev N ID TIME: an event, n its number.
ev() {
	printf '{"event_id":"%s","event_type":"t","timestamp":"2026-01-06T10:%s","n":%d}\n' \
		"$2" "$3" "$1"
}

# Six events, in the order that replay has them.
six() {
	ev 1 a 00:00Z
	ev 2 evt_1_2 05:00Z
	ev 3 evt_1_10 05:00Z
	ev 4 evt_1_10 05:00Z
	ev 5 b 05:00.001Z
	echo '{"event_id":"c","event_type":"t","n":6}'
}

ids() {
	ev-replay -o id "$@" | paste -sd' '
}

# number: the field n of the lines, on one line.
numbers() {
	ev-replay -o csv --columns n "$@" | tail -n +2 | paste -sd' '
}

@test "by time, then by id with its numbers, then by bytes; no time comes last" {
	six | tac >l.jsonl
	run -0 ev-replay l.jsonl
	[ "$output" = "$(six)" ]
	# the store, standard input, packed files
	cp l.jsonl .events.jsonl
	[ "$(ev-replay)" = "$(six)" ]
	[ "$(ev-replay - <l.jsonl)" = "$(six)" ]
	[ "$(cat l.jsonl | ev-replay -)" = "$(six)" ]
	gzip -k l.jsonl
	[ "$(ev-replay l.jsonl.gz)" = "$(six)" ]
}

@test "an event without an id comes before those that have one, by its bytes" {
	{
		ev 1 0 00:00Z
		echo '{"ts":"2026-01-06T10:00:00Z","type":"b","actor":"x","visibility":"both"}'
		echo '{"ts":"2026-01-06T10:00:00Z","type":"a","actor":"x","visibility":"both"}'
	} >l.jsonl
	run -0 ev-replay l.jsonl
	[ "$output" = "$(tac l.jsonl)" ]
}

@test "equal lines are one event, however they are spread; other bytes are not" {
	six >a.jsonl
	{
		six | tac
		six
	} >b.jsonl
	[ "$(ev-replay b.jsonl)" = "$(six)" ]
	[ "$(ev-replay a.jsonl b.jsonl a.jsonl)" = "$(six)" ]
	mkdir d
	cp a.jsonl b.jsonl d
	[ "$(ev-replay --count d)" -eq 6 ]
	# a carriage return is a byte of the line
	six | sed 's/$/\r/' >c.jsonl
	[ "$(ev-replay --count a.jsonl c.jsonl)" -eq 12 ]
}

@test "-v: an id that stands in different lines is told, and both are kept" {
	six >l.jsonl
	six >>l.jsonl
	run -0 --separate-stderr ev-replay -v l.jsonl
	[ "$output" = "$(six)" ]
	[[ $stderr == *"ev-replay: id 'evt_1_10' stands in different lines, all are kept"* ]]
	[ "$(grep -c 'different lines' <<<"$stderr")" -eq 1 ]
	run -0 --separate-stderr ev-replay l.jsonl
	[ -z "$stderr" ]
	# an id cannot act on a terminal
	printf '{"id":"\\u001b[31m","type":"a","n":%d}\n' 1 2 >e.jsonl
	run -0 --separate-stderr ev-replay -v --count e.jsonl
	[[ $stderr == *"id '\e[31m'"* ]]
}

@test "-n and -r take what they name of the distinct events" {
	{
		six | tac
		six
	} >l.jsonl
	for order in '' --order=file; do
		all=$(numbers $order l.jsonl)
		last=$(tr ' ' '\n' <<<"$all" | tail -n 2 | paste -sd' ')
		[ "$(numbers $order -n 2 l.jsonl)" = "$last" ]
		[ "$(numbers $order -n 0 l.jsonl)" = "" ]
		[ "$(numbers $order -n all l.jsonl)" = "$all" ]
		[ "$(numbers $order -n +5 l.jsonl)" = "$last" ]
		[ "$(numbers $order -r l.jsonl)" = "$(tr ' ' '\n' <<<"$all" | tac | paste -sd' ')" ]
		[ "$(numbers $order -r -n 2 l.jsonl)" = "$(tr ' ' '\n' <<<"$last" | tac | paste -sd' ')" ]
		[ "$(numbers $order -r -n +5 l.jsonl)" = "$(numbers $order -r -n 2 l.jsonl)" ]
		[ "$(ev-replay $order --count -n 2 l.jsonl)" -eq 2 ]
		[ "$(ev-replay $order --count -n +3 l.jsonl)" -eq 4 ]
	done
	[ "$(numbers l.jsonl)" = "1 2 3 4 5 6" ]
	[ "$(numbers --order file l.jsonl)" = "6 5 4 3 2 1" ]
}

@test "--order file: as the lines stand, input after input, of equal ones the first" {
	ev 1 a 09:00Z >a.jsonl
	ev 2 b 01:00Z >>a.jsonl
	ev 3 c 05:00Z >b.jsonl
	ev 1 a 09:00Z >>b.jsonl
	[ "$(numbers --order file a.jsonl b.jsonl)" = "1 2 3" ]
	[ "$(numbers --order file b.jsonl a.jsonl)" = "3 1 2" ]
	[ "$(cat b.jsonl a.jsonl | numbers --order file -)" = "3 1 2" ]
	[ "$(cat b.jsonl a.jsonl | numbers --order file -r -)" = "2 1 3" ]
	[ "$(numbers b.jsonl a.jsonl)" = "2 3 1" ]
	run -2 ev-replay --order size a.jsonl
	[[ $output == "ev-replay: --order: 'size' is not one of: time file" ]]
}

@test "--digest: the SHA-256 of the sequence, the same for any splitting" {
	six >l.jsonl
	want="sha256:$(sha256sum <l.jsonl | cut -d' ' -f1) 6"
	run -0 ev-replay --digest l.jsonl
	[ "$output" = "$want" ]
	# repeated, the other way round, in pieces, without the last newline
	{
		six | tac
		six
	} >r.jsonl
	[ "$(ev-replay --digest r.jsonl)" = "$want" ]
	split -l 1 r.jsonl part.
	[ "$(ev-replay --digest part.*)" = "$want" ]
	[ "$(printf '%s\n' part.* | tac | xargs ev-replay --digest)" = "$want" ]
	printf '\n  \n%s' "$(six)" >u.jsonl
	[ "$(ev-replay --digest u.jsonl)" = "$want" ]
	# what is filtered, or turned, is another sequence
	[ "$(ev-replay --digest -w 'n<3' l.jsonl)" = "sha256:$(six | head -n 2 | sha256sum | cut -d' ' -f1) 2" ]
	[ "$(ev-replay --digest -r l.jsonl)" = "sha256:$(six | tac | sha256sum | cut -d' ' -f1) 6" ]
	: >empty
	[ "$(ev-replay --digest empty)" = "sha256:$(sha256sum </dev/null | cut -d' ' -f1) 0" ]
}

@test "damaged lines, CRLF, a BOM, huge lines and raw NULs on the way" {
	{
		printf '\xef\xbb\xbf'
		ev 1 a 02:00Z
		printf '\n{"torn\n[1]\n{"a":"\0"}\n'
		printf '{"event_id":"h","event_type":"t","timestamp":"2026-01-06T10:01:00Z","n":2,"x":"%s"}\r\n' \
			"$(head -c 200000 /dev/zero | tr '\0' x)"
		ev 3 c 00:00Z
	} >l.jsonl
	run -0 --separate-stderr ev-replay -o csv --columns n l.jsonl
	[ "$(paste -sd' ' <<<"$output")" = "n 3 2 1" ]
	[[ $stderr == "ev-replay: l.jsonl: 3 damaged lines skipped (first: line 3: torn)" ]]
	run -2 --separate-stderr ev-replay --strict l.jsonl
	[ -z "$output" ]
	[[ $stderr == "ev-replay: l.jsonl:3: torn" ]]
	run -0 --separate-stderr ev-replay --max-line 1000 --count -q l.jsonl
	[ "$output" = 2 ]
}

@test "--strict: half a report is none" {
	printf '%s\n' \
		'{"event_id":"1","event_type":"bead.created","timestamp":"2026-01-06T10:00:00Z","session_id":"s","data":{"bead_id":"b"}}' \
		'[1]' >l.jsonl
	for ask in --count --digest --sessions --state '--project metrics' \
		'--diff 2026-01-01 2026-02-01'; do
		for order in time file; do
			# shellcheck disable=SC2086 # several words
			run -2 --separate-stderr ev-replay --strict --order $order $ask l.jsonl
			[ -z "$output" ]
		done
	done
}

@test "one input that cannot be read: the others are played, status 2" {
	six >l.jsonl
	run -2 --separate-stderr ev-replay --count nothing.jsonl l.jsonl
	[ "$output" = 6 ]
	[[ $stderr == "ev-replay: "*"nothing.jsonl"* ]]
	run -2 --separate-stderr ev-replay --digest nothing.jsonl l.jsonl
	[ -z "$output" ]
}

@test "more than fits a block: sorted, nearly sorted and mixed inputs" {
	for ((i = 0; i < 12000; i++)); do
		printf '{"event_id":"e-%d","event_type":"t","timestamp":%d,"data":{"text":"some more bytes to fill the blocks with"}}\n' \
			"$i" $((1767000000000 + i / 3))
	done >sorted.jsonl
	want="sha256:$(sha256sum <sorted.jsonl | cut -d' ' -f1) 12000"
	cmp sorted.jsonl <(ev-replay sorted.jsonl)
	[ "$(ev-replay --digest sorted.jsonl)" = "$want" ]
	# two lines changed places; one line is far away; two logs in turns
	{
		sed -n 9000p sorted.jsonl
		sed '9000d; 5000{h;d;}; 5001G' sorted.jsonl
	} >nearly.jsonl
	[ "$(ev-replay --digest nearly.jsonl)" = "$want" ]
	cmp sorted.jsonl <(ev-replay nearly.jsonl sorted.jsonl)
	split -n r/3 sorted.jsonl turn.
	[ "$(ev-replay --digest turn.*)" = "$want" ]
	split -n l/3 sorted.jsonl whole.
	[ "$(ev-replay --digest whole.ac whole.aa whole.ab)" = "$want" ]
	[ "$(ev-replay --count nearly.jsonl whole.ab)" -eq 12000 ]
	cmp <(tac sorted.jsonl) <(ev-replay -r turn.*)
	cmp <(ev-tail -n all -w 'id~"7$"' sorted.jsonl) <(ev-replay -w 'id~"7$"' nearly.jsonl)
	cmp <(ev-tail -n all -o structured sorted.jsonl) <(ev-replay -o structured nearly.jsonl)
}

@test "the formats are those of ev-tail, with what stands before them" {
	six >l.jsonl
	for o in jsonl short json-seq csv tsv md id cloudevents structured; do
		cmp <(ev-tail -n all -o "$o" l.jsonl) <(ev-replay -o "$o" l.jsonl)
	done
	cmp <(ev-tail -n all -0 l.jsonl) <(ev-replay -0 l.jsonl)
	cmp <(ev-tail -n all --utc -o short l.jsonl) <(ev-replay --utc -o short l.jsonl)
	ev-replay --out o.jsonl l.jsonl
	cmp o.jsonl l.jsonl
	run -2 ev-replay -o xml l.jsonl
	run -2 bash -c 'ev-replay l.jsonl >/dev/full'
}

@test "on a terminal: short lines, nothing of the data acts on it" {
	need script
	printf '{"event_id":"a","event_type":"t","timestamp":"2026-01-06T10:00:00Z","data":{"title":"x\\u001b[31m"}}\n' >l.jsonl
	TZ=UTC run -0 script -qec 'ev-replay l.jsonl' /dev/null
	[[ $output == *"2026-01-06 10:00:00"*"x\\e[31m"* ]]
}

@test "-e: the history of one thing; -x: status 1 when there is none" {
	printf '{"event_id":"%s","event_type":"bead.%s","timestamp":"2026-01-06T10:0%d:00Z","data":{"bead_id":"%s"}}\n' \
		b closed 2 gt-1 x created 1 gt-2 a created 1 gt-1 >l.jsonl
	[ "$(ids -e gt-1 l.jsonl)" = "a b" ]
	run -0 ev-replay -e gt-9 l.jsonl
	[ -z "$output" ]
	run -1 ev-replay -x -e gt-9 l.jsonl
	run -1 ev-replay -x --count -e gt-9 l.jsonl
	[ "$output" = 0 ]
}

@test "--speed: as far apart as they were, X times as fast; --max-gap" {
	# 10 minutes
	six >l.jsonl
	[ "$(ev-replay --speed max l.jsonl)" = "$(six)" ]
	[ "$(ev-replay --speed 1000000 l.jsonl)" = "$(six)" ]
	[ "$(ev-replay --speed original --max-gap 1ms l.jsonl)" = "$(six)" ]
	[ "$(ev-replay --max-gap 0 l.jsonl)" = "$(six)" ]
	# 300 s at 3000 times the speed are a tenth of a second
	start=${EPOCHREALTIME/./}
	ev-replay --speed 3000 -o id l.jsonl >/dev/null
	took=$((${EPOCHREALTIME/./} - start))
	[ "$took" -ge 100000 ]
	for x in 0 -1 fast 1e999 '' 1x; do
		run -2 ev-replay --speed "$x" l.jsonl
		[ "$output" = "ev-replay: --speed '$x': not a number above 0, original or max" ]
	done
	run -2 ev-replay --max-gap soon l.jsonl
	[[ $output == "ev-replay: --max-gap: "*soon* ]]
}

# ended STATUS: of the process $pid.
ended() {
	local status=0
	wait "$pid" || status=$?
	[ "$status" -eq "$1" ]
}

@test "--speed: each event is out before the next is waited for; signals end it" {
	six >l.jsonl
	ev-replay --speed original l.jsonl >out &
	pid=$!
	wait_for test -s out
	[ "$(cat out)" = "$(six | head -n 1)" ]
	kill -TERM "$pid"
	ended 143
	[ "$(cat out)" = "$(six | head -n 1)" ]
	# nobody reads any more
	mkfifo fifo
	ev-replay --speed original l.jsonl >fifo &
	pid=$!
	head -n 1 <fifo >got
	ended 141
	# an output file that was not finished is not left behind
	ev-replay --speed original --out o.jsonl l.jsonl &
	pid=$!
	wait_for eval '[ -s .o.jsonl.* ]'
	kill -TERM "$pid"
	ended 143
	[ -z "$(compgen -G '*o.jsonl*')$(compgen -G '.o.jsonl*')" ]
}

@test "--sessions: rows, newest first, 20 unless -n" {
	need jq
	for ((i = 0; i < 25; i++)); do
		printf '{"id":"%s","sessionId":"s%d","type":"%s","timestamp":%d}\n' \
			"$i" "$i" turn_start $((1767693600000 + i * 1000)) \
			"$i-2" "$i" anchor $((1767693600500 + i * 1000))
	done >l.jsonl
	sed -n 1p l.jsonl >again
	cat again >>l.jsonl
	echo '{"type":"none","id":"x","timestamp":1767693600000}' >>l.jsonl
	EV_NOW=2026-01-06T10:01:00Z run -0 ev-replay --sessions l.jsonl
	[ "${#lines[@]}" -eq 20 ]
	[ "${lines[0]}" = '{"session":"s24","events":2,"first":"2026-01-06T10:00:24.000Z","last":"2026-01-06T10:00:24.500Z","types":["anchor","turn_start"],"idle":35}' ]
	[ "$(ev-replay --sessions -n all l.jsonl | wc -l)" -eq 25 ]
	[ "$(ev-replay --sessions -n all l.jsonl | jq -r .session | paste -sd' ')" = "$(printf 's%d ' {24..0} | sed 's/ $//')" ]
	[ "$(ev-replay --sessions -n 2 l.jsonl | jq -r .session | paste -sd' ')" = "s24 s23" ]
	[ "$(ev-replay --sessions -n +24 l.jsonl | jq -r .session | paste -sd' ')" = "s1 s0" ]
	[ "$(ev-replay --sessions -r -n 2 l.jsonl | jq -r .session | paste -sd' ')" = "s23 s24" ]
	[ "$(ev-replay --sessions -s s3 -t anchor l.jsonl | jq -c '[.session,.events,.types]')" = '["s3",1,["anchor"]]' ]
	# no time, a time to come, odd names
	{
		echo '{"sessionId":"n\u0000\"","id":"1","type":"a"}'
		echo '{"sessionId":"f","id":"2","type":"a","timestamp":1767693700000}'
	} >o.jsonl
	EV_NOW=2026-01-06T10:01:00Z run -0 ev-replay --sessions -d brewva o.jsonl
	[ "${lines[0]}" = '{"session":"f","events":1,"first":"2026-01-06T10:01:40.000Z","last":"2026-01-06T10:01:40.000Z","types":["a"],"idle":0}' ]
	[ "${lines[1]}" = '{"session":"n\u0000\"","events":1,"first":null,"last":null,"types":["a"],"idle":null}' ]
}

@test "--compare: missing, extra, different; repeats and order do not count" {
	six >a.jsonl
	{
		six | tac
		six
	} >b.jsonl
	run -0 ev-replay --compare a.jsonl b.jsonl
	[ -z "$output" ]
	{
		ev 9 z 00:00Z
		ev 2 evt_1_2 05:00Z
		ev 4 evt_1_10 05:00Z
		ev 55 b 05:00.001Z
		ev 8 new 03:00Z
	} >c.jsonl
	run -1 ev-replay --compare a.jsonl c.jsonl
	[ "$output" = "missing	a
extra	z
extra	new
different	evt_1_10
different	b
missing	c" ]
	run -1 ev-replay --compare -o jsonl c.jsonl a.jsonl
	[ "${lines[0]}" = '{"difference":"extra","id":"a"}' ]
	run -1 --separate-stderr ev-replay --compare -v -t t a.jsonl c.jsonl
	[[ $stderr == *"ev-replay: 2 missing, 2 extra, 2 different"* ]]
	run -0 ev-replay --compare -w n=2 a.jsonl c.jsonl
	# lines without an id go by their bytes
	printf '{"event_type":"x","n":%d}\n' 1 2 >d.jsonl
	printf '{"event_type":"x","n":%d}\n' 2 3 >e.jsonl
	run -1 ev-replay --compare d.jsonl e.jsonl
	[ "${#lines[@]}" -eq 2 ]
	[[ $output == *$'missing\t~'* && $output == *$'extra\t~'* ]]
}

@test "--compare: two logs, of any kind, which must be there" {
	six >a.jsonl
	mkdir s
	six >s/.events.jsonl
	run -0 ev-replay --compare s a.jsonl
	run -0 ev-replay --compare - s <a.jsonl
	run -2 ev-replay --compare a.jsonl
	[ "$output" = "ev-replay: --compare needs two logs, A and B" ]
	run -2 ev-replay --compare a.jsonl s a.jsonl
	run -2 ev-replay --compare - - <a.jsonl
	[ "$output" = "ev-replay: standard input can only be read once" ]
	run -2 --separate-stderr ev-replay --compare a.jsonl nothing.jsonl
	[ -z "$output" ]
	# an id of many kinds of characters stays on its line
	printf '{"event_id":"a\\tb\\nc\\\\d\\u0000","event_type":"t"}\n' >b.jsonl
	: >empty
	run -1 ev-replay --compare b.jsonl empty
	[ "$output" = 'missing	a\tb\nc\\d\0' ]
}

# bead TIME TYPE ID DATA
bead() {
	printf '{"event_id":"%s-%s","event_type":"bead.%s","timestamp":"2026-01-06T%s:00Z","data":{"bead_id":"%s"%s}}\n' \
		"$3" "$1" "$2" "$1" "$3" "$4"
}

# Two beads, the lines of which are in no order.
beads() {
	bead 10:30 status_changed gt-1 ',"to_status":"closed"'
	bead 10:00 created gt-1 ',"title":"First","n":9007199254740993'
	bead 10:10 created gt-2 ',"title":"Second"'
	bead 10:20 updated gt-1 ',"changes":{"n":1.10,"title":null}'
}

@test "--state: of one thing the state itself, of all or some a line each" {
	beads >l.jsonl
	run -0 ev-replay --state -e gt-1 l.jsonl
	[ "$output" = '{"bead_id":"gt-1","title":null,"n":1.10,"status":"closed"}' ]
	run -0 ev-replay --state l.jsonl
	[ "$output" = '{"entity":"gt-1","state":{"bead_id":"gt-1","title":null,"n":1.10,"status":"closed"}}
{"entity":"gt-2","state":{"bead_id":"gt-2","title":"Second"}}' ]
	[ "$(ev-replay --state -e '*-2' l.jsonl)" = "${lines[1]}" ]
	[ "$(ev-replay --state -e 'gt-1,gt-2' l.jsonl)" = "$output" ]
	[ -z "$(ev-replay --state -e 'x*' l.jsonl)" ]
	# the other filters take events away
	[ "$(ev-replay --state -e gt-1 -t bead.created l.jsonl)" = '{"bead_id":"gt-1","title":"First","n":9007199254740993}' ]
	# as the lines stand
	[ "$(ev-replay --order file --state -e gt-1 l.jsonl)" = '{"bead_id":"gt-1","title":null,"n":1.10}' ]
	# an unknown one
	run -1 --separate-stderr ev-replay --state -e gt-9 l.jsonl
	[ -z "$output" ]
	[ "$stderr" = "ev-replay: no entity 'gt-9'" ]
	run -1 ev-replay -q --state -e gt-9 l.jsonl
	[ -z "$output" ]
}

@test "--state -e: the id may be spelled with escapes, or have been another" {
	{
		bead 10:00 created a/b ',"n":1'
		bead 10:10 closed 'a\/b' ''
		bead 10:20 updated '\u0061/b' ',"changes":{"n":2}'
		bead 10:00 created '12' ',"n":1'
		bead 10:20 updated '1\u0032' ',"changes":{"n":2}'
		bead 10:00 created 'x\ty' ',"n":1'
		bead 10:20 updated 'x\u0009y' ',"changes":{"n":2}'
	} >l.jsonl
	for id in a/b 12 $'x\ty'; do
		run -0 ev-replay --state -e "$id" l.jsonl
		[[ $output == *'"n":2'* ]]
		# with -v all events are looked at
		[ "$output" = "$(ev-replay -v --state -e "$id" l.jsonl 2>/dev/null)" ]
	done
	{
		echo '{"id":"1","issue_id":"old","event_type":"created","actor":"a","created_at":"2026-01-06T10:00:00Z","old_value":"","new_value":"{\"n\":1}"}'
		echo '{"id":"2","issue_id":"new","event_type":"renamed","actor":"a","created_at":"2026-01-06T10:01:00Z","old_value":"old","new_value":"new"}'
		echo '{"id":"3","issue_id":"new","event_type":"closed","actor":"a","created_at":"2026-01-06T10:02:00Z","old_value":"","new_value":"done"}'
	} >b.jsonl
	run -0 ev-replay --state -e new b.jsonl
	[ "$output" = "$(ev-replay --state b.jsonl | sed 's/^{"entity":"new","state"://; s/}$//')" ]
	[[ $output == *'"status":"closed"'* ]]
	run -1 ev-replay --state -e old b.jsonl
}

# renamed N NEW OLD: an issue of beads takes another id.
renamed() {
	printf '{"id":"r%d","issue_id":"%s","event_type":"renamed","actor":"a","created_at":"2026-01-06T11:%d:00Z","old_value":"%s","new_value":""}\n' \
		"$1" "$2" "$1" "$3"
}

@test "--state -e: what is asked of one is what all have, wherever its id stands" {
	{
		bead 10:00 created gt-100 ',"n":1'
		echo 'not JSON'
		bead 10:01 updated 'gt\u002d100' ',"changes":{"n":2}'
		bead 10:02 created gt-1001 ',"note":"gt-100"'
		# one after the other, then out of reach of its old id
		bead 10:03 created old-1 ',"n":3'
		bead 10:04 created old-2 ',"n":4'
		echo '{"torn'
		renamed 10 mid-1 old-1
		renamed 11 new-1 mid-1
		renamed 12 gone-1 old-2
		renamed 13 none-1 gt-nothing
		# a tape has the id of an issue
		bead 10:05 created both-1 ',"n":5'
		echo '{"sessionId":"both-1","id":"e1","type":"task_event","timestamp":1767693900000,"turn":1,"payload":{"kind":"spec_set"}}'
		echo '{"sessionId":"tape-1","id":"e2","type":"anchor","timestamp":1767693900000,"turn":1,"payload":{}}'
	} >l.jsonl
	for id in gt-100 gt-1001 old-1 mid-1 new-1 old-2 gone-1 none-1 \
		both-1 tape-1 gt-nothing gt-10; do
		# with -v all events are looked at
		want=$(ev-replay -v --state -e "$id" l.jsonl 2>/dev/null || :)
		[ "$(ev-replay -q --state -e "$id" l.jsonl)" = "$want" ]
		[ "$(cat l.jsonl | ev-replay -q --state -e "$id" -)" = "$want" ]
		[ "$(ev-replay -q --state -e "$id" l.jsonl l.jsonl)" = "$want" ]
		# damage is told once, however often it was met
		ev-replay --state -e "$id" l.jsonl 2>err >got || [ ! -s got ]
		[ "$(cat got)" = "$want" ]
		[ "$(grep -c '2 damaged lines.*line 2: not JSON' err)" -eq 1 ]
		run -2 --separate-stderr ev-replay --strict --state -e "$id" l.jsonl
		[[ $stderr == *'l.jsonl:2: not JSON'* ]]
		run -2 ev-replay -q --strict --state -e "$id" l.jsonl
	done
	[ "$(ev-replay -q --state -e new-1 l.jsonl | jq .n)" = 3 ]
	[ -z "$(ev-replay -q --state -e old-1 l.jsonl)" ]
}

@test "--at: the state of the events up to and at a time" {
	beads >l.jsonl
	echo '{"event_id":"x","event_type":"bead.status_changed","data":{"bead_id":"gt-1","to_status":"open"}}' >>l.jsonl
	state() { ev-replay --state -e gt-1 "$@" l.jsonl; }
	[ "$(state --at 2026-01-06T10:29:59Z)" = '{"bead_id":"gt-1","title":null,"n":1.10}' ]
	[ "$(state --at 2026-01-06T10:30Z)" = '{"bead_id":"gt-1","title":null,"n":1.10,"status":"closed"}' ]
	# what has no time comes after all others, and at no time
	[ "$(state)" = '{"bead_id":"gt-1","title":null,"n":1.10,"status":"open"}' ]
	run -1 state --at 2026-01-06T09:00Z
	[ "$(EV_NOW=2026-01-06T10:35:00Z ev-replay --at 20m -e gt-1 l.jsonl)" = '{"bead_id":"gt-1","title":"First","n":9007199254740993}' ]
	run -2 ev-replay --at soon l.jsonl
	[[ $output == "ev-replay: --at: "*soon* ]]
}

@test "--diff: lines, or merge patches; status 1 when there are any" {
	beads >l.jsonl
	run -1 ev-replay --diff 2026-01-06T10:15 2026-01-06T11:00 --utc -e gt-1 l.jsonl
	[ "$output" = '-title "First"
+title null
-n 9007199254740993
+n 1.10
+status "closed"' ]
	run -1 ev-replay l.jsonl -o patch --utc -e gt-1 --diff 2026-01-06T10:25 2026-01-06T11:00
	[ "$output" = '{"status":"closed"}' ]
	run -1 ev-replay -o patch --utc --diff 2026-01-06T10:05 2026-01-06T11:00 l.jsonl
	[ "${lines[1]}" = '{"entity":"gt-2","patch":{"bead_id":"gt-2","title":"Second"}}' ]
	run -0 ev-replay --utc --diff 2026-01-06T10:40 2026-01-06T11:00 l.jsonl
	[ -z "$output" ]
	run -2 ev-replay --utc --diff 2026-01-06T11:00 2026-01-06T10:00 l.jsonl
	[ "$output" = "ev-replay: --diff: '2026-01-06T11:00' is later than '2026-01-06T10:00': the earlier time comes first" ]
	run -1 --separate-stderr ev-replay -e gt-9 --utc --diff 2026-01-06T10:00 2026-01-06T11:00 l.jsonl
	[ "$stderr" = "ev-replay: no entity 'gt-9'" ]
	run -2 ev-replay l.jsonl --diff 2026-01-06T10:00
	[ "$output" = "ev-replay: option '--diff' needs T1 T2" ]
	run -2 ev-replay --diff 2026-01-06T10:00 l.jsonl
	[[ $output == "ev-replay: --diff: "*"l.jsonl"* ]]
	run -2 ev-replay --utc -e 'gt-*' --diff 2026-01-06T10:00 2026-01-06T11:00 l.jsonl
}

@test "--project: the rows of a view, sessions among them" {
	beads >l.jsonl
	run -0 ev-replay --project issues l.jsonl
	[ "$output" = '{"id":"gt-1","bead_id":"gt-1","title":null,"n":1.10,"status":"closed"}
{"id":"gt-2","bead_id":"gt-2","title":"Second"}' ]
	[ "$(ev-replay --project issues -e gt-2 l.jsonl)" = "${lines[1]}" ]
	[ -z "$(ev-replay --project agents l.jsonl)" ]
	echo '{"id":"1","sessionId":"s","type":"a","timestamp":1}' >s.jsonl
	[ "$(EV_NOW=9 ev-replay --project sessions s.jsonl)" = "$(EV_NOW=9 ev-replay --sessions s.jsonl)" ]
	run -2 ev-replay --project issue l.jsonl
	[[ $output == "ev-replay: --project: no view 'issue', there are: sessions metrics issues "* ]]
}

@test "--project metrics: the evaluation of the distinct events, --at a time" {
	beads >l.jsonl
	beads >>l.jsonl
	run -0 ev-replay --project metrics l.jsonl
	[ "$output" = "$(ev-stats -u --report evaluation -o jsonl l.jsonl)" ]
	[ "${lines[3]}" = '{"metric":"closed_beads","value":0.5,"numerator":1,"denominator":2}' ]
	run -0 ev-replay --project metrics --at 2026-01-06T10:00Z l.jsonl
	[ "${lines[3]}" = '{"metric":"closed_beads","value":0,"numerator":0,"denominator":1}' ]
	run -2 ev-replay --project metrics -n 2 l.jsonl
	run -2 ev-replay --project metrics --at noonish l.jsonl
	[[ $output == "ev-replay: --at: 'noonish' is not a time"* ]]
	run -2 ev-replay --project metrics --diff 1d now l.jsonl
	[ "$output" = "ev-replay: --project metrics and --diff: give one or the other" ]
}

@test "--project metrics, sessions: with --rules they are the file's own views" {
	beads >l.jsonl
	echo '{"tables":[{"view":"metrics","entity":"data.bead_id","rules":[{"op":"add","at":"n","value":1}]}]}' >r.json
	[ "$(ev-replay --rules r.json --project metrics l.jsonl)" = '{"id":"gt-1","n":3}
{"id":"gt-2","n":1}' ]
	run -2 ev-replay --rules r.json --project sessions l.jsonl
	[ "$output" = "ev-replay: --project: no view 'sessions', there are: metrics" ]
}

@test "--sessions --at: the events up to and at a time" {
	printf '{"id":"%d","sessionId":"s","type":"a","timestamp":%d}\n' \
		1 1767693600000 2 1767693600999 3 1767693601000 4 1767693601001 \
		>l.jsonl
	echo '{"id":"5","sessionId":"t","type":"a"}' >>l.jsonl
	[ "$(EV_NOW=9 ev-replay --sessions --at 2026-01-06T10:00:01Z l.jsonl)" = '{"session":"s","events":3,"first":"2026-01-06T10:00:00.000Z","last":"2026-01-06T10:00:01.000Z","types":["a"],"idle":0}' ]
	[ "$(ev-replay --project sessions --at 2026-01-06T10:00:00.999999999Z l.jsonl)" = "$(ev-replay --sessions --until 2026-01-06T10:00:01Z l.jsonl)" ]
	[ -z "$(ev-replay --sessions --at 2026-01-06T09:59:59.999999999Z l.jsonl)" ]
}

@test "--rules: seed, or a file, which is told when it is wrong" {
	{
		beads
		bead 10:40 closed gt-2 ',"reason":"done"'
	} >l.jsonl
	[ "$(ev-replay --state -e gt-2 l.jsonl)" = '{"bead_id":"gt-2","title":"Second","status":"closed","close_reason":"done"}' ]
	[ "$(ev-replay --rules seed --state -e gt-2 l.jsonl)" = '{"bead_id":"gt-2","title":"Second"}' ]
	echo '{"tables":[{"view":"v","type":"bead.*","entity":"data.bead_id","rules":[{"op":"add","at":"n","value":1}]}]}' >r.json
	[ "$(ev-replay --rules r.json --project v l.jsonl)" = '{"id":"gt-1","n":3}
{"id":"gt-2","n":2}' ]
	echo '{"tables":[{"view":"v","entity":"data.bead_id","rules":[{"op":"apend"}]}]}' >w.json
	run -2 ev-replay --rules w.json --project v l.jsonl
	[ "$output" = "ev-replay: w.json:1: unknown operation 'apend', meant 'append'?" ]
	run -2 ev-replay --rules nothing.json --state l.jsonl
	[[ $output == "ev-replay: "*nothing.json* ]]
	run -2 ev-replay --rules seed l.jsonl
	[ "$output" = "ev-replay: --rules is for --state, --at, --diff and --project" ]
}

# same: with the checkpoint c the states are those of the whole log.
same() {
	cmp <(ev-replay --checkpoint c --state "$@") <(ev-replay --state "$@")
}

@test "--checkpoint: what was appended is played on, else the whole log" {
	beads | sort >l.jsonl
	run -0 --separate-stderr ev-replay -v --checkpoint c --project issues l.jsonl
	[[ $stderr == *"'c' not used, there is none yet"*"l.jsonl: 4 lines read" ]]
	[ "$output" = "$(ev-replay --project issues l.jsonl)" ]
	# nothing new; something new
	run -0 --separate-stderr ev-replay -v --checkpoint c --state -e gt-1 l.jsonl
	[[ $stderr == "ev-replay: l.jsonl: 0 lines read" ]]
	[ "$output" = "$(ev-replay --state -e gt-1 l.jsonl)" ]
	bead 11:00 closed gt-2 ',"reason":"done"' >>l.jsonl
	run -0 --separate-stderr ev-replay -v --checkpoint c --state -e gt-2 l.jsonl
	[[ $stderr == "ev-replay: l.jsonl: 1 line read" ]]
	[[ $output == *'"status":"closed"'* ]]
	same l.jsonl
	# an event that comes late belongs before others; a repeated one
	bead 10:50 status_changed gt-2 ',"to_status":"open"' >>l.jsonl
	run -0 --separate-stderr ev-replay -v --checkpoint c --state -e gt-2 l.jsonl
	[[ $stderr == *"c: not used: events came that belong before its own"* ]]
	[[ $output == *'"status":"closed"'* ]]
	tail -n 2 l.jsonl >again
	cat again >>l.jsonl
	same l.jsonl
	# the log was changed, in its middle, in bytes of the same number
	sed 's/"First"/"Frist"/' l.jsonl >n.jsonl
	same n.jsonl
	same l.jsonl
	head -n 2 l.jsonl >s.jsonl
	same s.jsonl
	# other rules, another dialect, a file that is none or damaged
	same --rules seed l.jsonl
	same -d generic l.jsonl
	same l.jsonl
	sed -i 's/closed/clozed/' c
	same l.jsonl
	echo nonsense >c
	same l.jsonl
}

@test "--checkpoint: a last line without its end, an empty log, a pipe" {
	beads | sort >l.jsonl
	printf %s "$(bead 11:00 closed gt-2 ',"reason":"done"')" >>l.jsonl
	run -0 --separate-stderr ev-replay -v --checkpoint c --state l.jsonl
	[[ $stderr == *"c: not written: 'l.jsonl' ends in a line's middle"* ]]
	[ ! -e c ]
	: >empty
	same empty
	echo >>l.jsonl
	cat l.jsonl | ev-replay --checkpoint c --state - >/dev/null
	[ -s c ]
	gzip -k l.jsonl
	same l.jsonl.gz
}

@test "--checkpoint: a log in its place is not overwritten" {
	beads >l.jsonl
	cp l.jsonl kept
	for name in l.jsonl kept; do
		run -2 --separate-stderr ev-replay --state --checkpoint "$name" l.jsonl
		[ "$stderr" = "ev-replay: '$name' holds events, no checkpoint: it is not overwritten" ]
		[ -z "$output" ]
		cmp l.jsonl "$name"
	done
	cmp l.jsonl kept
	{ echo torn; cat kept; } >damaged
	gzip -k kept
	for name in damaged kept.gz; do
		cp "$name" copy
		run -2 ev-replay --state --checkpoint "$name" l.jsonl
		cmp "$name" copy
	done
}

@test "--checkpoint: of one whole log" {
	beads >l.jsonl
	run -2 ev-replay --checkpoint c l.jsonl
	[[ $output == "ev-replay: --checkpoint is for --state and --project"* ]]
	run -2 ev-replay --checkpoint c --at now l.jsonl
	run -2 ev-replay --checkpoint c --state --order file l.jsonl
	run -2 ev-replay --checkpoint c --state l.jsonl l.jsonl
	[ "$output" = "ev-replay: --checkpoint is of one log" ]
	run -2 ev-replay --checkpoint c --state -t bead.closed l.jsonl
	[ "$output" = "ev-replay: --checkpoint keeps the state of all events: no filter but -e goes with it" ]
	run -2 ev-replay --checkpoint /nowhere/c --state l.jsonl
	[ ! -e c ]
}

@test "vermas.state: --state --rules seed in file order is get_bead_state" {
	need jq
	need_shared vectors/vermas.state.jsonl
	while read -r line; do
		jq -c '.in.events[]' <<<"$line" >in
		bead=$(jq -r .in.bead_id <<<"$line")
		ev-replay -q --state --order file --rules seed -e "$bead" in \
			>got || echo '{}' >got
		diff <(jq -Sc .out <<<"$line") <(jq -Sc . got) || {
			echo "$line"
			false
		}
	done <"$SHARED/vectors/vermas.state.jsonl"
}

@test "beads.finalStatus: --project issues has the status of every issue" {
	need jq
	need_shared vectors/beads.finalStatus.jsonl
	while read -r line; do
		log=$SHARED/$(jq -r .in.events <<<"$line")
		ev-replay --project issues "$log" |
			jq -c '{key: .id, value: .status}' | jq -sc from_entries >got
		jq -c --slurpfile got got '.in.exceptions as $e | .out |
			to_entries[] | select(.key as $k | $e | index($k) | not) |
			select($got[0][.key] != .value)' <<<"$line" >wrong
		[ ! -s wrong ] || {
			cat wrong
			false
		}
	done <"$SHARED/vectors/beads.finalStatus.jsonl"
}

@test "what excludes each other is told" {
	six >l.jsonl
	run -2 ev-replay --digest --count l.jsonl
	[ "$output" = "ev-replay: --count and --digest: give one or the other" ]
	run -2 ev-replay --sessions --speed 2 l.jsonl
	[ "$output" = "ev-replay: --speed is for the events themselves, not for --sessions" ]
	run -2 ev-replay --digest -o csv l.jsonl
	[ "$output" = "ev-replay: -o csv is for events, not for --digest" ]
	run -2 ev-replay --compare -n 3 l.jsonl l.jsonl
	[ "$output" = "ev-replay: -n and -r do not go with --compare" ]
	run -2 ev-replay --state --sessions l.jsonl
	[ "$output" = "ev-replay: --sessions and --state: give one or the other" ]
	run -2 ev-replay --at now --diff now now l.jsonl
	[ "$output" = "ev-replay: --at and --diff: give one or the other" ]
	run -2 ev-replay --project issues --digest l.jsonl
	run -2 ev-replay -o patch l.jsonl
	[ "$output" = "ev-replay: -o patch is for --diff" ]
	run -2 ev-replay --state -0 l.jsonl
	[ "$output" = "ev-replay: -0 and --columns are for events" ]
	run -2 ev-replay --state -n 3 l.jsonl
	[ "$output" = "ev-replay: -n and -r do not go with --state" ]
	run -2 ev-replay -n x l.jsonl
	run -2 ev-replay --since banana l.jsonl
	[[ $output == ev-replay:*banana* ]]
	run -2 ev-replay
	[[ $output == "ev-replay: no event log found"* ]]
}

@test "the real logs: each is replayed whole, sorted by its times" {
	need jq
	need_shared data/README.md
	for log in "$SHARED"/data/*/*.jsonl; do
		ev-replay "$log" >out
		[ "$(wc -l <out)" -eq "$(jq -c objects "$log" | wc -l)" ] ||
			# some files repeat lines
			cmp <(LC_ALL=C sort -u "$log" | grep .) <(LC_ALL=C sort out)
		cmp out <(ev-replay -r "$log" | tac)
		ev-replay -o csv --columns time out | grep '^2' |
			LC_ALL=C sort -c
	done
	run -0 ev-replay --sessions -n all "$SHARED/data/agentguard"
	[ "${#lines[@]}" -gt 20 ]
}
