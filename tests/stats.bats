#!/usr/bin/env bats
# ev-stats: events counted and measured.

load helper

teardown() {
	local pid
	for pid in "${pids[@]}"; do
		kill -KILL "$pid" 2>/dev/null || :
	done
}
pids=()

# generic events: event TIME TYPE [MEMBERS]
event() {
	printf '{"time":"%s","type":"%s"%s}\n' "$1" "$2" "${3:+,$3}"
}

# rows [OPTIONS] …: the rows alone
rows() {
	ev-stats -o jsonl "$@"
}

some_log() {
	event 2026-01-05T10:00:00Z a '"n":1,"who":"x","tags":["p","q"]'
	event 2026-01-05T11:30:00Z b '"n":2.5,"who":"y"'
	event 2026-01-06T10:00:00Z a '"n":3,"tags":[]'
	event 2026-01-08T23:59:59Z a '"n":"4","who":"x","tags":["q"]'
	event 2026-01-08T09:00:00Z c '"n":null'
}

@test "--skip-empty: nothing is printed when there is nothing, for cron" {
	: >empty
	export EV_NOW=2026-01-08T00:00:00Z
	for report in types velocity quality evaluation dashboard sessions; do
		run -0 ev-stats --skip-empty --report "$report" empty
		[ -z "$output" ]
		run -0 ev-stats --report "$report" empty
		[ -n "$output" ]
	done
	echo '{"event_id":"a","event_type":"t","timestamp":"2026-01-07T12:00:00Z"}' >one
	for report in types velocity dashboard; do
		run -0 ev-stats --skip-empty --report "$report" one
		[ -n "$output" ]
	done
}

@test "without options the events by type, and what they are as a whole" {
	some_log >log
	rows log >got
	diff - got <<-'ROWS'
		{"type":"a","count":3,"share":0.6,"first":"2026-01-05T10:00:00Z","last":"2026-01-08T23:59:59Z"}
		{"type":"b","count":1,"share":0.2,"first":"2026-01-05T11:30:00Z","last":"2026-01-05T11:30:00Z"}
		{"type":"c","count":1,"share":0.2,"first":"2026-01-08T09:00:00Z","last":"2026-01-08T09:00:00Z"}
	ROWS
	ev-stats log >got
	[ "$(tail -n 1 got)" = '5 events, 2026-01-05T10:00:00Z to 2026-01-08T23:59:59Z (3.6 days), 0.05814 per hour' ]
	[ "$(ev-stats -o json log | jq -c '[.report, .since, .until, .damaged, (.rows | length)]')" = \
		'["types",null,null,0,3]' ]
}

@test "the store, standard input, several files give one table" {
	some_log >.events.jsonl
	rows --by type >want
	rows --by type - <.events.jsonl | diff want -
	split -l 2 .events.jsonl part.
	rows --by type part.ac part.aa part.ab | diff want -
	run -2 ev-stats nowhere.jsonl
}

@test "no events, nothing that matches, nothing but damage" {
	: >empty
	run -0 ev-stats empty
	[ "$output" = '0 events' ]
	run -1 ev-stats -x empty
	run -0 rows empty
	[ -z "$output" ]
	[ "$(rows --agg 'count,sum(n),mean(n),distinct(n)' empty)" = \
		'{"count":0,"sum(n)":null,"mean(n)":null,"distinct(n)":0}' ]
	some_log >log
	run -0 ev-stats --by who -t none log
	[ "$output" = 'no events' ]
	run -1 ev-stats -x -t none log
	run -1 ev-stats -x -t none --agg count log
	run -1 ev-stats -x -t none --every 1d --in 2026-01-05..2026-01-08 log
	run -1 ev-stats -x -t none --report evaluation log
	run -0 ev-stats -x --agg 'sum(none)' log
	printf 'x\n\n\0\n{"a":1' >bad
	run -0 --separate-stderr ev-stats bad
	[ "$output" = '0 events, 3 damaged lines' ]
	[[ $stderr == 'ev-stats: bad: 3 damaged lines skipped'* ]]
	[ "$(ev-stats -q -o json bad | jq .damaged)" = 3 ]
	run -2 --separate-stderr ev-stats --strict bad
	[ -z "$output" ]
}

