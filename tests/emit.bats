#!/usr/bin/env bats
# ev-emit: events by arguments and from standard input.

load helper

# The last line of the log.
last() {
	tail -n 1 .events.jsonl
}

# One value of the last line, as JSON.
field() { # PATH
	last | jq -c "$1"
}

count() { # FILE
	wc -l <"$1"
}

# --- arguments, vermas

@test "an event: its id is printed, its line stands in log, day file and feed" {
	export EV_NOW=2026-01-06T10:30:00.5Z
	id=$(ev-emit bead.created bead_id=gt-1 title='Ünïcode "q"' priority:=2)
	[[ $id =~ ^evt-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$ ]]
	printf '%s\n' "{\"event_id\":\"$id\",\"event_type\":\"bead.created\",\"timestamp\":\"2026-01-06T10:30:00.500Z\",\"actor\":\"tester\",\"correlation_id\":null,\"data\":{\"bead_id\":\"gt-1\",\"title\":\"Ünïcode \\\"q\\\"\",\"priority\":2}}" >want
	cmp want .events.jsonl
	cmp want .events/2026-01-06.jsonl
	cmp want .events/feed.jsonl
}

@test "ids increase in the order of the log" {
	for i in 1 2 3 4 5; do
		ev-emit a n:=$i
	done >ids
	LC_ALL=C sort -c -u ids
	jq -r .event_id .events.jsonl | cmp - ids
}

@test "options set the fields of vermas" {
	run -0 ev-emit -a zoe -s S1 -c C1 -p evt-0 -e gt-7 -l audit --severity 4 \
		-m Title --outcome PASS --quality 0.5 --score 3.25 --turn 2 \
		--archetype a,b --archetype c --skill s --id evt-x verify.verdict
	[ "$output" = evt-x ]
	[ "$(last | jq -c 'del(.timestamp)')" = '{"event_id":"evt-x","event_type":"verify.verdict","actor":"zoe","correlation_id":"C1","caused_by":"evt-0","data":{"bead_id":"gt-7","title":"Title","quality":0.5,"verdict":"PASS","score":3.25,"turn":2,"archetype":["a","b","c"],"skill":["s"]},"session_id":"S1","severity":4,"level":"audit"}' ]
}

@test "the actor: a name that is no UTF-8" {
	unset EV_ACTOR LOGNAME USER
	printf '[user]\n\tname = J\xf6rg\n' >"$HOME/.gitconfig"
	ev-emit -q a
	[ "$(jq -r .actor .events.jsonl)" = $'J\xef\xbf\xbdrg' ]
}

@test "-S: a packed log is not written to" {
	echo '{"id":1}' >log
	gzip log
	cp log.gz before
	run -2 --separate-stderr ev-emit -S log.gz a
	[ "$stderr" = "ev-emit: 'log.gz' is packed: it can be read, but is no store's log" ]
	run -2 ev-fsck --repair log.gz
	run -2 ev-fsck log.gz
	cmp log.gz before
}

@test "numbers of options may begin with a dot" {
	run -0 ev-emit -d govern --quality .5 -m m -q test
	[ "$(last | jq -c .quality)" = 0.5 ]
	grep -q '"quality":0.5,' .events.jsonl
	for bad in . .x 1. +1 ''; do
		run -2 ev-emit -d govern --quality "$bad" -m m test
	done
}

@test "-e: the entity by the type" {
	ev-emit -q -e X mail.sent
	[ "$(field .data)" = '{"message_id":"X"}' ]
	ev-emit -q -e X mol.created
	[ "$(field .data)" = '{"mol_id":"X"}' ]
	ev-emit -q -e X agent.started
	[ "$(field .data)" = '{"agent":"X"}' ]
	ev-emit -q -e X patrol.started
	[ "$(field .data)" = '{"bead_id":"X"}' ]
}

@test "the environment: actor, session, correlation, cause, dialect" {
	EV_SESSION=S EV_CORRELATION=C EV_CAUSED_BY=@nothing run -2 ev-emit a
	EV_SESSION=S EV_CORRELATION=C EV_CAUSED_BY=evt-1 ev-emit -q a
	[ "$(field '[.actor,.session_id,.correlation_id,.caused_by]')" = '["tester","S","C","evt-1"]' ]
	EV_SESSION=S ev-emit -q -s T a
	[ "$(field .session_id)" = '"T"' ]
	EV_ACTOR='' BD_ACTOR=bd ev-emit -q a
	[ "$(field .actor)" = '"bd"' ]
	EV_DIALECT=gastown ev-emit -q nudge
	[ "$(field .source)" = '"ev"' ]
}

@test "the actor: git's user.name, then the login name" {
	unset EV_ACTOR
	LOGNAME=loger ev-emit -q a
	[ "$(field .actor)" = '"loger"' ]
	printf '[user]\n\tname = Gitta Git\n' >"$HOME/.gitconfig"
	LOGNAME=loger ev-emit -q a
	[ "$(field .actor)" = '"Gitta Git"' ]
}

