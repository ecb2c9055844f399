#!/usr/bin/env bats
# shellcheck disable=SC1003 # backslashes before quotes are meant
# ev-tree: every event once, below what it came from.

load helper

# The example of the GEP seed: a root that is not in the log, and its tree.
seed_log() {
	cat <<-'LOG'
		{"type":"EvolutionEvent","id":"evt_1770477201173","parent":"evt_1770476523037","intent":"innovate","outcome":{"status":"failed","score":0.2},"capsule_id":null,"blast_radius":{"files":3,"lines":90}}
		{"type":"EvolutionEvent","id":"evt_1770477654236","parent":"evt_1770477201173","intent":"repair","outcome":{"status":"success","score":0.85},"capsule_id":"c1","blast_radius":{"files":1,"lines":2}}
		{"type":"EvolutionEvent","id":"evt_1770478341769","parent":"evt_1770477201173","intent":"repair","outcome":{"status":"success","score":0.85},"capsule_id":"c1","blast_radius":{"files":2,"lines":44}}
	LOG
}

# vermas events: event NAME PARENT DAY [MEMBERS]
event() {
	printf '{"event_id":"%s","event_type":"t.%s","timestamp":"2026-01-%sT00:00:00Z"' \
		"$1" "${1:0:1}" "$3"
	[ -z "$2" ] || printf ',"caused_by":"%s"' "$2"
	printf '%s}\n' "${4:+,$4}"
}

# Rows without their path, one a line.
rows() {
	ev-tree -o jsonl "$@" | jq -c 'del(.path, .type)'
}

@test "the tree of the GEP seed is drawn as the seed draws it" {
	seed_log >log
	ev-tree log >got
	diff - got <<-'TREE'
		evt_1770476523037 (root, not in the log)
		  └── evt_1770477201173 (failed innovate)
		      ├── evt_1770477654236 (success repair, 1 file/2 lines)
		      └── evt_1770478341769 (success repair, 2 files/44 lines)
	TREE
	ev-tree -o ascii log >got
	grep -qx '      `-- evt_1770478341769 (.*)' got
}

@test "the events of a store, of standard input, of several files" {
	seed_log | ev-emit -q -
	ev-tree >want
	seed_log | ev-tree - | diff want -
	split -l 1 .events.jsonl part.
	ev-tree part.ac part.aa part.ab | diff want -
}

@test "no input, an empty one, one that is only damage" {
	run -2 ev-tree
	: >empty
	run -0 ev-tree empty
	[ -z "$output" ]
	run -1 ev-tree -x empty
	printf 'x\n\n\0\n{"a":1' >bad
	run -0 --separate-stderr ev-tree bad
	[ -z "$output" ]
	[[ $stderr == "ev-tree: bad: 3 damaged lines skipped"* ]]
	run -2 ev-tree --strict bad
	[ "$(ev-tree -o json empty | jq -c .)" = '[]' ]
}

@test "a missing parent is one root, where its first child would be" {
	{ event b miss 02; event a '' 01; event c miss 03; event d '' 04; } >log
	rows log >got
	diff - got <<-'ROWS'
		{"id":"a","parent":null,"depth":0}
		{"id":"miss","parent":null,"depth":0,"missing":true}
		{"id":"b","parent":"miss","depth":1}
		{"id":"c","parent":"miss","depth":1}
		{"id":"d","parent":null,"depth":0}
	ROWS
	[ "$(ev-tree -o json log | jq -c 'map(.id // .event_id)')" = '["a","miss","d"]' ]
}

@test "a parent that comes later in the file is no missing one" {
	{ event b a 02; event a '' 01; } >log
	rows log >got
	diff - got <<-'ROWS'
		{"id":"a","parent":null,"depth":0}
		{"id":"b","parent":"a","depth":1}
	ROWS
}

@test "equal lines are one event, other bytes under its id are leaves" {
	{ event a '' 01; event b a 02; event a '' 01; event a b 03 '"n":1'; } >log
	rows log >got
	diff - got <<-'ROWS'
		{"id":"a","parent":null,"depth":0}
		{"id":"b","parent":"a","depth":1}
		{"id":"a","parent":"a","depth":1,"again":true}
	ROWS
	ev-tree log | grep -q 'a (t.a) (again)$'
}