@test "groups: several fields, missing values, lists" {
	some_log >log
	rows --by type,who log >got
	diff - got <<-'ROWS'
		{"type":"a","who":"x","count":2}
		{"type":"a","who":null,"count":1}
		{"type":"b","who":"y","count":1}
		{"type":"c","who":null,"count":1}
	ROWS
	rows --by 'tags[]' log >got
	diff - got <<-'ROWS'
		{"tags[]":"q","count":2}
		{"tags[]":"p","count":1}
	ROWS
	rows --by 'type,tags[]' log >got
	diff - got <<-'ROWS'
		{"type":"a","tags[]":"q","count":2}
		{"type":"a","tags[]":"p","count":1}
	ROWS
	ev-stats --by 'tags[]' log | grep -qx '3 events without a value of tags\[\] left out'
	rows --by tags log >got
	diff - got <<-'ROWS'
		{"tags":null,"count":2}
		{"tags":["p","q"],"count":1}
		{"tags":["q"],"count":1}
		{"tags":[],"count":1}
	ROWS
	[ "$(rows --by dialect,category log)" = \
		'{"dialect":"generic","category":"other","count":5}' ]
}

@test "groups are told apart by what they are, and keep their bytes" {
	printf '{"type":"t","k":%s}\n' 1 1.0 '"1"' '"\u0061"' '"a"' true \
		'{"b" : 1}' 9007199254740993 '"\u0000"' '"\ud800"' >log
	rows --by k log >got
	[ "$(grep -c '"count":1}$' got)" -eq 8 ]
	[ "$(grep -c '"count":2}$' got)" -eq 1 ]
	rows --by k log | grep -qx '{"k":9007199254740993,"count":1}'
	rows --by k log | grep -qx '{"k":"\\u0000","count":1}'
	rows --by k log | grep -qx '{"k":{"b":1},"count":1}'
	rows --by k log | grep -qx '{"k":"\\ud800","count":1}'
}

@test "measures skip what is missing or no number" {
	some_log >log
	rows --agg 'count,sum(n),mean(n),min(n),max(n),stddev(n),p50(n),distinct(n)' log >got
	diff - got <<-'ROWS'
		{"count":5,"sum(n)":6.5,"mean(n)":2.1666666666666665,"min(n)":1,"max(n)":"4","stddev(n)":1.0408329997330663,"p50(n)":2.5,"distinct(n)":4}
	ROWS
	rows --by type --agg 'first=first(n),last(n),avg=mean(n)' log >got
	diff - got <<-'ROWS'
		{"type":"a","first":1,"last(n)":"4","avg":2}
		{"type":"b","first":2.5,"last(n)":2.5,"avg":2.5}
		{"type":"c","first":null,"last(n)":null,"avg":null}
	ROWS
}

@test "sums are exact" {
	printf '{"type":"t","n":%s}\n' 9007199254740993 9223372036854775807 \
		9223372036854775807 9223372036854775807 -1 >log
	[ "$(rows --agg 'sum(n)' log)" = '{"sum(n)":27679123309819068413}' ]
	printf '{"type":"t","n":%s}\n' 0.1 0.2 1e2 -0.05 >log
	[ "$(rows --agg 'sum(n)' log)" = '{"sum(n)":100.25}' ]
	printf '{"type":"t","n":%s}\n' -0.5 0.25 -1 >log
	[ "$(rows --agg 'sum(n)' log)" = '{"sum(n)":-1.25}' ]
	printf '{"type":"t","n":%s}\n' 1e300 1 -1e300 1e-300 >log
	[ "$(rows --agg 'sum(n)' log)" = '{"sum(n)":1}' ]
	printf '{"type":"t","n":%s}\n' 1 1.0 1.00 >log
	[ "$(rows --agg 'min(n),max(n)' log)" = '{"min(n)":1,"max(n)":1}' ]
}