@test "--time in people's words, EV_NOW as the clock" {
	export EV_NOW=2026-01-06T10:30:00Z
	ev-emit -q --time '2h' a
	[ "$(field .timestamp)" = '"2026-01-06T08:30:00.000Z"' ]
	ev-emit -q --time 2025-12-31 a
	[ "$(field .timestamp)" = '"2025-12-31T00:00:00.000Z"' ]
	cmp <(last) .events/2025-12-31.jsonl
	run -2 --separate-stderr ev-emit --time noonish a
	[[ $stderr == "ev-emit: --time: "* ]]
}

# --- fields

@test "FIELD: text, JSON, files, arrays, paths" {
	printf 'two\nlines\n' >text
	printf '{\n  "k": [1,\n 2]\n}\n' >json
	ev-emit -q t a=1 b:=1 c=@text d:=@json e+=x e+=y f.g=h 'i\.j=k' \
		'l:="@x"' m==n 'o:={"p":1}' o.q=r
	[ "$(field .data)" = '{"a":"1","b":1,"c":"two\nlines\n","d":{"k":[1,2]},"e":["x","y"],"f":{"g":"h"},"i.j":"k","l":"@x","m":"=n","o":{"p":1,"q":"r"}}' ]
}

@test "FIELD: numbers and escapes keep their bytes, unsafe characters do not" {
	ev-emit -q t a:=9007199254740993 b:=1.10 'c:="\u00e9"' d=$'\x7f\xe2\x80\xae\x01'
	[[ $(last) == *'"data":{"a":9007199254740993,"b":1.10,"c":"\u00e9","d":"\u007f\u202e\u0001"}}' ]]
}

@test "FIELD: a name that the dialect knows at the top goes there, the later one wins" {
	ev-emit -q -a one t actor=two x=1 x=2 data.y=3 level=ops severity:=3
	[ "$(field '[.actor,.level,.severity,.data]')" = '["two","ops",3,{"x":"2","y":"3"}]' ]
	ev-emit -q t event_type=t
	run -2 --separate-stderr ev-emit t event_type=u
	[ "$stderr" = "ev-emit: event_type: differs from TYPE, which is 't'" ]
}

@test "FIELD: what is wrong is named, nothing is written" {
	run -2 --separate-stderr ev-emit t noequals
	[[ $stderr == "ev-emit: 'noequals' is not FIELD=TEXT"* ]]
	run -2 --separate-stderr ev-emit t a:=bad
	[[ $stderr == "ev-emit: a: not JSON"* ]]
	run -2 --separate-stderr ev-emit t a:='{"x":1,"x":2}'
	[ "$stderr" = 'ev-emit: a: duplicate key "x"' ]
	run -2 --separate-stderr ev-emit t a=$'\xff'
	[ "$stderr" = "ev-emit: a: not UTF-8" ]
	run -2 --separate-stderr ev-emit t a=@none
	[[ $stderr == "ev-emit: a: "*"'none'"*"No such file or directory" ]]
	run -2 --separate-stderr ev-emit t a=@- </dev/null
	[ "$stderr" = "ev-emit: a: '-' is not a file" ]
	run -2 --separate-stderr ev-emit t a=1 a.b=2
	[ "$stderr" = "ev-emit: a.b: 'a' is not an object" ]
	run -2 --separate-stderr ev-emit t 'a[]=1'
	[[ $stderr == "ev-emit: a[]: "* ]]
	run -2 --separate-stderr ev-emit $'t\xff'
	[ "$stderr" = "ev-emit: event_type: not UTF-8" ]
	[ ! -e .events.jsonl ]
}

# --- the other dialects

@test "govern: the shape, defaults, and where options go" {
	export EV_NOW=2026-01-06T10:30:00Z
	id=$(ev-emit -d govern test -m 'unit tests' --archetype jarvis --skill ci \
		--quality 0.92 -s S -c C -p P testsPassed:=true)
	[[ $id =~ ^[0-9a-f]{8}-[0-9a-f]{4}-7 ]]
	[ "$(last)" = "{\"id\":\"$id\",\"type\":\"test\",\"archetypeIds\":[\"jarvis\"],\"skillsExercised\":[\"ci\"],\"description\":\"unit tests\",\"quality\":0.92,\"metadata\":{\"sessionId\":\"S\",\"correlationId\":\"C\",\"testsPassed\":true},\"userId\":\"tester\",\"createdAt\":\"2026-01-06T10:30:00.000Z\",\"caused_by\":\"P\"}" ]
	ev-emit -q -d govern commit description=d
	[ "$(field 'del(.id)')" = '{"type":"commit","archetypeIds":[],"skillsExercised":[],"description":"d","userId":"tester","createdAt":"2026-01-06T10:30:00.000Z"}' ]
}

