#!/usr/bin/env bats
# lib/parse, through the program tests/lib/parse.c: FORMAT FILE [ROOT [DIR]]
# gives the events that a tool's output tells of.

load helper

DATA=$BATS_TEST_DIRNAME/data/parse

parse() {
	"$EV_BUILD/tests/parse" "$@"
}

# The events in short: type, source, file, line, column, message.
short() {
	jq -r '[.type, .source, .file // "-", .line // "-",
		.metadata.column // "-", .message] | join("|")'
}

@test "auto: every sample gives the events that stand beside it" {
	for sample in "$DATA"/*.in; do
		parse auto "$sample" /repo >got
		diff "${sample%.in}.want" got || {
			echo "$sample"
			false
		}
	done
}

@test "each format alone gives the same, from samples named after it" {
	for format in tap junit sarif gcc go cargo tsc eslint jest pytest github; do
		for sample in "$DATA/$format"-*.in; do
			parse "$format" "$sample" /repo >got
			diff "${sample%.in}.want" got || {
				echo "$format $sample"
				false
			}
		done
	done
	for format in node python rust java; do
		for sample in "$DATA/$format"-*.in; do
			parse "$format" "$sample" /repo >got
			diff <(cut -d, -f1-5 "${sample%.in}.want") \
				<(cut -d, -f1-5 got)
		done
	done
}

@test "a format takes nothing of another's" {
	{
		parse tap "$DATA/gcc-text.in"
		parse gcc "$DATA/tap-bats.in"
		parse junit "$DATA/jest-text.in"
		parse sarif "$DATA/eslint-json.in"
		parse github "$DATA/pytest-long.in"
	} >got
	[ ! -s got ]
}

@test "prose and logs without a failure give nothing" {
	for sample in "$DATA"/none-*.in; do
		parse auto "$sample" >got
		[ ! -s got ] || {
			cat "$sample" got
			false
		}
	done
	for page in "$ROOT"/*.md "$ROOT"/man/*; do
		parse auto "$page" >got
		[ ! -s got ]
	done
}

@test "lines: each line is one failure, its place in front" {
	printf 'disk full\n\na.c:3:4: bad warning\nb.c:7: x\n' >in
	parse lines in | short >got
	printf '%s\n' 'RuntimeCrash|lines|-|-|-|disk full' \
		'LintWarning|lines|a.c|3|4|bad warning' \
		'RuntimeCrash|lines|b.c|7|-|x' | diff - got
}

@test "codes with digits tell failures apart" {
	printf 'error[E0308]: x\n --> a.rs:1:1\n\nerror[E0277]: x\n --> a.rs:1:1\n' >in
	[ "$(parse cargo in | jq -r .fingerprint | sort -u | wc -l)" -eq 2 ]
}

@test "the fingerprint is the one that ev-emit gives the event" {
	parse auto "$DATA/gcc-text.in" /repo >events
	jq -c 'del(.fingerprint)' events | ev-emit -d agentguard --dry-run - |
		jq -r .fingerprint >got
	jq -r .fingerprint events | diff - got
}

@test "ev-emit takes the events as they are" {
	mkdir s
	for sample in "$DATA"/*.in; do
		parse auto "$sample" /repo
	done >events
	ev-emit --store s/log.jsonl - <events >/dev/null
	[ "$(ev-tail --count --store s/log.jsonl)" -eq "$(wc -l <events)" ]
}

@test "interleaved tests of go test -json keep their own lines" {
	printf '%s\n' \
		'{"Action":"output","Package":"a","Test":"TestX","Output":"    x_test.go:1: of a\n"}' \
		'{"Action":"output","Package":"b","Test":"TestX","Output":"    x_test.go:2: of b\n"}' \
		'{"Action":"output","Package":"b","Test":"TestX","Output":"--- FAIL: TestX (0.00s)\n"}' \
		'{"Action":"output","Package":"a","Test":"TestX","Output":"--- FAIL: TestX (0.00s)\n"}' >in
	parse go in | jq -r .message >got
	printf 'of b\nof a\n' | diff - got
}

@test "make -j: the directory in which the file is decides" {
	mkdir -p r/a r/b
	touch r/a/one.c r/b/two.c
	{
		echo "make[1]: Entering directory '$PWD/r/a'"
		echo "make[1]: Entering directory '$PWD/r/b'"
		echo 'one.c:1:1: error: x'
		echo 'two.c:1:1: error: x'
		echo "make[1]: Leaving directory '$PWD/r/b'"
		echo 'none.c:1:1: error: x'
		echo "make[1]: Leaving directory '$PWD/r/a'"
		echo 'top.c:1:1: error: x'
	} >in
	parse gcc in "$PWD/r" | jq -r .file >got
	printf '%s\n' a/one.c b/two.c a/none.c top.c | diff - got
	parse gcc in "$PWD/r" "$PWD/r/b" | jq -r .file | tail -n 1 |
		grep -qx b/top.c
}

@test "colours, CRLF, bytes that are no UTF-8, NUL" {
	printf '\033[1ma.c:1:2: \033[31merror: \033[0m\xff\xfe \0 x\033[K\r\n' >in
	parse gcc in >got
	jq -e '.file == "a.c" and .line == 1 and .message == "\ufffd\ufffd \ufffd x"' got
	printf 'a\xe9.c:1:2: error: x\n' >in
	parse gcc in | jq -e '.file == "a\ufffd.c"'
}

@test "the end of an input is no part of a message, blanks end no line" {
	echo 'AssertionError: these are not equal:' >in
	parse node in | jq -e '.message == "AssertionError: these are not equal:"'
	echo "thread 'main' panicked at src/main.rs:9:5:" >in
	parse rust in | jq -e '.message == "thread '"'main'"' panicked at src/main.rs:9:5:"'
	printf 'Error: x  \n    at f (src/a.js:1:2) \t\r\n' >in
	parse node in | jq -e '.message == "x" and .file == "src/a.js"'
	printf 'NullPointerException \033[0m \n' >in
	parse auto in | jq -e '.message == "NullPointerException"'
}

@test "an error right behind another's stack is one of its own" {
	{
		printf 'Error: one\n    at f (src/a.js:1:2) {\n'
		printf "  errno: -2,\n  code: 'ENOENT'\n}\n"
		printf "Error: open 'x: y'\n    at g (src/b.js:3:4)\n"
		printf "TypeError: not a 'z'\n\n    at g (src/c.js:5:6)\n"
		printf 'AssertionError [ERR_ASSERTION]: not equal:\n\n1 !== 2\n\n'
		printf 'SyntaxError: odd\n'
	} >in
	parse auto in | jq -r '.message + "|" + (.file // "-")' >got
	printf '%s\n' "one|src/a.js" "open 'x: y'|src/b.js" "not a 'z'|src/c.js" \
		'ERR_ASSERTION: not equal: 1 !== 2|-' 'odd|-' | diff - got
}

@test "behind mocha's failures words are words" {
	{
		cat "$DATA/misc-mocha.in"
		printf '  1 passing\n\n    done\n  3) later\n'
	} >in
	parse auto in /repo | diff "$DATA/misc-mocha.want" -
}

@test "a line of 2 MB is cut, what follows is read" {
	{
		printf 'a.c:1:1: error: '
		head -c 2000000 /dev/zero | tr '\0' x
		printf '\nb.c:2:2: error: y\n'
	} >in
	parse gcc in | short | cut -c 1-40 >got
	[ "$(wc -l <got)" -eq 2 ]
	tail -n 1 got | grep -qx 'BuildFailure|gcc|b.c|2|2|y'
}

@test "XML: an entity bomb, an external entity, damage, two documents" {
	{
		echo '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a0 "aaaaaaaaaa">'
		for i in {1..9}; do
			printf '<!ENTITY a%d "' "$i"
			printf "&a$((i - 1));%.0s" {1..10}
			echo '">'
		done
		echo ']><testsuite><testcase name="x"><failure>&a9;</failure></testcase></testsuite>'
	} >in
	run -1 --separate-stderr parse junit in
	# shellcheck disable=SC2154 # bats sets it
	[[ $stderr == 'XML refused: its entities grow beyond all measure' ]]
	echo '<!DOCTYPE t [<!ENTITY e SYSTEM "/etc/passwd">]>' >in
	echo '<testsuite><testcase name="x"><failure>a&e;b</failure></testcase></testsuite>' >>in
	sed -i '1s/^/<?xml version="1.0"?>/' in
	parse junit in | jq -e '.message == "x: ab"'
	printf '<testsuite><testcase name="x"><failure>a</failure></testcase><oops' >in
	run -1 --separate-stderr parse junit in
	[[ $stderr == 'XML ends before its last element is closed' ]]
	[ "$(jq -r .message <<<"$output")" = 'x: a' ]
	printf '<testsuite></wrong>\n' >in
	run -1 --separate-stderr parse junit in
	[[ $stderr == 'XML is damaged in its line 1, column '*': mismatched tag' ]]
	cat "$DATA/junit-bats.in" "$DATA/junit-pytest.in" >in
	parse junit in /repo >got
	cat "$DATA/junit-bats.want" "$DATA/junit-pytest.want" | diff - got
}

@test "JSON that is damaged is text, and said of a report that was asked for" {
	printf '{"runs":[\na.c:1:1: error: x\n' >in
	parse auto in | short | grep -qx 'BuildFailure|gcc|a.c|1|1|x'
	run -1 --separate-stderr parse sarif in
	[[ $stderr == 'JSON is damaged in, or behind, its byte '* ]]
}

@test "no such format" {
	run -1 --separate-stderr parse cobol /dev/null
	[[ $stderr == "no such format 'cobol'" ]]
}

@test "cut off anywhere: nothing crashes" {
	run -0 "$EV_BUILD/tests/parse_cut" 101 "$DATA"/*.in
	[[ $output == *', 0 failed'* ]]
}

# With the tools themselves.

@test "gcc: what it says now" {
	need gcc
	printf 'int f(void)\n{\n\tint u;\n\treturn x\n}\n' >a.c
	gcc -Wall -c a.c 2>in || :
	parse auto in "$PWD" | short | cut -d'|' -f1-4 >got
	grep -qx 'ReferenceError|gcc|a.c|4' got
	grep -qx 'SyntaxError|gcc|a.c|4' got
	gcc -Wall -fdiagnostics-color=always -c a.c 2>in || :
	parse auto in "$PWD" | short | cut -d'|' -f1-4 | diff got -
}

@test "clang: what it says now" {
	need clang
	printf 'int f(void)\n{\n\treturn x;\n}\n' >a.c
	clang -c a.c 2>in || :
	parse auto in "$PWD" | short | cut -d'|' -f1-4 |
		grep -qx 'ReferenceError|gcc|a.c|3'
}

@test "python3: what it says now" {
	need python3
	printf 'def f():\n    return {}["k"]\nf()\n' >a.py
	python3 a.py 2>in || :
	parse auto in "$PWD" | short >got
	grep -qx "RuntimeCrash|python|a.py|2|-|KeyError: 'k'" got
	printf 'def f(:\n' >a.py
	python3 a.py 2>in || :
	parse auto in "$PWD" | short | grep -q '^SyntaxError|python|a.py|1|-|'
}

@test "node: what it says now" {
	need node
	printf 'function f() {\n\tnull.x\n}\nf()\n' >a.js
	node a.js 2>in || :
	parse auto in "$PWD" | short | grep -q '^TypeError|node|a.js|2|'
	printf 'let a = ;\n' >a.js
	node a.js 2>in || :
	parse auto in "$PWD" | short | grep -q '^SyntaxError|node|a.js|1|'
}

@test "bats: what it says now, in TAP" {
	need bats
	printf '@test "one" {\n\t[ 1 -eq 2 ]\n}\n' >a.bats
	env -i PATH=/usr/local/bin:/usr/bin:/bin HOME="$HOME" bats --tap a.bats >in 2>&1 || :
	parse auto in "$PWD" | short |
		grep -qx "TestFailure|bats|a.bats|2|-|\`\[ 1 -eq 2 \]' failed"
}

@test "shellcheck: what it says now, in all its forms" {
	need shellcheck
	printf '#!/bin/sh\necho $1\n' >a.sh
	for format in gcc tty json json1; do
		shellcheck -f "$format" a.sh >in || :
		parse auto in "$PWD" | short | cut -d'|' -f1-5 >got
		[ "$(cat got)" = 'LintWarning|shellcheck|a.sh|2|6' ]
	done
}

@test "the vectors: all that upstream recognises, and where" {
	need_shared vectors/agentguard.parseErrors.jsonl
	run -0 "$EV_BUILD/tests/parse_vectors" \
		"$SHARED/vectors/agentguard.parseErrors.jsonl" \
		"$SHARED/vectors/agentguard.stackFrames.jsonl"
	[[ $output == *', 0 failed'* ]]
	[[ $output != *skipped* ]]
}
