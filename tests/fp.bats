#!/usr/bin/env bats
# ev-fp: which failures are the same.

load helper

# finding TYPE MESSAGE FILE LINE [MS [MEMBERS]]: an event of AgentGuard's.
finding() {
	printf '{"type":"%s","severity":3,"fingerprint":"","message":"%s","file":"%s","line":%s' \
		"$1" "$2" "$3" "$4"
	[ -z "${5-}" ] || printf ',"timestamp":%s' "$5"
	printf '%s}\n' "${6:+,$6}"
}

# The rows of a list, without what is told elsewhere.
rows() {
	ev-fp --list -o jsonl "$@" | jq -c '[.count, .type, .message, .status]'
}

fp_of() { # TEXT: what sha256sum says
	printf 'fp_%.16s' "$(printf %s "$1" | sha256sum)"
}

@test "each event gets its fingerprint before its last brace, all else stays" {
	printf '%s\n' '{"n":9007199254740993,"x":1.10,"y":"\u00e9" }  ' '{}' \
		'{ }' '{"a":{"b":1}}' >log
	ev-fp log >got
	[ "$(sed -n 1p got)" = '{"n":9007199254740993,"x":1.10,"y":"\u00e9" ,"fingerprint":"'"$(fp_of :::)"'"}  ' ]
	[ "$(sed -n 2p got)" = '{"fingerprint":"'"$(fp_of :::)"'"}' ]
	[ "$(sed -n 3p got)" = '{ "fingerprint":"'"$(fp_of :::)"'"}' ]
	[ "$(sed 's/,*"fingerprint":"[^"]*"//' got)" = "$(cat log)" ]
	ev-fp - <log | diff got -
	split -l 1 log part.
	ev-fp part.ac part.aa | diff <(sed -n 3p got; sed -n 1p got) -
}

@test "a fingerprint is what sha256sum says of type:message:file:line" {
	{ finding TestFailure 'got 500 at 2026-01-06T10:30:00Z' src/a.js 42
		finding TestFailure 'got 500' /tmp/x1/a.js 0; } >log
	[ "$(ev-fp --print fp log)" = "$(fp_of 'TestFailure:got <n> at <time>:src/a.js:42')
$(fp_of 'TestFailure:got <n>:<path>/a.js:')" ]
	[ "$(ev-fp --components message,type --print fp log | tail -n 1)" = \
		"$(fp_of 'TestFailure:got <n>::')" ]
	# also of a line that no dialect is told by, or before it has one
	echo '{"type":"TypeError","message":"got 500","file":"a.js","line":42}' >bare
	jq -c '. + {severity: 2, source: "node", resolved: false}' bare >>bare.2
	[ "$(cat bare bare.2 | ev-fp --print fp - | sort -u)" = \
		"$(fp_of 'TypeError:got <n>:a.js:42')" ]
	# one that ev-emit gives is the same
	ev-emit -q -d agentguard TestFailure -m 'got 500' file=a.js line:=42
	[ "$(jq -r .fingerprint .events.jsonl)" = "$(ev-fp --print fp)" ]
}

@test "ev-fp(1): the example of a fingerprint is right" {
	sed -n '/^\.Bd/,/^\.Ed/{/^\./!p}' "$ROOT/man/ev-fp.1" | sed "s/\\\\(aq/'/g" |
		tee text | sed -n 's/^[$>] //p' >commands
	run -0 bash -eu commands
	[ "$output" = "$(grep -v '^[$>]' text)" ]
}

@test "--dedupe and --list know the sessions of events without a fingerprint" {
	for s in a a b; do
		printf '{"type":"X","message":"m","ts":%s,"sessionId":"%s"}\n' \
			"$((++n))" $s
	done >log
	[ "$(ev-fp --dedupe log | jq -c '[.sessionId, .dedup.count]')" = \
		$'["a",2]\n["b",1]' ]
	[ "$(ev-fp --list -o jsonl log | jq -c '[.count, .sessions]')" = '[3,2]' ]
}

@test "a stored fingerprint counts, unless it is empty or something else is asked" {
	echo '{"type":"X","severity":1,"message":"m","fingerprint":"mine"}' >log
	ev-fp log | diff log -
	[ "$(ev-fp --print fp log)" = "$(fp_of X:m::)" ]
	ev-fp --components type log | jq -e --arg want "$(fp_of X:::)" \
		'.fingerprint == $want'
	ev-fp --algo fp1 log | jq -e --arg want "$(fp_of X:m::)" \
		'.fingerprint == $want'
	echo '{"type":"X","severity":1,"message":"m","fingerprint":""}' >log
	ev-fp log | jq -e --arg want "$(fp_of X:m::)" '.fingerprint == $want'
}

@test "filters, -0, --out, -x" {
	{ finding A m f 1; finding B m f 1; } >log
	[ "$(ev-fp -t B log | jq -r .type)" = B ]
	[ "$(ev-fp -0 log | tr -dc '\0' | wc -c)" -eq 2 ]
	ev-fp --out made log
	ev-fp log | diff made -
	run -1 ev-fp -x -t C log
	run -0 ev-fp -t C log
}

@test "--list: one row for each fingerprint, equal lines are one event" {
	{
		finding T 'got 1' a.js 3 1767695400000 '"sessionId":"s1"'
		finding T 'got 22' a.js 3 1767695500000 '"sessionId":"s2"'
		finding T 'got 22' a.js 3 1767695500000 '"sessionId":"s2"'
		finding T 'got 4' a.js 3 1767695300000 '"sessionId":"s2","severity":5'
		finding L 'unused x' b.js 1
	} >log
	ev-fp --list -o jsonl log >got
	diff - got <<-ROWS
		{"fingerprint":"$(fp_of 'T:got <n>:a.js:3')","count":3,"first":"2026-01-06T10:28:20Z","last":"2026-01-06T10:31:40Z","sessions":2,"severity":5,"type":"T","message":"got 4","status":"open"}
		{"fingerprint":"$(fp_of 'L:unused x:b.js:1')","count":1,"first":null,"last":null,"sessions":0,"severity":3,"type":"L","message":"unused x","status":"open"}
	ROWS
	cat log log >twice
	ev-fp --list -o jsonl twice | diff got -
	tac log | ev-fp --list -o jsonl - | diff got -
	ev-fp --list -o jsonl log log | diff got -
	[ "$(ev-fp --list -o json log | jq '.rows | length')" -eq 2 ]
	[ "$(ev-fp --list -o csv log | head -n 1)" = \
		fingerprint,count,first,last,sessions,severity,type,message,status ]
	[ "$(ev-fp --list -o tsv log | tail -n 1 | cut -f8)" = 'unused x' ]
	ev-fp --list log | grep -q '^fingerprint .* trend '
	: >empty
	run -0 ev-fp --list empty
	[ -z "$output" ]
	run -1 ev-fp --list -x empty
}

@test "--list: a narrow terminal has the columns that matter most, and says so" {
	need script
	finding TestFailure "$(printf 'w%.0s' {1..70})" f 1 1767225600000 >log
	for c in 80 132; do
		TERM=xterm LC_ALL=C script -qec \
			"stty cols $c; EV_PAGER=cat ev-fp --list --color never log" \
			/dev/null </dev/null | tr -d '\r' >got.$c
		[ "$(awk -v c=$c 'length($0) > c' got.$c)" = '' ]
	done
	[ "$(head -n 1 got.80 | xargs)" = 'fingerprint count last type message status' ]
	[ "$(tail -n 1 got.80)" = 'no room for trend, first, sessions, severity' ]
	[ "$(head -n 1 got.132 | xargs)" = "$(ev-fp --list log | head -n 1 | xargs)" ]
	grep -c . got.132 | diff - <(echo 2)
}

@test "the table's bars stand where the events were" {
	for i in 0 0 0 60 110; do
		finding T m f 1 "$((1767225600 + i))000" "\"n\":$RANDOM$RANDOM"
	done >log
	ev-fp --list log >got
	grep -q '█  *▃  *▃' got
}

@test "--new, --gone: by a period, whatever was before" {
	{
		finding Old m f 1 1767225600000
		finding Both m f 1 1767225600000
		finding Both m f 1 1769904000000
		finding New m f 1 1769904000000
	} >log
	export EV_NOW=2026-02-01T12:00:00Z
	[ "$(rows --new --in 2026-02 log)" = '[1,"New","m","open"]' ]
	[ "$(rows --gone --in 2026-02 log)" = '[1,"Old","m","open"]' ]
	[ "$(rows --new --since 2026-02-01 log)" = '[1,"New","m","open"]' ]
	[ "$(rows --new --in today log)" = '[1,"New","m","open"]' ]
	run -1 ev-fp --new --in 2026-03 -x log
	run -2 --separate-stderr ev-fp --new log
	[ "$stderr" = 'ev-fp: --new: in which period? (--in PERIOD)' ]
	run -2 ev-fp --gone log
}

@test "--resolve, --reopen: events of their own, understood by all" {
	export EV_NOW=2026-01-06T10:30:00Z
	ev-emit -q -d agentguard T -m 'got 1' file=a.js line:=3 -s s1
	ev-emit -q -d agentguard L -m unused file=b.js line:=1 -s s1
	fp=$(fp_of 'T:got <n>:a.js:3')
	EV_NOW=2026-01-06T10:31:00Z run -0 ev-fp --resolve "${fp:0:8}"
	[ "$(jq -r 'select(.id == "'"$output"'") |
		[.type, .severity, .source, .resolved, .fingerprint] | @csv' \
		.events.jsonl)" = "\"FindingResolved\",0,\"ev\",true,\"$fp\"" ]
	[ "$(rows | sort)" = '[1,"L","unused","open"]
[1,"T","got 1","resolved"]' ]
	[ "$(ev-tail -w resolved=true -o csv --columns type | tail -n 1)" = FindingResolved ]
	run -1 ev-fp --regressed -x
	EV_NOW=2026-01-06T10:32:00Z ev-emit -q -d agentguard T -m 'got 2' file=a.js line:=3 -s s2
	[ "$(rows --regressed)" = '[2,"T","got 1","regressed"]' ]
	[ -z "$(rows --regressed --in 2026-01-05)" ]
	[ "$(ev-replay --project findings -e "$fp" | jq -c '[.count, .resolved, .regressed]')" = \
		'[2,false,true]' ]
	EV_NOW=2026-01-06T10:33:00Z ev-fp -q --resolve "$fp"
	[ "$(rows -t T)" = '[2,"T","got 1","resolved"]' ]
	EV_NOW=2026-01-06T10:34:00Z ev-fp -q --reopen "$fp"
	EV_NOW=2026-01-06T10:35:00Z ev-emit -q -d agentguard T -m 'got 2' file=a.js line:=3 -s s2
	[ "$(rows -t T)" = '[3,"T","got 1","open"]' ]
	# a filter takes findings, decisions on them always count
	EV_NOW=2026-01-06T10:36:00Z ev-fp -q --resolve "$fp"
	[ "$(rows --severity 2 -q -w message='"got 2"')" = '[2,"T","got 2","resolved"]' ]
	[ "$(rows -s s1 --until 2026-01-06T10:30:30 -t T)" = '[1,"T","got 1","resolved"]' ]
	[ "$(rows --since 2026-01-06T10:34:30)" = '[1,"T","got 2","resolved"]' ]
	# the order of the lines does not matter
	tac .events.jsonl | ev-fp --list -o jsonl - | diff <(ev-fp --list -o jsonl) -
}

@test "--resolve: an unknown fingerprint, an ambiguous one, operands" {
	ev-emit -q -d agentguard T -m m
	ev-emit -q -d agentguard U -m m
	run -1 --separate-stderr ev-fp --resolve fp_zz
	[ "$stderr" = "ev-fp: no event has the fingerprint 'fp_zz'" ]
	run -1 --separate-stderr ev-fp --reopen fp_
	[ "$stderr" = "ev-fp: 2 fingerprints begin with 'fp_'" ]
	run -1 ev-fp --resolve ''
	run -2 ev-fp --resolve fp_ .events.jsonl
	[ "$(wc -l <.events.jsonl)" -eq 2 ]
}

@test "--commit: the hash of the revision, or nothing is written" {
	need git
	git init -q .
	git -c user.name=n -c user.email=e commit -q --allow-empty -m x
	ev-emit -q -d agentguard T -m m
	ev-fp -q --resolve fp_ --commit HEAD
	[ "$(tail -n 1 .events.jsonl | jq -r .metadata.commit)" = "$(git rev-parse HEAD)" ]
	run -2 ev-fp --resolve fp_ --commit nosuch
	[ "$(wc -l <.events.jsonl)" -eq 2 ]
	run -2 ev-fp --commit HEAD
}

@test "--dedupe: first places, the richest copies" {
	{
		finding A 'x 1' f 1 1767695400000 '"sessionId":"s","n":1'
		finding B m f 1 1767695401000 '"sessionId":"s"'
		finding A 'x 2' f 1 1767695402000 '"sessionId":"s","metadata":{"stack":["a","b"]}'
		finding A 'x 3' f 1 1767695399000 '"sessionId":"s","metadata":{"stack":["c","d"]}'
		finding A 'x 1' f 1 1767695400000 '"sessionId":"s","n":1'
		finding A 'x 4' f 1 1767695400000 '"sessionId":"t"'
		printf '%s\n' '{"type":"FindingResolved","severity":0,"fingerprint":"fp_1"}'
		printf '%s\n' '{"type":"FindingResolved","severity":0,"fingerprint":"fp_1","n":2}'
	} >log
	ev-fp --dedupe log >got
	jq -c '[.type, .message, .dedup.count]' got >short
	diff - short <<-'ROWS'
		["A","x 2",3]
		["B","m",1]
		["A","x 4",1]
		["FindingResolved",null,1]
		["FindingResolved",null,1]
	ROWS
	[ "$(sed -n 1p got)" = "$(sed -n 3p log | sed 's/}$//')"',"dedup":{"count":3,"first":"2026-01-06T10:29:59.000Z","last":"2026-01-06T10:30:02.000Z"}}' ]
	grep -q '"dedup":{"count":1,"first":null,"last":null}}$' got
	ev-fp --dedupe - <log | diff got -
	gzip -c log | ev-fp --dedupe - | diff got -
	[ "$(ev-fp --dedupe --window none log | jq -c '[.type, .dedup.count]' | head -n 1)" = '["A",4]' ]
	run -2 ev-fp --dedupe --window soon log
	# nothing is less than no time from the first one
	run -2 ev-fp --dedupe --window 0s log
	[ "$output" = "ev-fp: --window: '0s' joins nothing" ]
	run -2 ev-fp --window 5m log
}

@test "--dedupe --window: a window begins at its first event, and is printed when it is over" {
	for at in 0 100 299 300 301 900; do
		finding T m f 1 "$((1767225600 + at))000"
		[ "$at" -ne 100 ] || finding U m f 1 "$((1767225600 + at))000"
	done >log
	ev-fp --dedupe --window 5m log | jq -c '[.type, .dedup.count]' >got
	diff - got <<-'ROWS'
		["T",3]
		["U",1]
		["T",2]
		["T",1]
	ROWS
	# from a pipe whose writer waits
	mkfifo pipe
	ev-fp --dedupe --window 5m - <pipe >live &
	reader=$!
	exec 7>pipe
	head -n 5 log >&7
	wait_for grep -q '"count":3' live
	[ "$(wc -l <live)" -eq 1 ]
	exec 7>&-
	wait "$reader"
	head -n 5 log | ev-fp --dedupe --window 5m - | diff live -
}

@test "memory of --dedupe and --list does not grow with equal failures" {
	finding T m f 1 1767225600000 "\"x\":\"$(printf '%04000d' 0)\"" >one
	awk '{ for (i = 0; i < 12000; i++) { line = $0; sub(/"x":"/, "&" i, line); print line } }' \
		one >log
	for how in --dedupe '--dedupe --window 1h' --list; do
		# shellcheck disable=SC2086 # words are meant
		(
			grep -q __asan_init "$EV_BIN/ev-fp" || ulimit -v 40000
			ev-fp --threads 1 $how log >got
		)
		[ "$(wc -l <got)" -le 2 ]
	done
}

@test "--components and --algo: what does not go together, what there is not" {
	finding T m f 1 >log
	run -2 --separate-stderr ev-fp --components type,lines log
	[[ $stderr == "ev-fp: --components: no part of a fingerprint is called 'lines'"* ]]
	run -2 ev-fp --components '' log
	run -2 ev-fp --algo md5 log
	run -2 ev-fp --algo gep --components type log
	run -2 ev-fp --list --dedupe log
	run -2 ev-fp -o table log
	run -2 ev-fp --list -o short log
	run -2 ev-fp --generation 1.13.0 log
}

@test "--algo agentguard: parts as JavaScript has them" {
	finding() { # FILE LINE, as JSON
		printf '{"type":"BuildFailure","message":"no rule","file":%s,"line":%s}\n' "$@"
	}
	{
		for line in 7 7.0 70e-1 '"7"' 0 -0 0.0 null '""' '"0"'; do
			finding '"a.mk"' "$line"
		done
		finding true 1e21
	} >log
	ev-fp -d agentguard --algo agentguard --print fp log >got
	printf '%s\n' 9ids05 9ids05 9ids05 9ids05 r6szv2 r6szv2 r6szv2 r6szv2 \
		r6szv2 9idrzy ma5eu1 | diff - got
	# in run files: members in the order in which they were read, but indexes
	# first; the later of twins
	printf '{"kind":"RunStarted","timestamp":1,"fingerprint":"x","metadata":%s}\n' \
		'{"b":1,"10":2,"9":3,"01":4,"4294967295":5}' \
		'{"b":0, "9":3,"b":1,"10":2.0,"01":4,"4294967295":5}' >runs
	[ "$(ev-fp --algo agentguard --print fp runs)" = $'vq0bhl\nvq0bhl' ]
}

@test "--algo gep: the error signature, no fingerprint without one" {
	finding T 'Cannot open /etc/x at 0xFF: 12' f 1 >log
	echo '{"type":"EvolutionEvent","id":"e","intent":"repair","signals":["a"]}' >>log
	ev-fp --algo gep log >got
	[ "$(sed -n 1p got | jq -r .fingerprint)" = 'cannot open <path> at <hex>: <n>' ]
	sed -n 2p got | diff <(sed -n 2p log) -
	[ "$(ev-fp --algo gep --list -o jsonl log | wc -l)" -eq 1 ]
	[ "$(ev-fp --algo gep --dedupe log | wc -l)" -eq 2 ]
}

@test "--print: one line for each event, empty where a key does not apply" {
	{
		echo '{"type":"EvolutionEvent","id":"e1","signals":["b","a","errsig:X\nY 1"]}'
		echo '{"type":"EvolutionEvent","id":"e2","env_fingerprint":{"platform":"linux"}}'
		echo '{"type":"MemoryGraphEvent","kind":"k","id":"e3","signal":{"signals":["q"]}}'
		finding T $'a\\nb\\u0000c' f 1
	} >log
	[ "$(ev-fp --print signal-key log)" = $'a|b|errsig_norm:08200d1c\n(none)\nq' ]
	[ "$(ev-fp --print signal-key log | wc -l)" -eq 4 ]
	[ "$(ev-fp --print env-key log)" = $'\n'"$(printf '|linux||' | sha256sum | cut -c 1-16)" ]
	[ "$(ev-fp --print errsig log)" = $'x y <n>\n\n\na b\\0c' ]
	[ "$(ev-fp --print asset-id log | tail -n 1)" = \
		"sha256:$(tail -n 1 log | jq -cjS . | sha256sum | cut -d' ' -f1)" ]
	[ "$(ev-fp --print env-key --generation 1.13.0 log | sed -n 2p)" = \
		"$(printf '|linux|||' | sha256sum | cut -c 1-16)" ]
	# half a pair is hashed as U+FFFD
	echo '{"type":"EvolutionEvent","id":"e","env_fingerprint":{"node_version":"v1\ud83d","platform":"linux"}}' >log
	[ "$(ev-fp --print env-key log)" = \
		"$(printf 'v1\xef\xbf\xbd|linux||' | sha256sum | cut -c 1-16)" ]
}

@test "--check: what differs is told as a mismatch" {
	ev-emit -q -d gep repair --outcome failed --score 0.1 blast_radius.files:=1 blast_radius.lines:=2
	ev-emit -q -d agentguard T -m m file=f line:=1
	ev-emit -q -d agentguard T -m n file=f line:=1
	run -0 ev-fp --check
	[ -z "$output" ]
	sed 's/"message":"n"/"message":"o"/' .events.jsonl >edited
	run -1 ev-fp --check edited
	[[ $output == mismatch$'\t'evt_*$'\t'fingerprint$'\t'"$(fp_of T:n:f:1)"$'\t'"$(fp_of T:o:f:1)" ]]
	# decisions name a finding, forms that nobody knows are not compared
	ev-fp -q --resolve "$(fp_of T:n:f:1)"
	echo '{"event_type":"x","fingerprint":"other"}' >>.events.jsonl
	run -0 ev-fp --check
	run -1 ev-fp --check - <<<'{"asset_id":"sha256:00","a":1}'
	[[ $output == mismatch*$'\t'asset_id$'\t'sha256:00$'\t'sha256:* ]]
}

@test "--baseline: a file, or the log at a revision" {
	need git
	git init -q .
	ev-emit -q -d agentguard T -m m
	git add -f .events.jsonl
	git -c user.name=n -c user.email=e commit -q -m x
	run -0 ev-fp --baseline HEAD
	[ -z "$output" ]
	cp .events.jsonl old
	ev-emit -q -d agentguard U -m m
	run -1 ev-fp --baseline HEAD -o jsonl
	[ "$(jq -r .type <<<"$output")" = U ]
	run -1 ev-fp --baseline old -o jsonl
	[ "$(jq -r .type <<<"$output")" = U ]
	run -0 ev-fp --baseline .events.jsonl
	mkdir -p sub && cd sub
	run -1 ev-fp --baseline HEAD -o jsonl
	run -2 --separate-stderr ev-fp --baseline nosuch
	[[ $stderr == *"--baseline: 'nosuch' is no file, and no revision"* ]]
	run -2 ev-fp --baseline --output
}

@test "--baseline: a log that was rotated, a store, the files of a directory" {
	mkdir store old
	for type in T U V; do
		ev-emit -q -d agentguard -S store "$type" -m m
		[ "$type" = V ] || ev-fsck -q --rotate 1 store
	done
	run -0 ev-fp --baseline store/.events.jsonl store
	run -0 ev-fp --baseline store store
	finding T m f 1 >old/1.jsonl
	finding U m f 1 | gzip >old/2.jsonl.gz
	{ finding U m f 1; finding V m f 1; } >new
	run -1 ev-fp --baseline old -o jsonl new
	[ "$(jq -r .type <<<"$output")" = V ]
	mkdir empty
	run -2 --separate-stderr ev-fp --baseline empty new
	[ -n "$stderr" ]
}

@test "--env: this machine, and its key" {
	run -0 ev-fp --env
	[ "$(jq -r .env_fingerprint.os_release <<<"$output")" = "$(uname -r)" ]
	key=$(jq -r '.env_fingerprint | "|\(.platform)|\(.arch)|"' <<<"$output" |
		tr -d '\n' | sha256sum | cut -c 1-16)
	[ "$(jq -r .env_fingerprint_key <<<"$output")" = "$key" ]
	run -2 ev-fp --env file
}

@test "on a terminal an event and its fingerprint are one line" {
	printf '{"type":"a","ts":1,"message":"%0200d"}\n' 1 >log
	need script
	PAGER='cat' script -qec 'stty cols 80; ev-fp -q --color never log' /dev/null \
		</dev/null | tr -d '\r' | tail -n 1 >seen
	run -0 env LC_ALL=C.UTF-8 awk '{ print length($0) <= 80, /^fp_/ }' seen
	[ "$output" = '1 1' ]
}

@test "what would do nothing is wrong usage" {
	echo 'a.c:1:1: error: x' >out
	for filter in '-t Test*' '--severity 3' '--since 1d' '-g x' '-w type=x'; do
		# shellcheck disable=SC2086 # two words
		run -2 --separate-stderr ev-fp --from auto $filter out
		[[ $stderr == 'ev-fp: --from takes all of a tool'* ]]
		# shellcheck disable=SC2086
		run -2 ev-fp --env $filter
		# shellcheck disable=SC2086
		run -2 ev-fp --resolve fp_1 $filter
	done
	run -2 ev-fp --from auto --components type out
	run -2 ev-fp --explain x --algo gep
	run -2 ev-fp --list -0 out
	run -2 ev-fp --from auto -0 out
	run -2 --separate-stderr ev-fp --env out
	[ "$stderr" = 'ev-fp: no file is read here' ]
}

@test "--explain: each step, and nothing that acts on a terminal" {
	run -0 ev-fp --explain $'\e[31mat 10:30:00.5 E0308  took 10ms\a'
	[ "${#lines[@]}" -eq 12 ]
	[ "${lines[0]}" = 'message         \e[31mat 10:30:00.5 E0308  took 10ms\x07' ]
	[ "${lines[-1]}" = 'normalised      at <time> E0308 took <qty>\x07' ]
	[ "${lines[3]}" = '<id>            =' ]
	ev-fp --explain '' | grep -qx 'normalised      '
}

@test "--from: a build's failures are events, whose lines may move" {
	need gcc make
	git init -q .
	printf 'int\nmain(void)\n{\n\treturn missing;\n}\n' >a.c
	printf 'a.o: a.c\n\t@gcc -c a.c\nt:\n\t@sh t.sh\n' >Makefile
	printf 'echo "not ok 1 - opens $(mktemp -u /tmp/tmp.XXXXXX)/x"\necho 1..1\nexit 1\n' >t.sh
	make -k a.o t 2>&1 | ev-fp --from auto | ev-emit -q -
	sed -i '1i/*\n *\n */' a.c
	make -k a.o t 2>&1 | ev-fp --from auto | ev-emit -q -
	ev-fp --list -o jsonl --components type,message,file -w 'source != make' >got
	[ "$(jq -c .count got | tr -d '\n')" = 22 ]
	[ "$(ev-fp --list -o jsonl -w 'source = gcc' | wc -l)" -eq 2 ]
	[ "$(ev-fp --check | wc -l)" -eq 0 ]
}

@test "--from: codes tell failures apart, no failure is status 1 with -x" {
	printf 'error[%s]: mismatched types\n --> a.rs:3:5\n\n' E0308 E0277 |
		ev-fp --from cargo >got
	[ "$(jq -r .fingerprint got | sort -u | wc -l)" -eq 2 ]
	echo fine | run -1 ev-fp --from auto -x
	echo fine >out
	run -0 ev-fp --from gcc out
	run -2 ev-fp --from gcc missing
	run -2 ev-fp --from nosuch
	printf '<testsuite><testcase name="a"><failure message="m"/></testcase>' >cut.xml
	run -1 ev-fp --from junit cut.xml
}

@test "hostile events: long, only digits, escapes, lone surrogates" {
	{
		finding T "$(printf '%01000000d' 7)" f 1
		finding T 7 f 1
		finding T '\u001b[2Jx' 'a\u001b[2Jb\u202e' 1
		finding T '\ud800' f 1
		printf '{"type":"T","severity":1,"fingerprint":"","message":"\377"}\n'
	} >log
	run -0 --separate-stderr ev-fp --print fp log
	[ "${lines[0]}" = "$(fp_of 'T:<n>:f:1')" ]
	[ "${lines[0]}" = "${lines[1]}" ]
	[[ $stderr == "ev-fp: log: 1 damaged line skipped"* ]]
	[ "$(ev-fp -q --list -o jsonl log | head -n 1 | wc -c)" -lt 2000 ]
	need script
	export PAGER=cat
	script -qec "ev-fp -q --color never --list log" /dev/null >seen
	script -qec "ev-fp -q --color never log" /dev/null >>seen
	script -qec "ev-fp -q --color never -o jsonl log" /dev/null >>seen
	run -1 grep -q $'\e\[2J' seen
	run -1 grep -q $'\xe2\x80\xae' seen
}

@test "no input, an empty one, damage" {
	run -2 ev-fp
	: >empty
	run -0 ev-fp empty
	[ -z "$output" ]
	printf '\xef\xbb\xbf{"a":1}\r\n\n[1]\n{"b":' >bad
	run -0 --separate-stderr ev-fp bad
	[ "${#lines[@]}" -eq 1 ]
	[[ $stderr == "ev-fp: bad: 2 damaged lines skipped"* ]]
	[ "$(ev-fp -q --list -o json bad | jq .damaged)" = 2 ]
	run -2 ev-fp --strict bad
	run -2 ev-fp /dev/null/x
	run -2 bash -c 'ev-fp bad >/dev/full'
	run -2 bash -c 'ev-fp --list bad >/dev/full'
	run -2 bash -c 'ev-fp --dedupe bad >/dev/full'
}

@test "vectors: agentguard.dedup, agentguard.eventFingerprint" {
	need jq
	need_shared vectors/agentguard.dedup.jsonl
	n=0
	while read -r case; do
		jq -c '.in[]' <<<"$case" |
			ev-fp -d agentguard --algo agentguard --dedupe - |
			jq -cS 'del(.dedup, .fingerprint)' >got
		jq -cS '.out[] | del(.fingerprint)' <<<"$case" | diff - got
		n=$((n + 1))
	done <"$SHARED/vectors/agentguard.dedup.jsonl"
	[ "$n" -gt 0 ]
	jq -c 'select(.in.data.fingerprint == null) | {kind: .in.kind,
		timestamp: 1, fingerprint: "x"} + .in.data' \
		"$SHARED/vectors/agentguard.eventFingerprint.jsonl" >events
	jq -r 'select(.in.data.fingerprint == null) | .out' \
		"$SHARED/vectors/agentguard.eventFingerprint.jsonl" >want
	ev-fp --algo agentguard --print fp events | diff want -
}

@test "vectors: gep's keys, printed" {
	need python3
	need_shared vectors/gep.signalKey.jsonl
	python3 - "$SHARED/vectors" <<-'EOF'
		import json, sys
		def cases(name, fn):
		    for line in open(f'{sys.argv[1]}/gep.{name}.jsonl'):
		        case = json.loads(line)
		        if case['fn'] == fn:
		            yield case
		def escape(key):
		    return key.replace('\n', '\\n').replace('\r', '\\r').replace('\0', '\\0')
		def write(name, pairs):
		    with open(name, 'w') as events, open(name + '.want', 'w') as want:
		        for event, key in pairs:
		            print(json.dumps(event), file=events)
		            print(escape(key), file=want)
		def event(**members):
		    return {'type': 'EvolutionEvent', 'id': 'e', **members}
		write('signal-key', [(event(signals=c['in']), c['out'])
		    for c in cases('signalKey', 'computeSignalKey')
		    if not any(isinstance(s, list) for s in c['in'])])
		write('errsig', [(event(signals=['errsig:' + c['in']]), c['out'] or '')
		    for c in cases('normalizeErrorSignature', 'normalizeErrorSignature')
		    if isinstance(c['in'], str)])
		write('asset-id', [(c['in']['obj'], c['out'])
		    for c in cases('assetId', 'computeAssetId')
		    if isinstance(c['in']['obj'], dict) and c['in'].get('exclude') is None])
		for g in '1.5.0', '1.13.0', '1.15.0', '1.29.8':
		    write('env-key.' + g, [(event(env_fingerprint=c['in']['fp']), c['out'])
		        for c in cases('envFingerprintKey', 'envFingerprintKey')
		        if c['in']['algo'] == g and c['in'].get('fp') is not None])
	EOF
	for key in signal-key errsig asset-id; do
		[ -s "$key" ]
		ev-fp --print "$key" "$key" | diff "$key.want" -
	done
	for g in 1.5.0 1.13.0 1.15.0 1.29.8; do
		ev-fp --print env-key --generation "$g" "env-key.$g" |
			diff "env-key.$g.want" -
	done
}

@test "real logs: AgentGuard's run files, GEP's records" {
	need_shared data/agentguard/all-events.merged.jsonl
	log=$SHARED/data/agentguard/all-events.merged.jsonl
	ev-fp "$log" | diff "$log" -
	run -1 ev-fp --check "$log"
	[ "${#lines[@]}" -eq 688 ]
	[ "$(ev-fp --list -o jsonl "$log" | jq -s 'map(.count) | add')" -eq \
		"$(sort -u "$log" | wc -l)" ]
	[ "$(ev-fp --dedupe --window none "$log" | wc -l)" -eq \
		"$(jq -r .fingerprint "$log" | sort -u | wc -l)" ]
}

@test "-f: events as they are written; --dedupe when their window is over" {
	finding T 'm 1' f 1 1767225600000 >log
	ev-fp -f log >each &
	first=$!
	ev-fp -f --dedupe --window 5m log >windows &
	second=$!
	wait_for [ -s each ]
	finding T 'm 2' f 1 1767225700000 >>log
	finding T 'm 3' f 1 1767225900000 >>log
	wait_for grep -q 'm 3' each
	ev-fp log | diff each -
	wait_for [ -s windows ]
	[ "$(jq -c .dedup.count windows)" = 2 ]
	# it ends by the signal, and what is open is printed
	kill -TERM "$first" "$second"
	status=0
	wait "$first" || status=$?
	[ "$status" -eq 143 ]
	wait "$second" || status=$?
	[ "$status" -eq 143 ]
	ev-fp --dedupe --window 5m log | diff windows -
	run -2 ev-fp -f --list log
}
