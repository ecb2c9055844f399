#!/bin/bash
# What the tests that ran in BUILD (make cover) have executed of lib/: lines
# and branches of the write path (tests/fault/writepath) and of each wing.
# What is missing on the path is named line by line, elsewhere each function
# that nobody called.
#
# Line coverage: lines with code that ran.  Branch coverage: gcov's "taken at
# least once", of all branches, also those of lines that never ran, in a build
# without optimization.  A branch is one way out of one condition: there are two
# of each "if", loop and "?:", four of "a && b", of a switch one for each case
# and one for none of them.  Calls and jumps without a condition are none.
# It is neither MC/DC nor coverage of paths.  Percentages are rounded down.
#
# The bar (C25): all lines and all branches of the write path, 90 % of the lines
# and 90 % of the branches of each wing.
#
# A line of C with the comment "cover: WHY" in it, or the two lines behind one
# with nothing else, is not counted: no test can make it run, and WHY says so.
#
#	cover.sh [--any] BUILD
#
# 0 the bars are held (--any: whatever is found), 1 not, 2 there is nothing.
set -u
cd "$(dirname "$0")/../.." || exit 2
any=0
[ "${1-}" != --any ] || { any=1 && shift; }
build=$1

listing() {
	local source object
	for source in lib/*/*.c; do
		object=$build/obj/${source%.c}
		[ -e "$object.gcno" ] || continue
		echo "file $source"
		gcov -t -b -c -o "$object.gcno" "$source" 2>/dev/null
	done
}

listing | awk -v any="$any" -v list=tests/fault/writepath '
	function wing(name, parts) { split(name, parts, "/"); return parts[2] }
	function percent(n, of) { return of > 0 ? int(1000 * n / of) / 10 : 100 }
	function count(what, hit) {
		all[what, group]++; got[what, group] += hit
		if (group != "the write path") {
			all[what, "the rest"]++; got[what, "the rest"] += hit
		}
		if (!hit && group == "the write path")
			missing = missing sprintf("  %s:%d: %s\n", file, line,
			    what == "lines" ? "line" : "a branch of: " text)
	}
	function judge(what, name) {
		if (10 * got[what, name] < 9 * all[what, name])
			low[what] = low[what] " " name
	}
	function below(what) {
		if (low[what] == "")
			return
		print "C25: below 90 % of the " what ":" low[what]
		bad = 1
	}
	function print_row(name) {
		printf "%-15s %6.1f %% of %5d lines %6.1f %% of %5d branches\n",
		    name, percent(got["lines", name], all["lines", name]),
		    all["lines", name], percent(got["branches", name],
		    all["branches", name]), all["branches", name]
	}
	BEGIN {
		while ((getline row < list) > 0)
			if (row !~ /^(#|$)/)
				path["lib/" row ".c"] = 1
	}
	/^file / {
		file = $2
		until = 0
		group = file in path ? "the write path" : "lib/" wing(file)
		if (file in path)
			delete path[file]
		groups[group] = 1
		next
	}
	/^ *-: +0:Source:/ { here = substr($0, index($0, "Source:") + 7) == file }
	!here { next }
	/^function / {
		if ($4 == 0)
			uncalled = uncalled "  " file ": " $2 "\n"
		next
	}
	/^branch / {
		if (!skip)
			count("branches", / taken [1-9]/)
		next
	}
	/^(call|unconditional) / { next }
	{
		split($0, part, ":")
		line = part[2] + 0
		text = $0
		sub(/^[^:]*:[^:]*:[ \t]*/, "", text)
		executable = part[1] !~ /-$/
		alone = text ~ /^\/\* cover: .*\*\/$/
		skip = text ~ /\/\* cover: / || line <= until
		if (alone)
			until = line + 2
		if (executable && !skip)
			count("lines", part[1] !~ /[#=]/)
	}
	END {
		for (name in groups)
			names[++n] = name
		if (n == 0)
			exit 2
		for (i = 1; i <= n; i++)
			for (j = i; j > 1 && names[j] < names[j - 1]; j--) {
				t = names[j]; names[j] = names[j - 1]; names[j - 1] = t
			}
		for (i = 1; i <= n; i++) {
			if (names[i] == "the write path")
				continue
			print_row(names[i])
			judge("lines", names[i])
			judge("branches", names[i])
		}
		print_row("the rest")
		print_row("the write path")
		if (uncalled != "")
			printf "functions that nobody called:\n%s", uncalled
		if (missing != "")
			printf "missing of the write path:\n%s", missing
		for (name in path) {
			print "not a file: " name
			bad = 1
		}
		below("lines")
		below("branches")
		bad = bad || missing != ""
		printf "C25: %s\n", bad ? "not held" : "held"
		exit bad && !any
	}'
