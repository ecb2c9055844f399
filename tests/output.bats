#!/usr/bin/env bats
# The outputs of ev-tail: formats, columns, terminals, colour, the pager.

load helper

teardown() {
	[ -z "${OPEN:-}" ] && return
	setpriv --reuid=65534 --regid=65534 --clear-groups \
		"$(printf '%s\n' /usr/lib/postgresql/*/bin | tail -n 1)/pg_ctl" \
		-D "$OPEN/data" -w -s -m immediate stop || :
	rm -rf "$OPEN"
}

# A log with something for every column; ugly texts in it.
sample() {
	cat <<'X'
{"event_id":"e1","event_type":"bead.created","timestamp":"2026-01-06T10:30:00.123456Z","actor":"mayor","correlation_id":"c1","caused_by":"e0","data":{"bead_id":"gt-1","title":"Fix, the \"bug\"","priority":-2,"tags":["a", "b"]}}
{"id":"b1","sessionId":"s1","type":"tool_call","timestamp":1767695401999,"turn":3,"payload":{"n":9007199254740993}}
{"ts":"2026-01-06T10:30:02Z","source":"gt","type":"sling","actor":"=cmd|' /C calc'!A0","payload":{"bead":"gt-2","reason":"line one\nline two"},"visibility":"feed"}
{"type":"deploy","archetypeIds":["jarvis"],"skillsExercised":["x"],"description":"-1","quality":0.50,"createdAt":"bad time"}
X
}

# Runs a command line with a terminal as its output.
on_terminal() { # COMMAND LINE
	(
		set -o pipefail
		script -qec "$1" /dev/null </dev/null | tr -d '\r'
	)
}

@test "--out /dev/stdout is standard output, a file too" {
	echo '{"id":1}' >log
	{
		echo before
		ev-tail -o id --out /dev/stdout log
		echo behind
	} >all
	[ "$(paste -sd' ' all)" = 'before 1 behind' ]
}

@test "jsonl: the stored bytes; -0 ends records in NUL" {
	sample >l.jsonl
	run -0 ev-tail -o jsonl l.jsonl
	[ "$output" = "$(sample)" ]
	ev-tail -0 -n 2 l.jsonl | tr '\0' '\n' >got
	sample | tail -n 2 | cmp - got
	[ "$(ev-tail -0 -o id l.jsonl | tr '\0' ' ')" = "$(ev-tail -o id l.jsonl | tr '\n' ' ')" ]
}

@test "id: one per line; a line without one has a derived id" {
	sample >l.jsonl
	run -0 ev-tail -o id l.jsonl
	[ "${lines[0]}" = e1 ]
	[ "${lines[1]}" = b1 ]
	# ~ and 16 hex of SHA-256 of the bytes
	[ "${lines[2]}" = "~$(sample | sed -n 3p | tr -d '\n' | sha256sum | cut -c1-16)" ]
	[[ ${lines[3]} =~ ^~[0-9a-f]{16}$ ]]
	# a newline in an id breaks no line
	echo '{"id":"a\nb\r\u0000c","type":"x"}' >n.jsonl
	[ "$(ev-tail -o id n.jsonl)" = 'a\nb\r\0c' ]
	# numbers are ids too
	echo '{"id":12,"issue_id":"x-1","event_type":"created"}' >n.jsonl
	[ "$(ev-tail -o id n.jsonl)" = 12 ]
}

@test "json-seq: RS, the line, LF (RFC 7464)" {
	sample >l.jsonl
	ev-tail -o json-seq -n 1 l.jsonl | od -An -c | head -n 1 >got
	[[ $(cat got) == *"036   {   \""* ]]
	[ "$(ev-tail -o json-seq l.jsonl | tr -d '\036')" = "$(sample)" ]
}