@test "circles are cut at their earliest event, and that is said" {
	{ event r '' 01; event c b 04; event a c 02; event b a 03
		event s s 05; event t a 06; } >log
	ev-tree -o jsonl log 2>err | jq -c 'del(.path, .type)' >got
	diff - got <<-'ROWS'
		{"id":"r","parent":null,"depth":0}
		{"id":"a","parent":null,"depth":0,"cycle":true}
		{"id":"b","parent":"a","depth":1}
		{"id":"c","parent":"b","depth":2}
		{"id":"t","parent":"a","depth":1}
		{"id":"s","parent":null,"depth":0,"cycle":true}
	ROWS
	grep -q '^ev-tree: 2 circles of events that came of themselves' err
	ev-tree -q log 2>err >/dev/null
	[ ! -s err ]
}

@test "children stand by time, with --order=file as the lines do" {
	{ event a '' 01; event c a 03; event b a 02; } >log
	[ "$(ev-tree -o jsonl log | jq -r .id | tr -d '\n')" = abc ]
	[ "$(ev-tree --order=file -o jsonl log | jq -r .id | tr -d '\n')" = acb ]
}

@test "filters keep what a match came from, and nothing else" {
	{ event a '' 01; event b a 02; event c b 03; event d a 04; event e '' 05
		event f miss 06; } >log
	[ "$(ev-tree -o jsonl -t t.c log | jq -r .id | tr -d '\n')" = abc ]
	[ "$(ev-tree -o jsonl -t t.f log | jq -r .id | tr '\n' ' ')" = 'miss f ' ]
	# also what stands before a --since came of what is older
	[ "$(ev-tree -o jsonl --since 2026-01-03 --until 2026-01-04 log |
		jq -r .id | tr -d '\n')" = abc ]
	run -1 ev-tree -x -t nothing log
	[ -z "$output" ]
}

@test "--ancestors, --why, --descendants, --root, --common, --depth" {
	{ event a '' 01 '"correlation_id":"x"'; event b a 02; event c b 03
		event d b 04; event e a 05; event z '' 06; } >log
	ids() { ev-tree -o jsonl "$@" log | jq -r .id | tr -d '\n'; }
	[ "$(ids --ancestors d)" = abd ]
	[ "$(ids --why @last:t.c)" = abc ]
	[ "$(ids --descendants b)" = bcd ]
	[ "$(ids --root b)" = bcd ]
	[ "$(ev-tree -o jsonl --root b log | jq -c '[.depth, .parent]' |
		tr '\n' ' ')" = '[0,null] [1,"b"] [1,"b"] ' ]
	[ "$(ids --common c d)" = bcd ] || {
		ev-tree --common c d log
		false
	}
	[ "$(ids --depth 0)" = az ]
	[ "$(ids --depth 1)" = abez ]
	ev-tree --depth 1 log | grep -q '── b (t.b) \[2 more below\]$'
	run -1 --separate-stderr ev-tree --common c z log
	[ "$stderr" = "ev-tree: 'c' and 'z' have nothing in common" ]
	run -1 --separate-stderr ev-tree --why nobody log
	[ "$stderr" = "ev-tree: no event 'nobody'" ]
	run -2 ev-tree --why a --root b log
	run -2 ev-tree --common a
}

@test "ids by @last, @-N and their beginning" {
	{ event abcdef-1 '' 01; event abcdef-2 abcdef-1 02
		event abcxyz-3 '' 03; } >log
	why() { ev-tree -o jsonl --why "$1" log | jq -r .id | tail -1; }
	[ "$(why @last)" = abcxyz-3 ]
	[ "$(why @-2)" = abcdef-2 ]
	[ "$(why abcxyz)" = abcxyz-3 ]
	run -2 --separate-stderr ev-tree --why abcdef log
	[[ $stderr == *"several ids begin with 'abcdef'"* ]]
	run -1 ev-tree --why abc log
	run -2 ev-tree --why @first log
	run -1 ev-tree --why @-4 log
}