@test "--every: days, empty ones too, of the local zone" {
	some_log >log
	rows --every 1d log >got
	diff - got <<-'ROWS'
		{"time":"2026-01-05T00:00:00Z","count":2}
		{"time":"2026-01-06T00:00:00Z","count":1}
		{"time":"2026-01-07T00:00:00Z","count":0}
		{"time":"2026-01-08T00:00:00Z","count":2}
	ROWS
	rows --every 1d --skip-empty log | wc -l | grep -qx 3
	[ "$(rows --every 1d --in 2026-01 log | wc -l)" -eq 31 ]
	[ "$(rows --every 1w log)" = '{"time":"2026-01-05T00:00:00Z","count":5}' ]
	[ "$(rows --every 1mo log)" = '{"time":"2026-01-01T00:00:00Z","count":5}' ]
	# the day when clocks are set forward has 23 hours
	{ event 2026-03-28T22:59:59Z a; event 2026-03-28T23:00:00Z a
		event 2026-03-29T21:59:59Z a; event 2026-03-29T22:00:00Z a; } >log
	TZ=Europe/Berlin rows --every 1d log >got
	diff - got <<-'ROWS'
		{"time":"2026-03-28T00:00:00+01:00","count":1}
		{"time":"2026-03-29T00:00:00+01:00","count":2}
		{"time":"2026-03-30T00:00:00+02:00","count":1}
	ROWS
	[ "$(TZ=Europe/Berlin rows --every 1h log | wc -l)" -eq 25 ]
	[ "$(TZ=Europe/Berlin rows --utc --every 1d log | wc -l)" -eq 2 ]
	run -2 --separate-stderr ev-stats --every never log
	[[ $stderr == "ev-stats: --every: 'never' is no length of a bucket"* ]]
	run -2 --separate-stderr ev-stats --every 1s --since 1970-01-01 log
	[[ $stderr == "ev-stats: more than 1000000 rows: "* ]]
}

@test "--every with groups: each of them in each span" {
	some_log >log
	rows --every 1d --by type -t a,b log >got
	diff - got <<-'ROWS'
		{"time":"2026-01-05T00:00:00Z","type":"a","count":1}
		{"time":"2026-01-05T00:00:00Z","type":"b","count":1}
		{"time":"2026-01-06T00:00:00Z","type":"a","count":1}
		{"time":"2026-01-06T00:00:00Z","type":"b","count":0}
		{"time":"2026-01-07T00:00:00Z","type":"a","count":0}
		{"time":"2026-01-07T00:00:00Z","type":"b","count":0}
		{"time":"2026-01-08T00:00:00Z","type":"a","count":1}
		{"time":"2026-01-08T00:00:00Z","type":"b","count":0}
	ROWS
	{ some_log; echo '{"type":"late"}'; } >log
	ev-stats --every 1d log | grep -qx '1 event without a time left out'
}

@test "--rolling: each span with those before it" {
	some_log >log
	rows --every 1d --rolling 2 --agg 'count,sum(n)' log >got
	diff - got <<-'ROWS'
		{"time":"2026-01-05T00:00:00Z","count":2,"sum(n)":3.5}
		{"time":"2026-01-06T00:00:00Z","count":3,"sum(n)":6.5}
		{"time":"2026-01-07T00:00:00Z","count":1,"sum(n)":3}
		{"time":"2026-01-08T00:00:00Z","count":2,"sum(n)":null}
	ROWS
	run -2 ev-stats --rolling 2 log
	run -0 rows --every 1d --rolling 99999999999999 log
	run -2 --separate-stderr ev-stats --every 1d --rolling 0 log
	[ "$stderr" = "ev-stats: --rolling: '0': a number from 1 on is needed" ]
}

@test "--rolling: a rate is of the hours that its spans have" {
	local i
	for i in 0 1 2; do
		echo '{"type":"a","timestamp":"2026-03-0'$((i + 7))'T12:00:00Z"}'
	done >log
	TZ=America/New_York rows --every 1d --rolling 2 --agg rate log >got
	# the 8th has 23 hours
	diff <(jq -n '1 / 24, 2 / 47, 2 / 47') <(jq .rate got)
	echo '{"type":"a","timestamp":"2026-02-07T12:00:00Z"}' >>log
	rows --every 1mo --rolling 2 --agg rate log >got
	jq -se 'map(.rate) == [1 / 24 / 28, 4 / 24 / 59]' got
}