@test "csv: a header, quotes where they must be, nothing a spreadsheet runs" {
	sample >l.jsonl
	run -0 ev-tail -o csv --columns time,type,actor,entity,message,data.priority l.jsonl
	[ "${lines[0]}" = "time,type,actor,entity,message,data.priority" ]
	[ "${lines[1]}" = '2026-01-06T10:30:00.123Z,bead.created,mayor,gt-1,"Fix, the ""bug""",-2' ]
	[ "${lines[2]}" = '2026-01-06T10:30:01.999Z,tool_call,,,,' ]
	[ "${lines[3]}" = "2026-01-06T10:30:02.000Z,sling,'=cmd|' /C calc'!A0,gt-2,\"line one" ]
	[ "${lines[4]}" = 'line two",' ]
	# a plain number stays one
	[ "${lines[5]}" = ',deploy,,,-1,' ]
	# another reader agrees
	need python3
	ev-tail -o csv --columns type,message,data.title l.jsonl >l.csv
	python3 - <<'X'
import csv
rows = list(csv.reader(open("l.csv", newline="")))
assert rows[1] == ["bead.created", 'Fix, the "bug"', 'Fix, the "bug"'], rows[1]
assert rows[3][1] == "line one\nline two", rows[3]
assert len(rows) == 5 and all(len(r) == 3 for r in rows)
X
	# a row of one empty cell is no blank line, which readers pass over
	[ "$(ev-tail -o csv --columns data.nope l.jsonl | sort -u)" = $'""\ndata.nope' ]
	# a header also when nothing matched
	[ "$(ev-tail -o csv -t none l.jsonl)" = "time,type,actor,entity,id,message" ]
}

@test "tsv: tab, newline and backslash escaped" {
	echo '{"id":"i","type":"a\tb\\c","actor":"=x"}' >l.jsonl
	run -0 ev-tail -o tsv -d generic --columns id,type l.jsonl
	[ "${lines[0]}" = $'id\ttype' ]
	[ "${lines[1]}" = $'i\ta\\tb\\\\c' ]
	sample >l.jsonl
	run -0 ev-tail -o tsv --columns message -t sling l.jsonl
	[ "${lines[1]}" = 'line one\nline two' ]
}

@test "md: a table whose cells stay cells" {
	echo '{"event_id":"i_d","event_type":"a|b","actor":"<b>*x*</b>","data":{"title":"one\ntwo `c` \\"}}' >l.jsonl
	run -0 ev-tail -o md --columns type,actor,id,message l.jsonl
	[ "${lines[0]}" = '| type | actor | id | message |' ]
	[ "${lines[1]}" = '| --- | --- | --- | --- |' ]
	[ "${lines[2]}" = '| a\|b | &lt;b&gt;\*x\*&lt;/b&gt; | i_d | one<br>two \`c\` \\ |' ]
}

@test "columns: roles, pseudo-fields, paths; arrays and objects as compact JSON" {
	sample >l.jsonl
	run -0 ev-tail -o tsv -n all --columns dialect,category,level,turn,quality,archetype l.jsonl
	[ "${lines[1]}" = $'vermas\tbead\tops\t\t\t' ]
	[ "${lines[2]}" = $'brewva\ttool\taudit\t3\t\t' ] || [ "${lines[2]}" = $'brewva\ttool\tops\t3\t\t' ]
	[ "${lines[4]}" = $'govern\tother\tops\t\t0.50\t["jarvis"]' ]
	run -0 ev-tail -o csv --columns 'data.tags,data.tags[],data,.event_id' -t bead.created l.jsonl
	[ "${lines[1]}" = '"[""a"",""b""]","[""a"",""b""]","{""bead_id"":""gt-1"",""title"":""Fix, the \""bug\"""",""priority"":-2,""tags"":[""a"",""b""]}",e1' ]
	run -0 ev-tail -o tsv --columns ' payload.n , raw' -t tool_call l.jsonl
	[ "${lines[1]}" = 9007199254740993$'\t''{"id":"b1","sessionId":"s1","type":"tool_call","timestamp":1767695401999,"turn":3,"payload":{"n":9007199254740993}}' ]
}

