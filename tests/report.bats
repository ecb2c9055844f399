#!/usr/bin/env bats
# ev-stats: the named reports, and the formats that show them.

load helper

report() { # NAME [ARG] …
	local name=$1
	shift
	ev-stats --utc --report "$name" -o jsonl "$@"
}

# no_line [OPTION …] PATTERN FILE: grep finds nothing
no_line() {
	if grep "$@"; then return 1; fi
}

# build TIME TYPE ARCHETYPES SKILLS [MEMBERS]: a GOVERN event
build() {
	printf '{"id":"%s%s","type":"%s","archetypeIds":[%s],"skillsExercised":[%s],"description":"d","createdAt":"%s"%s}\n' \
		"$1" "$RANDOM" "$2" "$3" "$4" "$1" "${5:+,$5}"
}

builds() {
	build 2026-03-10T06:00:00Z commit '"jarvis"' '"system-integration"' '"quality":0.9'
	build 2026-03-10T05:59:59Z commit '"jarvis","meridian"' '"system-integration","x"' '"quality":0.4'
	build 2026-03-09T12:00:00Z deploy '"meridian"' '"deployment-orchestration"'
	build 2026-03-08T12:00:00Z commit '"jarvis"' '"x"'
	build 2026-02-01T12:00:00Z commit '"jarvis"' '"x"' '"quality":1'
	build 2026-03-10T07:00:00Z commit '"now"' '"now"' '"quality":1'
	build 2026-03-11T07:00:00Z commit '"later"' '"later"'
}

@test "quality, archetypes, skills: GOVERN's queries, windows open at both ends" {
	export EV_NOW=2026-03-10T07:00:00Z
	builds >log
	report archetypes log >got
	diff - got <<-'ROWS'
		{"archetype":"jarvis","event_count":3,"avg_quality":0.65}
		{"archetype":"meridian","event_count":2,"avg_quality":0.4}
	ROWS
	report skills log >got
	diff - got <<-'ROWS'
		{"skill":"system-integration","exercises":2}
		{"skill":"x","exercises":2}
		{"skill":"deployment-orchestration","exercises":1}
	ROWS
	report quality log >got
	diff - got <<-'ROWS'
		{"day":"2026-03-08","avg_quality":null,"event_count":1,"rolling":null}
		{"day":"2026-03-10","avg_quality":0.65,"event_count":2,"rolling":0.65}
	ROWS
	ev-stats --utc --report skills -o json log >got
	[ "$(jq -c '[.report, .since, .until]' got)" = \
		'["skills","2026-03-03T07:00:00.000Z","2026-03-10T07:00:00.000Z"]' ]
	# the user's bounds take the window's place
	[ "$(report archetypes --in 2026-02 log)" = \
		'{"archetype":"jarvis","event_count":1,"avg_quality":1}' ]
	[ "$(report skills --top 1 --sort skill log)" = \
		'{"skill":"deployment-orchestration","exercises":1}' ]
}

@test "velocity: all hours of the last 24, the bounds excluded" {
	export EV_NOW=2026-03-10T07:00:00Z
	{
		build 2026-03-09T07:00:00Z test '' ''
		build 2026-03-09T07:00:01Z test '' ''
		build 2026-03-10T06:59:59Z test '' ''
		build 2026-03-10T07:00:00Z test '' ''
	} >log
	report velocity log >got
	[ "$(wc -l <got)" -eq 24 ]
	[ "$(sed -n '1p;$p' got | tr '\n' ' ')" = \
		'{"hour":"2026-03-09T07:00:00Z","count":1} {"hour":"2026-03-10T06:00:00Z","count":1} ' ]
	# between hours the first one is cut
	EV_NOW=2026-03-10T07:30:00Z report velocity log >got
	[ "$(wc -l <got)" -eq 25 ]
	[ "$(head -n 1 got)" = '{"hour":"2026-03-09T07:00:00Z","count":0}' ]
}