@test "govern: a value that is not allowed is named, nothing is written" {
	run -2 --separate-stderr ev-emit -d govern test -m x --quality 1.4
	[ "$stderr" = "ev-emit: quality: 1.4 is not allowed (a number 0 to 1)" ]
	run -2 --separate-stderr ev-emit -d govern test -m x quality=0.4
	[ "$stderr" = 'ev-emit: quality: "0.4" is not allowed (a number 0 to 1, not a text)' ]
	run -2 --separate-stderr ev-emit -d govern ship -m x
	[ "$stderr" = 'ev-emit: type: "ship" is not allowed (commit, deploy, error, deliberation, test, qa)' ]
	run -2 --separate-stderr ev-emit -d govern test
	[ "$stderr" = "ev-emit: description: missing (give -m TEXT)" ]
	run -2 --separate-stderr ev-emit -d govern test -m x metadata=y
	[ "$stderr" = 'ev-emit: metadata: "y" is not allowed (an object)' ]
	[ ! -e .events.jsonl ]
}

@test "agentguard: id and fingerprint from the event, severity from the type" {
	export EV_NOW=1709856000000
	id=$(ev-emit -d agentguard TestFailure -m 'Expected 200' -e src/a.js line:=42 -s run_1)
	fp=fp_$(printf 'TestFailure:Expected <n>:src/a.js:42' | sha256sum | cut -c1-16)
	[ "$id" = "evt_1709856000000_${fp:3:8}" ]
	[ "$(last)" = "{\"id\":\"$id\",\"fingerprint\":\"$fp\",\"type\":\"TestFailure\",\"severity\":3,\"source\":\"tester\",\"file\":\"src/a.js\",\"line\":42,\"message\":\"Expected 200\",\"timestamp\":1709856000000,\"resolved\":false,\"sessionId\":\"run_1\"}" ]
	run -0 ev-emit -d agentguard TestFailure -m 'Expected 200' -e src/a.js line:=42 -s run_1
	[ "$output" = "${id}_2" ]
	ev-emit -q -d agentguard Unheard -m x --outcome true
	[ "$(field '[.severity,.resolved]')" = '[2,true]' ]
	run -2 --separate-stderr ev-emit -d agentguard Unheard -m x --severity 6
	[ "$stderr" = "ev-emit: severity: 6 is not allowed (a whole number 0 to 5)" ]
	run -2 --separate-stderr ev-emit -d agentguard Unheard
	[ "$stderr" = "ev-emit: message: missing (give -m TEXT)" ]
}

@test "brewva: needs a session; turn and payload only when given" {
	export EV_NOW=2026-01-06T10:30:00Z
	run -2 --separate-stderr ev-emit -d brewva turn_start
	[ "$stderr" = "ev-emit: sessionId: missing (give -s or EV_SESSION)" ]
	EV_SESSION=S ev-emit -q -d brewva turn_start
	[ "$(field 'del(.id)')" = '{"sessionId":"S","type":"turn_start","timestamp":1767695400000}' ]
	ev-emit -q -d brewva -s S --turn 3 -m why -e i1 -c C -p P -a zoe schedule_intent runAt:=5
	[ "$(field 'del(.id)')" = '{"sessionId":"S","type":"schedule_intent","timestamp":1767695400000,"turn":3,"payload":{"actor":"zoe","correlationId":"C","intentId":"i1","reason":"why","runAt":5},"caused_by":"P"}' ]
	run -2 --separate-stderr ev-emit -d brewva -s S --turn 1.5 x
	[[ $stderr == "ev-emit: turn: 1.5 is not allowed (a whole number"* ]]
}

@test "gastown: no id; visibility by the level" {
	export EV_NOW=2026-01-06T10:30:00Z
	run -0 ev-emit -d gastown nudge target=mayor -e gt-1 -m hi
	[ "$output" = "~$(last | tr -d '\n' | sha256sum | cut -c1-16)" ]
	[ "$(last)" = '{"ts":"2026-01-06T10:30:00.000Z","source":"ev","type":"nudge","actor":"tester","payload":{"bead":"gt-1","subject":"hi","target":"mayor"},"visibility":"both"}' ]
	ev-emit -q -d gastown -l audit nudge
	[ "$(field '[.payload,.visibility]')" = '[{},"audit"]' ]
	ev-emit -q -d gastown -l debug nudge n=2
	[ "$(field .visibility)" = '"both"' ]
}

@test "dialects that are not written, or not known" {
	run -2 --separate-stderr ev-emit -d beads x
	[[ $stderr == "ev-emit: beads: not one of the dialects that are written (vermas "* ]]
	run -2 --separate-stderr ev-emit -d nonsense x
	[ "$stderr" = "ev-emit: no dialect is called 'nonsense' (option)" ]
	EV_DIALECT=nonsense run -2 --separate-stderr ev-emit a
	[ "$stderr" = "ev-emit: no dialect is called 'nonsense' (environment EV_DIALECT)" ]
}