@test "the id of a missing root is one as all others" {
	{ event a missing-1 01; event b missing-1 02; event c '' 03; } >log
	why() { ev-tree -o jsonl "$@" log | jq -r .id | tr '\n' ' '; }
	[ "$(why --root missin)" = 'missing-1 a b ' ]
	[ "$(why --why missing-1)" = 'missing-1 ' ]
	[ "$(why --ancestors missing-)" = 'missing-1 ' ]
	[ "$(why --common missing-1 b)" = 'missing-1 b ' ]
	event d missing-2 04 >>log
	run -2 ev-tree --root missing log
}

@test "options that would do nothing are wrong usage" {
	event a '' 01 >log
	for option in --by=session --link=x --depth=1 '--label={id}' --order=time; do
		run -2 --separate-stderr ev-tree --streaks "$option" log
		[[ $stderr == 'ev-tree: --streaks makes no tree: '* ]]
	done
	run -0 ev-tree --streaks --order=file log
	run -2 ev-tree --label '{id}' -o jsonl log
	run -2 ev-tree --label '{id}' -o json log
	run -0 ev-tree --label '{id}' -o dot log
}

@test "a walk of which nothing passes the filters says so" {
	{ event a '' 01; event b a 02; } >log
	run -1 --separate-stderr ev-tree -t other --why b log
	[ -z "$output" ]
	[ "$stderr" = "ev-tree: 'b': no event passes the filters" ]
	[ "$(ev-tree -t t.a --why b -o jsonl log | jq -r .id)" = a ]
}

@test "--by correlation and session group, with causes as indentation" {
	{ event a '' 01 '"correlation_id":"x"'
		event b a 02 '"correlation_id":"x"'
		event c b 03 '"correlation_id":"y","session_id":"s"'
		event d '' 04 '"correlation_id":"x"'
		event e a 05; } >log
	ev-tree --by correlation log >got
	diff - got <<-'TREE'
		correlation x
		  ├── a (t.a)
		  │   └── b (t.b)
		  └── d (t.d)
		correlation y
		  └── c (t.c)
		correlation -
		  └── e (t.e)
	TREE
	[ "$(ev-tree --by session -o json log | jq -c 'map(.session)')" = '["-","s"]' ]
}

@test "--link is asked when there is no parent and no caused_by" {
	{ event a '' 01; event b '' 02 '"data":{"reply_to":"a"}'
		event c a 03 '"data":{"reply_to":"b"}'; } >log
	[ "$(ev-tree -o jsonl --link data.reply_to log |
		jq -r '.id + (.parent // "-")' | tr '\n' ' ')" = 'a- ba ca ' ]
	run -2 --separate-stderr ev-tree --link 'a[' log
	[[ $stderr == "ev-tree: --link 'a[': "* ]]
}

@test "labels of gep: records that are no evolution show what they are" {
	cat >log <<-'EOF'
		{"type":"ValidationReport","id":"vr_1770477201172","gene_id":"g","overall_ok":true}
		{"type":"MemoryGraphEvent","kind":"signal","id":"sig_1770477201173"}
		{"type":"EvolutionEvent","id":"evt_1770477201174","intent":"repair"}
		{"type":"EvolutionEvent","id":"evt_1770477201175","outcome":{"status":"failed"}}
		{"type":"EvolutionEvent","id":"evt_1770477201176","intent":"repair","outcome":{"status":"success"}}
	EOF
	run -0 ev-tree log
	[ "${lines[0]}" = 'vr_1770477201172 (ValidationReport true g)' ]
	[ "${lines[1]}" = 'sig_1770477201173 (signal)' ]
	[ "${lines[2]}" = 'evt_1770477201174' ]
	[ "${lines[3]}" = 'evt_1770477201175 (failed)' ]
	[ "${lines[4]}" = 'evt_1770477201176 (success repair)' ]
}

@test "labels: several of a noun are spelled as in English" {
	echo '{"id":"i","n":2,"one":1}' >log
	for noun in file:files entry:entries day:days box:boxes branch:branches \
		class:classes y:ys; do
		[ "$(ev-tree --label "{n:${noun%:*}}" log)" = "2 ${noun#*:}" ]
		[ "$(ev-tree --label "{one:${noun%:*}}" log)" = "1 ${noun%:*}" ]
	done
}