@test "--top, --sort: the rest is one row and nothing is lost" {
	some_log >log
	rows --by type --top 1 --agg 'count,max(n)' log >got
	diff - got <<-'ROWS'
		{"type":"a","count":3,"max(n)":"4"}
		{"type":"other","count":2,"max(n)":2.5}
	ROWS
	ev-stats --by type --top 1 log | grep -qx 'other: 2 more groups'
	rows --by type --sort type log | jq -r .type | tr -d '\n' | grep -qx abc
	rows --by type --sort=-type log | jq -r .type | tr -d '\n' | grep -qx cba
	rows --by type --agg 'mean(n)' --sort='-mean(n)' --top 1 log >got
	diff - got <<-'ROWS'
		{"type":"b","mean(n)":2.5}
		{"type":"other","mean(n)":2}
	ROWS
	rows --every 1d --by type --top 1 log | tail -n 2 >got
	diff - got <<-'ROWS'
		{"time":"2026-01-08T00:00:00Z","type":"a","count":1}
		{"time":"2026-01-08T00:00:00Z","type":"other","count":1}
	ROWS
	run -2 --separate-stderr ev-stats --by type --sort nothing log
	[ "$stderr" = "ev-stats: --sort: no column 'nothing', there are: type, count" ]
}

@test "--ratio: events of one expression by those of another" {
	some_log >log
	rows --ratio "r=type=a / type in (a,b)" --ratio 'none=n>1 / type=z' log >got
	diff - got <<-'ROWS'
		{"count":5,"r":0.75,"none":null}
	ROWS
	run -2 --separate-stderr ev-stats --ratio 'r=type=a' log
	[ "$stderr" = "ev-stats: --ratio: 'r=type=a' is not NAME=EXPR / EXPR" ]
	run -2 ev-stats --ratio 'r=type= / type=a' log
}

@test "--vs previous: the period before, or the span before" {
	some_log >log
	rows --by type --since 2026-01-06 --until 2026-01-09 --vs previous log >got
	diff - got <<-'ROWS'
		{"type":"a","count":2,"count_previous":1,"change":1}
		{"type":"c","count":1,"count_previous":0,"change":null}
		{"type":"b","count":0,"count_previous":1,"change":-1}
	ROWS
	{ event 2026-02-28T12:00:00Z m; event 2026-02-01T00:00:00Z m
		event 2026-01-31T12:00:00Z m; event 2026-03-01T00:00:00Z m; } >log
	[ "$(rows --in 2026-03 --vs previous log)" = \
		'{"count":1,"count_previous":2,"change":-0.5}' ] ||
		rows --agg count --in 2026-03 --vs previous log
	run -2 --separate-stderr ev-stats --vs previous log
	[ "$stderr" = 'ev-stats: --vs previous needs a period: --in, or --since' ]
	some_log >log
	rows --every 1d --vs previous log >got
	diff - got <<-'ROWS'
		{"time":"2026-01-05T00:00:00Z","count":2,"count_previous":null,"change":null}
		{"time":"2026-01-06T00:00:00Z","count":1,"count_previous":2,"change":-0.5}
		{"time":"2026-01-07T00:00:00Z","count":0,"count_previous":1,"change":-1}
		{"time":"2026-01-08T00:00:00Z","count":2,"count_previous":0,"change":null}
	ROWS
}

@test "rate: events per hour" {
	some_log >log
	[ "$(rows --agg rate --in 2026-01-05 log)" = '{"rate":0.08333333333333333}' ]
	[ "$(rows --agg rate --every 1h log | head -n 1)" = \
		'{"time":"2026-01-05T10:00:00Z","rate":1}' ]
}

@test "-u counts equal lines once" {
	{ some_log; some_log; } >log
	[ "$(rows --agg count log)" = '{"count":10}' ]
	[ "$(rows --agg count -u log)" = '{"count":5}' ]
}

@test "--values: the values of a field" {
	some_log >log
	rows --values who log >got
	diff - got <<-'ROWS'
		{"who":null,"count":2,"share":0.4}
		{"who":"x","count":2,"share":0.4}
		{"who":"y","count":1,"share":0.2}
	ROWS
	run -2 ev-stats --values who --by type log
}