# --- ids and causes

@test "--id: the id alone decides, the event is written once" {
	run -0 ev-emit --id deploy-1 a x=1
	[ "$output" = deploy-1 ]
	run -0 ev-emit --id deploy-1 a x=2
	[ "$output" = deploy-1 ]
	[ "$(count .events.jsonl)" -eq 1 ]
	ev-emit -q a event_id=deploy-1
	[ "$(count .events.jsonl)" -eq 1 ]
	run -2 ev-emit --id '' a
}

@test "-p: @last, @last:TYPE, @-N, a prefix, an id as it stands" {
	run -2 --separate-stderr ev-emit -p @last a
	[ "$stderr" = "ev-emit: -p: @last: the log has no such event" ]
	one=$(ev-emit bead.created)
	two=$(ev-emit mail.sent)
	ev-emit -q -p @last a
	[ "$(field .caused_by)" = "\"$two\"" ]
	ev-emit -q -p @last:bead.\* a
	[ "$(field .caused_by)" = "\"$one\"" ]
	ev-emit -q -p @-4 a
	[ "$(field .caused_by)" = "\"$one\"" ]
	ev-emit -q --id sole-event-1 a
	ev-emit -q -p sole-e a
	[ "$(field .caused_by)" = '"sole-event-1"' ]
	ev-emit -q -p sole- a
	[ "$(field .caused_by)" = '"sole-"' ]
	ev-emit -q -p unheard-of a
	[ "$(field .caused_by)" = '"unheard-of"' ]
	ev-emit -q --id sole-event-1-more a
	ev-emit -q -p sole-event-1 a
	[ "$(field .caused_by)" = '"sole-event-1"' ]
	ev-emit -q --id sole-event-2 a
	run -2 --separate-stderr ev-emit -p sole-e a
	[[ $stderr == "ev-emit: -p: "*sole-e* ]]
	run -2 --separate-stderr ev-emit -p @last:none a
	[ "$stderr" = "ev-emit: -p: @last:none: the log has no such event" ]
	run -2 --separate-stderr ev-emit -p @first a
	[ "$stderr" = "ev-emit: -p: '@first' is not @last, @last:TYPE or @-3" ]
}

# --- output, level, usage

@test "-o json prints the line, -q nothing, --dry-run writes nothing" {
	run -0 ev-emit -o json a
	[ "$output" = "$(last)" ]
	run -0 ev-emit -q a
	[ -z "$output" ]
	rm -r .events.jsonl .events
	run -0 ev-emit --dry-run a x=1
	[ "$(jq -c .data <<<"$output")" = '{"x":"1"}' ]
	[[ $(jq -r .event_id <<<"$output") =~ ^evt-.{36}$ ]]
	[ ! -e .events.jsonl ]
	[ ! -e .events ]
}

@test "-o json of an event that is in the log already: the log's line" {
	ev-emit -q --id k a n=1
	run -0 ev-emit -o json --id k a n=2
	[ "$output" = "$(last)" ]
	echo '{"event_type":"a","event_id":"l"}' >in
	EV_NOW=2026-01-06T10:30:00Z ev-emit -q - <in
	run -0 ev-emit -o json - <in
	[ "$output" = "$(last)" ]
	run -0 ev-emit -o json - <.events.jsonl
	[ "$output" = "$(cat .events.jsonl)" ]
}

@test "output that is lost is no success; the event is in the log" {
	run -2 --separate-stderr bash -c 'ev-emit -o json a >/dev/full'
	[[ $stderr == "ev-emit: cannot write to standard output: No space left on device" ]]
	[ "$(count .events.jsonl)" -eq 1 ]
	run -0 bash -c 'ev-emit -q a >&-'
}

@test "--keep-level and EV_LEVEL: what is below is not written, status 0" {
	run -0 ev-emit --keep-level audit a
	[ -z "$output" ]
	EV_LEVEL=ops run -0 --separate-stderr ev-emit -v tool_parallel_read
	[[ $stderr == "ev-emit: tool_parallel_read: "* ]]
	[ ! -e .events.jsonl ]
	EV_LEVEL=audit ev-emit -q checkpoint
	EV_LEVEL=audit ev-emit -q -l audit a
	EV_LEVEL=audit ev-emit -q -d gastown -l audit a
	[ "$(count .events.jsonl)" -eq 3 ]
	printf '%s\n' '{"event_type":"a"}' '{"event_type":"anchor"}' >in
	run -0 ev-emit --keep-level audit -o json - <in
	[[ $output == '{"event_type":"anchor",'* ]]
	run -2 ev-emit --keep-level some a
}