@test "evolution: weights and levels" {
	{
		for _ in 1 2 3 4 5 6; do build 2026-03-10T06:00:00Z qa '"a"' '"s"' '"quality":1.0'; done
		build 2026-03-10T06:00:00Z qa '"a"' '"s"' '"quality":0.5'
		build 2026-03-10T06:00:00Z qa '"b","b"' '"s"' '"quality":0.499'
		build 2026-03-10T06:00:00Z qa '"b"' '"s"' '"quality":null'
		build 2026-03-10T06:00:00Z qa '' '"s"'
	} >log
	report evolution log >got
	diff - got <<-'ROWS'
		{"archetype":"a","skill":"s","exercises":7,"experience":10,"level":2}
		{"archetype":"b","skill":"s","exercises":3,"experience":2,"level":1}
	ROWS
}

@test "convergence: what an event says, else the table of the store" {
	{
		build 2026-03-10T01:00:00Z commit '"jarvis"' '"system-integration","y"' '"quality":1,"metadata":{"sessionId":"s","testsPassed":true}'
		build 2026-03-10T02:00:00Z deploy '"jarvis"' '"y"' '"metadata":{"sessionId":"s","typecheckPassed":"true","archetypeAlignment":1}'
		build 2026-03-10T02:00:00Z test '"jarvis"' '"y"' '"metadata":{"sessionId":"s"}'
		build 2026-03-10T02:00:00Z commit '' '"y"'
	} >.events.jsonl
	report convergence >got
	diff - got <<-'ROWS'
		{"session":"s","events":2,"mean":0.45,"last":0.2,"trend":-0.25}
		{"session":"-","events":1,"mean":0,"last":0,"trend":0}
	ROWS
	mkdir -p .events
	printf '{\n  "jarvis": ["y"]\n}\n' >.events/archetypes.json
	[ "$(report convergence | head -n 1)" = \
		'{"session":"s","events":2,"mean":0.45,"last":0.2,"trend":-0.25}' ]
	printf '{"jarvis":["y","system-integration"]}' >.events/archetypes.json
	[ "$(report convergence | head -n 1)" = \
		'{"session":"s","events":2,"mean":0.5,"last":0.2,"trend":-0.3}' ]
	cp .events.jsonl other.jsonl
	[ "$(report convergence other.jsonl | head -n 1)" = \
		'{"session":"s","events":2,"mean":0.5,"last":0.2,"trend":-0.3}' ]
}

@test "archetypes.json: strict, bounded, no link, and nothing else asks for it" {
	builds >.events.jsonl
	mkdir .events
	for text in '{"a":1}' '{"a":["b",1]}' '["a"]' '{"a":["b"],"a":["c"]}' \
		'{"a":["b"]' '{"a":["b\u0000"]}' ''; do
		printf '%s' "$text" >.events/archetypes.json
		run -2 report convergence
		[[ $output == *archetypes.json* ]]
	done
	head -c 1100000 /dev/zero | tr '\0' ' ' >.events/archetypes.json
	run -2 report convergence
	run -0 report skills
	rm .events/archetypes.json
	printf '{}' >elsewhere
	ln -s ../elsewhere .events/archetypes.json
	run -2 report convergence
	rm .events/archetypes.json
	mkfifo .events/archetypes.json
	run -2 report convergence
}

# bead TYPE BEAD [DATA] at ever later times
bead() {
	n=$((${n:-0} + 1))
	printf '{"event_id":"evt-%06d","event_type":"%s","timestamp":"2026-01-06T10:00:00.%03dZ","actor":"m","correlation_id":null,"data":{"bead_id":"%s"%s}}\n' \
		"$n" "$1" "$n" "$2" "${3:+,$3}"
}

@test "evaluation: rates as printed, and beads that are closed in the end" {
	{
		bead bead.created a
		bead bead.created b '"status":"open"'
		bead bead.status_changed a '"to_status":"closed"'
		bead bead.status_changed a '"to_status":"open"'
		bead bead.status_changed a '"to_status":"closed"'
		bead bead.closed b
		bead bead.updated b '"changes":{"status":"open"}'
		bead agent.gupp_check x '"response_ms":29999'
		bead agent.gupp_check x '"response_ms":30000'
		bead agent.gupp_check x '"response_ms":"1"'
		bead verify.verdict x '"verdict":"PASS"'
		bead verify.verdict x '"verdict":"pass"'
	} >log
	report evaluation log >got
	diff - got <<-'ROWS'
		{"metric":"completion","value":1,"numerator":2,"denominator":2}
		{"metric":"gupp","value":0.3333333333333333,"numerator":1,"denominator":3}
		{"metric":"verification","value":0.5,"numerator":1,"denominator":2}
		{"metric":"closed_beads","value":0.5,"numerator":1,"denominator":2}
	ROWS
	# the order of lines means nothing, and equal ones are one bead
	tac log | cat - log >twice
	report evaluation twice | tail -n 1 | diff - <(tail -n 1 got)
	: | report evaluation - >got
	[ "$(head -n 1 got)" = '{"metric":"completion","value":null,"numerator":0,"denominator":0}' ]
}

