#!/bin/bash
# What the tests that ran in BUILD (make cover) have executed of lib/: lines and
# branches of each module, and of the path on which events are written.
#
#	cover.sh BUILD
set -u
cd "$(dirname "$0")/../.." || exit 2
build=$1

# "FILE LINES% OF BRANCHES% OF"
figures() {
	local source object
	for source in lib/*/*.c; do
		object=$build/obj/${source%.c}
		[ -e "$object.gcno" ] || continue
		printf '%s ' "$source"
		if [ ! -e "$object.gcda" ]; then
			echo '0 0 0 0'
			continue
		fi
		gcov -n -b -o "$object.gcda" "$source" 2>/dev/null |
			awk -v file="$source" -F "[':% ]+" '
				/^File / { here = $2 == file }
				here && /^Lines executed/ { l = $3; n = $5 }
				here && /^Taken at least/ { b = $5; m = $7 }
				END { print l + 0, n + 0, b + 0, m + 0 }'
	done
}

figures | awk '
	function sum(name, l, n, b, m) {
		lines[name] += l * n / 100; all[name] += n
		taken[name] += b * m / 100; branches[name] += m
	}
	{ sum("lib", $2, $3, $4, $5) }
	$1 ~ /^lib\/store\// { sum("lib/store, the write path", $2, $3, $4, $5) }
	$2 < 90 && $3 > 0 { printf "%6.1f %% of %4d lines, %6.1f %% of %4d " \
		"branches: %s\n", $2, $3, $4, $5, $1 }
	END {
		for (name in all)
			if (all[name] > 0)
				printf "C25: %s: %.1f %% of %d lines, %.1f %% of " \
				    "%d branches\n", name,
				    100 * lines[name] / all[name], all[name],
				    100 * taken[name] / (branches[name] + !branches[name]),
				    branches[name]
	}' | LC_ALL=C sort