@test "usage: no TYPE, an empty one, - with fields or --id" {
	run -2 --separate-stderr ev-emit
	[[ $stderr == "ev-emit: no TYPE"* ]]
	run -2 --separate-stderr ev-emit ''
	[ "$stderr" = "ev-emit: TYPE is empty" ]
	run -2 --separate-stderr ev-emit - a=b </dev/null
	[[ $stderr == "ev-emit: 'a=b': "* ]]
	run -2 ev-emit --id x - </dev/null
	run -2 ev-emit -o xml a
	[ ! -e .events.jsonl ]
}

@test "--sync data and full write as well" {
	ev-emit -q --sync data a
	ev-emit -q --sync full a
	EV_SYNC=full ev-emit -q a
	[ "$(count .events.jsonl)" -eq 3 ]
	run -2 ev-emit --sync maybe a
}

# --- standard input

@test "-: each line is completed in its own dialect, its other bytes stay" {
	export EV_NOW=2026-01-06T10:30:00Z
	printf '%s\n' '{"event_type":"a", "data":{"n":9007199254740993}} ' \
		'' \
		'{"type":"qa","archetypeIds":[],"description":"d"}' \
		'{"fingerprint":"fp_1234567890abcdef","type":"LintError","severity":1,"message":"m"}' \
		'{"ts":"2026-01-06T10:30:00Z","type":"t","visibility":"feed"}' >in
	run -0 ev-emit - <in
	[ "${#lines[@]}" -eq 4 ]
	[ "$(sed -n 1p .events.jsonl)" = "{\"event_type\":\"a\", \"data\":{\"n\":9007199254740993},\"event_id\":\"${lines[0]}\",\"timestamp\":\"2026-01-06T10:30:00.000Z\",\"actor\":\"tester\",\"correlation_id\":null}" ]
	[ "$(sed -n 2p .events.jsonl)" = "{\"type\":\"qa\",\"archetypeIds\":[],\"description\":\"d\",\"id\":\"${lines[1]}\",\"skillsExercised\":[],\"userId\":\"tester\",\"createdAt\":\"2026-01-06T10:30:00.000Z\"}" ]
	[ "${lines[2]}" = evt_1767695400000_12345678 ]
	[ "$(sed -n 3p .events.jsonl)" = '{"fingerprint":"fp_1234567890abcdef","type":"LintError","severity":1,"message":"m","id":"evt_1767695400000_12345678","source":"tester","timestamp":1767695400000,"resolved":false}' ]
	[ "$(sed -n 4p .events.jsonl)" = '{"ts":"2026-01-06T10:30:00Z","type":"t","visibility":"feed","source":"ev","actor":"tester","payload":{}}' ]
}

