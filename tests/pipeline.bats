#!/usr/bin/env bats
# What goes through the commands comes out as it went in (7-trust C17), and
# the commands work in pipelines as others do.

load helper

# Every form of number and string that RFC 8259 allows, one a line.
forms() {
	python3 - <<-'EOF'
		import itertools
		ints = ["0", "1", "9", "10", "42", "2147483648", "9007199254740991",
		        "9007199254740993", "18446744073709551616",
		        "123456789012345678901234567890"]
		fracs = ["", ".0", ".1", ".10", ".100", ".000", ".123456789012345678"]
		exps = ["", "e0", "E0", "e1", "E+1", "e-1", "e+00", "E-007", "e308",
		        "e400", "e-400"]
		for sign, i, f, e in itertools.product(["", "-"], ints, fracs, exps):
		    print(sign + i + f + e)
		for c in ['"', "\\", "/", "b", "f", "n", "r", "t"]:
		    print('"\\%s"' % c)
		for cp in list(range(1, 0x20)) + [0x7f, 0x80, 0x9f, 0xe9, 0x7ff,
		        0x800, 0x2028, 0x202e, 0x2066, 0xd7ff, 0xe000, 0xfeff,
		        0xfffd, 0xffff]:
		    print('"\\u%04x"' % cp)
		    print('"\\u%04X"' % cp)
		    if cp >= 0x20:
		        print('"%s"' % chr(cp))
		for cp in [0x10000, 0x1f600, 0x10ffff]:
		    high, low = 0xd800 + ((cp - 0x10000) >> 10), 0xdc00 + (cp & 0x3ff)
		    print('"\\u%04x\\u%04x"' % (high, low))
		    print('"%s"' % chr(cp))
		print('""\n" "\n"\\\\u0041"\n"a\\/b"\ntrue\nfalse\nnull\n[]\n{}')
		print('[1.0,[],{"a":[{}]}]\n{"":0,"a b":{"\\u0061c":-0}}')
	EOF
}

@test "C17: every number and string form through a pipe into the log and out" {
	need python3
	forms | awk '{ printf "{\"event_id\":\"c17-%d\",\"event_type\":\"t\"," \
		"\"timestamp\":\"2026-01-06T10:30:00Z\",\"actor\":\"a\"," \
		"\"correlation_id\":null,\"data\":{\"v\": %s ,\"w\":[%s]}}\n", \
		NR, $0, $0 }' >in.jsonl
	[ "$(wc -l <in.jsonl)" -gt 1500 ]
	ev-emit -q - <in.jsonl
	ev-tail -n all -o jsonl >out.jsonl
	cmp in.jsonl out.jsonl
	cmp in.jsonl .events.jsonl
	cmp in.jsonl .events/2026-01-06.jsonl
	cmp in.jsonl .events/feed.jsonl
	# through every reader's way: backwards, packed, by a filter, merged
	cmp in.jsonl <(ev-tail -n all -r | tac)
	gzip -k in.jsonl
	cmp in.jsonl <(ev-tail -n all in.jsonl.gz)
	cmp in.jsonl <(ev-tail -n all -t t -w 'data.v? or not data.v?')
	echo '{"event_type":"x"}' >other.jsonl
	cmp in.jsonl <(ev-tail -n all -t t in.jsonl other.jsonl |
		sort -t- -k2n -s)
}

@test "C17: every form as FIELD:=JSON stands in the line as it was typed" {
	need python3
	# what is unsafe on a terminal is escaped when we build the line
	forms | grep -aPv '[\x7f-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]' |
		grep -av '"\\u' | shuf -n 300 --random-source=<(yes) >typed
	while IFS= read -r form; do
		printf '%s\0' "v+=x" "f:=$form"
	done <typed | xargs -0 -n 2 ev-emit -q t
	ev-tail -n all | sed 's/.*"f":\(.*\)}}$/\1/' | cmp - typed
}

@test "jq reads what ev-tail prints, and ev-emit what jq prints" {
	need jq
	ev-emit -q bead.created bead_id=gt-1 n:=1.10
	ev-emit -q bead.closed bead_id=gt-1
	[ "$(ev-tail | jq -r .event_type | paste -sd,)" = \
		bead.created,bead.closed ]
	ev-tail -t bead.created | jq 'del(.event_id, .timestamp) |
		.event_type = "bead.updated"' | ev-emit -q -
	[ "$(ev-tail -n 1 -o csv --columns type,entity | tail -n 1)" = \
		bead.updated,gt-1 ]
}

@test "a log goes through ev-tail into another store unchanged" {
	ev-emit -q bead.created bead_id=gt-1
	ev-emit -q -d govern test -m 'unit tests'
	ev-emit -q -d gastown nudge -m hello
	mkdir other
	ev-tail -n all | ev-emit -q -S other -
	cmp .events.jsonl other/.events.jsonl
	ev-tail -n all | ev-emit -q -S other -
	cmp .events.jsonl other/.events.jsonl
}

@test "names of types with spaces and newlines survive xargs -0" {
	ev-emit -q 'a b'
	ev-emit -q $'c\nd'
	run -0 bash -c 'ev-tail -n all -0 -o id | xargs -0 -n 1 echo | wc -l'
	[ "$output" -eq 2 ]
}