# finding SESSION FINGERPRINT SEVERITY [MEMBERS]
finding() {
	n=$((${n:-0} + 1))
	printf '{"id":"f%06d","fingerprint":"%s","type":"%s","severity":%s,"source":"s","message":"m","timestamp":%s,"sessionId":"%s","resolved":%s}\n' \
		"$n" "$2" "${5:-T}" "$3" "$((1709856000000 + n))" "$1" "${4:-false}"
}

@test "escalation: by different fingerprints that are not resolved" {
	{
		finding normal a 3
		finding elevated a 4
		finding elevated a 4
		finding high a 4
		finding high b 4
		finding high c 4
		finding lockdown d 5
		finding solved e 5
		finding solved e 5 true
		finding again g 5
		finding other g 0 true FindingResolved
		finding again g 4
	} >log
	report escalation log >got
	diff - got <<-'ROWS'
		{"session":"lockdown","state":"LOCKDOWN","high":0,"critical":1}
		{"session":"high","state":"HIGH","high":3,"critical":0}
		{"session":"again","state":"ELEVATED","high":1,"critical":0}
		{"session":"elevated","state":"ELEVATED","high":1,"critical":0}
		{"session":"normal","state":"NORMAL","high":0,"critical":0}
		{"session":"solved","state":"NORMAL","high":0,"critical":0}
	ROWS
	finding x e 0 false FindingReopened >>log
	report escalation log | grep -F '"solved","state":"LOCKDOWN"'
}

@test "intents and genes: means leave out what is missing" {
	cat >log <<-'LOG'
		{"type":"EvolutionEvent","id":"evt_1","intent":"repair","genes_used":["g","h"],"outcome":{"status":"success"},"blast_radius":{"files":1,"lines":10}}
		{"type":"EvolutionEvent","id":"evt_2","intent":"repair","genes_used":["g"],"outcome":{"status":"failed"},"blast_radius":{"files":2}}
		{"type":"EvolutionEvent","id":"evt_3","intent":"repair","genes_used":[]}
		{"type":"MemoryGraphEvent","kind":"x","id":"m","intent":"repair"}
	LOG
	[ "$(report intents log)" = '{"intent":"repair","count":3,"success_rate":0.5}' ]
	report genes log >got
	diff - got <<-'ROWS'
		{"gene":"g","uses":2,"success_rate":0.5,"avg_files":1.5,"avg_lines":10}
		{"gene":"h","uses":1,"success_rate":1,"avg_files":1,"avg_lines":10}
	ROWS
}

@test "levels, sessions, actors" {
	export EV_NOW=2026-01-06T11:00:00Z
	cat >log <<-'LOG'
		{"id":"1","sessionId":"a","type":"tool_call","timestamp":1767693600000}
		{"id":"2","sessionId":"a","type":"anchor","timestamp":1767693601500}
		{"id":"3","sessionId":"b","type":"anchor"}
		{"event_id":"e1","event_type":"x","timestamp":"2026-01-06T10:00:00Z","actor":"m"}
		{"event_id":"e2","event_type":"y","timestamp":"2026-01-06T10:00:00Z","actor":"m"}
		{"event_id":"e10","event_type":"z","timestamp":"2026-01-06T12:00:00Z","actor":"n"}
	LOG
	report sessions log >got
	diff - got <<-'ROWS'
		{"session":"a","events":2,"first":"2026-01-06T10:00:00Z","last":"2026-01-06T10:00:01.500Z","types":["anchor","tool_call"],"idle":3598}
		{"session":"b","events":1,"first":null,"last":null,"types":["anchor"],"idle":null}
	ROWS
	report actors log >got
	diff - got <<-'ROWS'
		{"actor":"m","events":2,"first":"2026-01-06T10:00:00Z","last":"2026-01-06T10:00:00Z","last_type":"y","idle":3600}
		{"actor":"n","events":1,"first":"2026-01-06T12:00:00Z","last":"2026-01-06T12:00:00Z","last_type":"z","idle":0}
	ROWS
	report levels log | jq -s 'map(.count) | add' | diff - <(echo 6)
}