@test "--fields: every path, its kinds, examples" {
	{ some_log; echo '{"a.b":{"c d":[{"e":1}],"x":{}},"n":"\u00e9"}'; } >log
	rows --fields log >got
	diff <(jq -c '[.path, .count, .kinds]' got) - <<-'ROWS'
		["a\\.b.c\\ d[].e",1,{"number":1}]
		["a\\.b.x",1,{"object":1}]
		["n",6,{"null":1,"number":3,"string":2}]
		["tags",1,{"array":1}]
		["tags[]",3,{"string":3}]
		["time",5,{"string":5}]
		["type",5,{"string":5}]
		["who",3,{"string":3}]
	ROWS
	[ "$(jq -c 'select(.path == "tags[]") | .examples | sort' got)" = '["p","q"]' ]
	rows --by 'a\.b.c\ d[].e' log | grep -qx '{"a\\\\.b.c\\\\ d\[\].e":1,"count":1}'
	run -2 ev-stats --fields --by type log
}

@test "--fail-if: status 1, and the rows all the same" {
	some_log >log
	run -1 rows --by type --fail-if 'count>2' log
	[ "${#lines[@]}" -eq 3 ]
	run -0 rows --by type --fail-if 'count>3' log
	run -1 ev-stats --by type --fail-if "type=b and (count=1 or count>5)" log
	run -0 ev-stats --by type --fail-if "not type!=z" log
	run -1 ev-stats --agg 'p50(n)' --fail-if 'p50(n)>=2.5' log
	# null is neither
	run -0 ev-stats --agg 'mean(x)' --fail-if 'mean(x)<1 or not mean(x)<1 or mean(x)!=1' log
	run -1 ev-stats --agg 'count,mean(x)' --fail-if 'mean(x)<1 or count=5' log
	run -2 --separate-stderr ev-stats --fail-if 'nothing>1' log
	[ "$stderr" = "ev-stats: --fail-if: no column 'nothing' in the report" ]
	run -2 --separate-stderr ev-stats --fail-if 'count>' log
	[ "$stderr" = 'ev-stats: --fail-if: column 7: expected a value' ]
	# a number may begin with its dot; what is none is not compared with one
	run -1 ev-stats --fail-if 'type=b and share<.4' log
	run -0 ev-stats --fail-if 'type=b and share>.4 or share<-.1' log
	run -2 --separate-stderr ev-stats --fail-if 'share>50%' log
	[ "$stderr" = "ev-stats: --fail-if: 'share' has numbers, '50%' is none" ]
}

@test "--fail-if: a name that means nothing is told without rows, too" {
	: >empty
	run -2 --separate-stderr ev-stats --fail-if 'nothing>1' empty
	[ "$stderr" = "ev-stats: --fail-if: no column 'nothing' in the report" ]
	run -2 ev-stats --report dashboard --fail-if 'count>1 and nothing=2' empty
	run -0 ev-stats --fail-if 'count>1 or share<.5' empty
	run -0 ev-stats --report evaluation --fail-if 'completion<.9' empty
}

