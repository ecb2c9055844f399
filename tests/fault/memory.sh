#!/bin/bash
# The programs of tests/lib under valgrind, which must also free what they took;
# then the suites with each command under it.  What the suites themselves say
# does not count here (they know how fast a command is), valgrind's findings do.
#
#	memory.sh BUILD SUITE …
#
# 0 nothing found, 1 something, 2 the test could not be made.
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
mkdir "$dir/bin" "$dir/log"
# These take minutes there, by the number of their cases.
long=' store_faults store_long rfc8259 rfc8259.BYTES rfc8259.PORTABLE scan_diff scan_diff.BYTES scan_diff.PORTABLE '
for path in "$build"/tests/*; do
	name=${path##*/}
	case $name in *.d) continue ;; esac
	case $long in *" $name "*) continue ;; esac
	valgrind -q --log-file="$dir/log/$name" --leak-check=full \
		"$path" >/dev/null 2>&1 </dev/null
done
for path in "$build"/bin/ev-*; do
	cat >"$dir/bin/${path##*/}" <<-EOF
		#!/bin/sh
		exec valgrind -q --log-file=$dir/log/%p.%n --leak-check=no "$path" "\$@"
	EOF
	chmod +x "$dir/bin/${path##*/}"
done
EV_BIN=$dir/bin EV_BUILD=$build "$here/run" "$@" >"$dir/suites" 2>&1
runs=$(find "$dir/log" -type f | wc -l)
# "--": system calls that valgrind does not know.  A finding in which no frame
# has a name is in code that PCRE2 made, which looks at whole vectors.
find "$dir/log" -type f -exec awk '
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
	END { end() }' {} + >"$dir/found"
grep '^==' "$dir/found" | head -n 60
found=$(grep -v '^==' "$dir/found" | sort -u | wc -l)
echo "valgrind: $runs runs, $found with findings"
[ "$runs" -gt 0 ] || exit 2
[ "$found" -eq 0 ]