@test "what has no row says of which report and time" {
	export EV_NOW=2026-03-10T07:00:00Z
	builds >log
	[ "$(ev-stats --utc --report genes log)" = 'no events for the report genes' ]
	[ "$(ev-stats --utc --report quality -t none log)" = "no events for the \
report quality from 2026-02-24T07:00:00Z until 2026-03-10T07:00:00Z" ]
	[ "$(ev-stats --utc --report quality -t none --until 2026-03-01T00:00:00Z log)" = \
		'no events for the report quality until 2026-03-01T00:00:00Z' ]
	# hours without events are no rows of a screen
	EV_NOW=2027-01-01T00:00:00Z ev-stats --utc --report dashboard log >got
	[ "$(sed -n 1,5p got)" = 'velocity
no events from 2026-12-31T00:00:00Z until 2027-01-01T00:00:00Z

quality
no events from 2026-12-18T00:00:00Z until 2027-01-01T00:00:00Z' ]
}

@test "dashboard: its panels, the newest events the last" {
	export EV_NOW=2026-03-10T07:00:00Z
	builds >log
	[ "$(report dashboard log | jq -rc .panel | tr '\n' ' ')" = \
		'velocity quality archetypes skills newest ' ]
	report dashboard log | jq -c 'select(.panel == "skills").rows[]' |
		diff - <(report skills log)
	[ "$(report dashboard log | jq -r 'select(.panel == "newest").rows[0].time')" = \
		2026-03-11T07:00:00Z ]
	# a screen holds it: what is over time is one line
	ev-stats --utc --report dashboard log >got
	[ "$(sed -n 1,3p got)" = 'velocity
count  _____#________________##
2026-03-09T07:00:00Z to 2026-03-10T06:00:00Z, at most 1, last 1' ]
	run -2 report dashboard --top 3 log
	run -2 report skills --vs previous log
	run -2 report nothing log
}

@test "a report is the same whatever the order of lines, files and threads" {
	export EV_NOW=2026-03-10T07:00:00Z
	builds >log
	for _ in 1 2 3; do
		bead bead.created a
		finding s f 4
	done >>log
	tac log >back
	split -n l/3 back part.
	for name in quality archetypes skills evolution convergence evaluation \
		escalation levels sessions actors dashboard; do
		report "$name" log >want
		report "$name" back | diff want -
		report "$name" --threads 4 part.* | diff want -
		: | report "$name" -
	done
}

@test "the vectors of GOVERN and VerMAS" {
	need_shared vectors/govern.skills.jsonl
	local out
	while read -r line; do
		jq -c '.in[]' <<<"$line" >log
		out=$(jq -Sc .out <<<"$line")
		[ "$(report evolution log | jq -Scs 'map({key: (.archetype + "/" + .skill), value: {experience, level}}) | from_entries')" = "$out" ]
	done <"$SHARED/vectors/govern.skills.jsonl"
	while read -r line; do
		jq -c '{type: "commit", archetypeIds: [], description: "d", quality: .in.quality, metadata: .in}' <<<"$line" >log
		[ "$(report convergence log | jq .last)" = "$(jq .out <<<"$line")" ]
	done <"$SHARED/vectors/govern.convergence.jsonl"
	while read -r line; do
		jq -c '.in[]' <<<"$line" >log
		report evaluation log | jq -Sc '[.value, .numerator, .denominator]' | head -n 3 >got
		jq -c '.out | [.completion_rate, .completed, .created], [.gupp_compliance, .gupp_fast, .gupp], [.pass_rate, .pass, .verdicts]' <<<"$line" |
			sed 's/\.0\b//' | diff - <(sed 's/\.0\b//' got)
	done <"$SHARED/vectors/vermas.metrics.jsonl"
}

# strange: events whose names are made to harm whoever shows them
strange() {
	build 2026-03-10T06:00:00Z commit '"=1+1","+x","@y","-z"' '"<script>alert(1)</script>"' '"quality":0.5'
	build 2026-03-10T06:00:00Z commit '"]]>","a\"b,c"' '"\u202eevil\u0007","a|b\nc"' '"quality":1'
	build 2026-03-10T06:00:00Z commit '"\u001b[31mred","\tt"' '"&amp;\u0000"'
	build 2026-03-10T06:00:00Z commit '"%s"' "\"$(printf 'w%.0s' {1..10000})\""
}

@test "csv and tsv: a spreadsheet runs nothing" {
	export EV_NOW=2026-03-10T07:00:00Z
	strange >log
	ev-stats --report archetypes -o csv log | sed $'s/\e/ESC/' >got
	diff - got <<-'ROWS'
		archetype,event_count,avg_quality
		'	t,1,
		ESC[31mred,1,
		%s,1,
		'+x,1,0.5
		'-z,1,0.5
		'=1+1,1,0.5
		'@y,1,0.5
		]]>,1,1
		"a""b,c",1,1
	ROWS
	[ "$(ev-stats --report archetypes -o tsv log | wc -l)" -eq 10 ]
	[ "$(ev-stats --report archetypes -o tsv log | sed -n '/^.t/p')" = $'\\tt\t1\t' ]
	ev-stats --report dashboard -o csv log | grep -c '^$' | diff - <(echo 4)
}

@test "md: a table of Markdown, whatever the names" {
	export EV_NOW=2026-03-10T07:00:00Z
	strange >log
	ev-stats --report skills -o md log | cut -c1-40 >got
	[ "$(sed -n 1,2p got)" = $'| skill | exercises |\n| --- | ---: |' ]
	grep -F '| &lt;script&gt;alert(1)&lt;/script&gt;' got
	grep -F '| a\|b<br>c | 1 |' got
	ev-stats --report dashboard -o md log | grep -c '^## ' | diff - <(echo 5)
}

@test "prom: names, labels, values of a textfile" {
	export EV_NOW=2026-03-10T07:00:00Z
	strange >log
	ev-stats --report archetypes -o prom log >got
	grep -Fx '# TYPE ev_archetypes_event_count gauge' got
	grep -Fx 'ev_archetypes_avg_quality{archetype="a\"b,c"} 1' got
	grep -Fx 'ev_archetypes_damaged_lines 0' got
	# what has no value has no sample
	no_line -F 'avg_quality{archetype="%s"' got
	ev-stats --report skills -o prom log |
		grep -F 'ev_skills_exercises{skill="a|b\nc"} 1'
	{
		cat log
		echo torn
	} >torn
	ev-stats --report actors -o prom torn 2>/dev/null |
		grep -Fx 'ev_actors_damaged_lines 1'
	# every line is a comment or a sample, and none comes twice
	for name in types escalation evaluation sessions dashboard levels; do
		ev-stats --report "$name" -o prom log >got
		no_line -Evx '# (HELP|TYPE) [a-z_]+ .*|[a-z_]+(\{([a-z_]+="([^"\\]|\\["\\n])*",?)+\})? -?[0-9.e+-]+' got
		grep -v '^#' got | sed 's/ [^ ]*$//' | sort | uniq -d | diff - /dev/null
	done
	printf '{"time":"2026-03-10T06:00:00Z","type":""}\n{"time":"2026-03-10T06:00:00Z"}\n' >none
	ev-stats -o prom none | grep -c '^ev_types_count' | diff - <(echo 2)
	ev-stats -o prom none | grep -v '^#' | sed 's/ [^ ]*$//' | sort | uniq -d | diff - /dev/null
	ev-stats --by type --agg 'p95(a.b)' -o prom log | grep -F '# TYPE ev_aggregate_p95_a_b_ gauge'
}

@test "svg: a table that has no chart is not one without events" {
	printf '{"type":"T","severity":4,"fingerprint":"f","sessionId":"s"}\n' >log
	ev-stats --report escalation -o svg log | grep -F '>this table has no chart<'
	ev-stats --report escalation -t none -o svg log | grep -F '>no events<'
}

@test "prom: the greatest value is a metric, names are not spelled alike" {
	printf '%s\n' '{"type":"a","a":{"n":1},"a_n":2,"a_m":"y","s":"t"}' \
		'{"type":"b","a":{"n":"x"},"a_n":1e400}' >log
	ev-stats --by type,a_m --agg 'max(a.n),max(a_n),first(s)' -o prom log |
		grep -v -e '^#' -e damaged >got
	diff - got <<-'ROWS'
		ev_aggregate_max_a_n_{type="a",a_m="y"} 1
		ev_aggregate_max_a_n__2{type="a",a_m="y"} 2
		ev_aggregate_first_s_{type="a",a_m="y",first_s_="t"} 1
	ROWS
	ev-stats --by 'a_m,a.m' --agg count -o prom \
		<(echo '{"type":"a","a":{"m":1},"a_m":2}') |
		grep -qFx 'ev_aggregate_count{a_m="2",a_m_2="1"} 1'
}

@test "table: bars, sparkline and heat map, in ASCII where the locale has no other" {
	export EV_NOW=2026-03-10T07:00:00Z
	builds >log
	ev-stats --utc --report archetypes --width 60 log >got
	diff - got <<-'TABLE'
		archetype  event_count  avg_quality
		jarvis               3         0.65  #######################
		meridian             2          0.4  ###############

		by day: 2026-03-08 to 2026-03-10, at most 2
		jarvis     + . #
		meridian   . + +
	TABLE
	ev-stats --utc --report velocity log | head -n 1 |
		diff - <(echo 'count  _____#________________##')
	ev-stats --utc --report velocity log >got
	no_line -P '[^\x00-\x7f]' got
	LC_ALL=C.UTF-8 ev-stats --utc --report skills --width 46 log >got
	[ "$(sed -n 2p got)" = 'system-integration                2  █████████' ]
	[ "$(sed -n 4p got)" = 'deployment-orchestration          1  ████▌' ]
	# no room, no bars
	ev-stats --report skills --width 30 log | sed -n 2p |
		diff - <(echo 'system-integration           2')
}

@test "table: names that would act on a terminal do not, and stay in line" {
	export EV_NOW=2026-03-10T07:00:00Z
	strange >log
	for name in types skills archetypes dashboard; do
		ev-stats --report "$name" log >got
		no_line -P '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xae' got
	done
	ev-stats --report archetypes log | grep -F '\e[31mred'
	ev-stats --report evaluation log >got
	[ "$(sed -n 2p got)" = 'completion        -          0            0' ]
}

# sound FILE: it is XML
sound() {
	python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$1"
}

@test "svg: sound XML, no script, whatever the names" {
	export EV_NOW=2026-03-10T07:00:00Z
	strange >log
	builds >>log
	for name in types velocity quality archetypes skills evolution \
		convergence evaluation escalation levels sessions actors dashboard; do
		ev-stats --utc --report "$name" -o svg log >"$name.svg"
		sound "$name.svg"
		no_line -iE '<script|<foreignObject|href|on[a-z]+=' "$name.svg"
		: | ev-stats --report "$name" -o svg - >empty.svg
		sound empty.svg
	done
	grep -F '&lt;script&gt;alert(1)' skills.svg
	grep -c '<circle' archetypes.svg | diff - <(echo 11)
	[ "$(grep -c 'class="b"' velocity.svg)" -eq 24 ]
	grep -F '<polyline class="r"' quality.svg
	ev-stats --by type --every 1d -o svg log >every.svg
	sound every.svg
	ev-stats --width 1000 -o svg log | grep -F 'width="1000"'
}

@test "html: one page without network and script, tables that say what they are" {
	export EV_NOW=2026-03-10T07:00:00Z
	strange >log
	builds >>log
	ev-stats --utc --report dashboard -o html log >page
	no_line -iE '<script|<link|<img|@import|url\(|https?://[^w"]|javascript:' page
	[ "$(grep -o 'https\?://[^"]*' page | sort -u)" = http://www.w3.org/2000/svg ]
	[ "$(grep -c '<h2>' page)" -eq 5 ]
	[ "$(grep -c '<caption>' page)" -eq 5 ]
	grep -F '<th scope="col">skill</th>' page
	grep -F '<th scope="row" dir="auto">system-integration</th>' page
	grep -F 'prefers-color-scheme:dark' page
	grep -F '<time datetime=' <(ev-stats --report skills -o html log)
	no_line -P '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xae' page
	# all that is opened is closed
	python3 - page <<-'PY'
		import sys, html.parser
		class P(html.parser.HTMLParser):
		    stack = []
		    def handle_starttag(self, tag, attrs):
		        if tag not in ("meta",): self.stack.append(tag)
		    def handle_endtag(self, tag):
		        assert self.stack.pop() == tag, tag
		p = P()
		p.feed(open(sys.argv[1]).read())
		assert p.stack == [], p.stack
	PY
	: | ev-stats -o html - | grep -F 'no events'
}

@test "mail: a message for sendmail -t" {
	export EV_NOW=2026-03-10T07:00:00Z
	strange >log
	builds >>log
	ev-stats --utc --report dashboard -o mail --from ev@example.org \
		--to 'Jürgen <j@example.org>, "Doe, J" <d@example.org>' \
		--subject 'Täglicher Bericht: was in den letzten Tagen alles geschah' log >message
	[ "$(awk '{ if (length($0) > n) n = length($0) } END { print (n <= 76) }' message)" -eq 1 ]
	no_line -P '[^\x20-\x7e]' message
	python3 - message <<-'PY'
		import sys, email, email.policy
		m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
		assert m["from"] == "ev@example.org" and m["mime-version"] == "1.0"
		to = m["to"].addresses
		assert [a.addr_spec for a in to] == ["j@example.org", "d@example.org"]
		assert [a.display_name for a in to] == ["Jürgen", "Doe, J"]
		assert m["subject"] == "Täglicher Bericht: was in den letzten Tagen alles geschah"
		assert m["date"].datetime.isoformat() == "2026-03-10T07:00:00+00:00"
		assert m["message-id"].startswith("<") and m.get_content_type() == "multipart/alternative"
		text, page = m.iter_parts()
		assert text.get_content_type() == "text/plain" and page.get_content_type() == "text/html"
		assert not m.defects and not text.defects and not page.defects
		assert "system-integration" in text.get_content()
		open("page", "w").write(page.get_content())
	PY
	ev-stats --utc --report dashboard -o html log | diff - page
	# another header cannot be slipped in
	run -2 ev-stats -o mail --to $'a@b\nBcc: c@d' log
	run -2 ev-stats -o mail --subject $'x\ry' log
	run -2 ev-stats -o mail --from '' log
	run -2 ev-stats --to a@b log
	MAILTO=ops@example.org ev-stats -o mail log | grep -Fx 'To: ops@example.org'
}

@test "cron: no environment, no % in what stands in a crontab" {
	export EV_NOW=2026-03-10T07:00:00Z
	builds >log
	local ev
	ev=$(command -v ev-stats)
	run -0 env -i "$ev" --report dashboard -o mail log
	[[ $output == *'To: '* && $output != *'%'*'--' ]]
	run -0 env -i "$ev" --report archetypes log
	no_line -P '[^\x00-\x7f]' <<<"$output"
	no_line % <(ev-stats --help)
}

@test "the crontab and the units in share run, and hold no %" {
	need systemd-analyze
	local ev
	ev=$(command -v ev-stats)
	no_line '^[^#].*%' "$ROOT"/share/cron/* "$ROOT"/share/systemd/*
	bead bead.created a >.events.jsonl
	builds >>.events.jsonl
	printf '#!/bin/sh\nexec cat >>%s/sent\n' "$PWD" >sendmail
	chmod +x sendmail
	# each line as cron runs it, in here
	sed -n 's/^[0-9][^a-z]*\(cd .*\)/\1/p' "$ROOT/share/cron/ev-report.cron" |
		sed "s|/srv/app|$PWD|; s|/usr/local/bin/ev-stats|$ev|; s|/usr/sbin/sendmail|$PWD/sendmail|" >lines
	[ "$(wc -l <lines)" -eq 2 ]
	while read -r line; do
		env -i PATH=/usr/bin:/bin MAILTO=team@example.org /bin/sh -c "$line"
	done <lines >out
	grep -Fx 'To: team@example.org' sent
	grep -F 'completion' out
	for unit in "$ROOT"/share/systemd/*; do
		sed "s|/usr/local/bin/ev-stats|$ev|" "$unit" >"${unit##*/}"
	done
	run -0 systemd-analyze verify --man=no ./ev-metrics.timer
	sed -n 's/^ExecStart=//p' ev-metrics.service |
		sed "s|/var/lib/[^ ]*|$PWD/ev.prom|" | sh
	grep -F 'ev_evaluation_value{metric="completion"} 0' ev.prom
}