@test "cloudevents: the standard attributes, the event's own bytes as data" {
	need jq
	sample >l.jsonl
	run -0 ev-tail -o cloudevents l.jsonl
	[ "${lines[0]}" = '{"specversion":"1.0","id":"e1","source":"mayor","type":"bead.created","subject":"gt-1","time":"2026-01-06T10:30:00.123Z","correlationid":"c1","causationid":"e0","datacontenttype":"application/json","data":'"$(sample | head -n 1)}" ]
	[ "$(jq -r .source <<<"${lines[1]}")" = ev:brewva ]
	[ "$(jq -r .source <<<"${lines[2]}")" = "=cmd%7C'%20/C%20calc'!A0" ]
	[ "$(jq -r 'has("time")' <<<"${lines[3]}")" = false ]
	[ "$(jq -r '.id | startswith("~")' <<<"${lines[3]}")" = true ]
	# a CloudEvent passes as it is
	ev-tail -o cloudevents l.jsonl >ce.jsonl
	ev-tail -o cloudevents ce.jsonl | cmp - ce.jsonl
	# ids are strings there
	echo '{"id":12,"issue_id":"x-1","event_type":"created","actor":"a:b c#d#e[é]"}' >n.jsonl
	run -0 ev-tail -o cloudevents n.jsonl
	[[ $output == '{"specversion":"1.0","id":"12","source":"a:b%20c#d%23e%5B%C3%A9%5D","type":"created","subject":"x-1",'* ]]
}

@test "structured: brewva.event.v1 for every dialect" {
	sample >l.jsonl
	run -0 ev-tail -o structured l.jsonl
	[ "${lines[0]}" = '{"schema":"brewva.event.v1","id":"e1","sessionId":null,"type":"bead.created","category":"bead","timestamp":1767695400123,"isoTime":"2026-01-06T10:30:00Z","payload":{"bead_id":"gt-1","title":"Fix, the \"bug\"","priority":-2,"tags":["a", "b"]}}' ]
	[ "${lines[1]}" = '{"schema":"brewva.event.v1","id":"b1","sessionId":"s1","type":"tool_call","category":"tool","timestamp":1767695401999,"isoTime":"2026-01-06T10:30:01Z","turn":3,"payload":{"n":9007199254740993}}' ]
	[[ ${lines[3]} == *'"timestamp":null,"isoTime":null'* ]]
	# a flat dialect's payload is the whole event
	echo '{"id":1,"issue_id":"x-1","event_type":"created","created_at":"2026-01-06T10:30:00Z"}' >n.jsonl
	run -0 ev-tail -o structured n.jsonl
	[ "$output" = '{"schema":"brewva.event.v1","id":1,"sessionId":null,"type":"created","category":"other","timestamp":1767695400000,"isoTime":"2026-01-06T10:30:00Z","payload":{"id":1,"issue_id":"x-1","event_type":"created","created_at":"2026-01-06T10:30:00Z"}}' ]
}

@test "short: time, type, actor, entity, message" {
	sample >l.jsonl
	run -0 ev-tail -o short --utc l.jsonl
	[ "${lines[0]}" = '2026-01-06 10:30:00  bead.created      mayor     gt-1        Fix, the "bug"' ]
	[ "${lines[1]}" = '2026-01-06 10:30:01  tool_call         -         -           n=9007199254740993' ]
	[ "${lines[2]}" = "2026-01-06 10:30:02  sling             =cmd|' /C calc'!A0  gt-2        line one\nline two" ]
	[ "${lines[3]}" = '-                    deploy            -         -           -1' ]
	[[ $output != *$'\033'* ]]
	# local time
	run -0 env TZ=UTC-2 ev-tail -o short -t tool_call l.jsonl
	[[ $output == "2026-01-06 12:30:01  "* ]]
}

