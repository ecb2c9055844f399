#!/bin/bash
# The suites with each command under valgrind.  What the suites themselves say
# does not count here (they know how fast a command is, and what it preloads),
# valgrind's findings do.
#
#	memory.sh BUILD SUITE[/N] …
#
# The suite "lib" is the programs of tests/lib, which must also free what they
# took.  N: of a suite, every Nth test.  0 nothing found, 1 something, 2 the test
# could not be made.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd) || exit 2
shift
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
command -v valgrind >/dev/null || {
	echo 'valgrind: skipped, it is not here'
	exit 0
}
export LOGS BATS_TEST_TIMEOUT=${BATS_TEST_TIMEOUT:-900} TIMEFORMAT='%U %S'

# A build like that one, whose commands and test programs run under valgrind.
mkdir -p "$dir/bin" "$dir/tests"
ln -s "$build"/* "$dir" 2>/dev/null
for path in "$build"/bin/ev-* "$build"/tests/*; do
	case $path in *.d) continue ;; esac
	under=$dir${path#"$build"}
	cat >"$under" <<-EOF
		#!/bin/sh
		exec valgrind -q --log-file=\$LOGS/%p.%n --leak-check=no "$path" "\$@"
	EOF
	chmod +x "$under"
done

# These take minutes there, by the number of their cases.
long=' store_faults store_long rfc8259 rfc8259.BYTES rfc8259.PORTABLE scan_diff scan_diff.BYTES scan_diff.PORTABLE '

programs() {
	local path name
	for path in "$build"/tests/*; do
		name=${path##*/}
		case $name in *.d) continue ;; esac
		case $long in *" $name "*) continue ;; esac
		valgrind -q --log-file="$LOGS/$name" --leak-check=full \
			"$path" >/dev/null 2>&1 </dev/null
	done
}

# A pattern of every Nth test's name.
every() { # N SUITE
	sed -n 's/^@test "\(.*\)" {$/\1/p' "$here/$2.bats" |
		awk -v n="$1" 'NR % n == 1 || n == 1 {
			gsub(/[^[:alnum:] ]/, ".")
			printf "%s^%s$", sep, $0
			sep = "|"
		}'
}

suite() { # SUITE[/N]
	local n=1
	[[ $1 != */* ]] || n=${1#*/}
	EV_BIN=$dir/bin EV_BUILD=$dir \
		bats -f "$(every "$n" "${1%/*}")" "$here/${1%/*}.bats"
}

# "--": system calls that valgrind does not know.  A finding in which no frame
# has a name is in code that PCRE2 made, which looks at whole vectors.
findings() {
	find "$LOGS" -type f -exec awk '
		function end() {
			if (text != "" && named)
				printf "%s%s\n", text, file
			text = ""
			named = 0
		}
		FNR == 1 { end(); file = FILENAME }
		/^==[0-9]+== *$/ { end() }
		/^==[0-9]+== +[^ ]/ { text = text $0 "\n" }
		/^==[0-9]+== +(at|by) 0x[0-9A-F]+: [^?]/ { named = 1 }
		END { end() }' {} +
}

all=0 wrong=0
for name; do
	LOGS=$dir/log.${name%/*}
	mkdir "$LOGS"
	if [ "$name" = lib ]; then
		took=$({ time programs; } 2>&1)
	else
		took=$({ time suite "$name" >"$dir/said" 2>&1; } 2>&1)
	fi
	findings >"$dir/found"
	grep '^==' "$dir/found" | head -n 60
	runs=$(find "$LOGS" -type f | wc -l)
	found=$(grep -v '^==' "$dir/found" | sort -u | wc -l)
	echo "valgrind: $name: $runs runs, $found with findings, $(awk \
		'{ printf "%.1f", ($1 + $2) / 60 }' <<<"$took") CPU min"
	[ "$runs" -gt 0 ] || exit 2
	all=$((all + runs)) wrong=$((wrong + found))
done
echo "valgrind: $all runs, $wrong with findings"
[ "$all" -gt 0 ] || exit 2
[ "$wrong" -eq 0 ]