@test "table: --width cuts long texts, not numbers and times" {
	export EV_NOW=2026-03-10T07:00:00Z
	strange >log
	for width in 40 60 80; do
		ev-stats --report skills --width "$width" log >got
		[ "$(LC_ALL=C.UTF-8 awk '{ if (length($0) > n) n = length($0) } END { print n }' got)" -le "$width" ]
	done
	ev-stats --report skills --width 40 log |
		grep -Fx 'wwwwwwwwwwwwwwwwwwwwwwwwww...          1'
}

@test "table: a narrow page has times without fractions before it cuts texts" {
	local line='{"type":"bead.created.ok","timestamp":"2026-03-10T06:00:00.'
	printf '%s125Z"}\n' "$line" >log
	[ "$(ev-stats log | sed -n 2p)" = 'bead.created.ok      1  100.0%  2026-03-10T06:00:00.125Z  2026-03-10T06:00:00.125Z' ]
	[ "$(ev-stats --width 78 log | sed -n 2p)" = 'bead.created.ok      1  100.0%  2026-03-10T06:00:00Z  2026-03-10T06:00:00Z' ]
	ev-stats --width 78 -o csv log | grep -q 'T06:00:00.125Z'
}

@test "table: numbers as large as they come stay short, spans have their unit" {
	printf '{"type":"a","n":%s,"timestamp":%s}\n' 1.25e300 1709856000 \
		-1.2345678901e18 1709856030 >log
	ev-stats --agg 'max(n),min(n)' log >got
	[ "$(sed -n 2p got)" = '1.25e+300  -1.235e+18' ]
	ev-stats log | grep -Fx '2 events, 2024-03-08T00:00:00Z to 2024-03-08T00:00:30Z (30.0 seconds), 240 per hour'
	printf '{"type":"a","timestamp":%s}\n' 1709856000 1709856001 |
		ev-stats - | grep -F '(1.0 seconds), 7200 per hour'
}