@test "--color: auto, always, never, NO_COLOR, CLICOLOR_FORCE, TERM=dumb" {
	need script
	sample >l.jsonl
	esc=$'\033'
	colored() { [[ $output == *"${esc}["* ]]; }
	plain() { [[ $output != *"${esc}["* ]]; }
	run -0 ev-tail -o short --color always l.jsonl
	colored
	[ "$(sed "s/${esc}\[[0-9;]*m//g" <<<"$output")" = "$(ev-tail -o short l.jsonl)" ]
	run -0 env CLICOLOR_FORCE=1 ev-tail -o short l.jsonl
	colored
	run -0 env CLICOLOR_FORCE=1 NO_COLOR=1 ev-tail -o short l.jsonl
	plain
	run -0 env NO_COLOR=1 ev-tail -o short --color always l.jsonl
	colored
	run -0 ev-tail -o jsonl --color always l.jsonl
	plain
	run -0 on_terminal 'TERM=xterm ev-tail l.jsonl'
	colored
	run -0 on_terminal 'TERM=dumb ev-tail l.jsonl'
	plain
	run -0 on_terminal 'TERM=xterm ev-tail --color never l.jsonl'
	plain
	# outcomes and severities stand out
	echo '{"event_id":"1","event_type":"verify.verdict","data":{"verdict":"FAIL"}}' >o.jsonl
	run -0 ev-tail -o short --color always o.jsonl
	[[ $output == *"${esc}[31mverify.verdict"* ]]
	run -2 ev-tail --color perhaps l.jsonl
}

@test "on a terminal: short by default, cut to its width, ASCII without UTF-8" {
	need script
	sample >l.jsonl
	run -0 on_terminal 'COLUMNS=66 ev-tail --utc l.jsonl'
	[ "${lines[0]}" = '2026-01-06 10:30:00  bead.created      mayor     gt-1        Fi...' ]
	[ -z "$(awk 'length > 66' <<<"$output")" ]
	run -0 on_terminal 'COLUMNS=30 ev-tail --utc l.jsonl'
	[ "${lines[0]}" = '2026-01-06 10:30:00  bead.c...' ]
	run -0 on_terminal 'COLUMNS=66 LC_ALL=C.UTF-8 ev-tail --utc -t bead.created l.jsonl'
	[ "${lines[0]}" = '2026-01-06 10:30:00  bead.created      mayor     gt-1        Fix,…' ]
	# cells, not bytes: each of these takes two
	echo '{"event_id":"1","event_type":"漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字"}' >w.jsonl
	run -0 on_terminal 'COLUMNS=30 LC_ALL=C.UTF-8 ev-tail w.jsonl'
	[ "${lines[0]}" = '-                    漢字漢字…' ]
}

# Events with what databases do not hold, and with all that must be escaped.
ugly() {
	sample
	cat <<'X'
{"event_id":"q1","event_type":"x","timestamp":"0000-01-06T10:30:00Z","actor":"o'neil\\x\\.","correlation_id":"0AF7651916cd43dd8448eb211c80319c","severity":4,"data":{"title":"tab\there\nline\\N","n":9007199254740993,"m":1.10}}
{"id":"b\u0000\ud800x","sessionId":"","type":"tool_call","timestamp":1767695401999.5,"payload":{"n":1e999999,"k\u0000":"\ud83d\ude00\\u0000 \udc00","z":-0,"w":"12e99999"}}
{"event_id":"s1","event_type":"y","severity":"high","actor":{"a": [1]}}
{"event_id":"s2","event_type":"y","severity":1.5,"timestamp":-1,"correlation_id":"00000000000000000000000000000000"}
X
}

@test "pgcopy: tabs between, \\N for NULL, what COPY acts on escaped" {
	ugly >l.jsonl
	run -0 ev-tail -o pgcopy l.jsonl
	[ "${lines[4]}" = "q1	x	\\N	o'neil\\\\x\\\\.	\\N	0AF7651916cd43dd8448eb211c80319c	\\N	ops	4	tab\\there\\nline\\\\N	$(sed -n 5p l.jsonl | sed 's/\\/&&/g')" ]
	[[ ${lines[5]} == "b��x	tool_call	2026-01-06T10:30:01.999Z	\\N	\\N	"* ]]
	[[ ${lines[5]} == *'"payload":{"n":"1e999999","k\\ufffd":"\\ud83d\\ude00\\\\u0000 \\ufffd","z":-0,"w":"12e99999"}}' ]]
	[[ ${lines[6]} == "s1	y	\\N	{\"a\":[1]}	"*"	ops	\\N	\\N	"* ]]
	# eleven columns, whatever is in them
	[ "$(printf '%s\n' "${lines[@]}" | awk -F'\t' '{print NF}' | sort -u)" = 11 ]
	[ "$(ev-tail -n 1 -o pgcopy --columns id,data.none,type l.jsonl)" = "s2	\\N	y" ]
	run -2 ev-tail -0 -o pgcopy l.jsonl
}

@test "sql: fills the table of share/sql (SQLite by python3)" {
	need python3
	ugly >l.jsonl
	{
		cat "$ROOT/share/sql/events.sql"
		ev-tail -o sql l.jsonl
	} >load.sql
	cat >load.py <<-'EOF'
		import json, sqlite3
		db = sqlite3.connect(":memory:")
		db.executescript(open("load.sql", newline="").read())
		lines = open("l.jsonl").read().splitlines()
		rows = db.execute("select id, actor, severity, message, time, event,"
		                  " session from events").fetchall()
		assert len(rows) == len(lines)
		for line, row in zip(lines, rows):
		    if "\\u0000" not in line:
		        assert row[5] == line, (row[5], line)
		    json.loads(row[5])
		assert rows[4][:5] == ("q1", "o'neil\\x\\.", 4,
		                       "tab\there\nline\\N", None), rows[4]
		assert rows[5][0] == "b\ufffd\ufffdx" and rows[5][6] is None
		assert rows[6][2] is None and rows[7][2] is None
		assert rows[2][1] == "=cmd|' /C calc'!A0"
	EOF
	python3 load.py
	run -0 ev-tail -n 1 -o sql --columns 'id,raw,a"b' l.jsonl
	[[ $output == 'INSERT INTO events ("id","event","a""b") VALUES ('\''s2'\'','*',NULL);' ]]
}

@test "pgcopy and sql load into PostgreSQL alike" {
	local bin as psql dir
	bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | tail -n 1)
	[ -x "$bin/initdb" ] || skip "PostgreSQL's initdb is not there"
	need setpriv psql
	[ "$(id -u)" -eq 0 ] || skip "not root"
	as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	dir=$(mktemp -d /tmp/ev-pg.XXXXXX)
	OPEN=$dir
	chown 65534:65534 "$dir"
	"${as[@]}" "$bin/initdb" -D "$dir/data" -A trust -U ev -E UTF8 \
		--locale=C >/dev/null
	"${as[@]}" "$bin/pg_ctl" -D "$dir/data" -w -s -l "$dir/log" \
		-o "-k $dir -c listen_addresses='' -F" start 3>&-
	psql=(psql -h "$dir" -U ev -v ON_ERROR_STOP=1 -qAt postgres)
	ugly >l.jsonl
	"${psql[@]}" -f "$ROOT/share/sql/events.sql"
	ev-tail -o pgcopy l.jsonl | "${psql[@]}" -c 'COPY events FROM STDIN'
	"${psql[@]}" -c 'CREATE TABLE c AS SELECT * FROM events' -c 'TRUNCATE events'
	ev-tail -o sql l.jsonl | "${psql[@]}" -1
	run -0 "${psql[@]}" -c "SELECT count(*) FROM (SELECT * FROM events INTERSECT
		SELECT * FROM c) AS same" \
		-c "SELECT event->'data'->'m' FROM c WHERE severity = 4" \
		-c "SELECT extract(epoch FROM time) FROM c WHERE id = 'b1'" \
		-c "SELECT actor || message FROM c WHERE id = 'q1'"
	[ "${lines[0]}" = 8 ]
	[ "${lines[1]}" = 1.10 ]
	[ "${lines[2]}" = 1767695401.999000 ]
	[ "${lines[3]}" = "o'neil\\x\\.tab	here" ]
}

@test "otlp: a request a line; time, severity, trace and the line itself" {
	need jq
	ugly >l.jsonl
	ev-tail -o otlp l.jsonl >o.json
	[ "$(jq -s length o.json)" = 8 ]
	record() { # LINE FILTER
		sed -n "$1p" o.json | jq -r ".resourceLogs[0].scopeLogs[0].logRecords[0] | $2"
	}
	[ "$(record 1 .timeUnixNano)" = 1767695400123456000 ]
	[ "$(record 1 .body.stringValue)" = 'Fix, the "bug"' ]
	[ "$(record 2 .body.stringValue)" = tool_call ]
	[ "$(record 5 '[.severityNumber, .severityText, .traceId] | join(" ")')" = "17 High 0af7651916cd43dd8448eb211c80319c" ]
	[ "$(record 7 '[.severityNumber, .severityText] | join(" ")')" = " high" ]
	# no time before 1970, no trace of zeros
	[ "$(record 8 'has("timeUnixNano") or has("traceId") or has("severityNumber")')" = false ]
	[ "$(record 6 .timeUnixNano)" = 1767695401999500000 ]
	# the line in it, byte for byte, and the roles
	for i in 1 2 3 4 5 6 7 8; do
		record "$i" '.attributes[] | select(.key == "log.record.original") | .value.stringValue'
	done | cmp - l.jsonl
	[ "$(record 1 '[.attributes[] | select(.key != "log.record.original") | "\(.key)=\(.value.stringValue)"] | join(" ")')" = "log.record.uid=e1 event.name=bead.created ev.actor=mayor ev.entity=gt-1 ev.correlation=c1 ev.parent=e0" ]
	[ "$(sed -n 3p o.json | jq -r '.resourceLogs[0].resource.attributes[0].value.stringValue')" = gastown ]
}

@test "nothing of the data acts on a terminal, whatever the format" {
	need script
	printf '{"event_id":"i\\u001b]0;x\\u0007","event_type":"t\\u001b[31m\\r","actor":"a\xc2\x9b31m\xe2\x80\xae","data":{"title":"\x7f\\u009b\\b"}}\r\n' >l.jsonl
	for o in jsonl short json-seq csv tsv md id cloudevents structured pgcopy \
		sql otlp; do
		script -qec "ev-tail -o $o l.jsonl" /dev/null </dev/null >raw
		# the terminal's own CR LF, and RS of json-seq
		sed 's/\r$//' raw | tr -d '\036\n\t' >bytes
		if LC_ALL=C grep -qP '[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]' bytes; then
			echo "$o:"
			od -c bytes
			false
		fi
	done
	run -0 on_terminal 'ev-tail -o jsonl l.jsonl'
	[[ $output == *'"actor":"a\u009b31m\u202e"'* ]]
	run -0 on_terminal 'ev-tail -o short l.jsonl'
	[[ $output == *'t\e[31m\r'*'a\u{009b}31m\u{202e}'* ]]
	# off a terminal the stored bytes stay
	ev-tail l.jsonl | cmp - l.jsonl
	# and the messages are safe, too
	run -2 ev-tail $'no\033[31msuch'
	[ "$output" = "ev-tail: cannot open 'no\\e[31msuch': No such file or directory" ]
}

@test "the pager: long output on a terminal only; EV_PAGER, PAGER, cat, none" {
	need script
	for i in {1..60}; do
		echo '{"event_id":"e'"$i"'","event_type":"x"}'
	done >l.jsonl
	export LINES=24
	page="sed s/^/paged:/"
	run -0 on_terminal "PAGER='$page' ev-tail -n all l.jsonl"
	[ "$(grep -c '^paged:' <<<"$output")" -eq 60 ]
	run -0 on_terminal "PAGER=false EV_PAGER='$page' ev-tail -n all l.jsonl"
	[ "$(grep -c '^paged:' <<<"$output")" -eq 60 ]
	run -0 on_terminal "PAGER='$page' ev-tail -n 10 l.jsonl"
	[[ $output != *paged:* ]]
	run -0 on_terminal "PAGER='$page' ev-tail --count l.jsonl"
	[ "$output" = 60 ]
	run -0 on_terminal "PAGER='$page' EV_PAGER= ev-tail -n all l.jsonl"
	[[ $output != *paged:* ]]
	run -0 on_terminal "PAGER=cat ev-tail -n all l.jsonl"
	[ "${#lines[@]}" -eq 60 ]
	run -0 env PAGER="$page" ev-tail -n all l.jsonl
	[[ $output != *paged:* ]]
	# a pager that is not there: the output is, or its loss is told
	run -0 on_terminal "PAGER=/no/such/pager ev-tail -n all l.jsonl"
	[ "${#lines[@]}" -eq 60 ]
	run -0 on_terminal "PAGER='nosuchpager -R' ev-tail -n all l.jsonl"
	[ "${#lines[@]}" -eq 60 ]
	# 2, or the end by SIGPIPE when the shell is gone before the first write
	run ! on_terminal "PAGER='LESS=x nosuchpager' ev-tail -n all l.jsonl"
	[[ $output == *nosuchpager* ]]
	# less where nobody names another, but on no dumb terminal
	mkdir -p bin
	printf '#!/bin/sh\nexec %s\n' "$page" >bin/less
	chmod +x bin/less
	set_path="unset PAGER; PATH=$PWD/bin:\$PATH"
	run -0 on_terminal "$set_path; TERM=xterm ev-tail -n all l.jsonl"
	[ "$(grep -c '^paged:' <<<"$output")" -eq 60 ]
	for term in TERM=dumb TERM= 'env -u TERM'; do
		run -0 on_terminal "$set_path; $term ev-tail -n all l.jsonl"
		[[ $output != *paged:* ]]
	done
	run -0 on_terminal "TERM=dumb PAGER='$page' ev-tail -n all l.jsonl"
	[ "$(grep -c '^paged:' <<<"$output")" -eq 60 ]
	# the status is ours, and what is set for it stays set
	run -2 on_terminal "PAGER='$page' ev-tail -n all nope l.jsonl"
	run -0 on_terminal "PAGER='echo \$LESS; cat >/dev/null' ev-tail -n all l.jsonl"
	[ "$output" = FRX ]
	# a store's config names no pager
	mkdir .events
	cp l.jsonl .events.jsonl
	echo '[ev] pager = touch pwned' >.events/config
	run -2 on_terminal 'ev-tail -n all'
	[ ! -e pwned ]
}

@test "progress on a terminal's stderr for long work, and gone at the end" {
	need python3
	cat >progress.py <<'X'
import os, pty, select, sys, time
# a FIFO that is fed until progress shows; never longer than 20 s
os.mkfifo("fifo")
pid, term = pty.fork()
if pid == 0:
    out = os.open("out", os.O_WRONLY | os.O_CREAT)
    os.dup2(out, 1)
    os.execvp("ev-tail", ["ev-tail", "--count", "fifo"])
line = b'{"event_id":"x","event_type":"y"}\n' * 2000
# read and write: opening waits for nobody
feed = os.open("fifo", os.O_RDWR | os.O_NONBLOCK)
seen, end = b"", time.monotonic() + 20
while b"/s" not in seen and time.monotonic() < end:
    try:
        os.write(feed, line)
    except BlockingIOError:
        pass
    if select.select([term], [], [], 0)[0]:
        seen += os.read(term, 4096)
os.close(feed)
try:
    while True:
        more = os.read(term, 4096)
        if not more:
            break
        seen += more
except OSError:
    pass
os.waitpid(pid, 0)
gone = b"\r" + b" " * 60 + b"\r"
sys.exit(0 if b"MiB/s" in seen and gone in seen else repr(seen))
X
	run -0 python3 progress.py
	# none off a terminal
	[ "$(cat out)" -gt 0 ]
}

@test "short: a commit event without a message shows hash and subject" {
	echo '{"event_id":"e","event_type":"commit","data":{"n":1,"commit":{"short":"abc1234","subject":"Mend \u001bit"}}}' >log
	run -0 ev-tail --utc -o short log
	[[ $output == *"  abc1234 Mend \\eit" ]]
}

@test "short: a memory of GEP's shows its kind, not what they all are" {
	echo '{"type":"MemoryGraphEvent","kind":"signal","id":"m1","ts":"2026-01-06T10:00:00Z","signal":{"key":"k"}}' >l
	run -0 ev-tail -o short l
	[ "$output" = '2026-01-06 10:00:00  signal            -         -           signal={"key":"k"}' ]
}

@test "on a terminal what has nothing to print says so" {
	need script
	export EV_PAGER=
	printf '%s\n' '{"type":"x","ts":1}' '{"type":"y","ts":2}' >l
	for command in 'ev-tail -t no l' 'ev-replay -t no l' 'ev-tree -t no l' \
		'ev-fp -t no l' 'ev-fp --dedupe -t no l'; do
		script -qec "$command" /dev/null </dev/null | tr -d '\r' >got
		echo "${command%% *}: no events match" | diff - got
		script -qec "$command -q" /dev/null </dev/null >got
		[ ! -s got ]
		read -ra words <<<"$command"
		run -0 --separate-stderr "${words[@]}"
		[ -z "$output$stderr" ]
	done
	while IFS='|' read -r command what; do
		script -qec "$command" /dev/null </dev/null | tr -d '\r' >got
		[ "$(head -n 1 got)" = "$what" ]
	done <<-'TOLD'
		ev-fp --list --regressed l|ev-fp: no fingerprints
		ev-fp --from auto l|ev-fp: no failures found
		ev-replay --project tape l|ev-replay: no states
		ev-replay --sessions -t no l|ev-replay: no sessions
		ev-tree --streaks l|ev-tree: no capsules
		ev-tree --why nothing l|ev-tree: no event 'nothing'
		ev-replay --state -e nothing l|ev-replay: no entity 'nothing'
		ev-tail --count -t no l|0
	TOLD
	script -qec 'ev-replay --diff now now l' /dev/null </dev/null >got
	[ ! -s got ]
}