@test "--partial and --merge: any split, any order, the same table" {
	local list='count,sum(n),mean(n),stddev(n),min(n),max(n),p50(n),distinct(n),first(n),last(n)' i
	for i in {1..9}; do
		some_log | sed "s/\"n\":\([0-9]\)/\"n\":$i\1/"
	done >log
	awk '{ print >("part." NR % 7) }' log
	for options in "--by type,who --agg $list --ratio r=n>1\x20/\x20type=a" \
		"--every 1d --agg $list" '--report types' '--fields'; do
		# shellcheck disable=SC2086 # several options
		set -- ${options//\\x20/$'\x01'}
		set -- "${@//$'\x01'/ }"
		ev-stats -o json "$@" log >want
		for i in {0..6}; do
			ev-stats --partial "$@" "part.$i" >"saved.$i"
		done
		ev-stats -o json --merge saved.{0..6} | diff want -
		ev-stats -o json --merge saved.{3,1,6,0,5,2,4} | diff want -
		ev-stats --merge --partial saved.{5,2,4} >saved.7
		ev-stats -o json --merge saved.7 saved.{6,3,1,0} | diff want -
		cat saved.{6,7,0,1,3} | ev-stats -o json --merge - | diff want -
	done
	ev-stats --partial --every 1d log | ev-stats --merge --rolling 2 -o jsonl - >got
	rows --every 1d --rolling 2 log | diff - got
}

@test "--merge takes nothing but whole parts of one table" {
	some_log >log
	ev-stats --partial --by type log >one
	ev-stats --partial --by who log >two
	run -2 --separate-stderr ev-stats --merge one two
	[ "$stderr" = 'ev-stats: two: a part of another table' ]
	[ -z "$output" ]
	run -2 --separate-stderr ev-stats --merge log
	[ "$stderr" = 'ev-stats: log: not a part of a table (--partial)' ]
	head -n 3 one >cut.off
	run -2 --separate-stderr ev-stats --merge cut.off
	[ "$stderr" = 'ev-stats: cut.off: a part of a table that was cut' ]
	sed 's/"count":3/"count":4/' one >changed
	run -2 --separate-stderr ev-stats --merge changed
	[ "$stderr" = 'ev-stats: changed: a part of a table that was cut or changed' ]
	: >empty
	run -2 ev-stats --merge empty
	run -2 ev-stats --merge --by type one
	run -2 ev-stats --merge -t a one
	run -2 ev-stats --partial -u log
}

@test "--resume: a second run adds nothing, a third what came" {
	some_log >all
	head -n 3 all >log
	rows --by type --resume table log >got
	rows --by type log | diff - got
	rows --by type --resume table log | diff - got
	tail -n 2 all | head -c 100 >>log
	rows --by type --resume table log >got
	head -n 4 all | ev-stats -o jsonl --by type - | diff - got
	cp all log
	rows --by type --resume table log >got
	rows --by type all | diff - got
	# damaged lines are kept in mind, too
	echo bad >>log
	[ "$(ev-stats -q -o json --by type --resume table log | jq .damaged)" = 1 ]
	[ "$(ev-stats -q -o json --by type --resume table log | jq .damaged)" = 1 ]
}

@test "--resume: another log, other options, a damaged file" {
	some_log >log
	rows --by type --resume table log >/dev/null
	tac log >other && mv other log
	run -0 --separate-stderr rows --by type --resume table log
	[ "$stderr" = "ev-stats: log: not the log any more that 'table' is of: counted anew" ]
	[ "$output" = "$(rows --by type log)" ]
	: >log
	run -0 --separate-stderr rows --by type --resume table log
	[[ $stderr == *': counted anew' ]]
	[ -z "$output" ]
	run -2 --separate-stderr rows --by who --resume table log
	[ "$stderr" = 'ev-stats: table: a part of another table: remove it to count anew' ]
	run -2 --separate-stderr rows --by type -t a --resume table log
	[ "$stderr" = 'ev-stats: table: made with other filters: remove it to count anew' ]
	echo hello >table
	run -2 --separate-stderr rows --by type --resume table log
	[ "$stderr" = 'ev-stats: table: not a file of --resume' ]
	run -2 --separate-stderr bash -c 'cat log | ev-stats --resume new -'
	[[ $stderr == "ev-stats: --resume: '-' is no plain file"* ]]
	[ ! -e new ]
}

@test "-f: the table again after each change" {
	some_log | head -n 2 >log
	: >out
	ev-stats -f -o jsonl --by type log >>out 2>err 3>&- &
	pids+=($!)
	printed() { [ "$(tail -n "$1" out | jq -r .count | paste -sd' ')" = "$2" ]; }
	wait_for printed 2 '1 1'
	some_log | sed -n 3p | head -c 20 >>log
	some_log | sed -n 3p | tail -c +21 >>log
	wait_for printed 2 '2 1'
	some_log | tail -n 1 >>log
	wait_for printed 3 '2 1 1'
	some_log | tail -n 2 >other
	mv other log
	wait_for grep -qx 'ev-stats: log: another log now: counted anew' err
	wait_for printed 2 '1 1'
	kill -TERM "${pids[0]}"
	status=0
	wait "${pids[0]}" || status=$?
	[ "$status" -eq 143 ]
	run -1 timeout 10 ev-stats -f --fail-if 'count>0' log
	run -2 --separate-stderr ev-stats -f - <log
	[ "$stderr" = 'ev-stats: -f: standard input is not followed' ]
}

@test "over a million groups: the rest is one row, memory has a bound (C20)" {
	seq 1 1100000 | sed 's/.*/{"type":"t&"}/' >log
	limit=700000
	if grep -q -e __asan_init -e __tsan_init "$EV_BIN/ev-stats"; then
		limit=unlimited
	fi
	run -0 bash -c "ulimit -v $limit; ev-stats --threads 1 -o jsonl --by type log"
	[ "${#lines[@]}" -eq 1000001 ]
	[ "${lines[1000000]}" = '{"type":"other","count":100000}' ]
	ev-stats --by type --top 1 log >got
	grep -qx 'more than 1000000 groups: the rest of them is counted as other' got
	[ "$(rows --by type --top 1 log | jq -s 'map(.count) | add')" = 1100000 ]
}

@test "percentiles and distinct values of many, within what is stated" {
	seq 1 20000 | sed 's/.*/{"type":"t","n":&}/' >log
	rows --agg 'p0(n),p50(n),p99.9(n),p100(n),distinct(n)' log >got
	jq -e '."p0(n)" == 1 and ."p100(n)" == 20000 and
		(."p50(n)" - 10000 | fabs) <= 100 and
		(."p99.9(n)" - 19980 | fabs) <= 200 and
		(."distinct(n)" - 20000 | fabs) <= 800' got
	head -n 9999 log >few
	[ "$(rows --agg 'p50(n),p95(n),distinct(n)' few)" = \
		'{"p50(n)":5000,"p95(n)":9500,"distinct(n)":9999}' ]
}

@test "wrong fields and measures are told" {
	echo '{"type":"a"}' >log
	run -2 --separate-stderr ev-stats --by 'a..b' log
	[[ $stderr == "ev-stats: --by: 'a..b' is no field"* ]]
	run -2 --separate-stderr ev-stats --agg 'median(n)' log
	[[ $stderr == "ev-stats: --agg: 'median(n)' is no measure: one of count, "* ]]
	run -2 --separate-stderr ev-stats --values 'a..b' log
	[[ $stderr == "ev-stats: --values: 'a..b' is no field"* ]]
	run -2 ev-stats --agg 'p101(n)' log
	run -2 ev-stats --agg '' log
	run -2 ev-stats --by '' log
	run -2 ev-stats --by type --report types log
	run -2 ev-stats --by type --top 0 log
	run -2 ev-stats --width 0 log
}

@test "options of a table that is not made yet are wrong usage" {
	echo '{"type":"a","timestamp":"2026-01-05T00:00:00Z"}' >log
	for option in --top=1 --sort=count --skip-empty '--fail-if=count>1' -ocsv \
		'--every=1d --rolling=2'; do
		# shellcheck disable=SC2086 # two words
		run -2 --separate-stderr ev-stats --partial $option log
		[[ $stderr == 'ev-stats: --partial makes no table yet: '* ]]
	done
	run -0 ev-stats --partial -o jsonl log
	run -2 ev-stats --fields --vs previous --in 1d log
}

@test "no two columns have one name" {
	echo '{"type":"a","timestamp":"2026-01-05T00:00:00Z"}' >log
	run -2 --separate-stderr ev-stats --by type,type log
	[[ $stderr == "ev-stats: two columns are called 'type': "* ]]
	run -2 ev-stats --by type --agg type=count log
	run -2 ev-stats --agg 'n=count,n=rate' log
	run -2 ev-stats --agg count --ratio 'count=type=a / type?' log
	run -2 ev-stats --every 1d --by time log
	run -2 ev-stats --by type --agg change=count --in 1d --vs previous log
	run -0 ev-stats --by type --agg 'n=count,m=count' log
}

@test "counts of the real logs are those of jq" {
	need_shared data/README.md
	for log in "$SHARED"/data/gastown/*.jsonl "$SHARED"/data/brewva/*.jsonl; do
		jq -r .type "$log" | LC_ALL=C sort | uniq -c |
			sed 's/^ *//' | sort >want
		rows --by type "$log" | jq -r '"\(.count) \(.type)"' |
			sort | diff want -
	done
	log=$SHARED/data/agentguard/all-events.merged.jsonl
	jq -r '[.kind, .agentId] | @tsv' "$log" | LC_ALL=C sort | uniq -c |
		sed 's/^ *//' | sort >want
	rows --by type,agentId "$log" |
		jq -r '"\(.count) \([.type, .agentId] | @tsv)"' | sort |
		diff want -
}