@test "parts of every report merge to the same, also when one was tampered with" {
	export EV_NOW=2026-03-10T07:00:00Z
	builds >log
	split -n l/3 log part.
	for name in velocity quality archetypes skills evolution convergence \
		evaluation escalation intents genes levels sessions actors dashboard; do
		ev-stats --utc --report "$name" -o json log >want
		for part in part.a?; do
			ev-stats --utc --report "$name" --partial "$part" >"saved.$part"
		done
		ev-stats --utc --merge -o json saved.part.ac saved.part.aa saved.part.ab |
			diff want -
	done
	ev-stats --utc --report convergence --partial log >saved
	sed 's/"text":"[^"]*"/"text":"}{"/' saved >changed
	ev-stats --utc --merge -o json changed | jq -e '.rows[0].last == null'
	sed 's/"count":\[/&-1,/' saved >changed
	run -2 ev-stats --utc --merge changed
}

@test "-f: what comes is in the window of a report" {
	now() { date -u +%Y-%m-%dT%H:%M:%S.%3NZ; }
	build "$(now)" commit '"first"' '' >.events.jsonl
	ev-stats -f --report archetypes -o jsonl >got &
	local pid=$!
	wait_for grep -q first got
	build "$(now)" commit '"second"' '' >>.events.jsonl
	wait_for grep -q second got
	kill "$pid"
	wait "$pid" || :
}

@test "--help names every report there is" {
	run -2 ev-stats --report nothing
	ev-stats --help | tr -cs '[:lower:]' '\n' >words
	for name in ${output##*is not one of: }; do
		grep -qx "$name" words
	done
	grep -qx dashboard <<<"${output##* }"
}