@test "-: options fill what is missing and change nothing that is there" {
	printf '%s\n' '{"event_type":"a","actor":"mayor"}' \
		'{"event_type":"b","correlation_id":"K","data":{}}' |
		ev-emit -q -a zoe -s S -c C -m title -
	[ "$(jq -c '[.actor,.session_id,.correlation_id,.data]' .events.jsonl)" = \
		'["mayor","S","C",{"title":"title"}]
["zoe","S","K",{}]' ]
}

@test "-: the environment speaks for new events only, not for records" {
	export EV_SESSION=S EV_CORRELATION=C
	printf '%s\n' '{"event_type":"new"}' \
		'{"event_type":"old","timestamp":"2026-01-01T00:00:00Z"}' |
		ev-emit -q -
	[ "$(jq -c '[.session_id,.correlation_id]' .events.jsonl)" = \
		'["S","C"]
[null,null]' ]
	echo '{"type":"x","id":"1","timestamp":5}' | ev-emit -q -d brewva -
	[ "$(field .sessionId)" = '"S"' ]
}

@test "-: a line of no known dialect is completed as -d says" {
	echo '{"type":"commit","description":"d"}' | ev-emit -q -d govern -
	[ "$(field '[.type,.archetypeIds,.userId]')" = '["commit",[],"tester"]' ]
	echo '{"type":"commit","description":"d"}' >in
	run -2 --separate-stderr ev-emit - <in
	[ "$stderr" = "ev-emit: -:1: event_type: missing (-d names another dialect, \
dialects.json one of your own)" ]
	run -2 --separate-stderr ev-emit -d beads - <in
	[[ $stderr == "ev-emit: -:1: of no known dialect"* ]]
	# as it says: a log of another form is stored as it is, once
	mkdir -p .events
	echo '[{"name":"note","detect":["description"],"type":"type"}]' \
		>.events/dialects.json
	cp .events.jsonl want && cat in >>want
	for _ in 1 2; do
		run -0 ev-emit -q - <in
		diff .events.jsonl want
	done
}

@test "-: a body in any layout, several after another, RS between them" {
	cat >body <<'END'
{
  "type": "deliberation",
  "archetypeIds": ["jarvis", "meridian"],
  "skillsExercised": ["system-integration"],
  "description": "Pre-work  prime: \u00e9",
  "metadata": { "phase": "pre-work-prime" }
}
{ "type": "commit",
  "archetypeIds": ["jarvis"], "description": "Implemented",
  "quality": 0.92 }
END
	run -0 ev-emit - <body
	[ "${#lines[@]}" -eq 2 ]
	[[ $(head -n 1 .events.jsonl) == '{"type":"deliberation","archetypeIds":["jarvis","meridian"],"skillsExercised":["system-integration"],"description":"Pre-work  prime: \u00e9","metadata":{"phase":"pre-work-prime"},"id":"'* ]]
	printf '\x1e{"event_type":"a"}\n\x1e{"event_type":"b"}\n' | ev-emit -q -
	[ "$(tail -n 2 .events.jsonl | jq -r .event_type | tr -d '\n')" = ab ]
	[ "$(count .events.jsonl)" -eq 4 ]
}

@test "-: bad events are named, the good ones are written, status 1; 2 when none was" {
	printf '%s\n' '{"event_type":"a"}' 'nonsense' '{"event_type":"b"' '[1]' \
		'{"event_type":"c","event_type":"d"}' '{"event_type":"e","actor":7}' \
		$'{"event_type":"\xff"}' '{"event_type":"f","x":"\ud800"}' \
		'{"event_type":"g"}' >in
	run -1 --separate-stderr ev-emit - <in
	[ "${#lines[@]}" -eq 2 ]
	[ "$(jq -r .event_type .events.jsonl | tr -d '\n')" = ag ]
	[ "$(cut -d: -f3 <<<"$stderr" | tr -d '\n')" = 2345678 ]
	[[ $stderr == *"ev-emit: -:3: torn"* ]]
	[[ $stderr == *"ev-emit: -:4: a JSON array (jq -c '.[]' makes lines of it)"* ]]
	[[ $stderr == *'ev-emit: -:5: duplicate key "event_type"'* ]]
	[[ $stderr == *"ev-emit: -:6: actor: 7 is not allowed (a text)"* ]]
	[[ $stderr == *"ev-emit: -:7: not UTF-8"* ]]
	run -2 --separate-stderr ev-emit - <<<'{"event_type":""}'
	[ "$(count .events.jsonl)" -eq 2 ]
}

@test "-: an array over several lines is refused as a whole" {
	printf '[\n{"event_type":"a"},\n{"event_type":"b"}\n]\n' >in
	run -2 --separate-stderr ev-emit - <in
	[ "$stderr" = "ev-emit: -:1: a JSON array (jq -c '.[]' makes lines of it)" ]
	run -0 ev-emit - < <(jq -c '.[]' in)
	[ "${#lines[@]}" -eq 2 ]
}

@test "-: a torn first line loses no other" {
	printf '%s\n' '{"event_type":"a","data":{' '{"event_type":"b"}' \
		'{"event_type":"c"}' >in
	run -1 --separate-stderr ev-emit - <in
	[ "$stderr" = "ev-emit: -:1: torn" ]
	[ "$(jq -r .event_type .events.jsonl | tr -d '\n')" = bc ]
}

@test "-: NUL, a line that is too long, CRLF, BOM, no LF at the end" {
	{
		printf '\xef\xbb\xbf{"event_type":"a"}\r\n'
		printf '{"event_type":"b\0"}\n'
		printf '{"event_type":"%02000d"}\n' 1
		printf '{"event_type":"c"}'
	} >in
	EV_MAX_LINE=1K run -1 --separate-stderr ev-emit - <in
	[ "${#lines[@]}" -eq 2 ]
	[[ $stderr == *"ev-emit: -:2: a NUL byte"* ]]
	[[ $stderr == *"ev-emit: -:3: longer than 1024 bytes"* ]]
	[[ $(head -n 1 .events.jsonl) == '{"event_type":"a","event_id":'* ]]
}

@test "-: nothing in, nothing written, status 0" {
	run -0 ev-emit - </dev/null
	run -0 ev-emit - <<<$'\n  \n'
	[ -z "$output" ]
	[ ! -e .events.jsonl ]
}

@test "-: ids of the lines decide: the same is not written again, a conflict is" {
	echo '{"event_id":"evt-1","event_type":"a","data":{"n":1}}' >one
	echo '{"event_id":"evt-1","event_type":"a","data":{"n":2}}' >two
	run -0 ev-emit - <one
	[ "$output" = evt-1 ]
	run -0 ev-emit -a other - <one
	[ "$output" = evt-1 ]
	[ "$(count .events.jsonl)" -eq 1 ]
	run -0 --separate-stderr ev-emit --on-conflict skip - <two
	[ "$stderr" = "ev-emit: -:1: id evt-1 is in the log with other content; skipped" ]
	[ -z "$output" ]
	run -1 --separate-stderr ev-emit --on-conflict error - < <(cat one two)
	[ "$stderr" = "ev-emit: -:2: id evt-1 is in the log with other content; not written" ]
	[ "$(count .events.jsonl)" -eq 1 ]
	run -0 --separate-stderr ev-emit - <two
	[ "$stderr" = "ev-emit: -:1: id evt-1 is in the log with other content; written again" ]
	[ "$output" = evt-1 ]
	[ "$(count .events.jsonl)" -eq 2 ]
}

@test "-: the same event spelled by another program is not written again" {
	ev-emit -q --id k t 'a=é/😀' b:=1.10 'c:={"z":1,"y":[1e2,null]}'
	for program in 'jq -c .' 'jq -cS .' 'jq -ca .' \
		'python3 -c "import json,sys;print(json.dumps(json.load(sys.stdin)))"'; do
		need "${program%% *}"
		eval "$program" <.events.jsonl >other
		run -0 --separate-stderr ev-emit - <other
		[ -z "$stderr" ]
		[ "$output" = k ]
	done
	[ "$(count .events.jsonl)" -eq 1 ]
	sed 's/1\.1/1.2/' other >changed
	ev-emit -q - <changed
	[ "$(count .events.jsonl)" -eq 2 ]
}

@test "-: a line that is too long when it is completed is refused" {
	printf '{"event_type":"a","x":"%0150d"}\n' 1 >in
	EV_MAX_LINE=300 run -2 --separate-stderr ev-emit - <in
	[ "$stderr" = "ev-emit: -:1: the event is longer than 300 bytes" ]
	EV_MAX_LINE=300 run -2 --separate-stderr ev-emit a "x=$(printf %0150d 1)"
	[ "$stderr" = "ev-emit: the event is longer than 300 bytes" ]
	[ ! -e .events.jsonl ]
}

@test "-: a record with a time and no id gets the same id each time" {
	line='{"event_type":"a","timestamp":"2026-01-01T00:00:00Z"}'
	printf '%s\n' "$line" "$line" >in
	run -0 ev-emit - <in
	first=$output
	[ "${lines[0]}" = "evt-$(printf '%s\0%s' "$line" 1 | sha256sum | cut -c1-32)" ]
	[ "${lines[1]}" = "evt-$(printf '%s\0%s' "$line" 2 | sha256sum | cut -c1-32)" ]
	run -0 ev-emit - <in
	[ "$output" = "$first" ]
	[ "$(count .events.jsonl)" -eq 2 ]
}

@test "-: equal lines without ids are kept, a second import adds none" {
	line='{"ts":"2026-01-01T00:00:00Z","source":"gt","type":"t","actor":"a","payload":{},"visibility":"feed"}'
	printf '%s\n' "$line" "$line" >in
	ev-emit -q - <in
	cmp in .events.jsonl
	ev-emit -q - <in
	cmp in .events.jsonl
	printf '%s\n' "$line" >>in
	ev-emit -q - <in
	cmp in .events.jsonl
}

@test "-: what is not native for writing, and feed lines, byte for byte" {
	printf '%s\n' \
		'{"id": 7, "issue_id":"x","event_type":"created","created_at":"2026-01-01T00:00:00Z"}' \
		'{"ts":"2026-01-01T00:00:00Z","type":"t","summary":"s"}' \
		'{"type":"MemoryGraphEvent","id":"sig_1","kind":"signal"}' \
		'{"recordId":"c","outcome":"allowed"}' \
		'{"type":"MemoryGraphEvent","id":"","kind":"signal"}' \
		'{"type":"MemoryGraphEvent","id":"","kind":"outcome"}' >in
	run -0 ev-emit - <in
	cmp in .events.jsonl
	[ "${lines[0]} ${lines[2]} ${lines[3]}" = "7 sig_1 c" ]
	[[ ${lines[1]} == "~"* ]]
	ev-emit -q - <in
	cmp in .events.jsonl
}

@test "-: events of a pipe that does not end are written as they come" {
	mkfifo pipe
	ev-emit - <pipe >ids 3>&- &
	emit=$!
	exec 7>pipe
	printf '{"event_type":"a"}\n{"event_type":"b"}\n{"event_' >&7
	wait_for grep -q b .events.jsonl
	printf 'type":"c"}\n' >&7
	wait_for grep -q c\" .events.jsonl
	wait_for bash -c '[ "$(wc -l <ids)" -eq 3 ]'
	exec 7>&-
	wait "$emit"
	jq -r .event_id .events.jsonl | cmp - ids
}

@test "-: escapes in an id, and an id with a line end, take one line of output" {
	printf '%s\n' '{"event_id":"\u0065vt","event_type":"a"}' \
		'{"event_id":"x\ny","event_type":"a"}' >in
	run -0 ev-emit - <in
	[ "${lines[0]}" = evt ]
	[ "${lines[1]}" = 'x\ny' ]
}

@test "the real log of Gas Town's beads, twice: every line once, as it was" {
	need_shared data/beads/gastown.backup-events.jsonl
	log=$SHARED/data/beads/gastown.backup-events.jsonl
	ev-emit - <"$log" >ids
	cmp "$log" .events.jsonl
	[ "$(count ids)" -eq 4146 ]
	ev-emit -q - <"$log"
	[ "$(count .events.jsonl)" -eq 4146 ]
	cat .events/20*.jsonl | sort | cmp - <(sort "$log")
}

@test "real logs of each kind, twice: every line once, as it was" {
	need_shared data/gastown/finally.events.jsonl
	data=$SHARED/data
	for log in "$data"/gastown/*.jsonl "$data"/brewva/*.jsonl \
		"$data"/agentguard/*.jsonl "$data"/gep/evolver.events.jsonl \
		"$data"/gep/thriller.events.jsonl; do
		rm -rf .events .events.jsonl
		sed '/^$/d; s/[ \r]*$//' "$log" >want
		ev-emit -q - <"$log"
		sort want | cmp - <(sort .events.jsonl)
		ev-emit -q - <"$log"
		sort want | cmp - <(sort .events.jsonl)
	done
}

@test "a real log with 170 ids twice: equal lines with an id are one event" {
	need_shared data/beads/mission-district.backup-events.jsonl
	log=$SHARED/data/beads/mission-district.backup-events.jsonl
	run -0 --separate-stderr ev-emit -q - <"$log"
	[ -z "$stderr" ]
	[ "$(count .events.jsonl)" -eq 2364 ]
	cmp <(sort -u "$log") <(sort .events.jsonl)
}

# --- where it is written

@test "-S: a log file or the directory that holds one; EV_STORE" {
	mkdir other
	ev-emit -q -S other a
	[ "$(count other/.events.jsonl)" -eq 1 ]
	ev-emit -q -S other/.events.jsonl a
	EV_STORE=other ev-emit -q a
	[ "$(count other/.events.jsonl)" -eq 3 ]
	[ ! -e .events.jsonl ]
}

@test "the store by the user's config, under EV_STORE and -S" {
	mkdir -p "$XDG_CONFIG_HOME/ev" mine other
	printf '[ev]\n\tstore = %s\n' "$PWD/mine" >"$XDG_CONFIG_HOME/ev/config"
	ev-emit -q a
	[ "$(count mine/.events.jsonl)" -eq 1 ]
	[ ! -e .events.jsonl ]
	printf '[ev]\n\tactor = configured\n' >mine/.events/config
	EV_ACTOR='' run -0 ev-emit -o json a
	[[ $output == *'"actor":"configured"'* ]]
	EV_STORE=other ev-emit -q a
	ev-emit -q -S other a
	[ "$(count other/.events.jsonl)" -eq 2 ]
	run -0 ev-emit --show-config
	[ "${lines[0]}" = "store	$PWD/mine	file $XDG_CONFIG_HOME/ev/config:2" ]
}

@test "progress: of a long import on a terminal, not with -q" {
	need script
	for quiet in '' -q; do
		mkfifo in
		: >seen
		script -qefc "ev-emit $quiet - <in >ids" seen </dev/null >/dev/null &
		pid=$!
		exec 7>in
		for _ in {1..300}; do
			echo '{"event_type":"a"}' >&7
			! grep -q 'B/s' seen || break
			read -r -t 0.01 <> <(:) || :
		done
		echo nonsense >&7
		exec 7>&-
		# script may give the refused line's status, or its own
		wait "$pid" || :
		rm in
		if [ -z "$quiet" ]; then
			grep -q 'B/s' seen
			# the line is taken away before a message
			grep -q $'\r *\rev-emit: -:[0-9]*: not JSON' seen
		else
			run -1 grep -q 'B/s' seen
		fi
	done
}

@test "a link or a FIFO for a log is refused, at once, and nothing is touched" {
	touch target
	ln -s target .events.jsonl
	run -2 --separate-stderr timeout 10 ev-emit a
	[[ $stderr == "ev-emit: "*".events.jsonl"* ]]
	[ ! -s target ]
	rm .events.jsonl
	mkfifo .events.jsonl
	run -2 --separate-stderr timeout 10 ev-emit a
	[[ $stderr == "ev-emit: "*".events.jsonl"* ]]
}

@test "a start loads no library that it may never need" {
	need ldd
	ldd "$EV_BIN/ev-emit" | sed -n 's/^\t\(lib[a-z0-9_]*\).*=>.*/\1/p' |
		grep -v -e san -e stdc -e gcc_s >loaded
	grep -q libc loaded
	run -1 grep -E '^lib(z|zstd|git2|pcre2|utf8proc|expat)' loaded
	[ "$(wc -l <loaded)" -le 4 ]
}