@test "labels: fields, nouns, what may be empty, what must be a word" {
	event a '' 01 '"data":{"n":1,"title":"T","ok":"yes","x":"{"}' >log
	label() { ev-tree --label "$1" log; }
	[ "$(label '{id} {type} {data.n:file} {data.title}')" = 'a t.a 1 file T' ]
	[ "$(label 'a[ {actor}][ by {data.title}[ and {actor}]]')" = 'a by T' ]
	[ "$(label '[?data.ok=yes:Y][?data.ok=no:N]\[\{\\')" = 'Y[{\' ]
	[ "$(label '{data.x}')" = '{' ]
	for wrong in '{' '{}' '[' ']' '[?a:b]' 'a\' '[[[[[[[[[x]]]]]]]]]'; do
		run -2 --separate-stderr ev-tree --label "$wrong" log
		[[ $stderr == "ev-tree: --label '$wrong': "* ]]
	done
}

@test "labels kept while reading are those of lines that are read again" {
	# 2 MiB of labels, more than is kept; ids that a label must escape
	seq 4000 | awk '{
		text = sprintf("%500s", $1)
		printf "{\"event_id\":\"e\\u0001%d\",\"event_type\":\"t\",", $1
		printf "\"caused_by\":\"e\\u0001%d\",", int($1 / 3)
		printf "\"data\":{\"message\":\"\\u0001%s\"}}\n", $1 % 5 ? text : "x"
	}' >log
	label='{id}[, {actor}], {id:time} {data.message} {id}'
	ev-tree --label "$label" log >kept
	# with a depth every line is read again
	ev-tree --label "$label" --depth 1000 log | diff -q - kept
	[ "$(grep -c '── e\\x01[0-9]*, ' kept)" -eq 4000 ]
	grep -q '── e\\x0115, e\\x0115 times \\x01x e\\x0115$' kept
	grep -q ', e\\x013999 times \\x01 *3999 e\\x013999$' kept
	ev-tree log >kept
	ev-tree --depth 1000 log | diff -q - kept
}

@test "labels: what a template says acts on no terminal either" {
	event a '' 01 '"data":{"n":2}' >log
	run -0 ev-tree --label $'\e\\[31m{id}\xe2\x80\xae {data.n:\efile}' log
	[ "$output" = '\e[31ma\u{202e} 2 \efiles' ]
}

@test "json keeps the stored bytes of each event" {
	printf '{ "event_id" : "a", "event_type":"t", "n":9007199254740993,"x":1.10 }  \r\n{}\n' >log
	ev-tree --order file -o json log >got
	grep -qF '{ "event_id" : "a", "event_type":"t", "n":9007199254740993,"x":1.10 ,"children":[]}' got
	grep -qF '{"children":[]}' got
	jq -e 'length == 2' got
}

@test "dot, mermaid and html escape what their readers act on" {
	event a '' 01 '"actor":"x\"]\\;<b>&`#\u001b[31m\n"' >log
	ev-tree -o dot log | grep -qF '[label="a (t.a by x\"]\\;<b>&`#\\e[31m\\n)"];'
	ev-tree -o mermaid log |
		grep -qF '["a (t.a by x#quot;]#92;;#lt;b#gt;#amp;#96;#35;#92;e[31m#92;n)"]'
	ev-tree -o html log | grep -qF 'x&quot;]\;&lt;b&gt;&amp;`#\e[31m\n'
	run ! grep -qi '<script' <(ev-tree -o html log)
}

@test "dot is what Graphviz reads" {
	need dot
	seed_log | ev-tree -o dot - | dot -Tsvg | grep -c '<g id="node' |
		grep -qx 4
}

