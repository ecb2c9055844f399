#!/bin/bash
# Every form of number and string comes out as it went in (7-trust, C17).
#
#	forms.sh BIN [MUTANT]
#
# MUTANT: a directory with other commands in place of some.
#
# Prints what changed and figures; 0 nothing did, 1 something.
set -u
PATH=$(cd "${1?}" && pwd):$PATH
[ $# -eq 1 ] || PATH=$(cd "$2" && pwd):$PATH
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 2
for name in $(compgen -e); do
	case $name in EV_* | XDG_*) unset "$name" ;; esac
done
export HOME=$dir TZ=UTC LC_ALL=C EV_ACTOR=tester
ways=0 changed=0

# Every form that RFC 8259 allows, one a line.
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

same() { # WANTED GOT WAY
	ways=$((ways + 1))
	cmp "$1" "$2" && return
	changed=$((changed + 1))
	echo "changed: $3"
}

forms | awk '{ printf "{\"event_id\":\"c17-%d\",\"event_type\":\"t\"," \
	"\"timestamp\":\"2026-01-06T10:30:00Z\",\"actor\":\"a\"," \
	"\"correlation_id\":null,\"data\":{\"v\": %s ,\"w\":[%s]}}\n", \
	NR, $0, $0 }' >in.jsonl
count=$(wc -l <in.jsonl)
[ "$count" -gt 1500 ] || exit 2
ev-emit -q - <in.jsonl
same in.jsonl .events.jsonl 'into the log'
same in.jsonl .events/2026-01-06.jsonl 'into the day file'
same in.jsonl .events/feed.jsonl 'into the feed'
same in.jsonl <(ev-tail -n all -o jsonl) 'ev-tail'
same in.jsonl <(ev-tail -n all -r | tac) 'ev-tail, backwards'
same in.jsonl <(ev-tail -n all -t t -w 'data.v? or not data.v?') 'a filter'
gzip -k in.jsonl
same in.jsonl <(ev-tail -n all in.jsonl.gz) 'a packed log'
echo '{"event_type":"x"}' >other.jsonl
same in.jsonl <(ev-tail -n all -t t in.jsonl other.jsonl |
	sort -t- -k2n -s) 'two logs'
same <(LC_ALL=C sort in.jsonl) <(ev-replay in.jsonl | LC_ALL=C sort) ev-replay

# what is unsafe on a terminal is escaped when we build the line
forms | grep -aPv '[\x7f-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]' |
	grep -av '"\\u' | shuf -n 300 --random-source=<(yes) >typed
rm -rf .events .events.jsonl
while IFS= read -r form; do
	printf '%s\0' "v+=x" "f:=$form"
done <typed | xargs -0 -n 2 ev-emit -q t
same typed <(ev-tail -n all | sed 's/.*"f":\(.*\)}}$/\1/') 'FIELD:=JSON'

echo "C17: $count forms, $ways ways, $changed changed something"
[ "$changed" -eq 0 ]