@test "a chain and a star of 100,000 take no stack and no square of time" {
	seq 100000 | sed 's/.*/{"event_id":"e&","event_type":"t","caused_by":"e&"}/' |
		awk '{ sub(/"e[0-9]+"}$/, "\"e" NR - 1 "\"}"); print }' >chain
	for format in utf8 ascii dot mermaid json html; do
		(ulimit -s 256 && ev-tree -o $format chain) | tail -1 >got
	done
	[ "$(ev-tree --order file chain | wc -l)" -eq 100001 ]
	[ "$(ev-tree --order file chain | tail -1)" = '  [100000] └── e100000 (t)' ]
	ev-tree -o jsonl --order file chain | tail -1 | jq -e \
		'.depth == 100000 and .path_cut and (.path | length) == 128' >/dev/null
	sed 's/"caused_by":"e[0-9]*"/"caused_by":"e1"/' chain >star
	[ "$(ev-tree star 2>/dev/null | wc -l)" -eq 100000 ]
}

@test "--streaks: the success streak of each capsule, in file order" {
	{ seed_log; seed_log
		echo '{"type":"EvolutionEvent","id":"evt_5","capsule_id":"c2","outcome":{"status":"success"}}'
		echo '{"type":"EvolutionEvent","id":"evt_4","capsule_id":"c2","outcome":{"status":"failed"}}'
		echo '{"type":"ValidationReport","id":"vr_1","capsule_id":"c2"}'
	} >log
	ev-tree --streaks -o jsonl log >got
	diff - got <<-'ROWS'
		{"capsule":"c1","streak":2,"last":"2026-02-07T15:32:21.769Z"}
		{"capsule":"c2","streak":0,"last":null}
	ROWS
	ev-tree --streaks -o json log | jq -c '.[]' | diff got -
	run -0 ev-tree --streaks log
	[ "${lines[0]}" = 'capsule  streak  last' ]
	[ "${lines[1]}" = 'c1            2  2026-02-07T15:32:21.769Z' ]
	run -2 ev-tree --streaks --why a log
	for format in dot mermaid html; do
		run -2 ev-tree --streaks -o "$format" log
		[ "$output" = "ev-tree: --streaks makes no tree: -o $format does not go with it" ]
	done
}

@test "--depth: how many levels, never below 0" {
	{ event a '' 01; event b a 02; event c b 03; } >log
	[ "$(ev-tree -o jsonl --depth 0 log | wc -l)" -eq 1 ]
	[ "$(ev-tree -o jsonl --depth 1 log | wc -l)" -eq 2 ]
	[ "$(ev-tree -o jsonl --depth 4294967296 log | wc -l)" -eq 3 ]
	run -2 ev-tree --depth -1 log
	[ "$output" = 'ev-tree: --depth: a number from 0 on is needed' ]
}

@test "html: only the missing root itself is faint, not what stands below it" {
	event b gone 02 >log
	ev-tree -o html log >got
	grep -q '^\.missing > span, \.missing > details > summary$' got
	grep -q '<li class="missing"><details open><summary>gone ' got
	run ! grep -q '^\.missing {' got
}

@test "gep.tree: trees of real roots are those that the seed's code builds" {
	need jq
	need_shared vectors/gep.tree.jsonl
	while read -r line; do
		jq -c '.in[]' <<<"$line" >in
		ev-tree -q --order file -o json in | jq -c '
			def t: [.id, [.children[] | select(.again | not) | t]];
			[.[] | select((.missing or .cycle) | not) | t]' >got
		diff <(jq -c .out <<<"$line") got || {
			echo "$line"
			false
		}
	done <"$SHARED/vectors/gep.tree.jsonl"
}

@test "gep.streak: --streaks is the seed's function" {
	need jq
	need_shared vectors/gep.streak.jsonl
	while read -r line; do
		# a capsule without a name has no row; equal lines are one event
		jq -e '.in.capsule_id | IN("", "null", "undefined") | not' \
			<<<"$line" >/dev/null || continue
		jq -e '.in.events | length == (unique | length)' <<<"$line" \
			>/dev/null || continue
		jq -c '.in.events[]' <<<"$line" >in
		want=$(jq .out <<<"$line")
		id=$(jq .in.capsule_id <<<"$line")
		got=$(ev-tree -q --streaks -o json in |
			jq "map(select(.capsule == $id))[0].streak // 0")
		[ "$want" = "$got" ] || {
			echo "$line: $got"
			false
		}
	done <"$SHARED/vectors/gep.streak.jsonl"
}
