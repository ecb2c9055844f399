#!/bin/bash
# The fault tests whole: the commands as they are built must pass at every
# point, and without one of their rules (a mutant) they must fail at some.
#
#	trust.sh BUILD [FAULT …]
#
# FAULT: C1, C2, …; without one all of them.  Suites that take times run alone,
# of the others JOBS (2) at once.  What a suite says is printed when it ends; in
# the end one table, also in BUILD/trust.txt.  0 all is right, 1 not.
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd) || exit 2
shift
faults=" $* "
jobs=${JOBS:-2}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# The rows: arrays by number; those of mutants have that of their row.
ids=() whats=() weights=() suites=()
rows=() names=() patterns=() broken=()

# A suite, which prints its figures last.  WEIGHT: about how many seconds it
# takes, or "alone"; "elsewhere": WORD … is what to make.
suite() { # ID WHAT WEIGHT WORD …
	[ "$faults" = '  ' ] || [[ $faults == *" $1 "* ]] || {
		skipped=1
		return 0
	}
	skipped=0
	ids+=("$1") whats+=("$2") weights+=("$3")
	shift 3
	if [ "${weights[-1]}" = elsewhere ]; then
		suites+=("$*")
	else
		suites+=("$(printf '%q ' "$@")")
	fi
}

# It must fail on a mutant, and its first line with PATTERN says where.
mutant() { # NAME PATTERN WORD …
	[ "$skipped" -eq 0 ] || return 0
	rows+=($((${#ids[@]} - 1))) names+=("$1") patterns+=("$2")
	shift 2
	broken+=("$(printf '%q ' "$@")")
}

bin=$build/bin
without=$build/mutant
shim=$build/fault/shim.so

suite C1 'ev-emit killed at every point' 240 \
	"$build/fault/kill" "$bin/ev-emit"
for name in NO_SEAL NO_READBACK FEED_UNVERIFIED; do
	mutant $name ' call ' "$build/fault/kill" --first-failure \
		"$without/$name/bin/ev-emit"
done
suite C1 'ev-fsck killed at every point' 40 "$here/upkeep.py" "$bin" "$shim"
mutant NO_PACKING : "$here/upkeep.py" --first-failure --scene Compress \
	"$without/NO_PACKING/bin" "$shim"
mutant NO_TOMBS : "$here/upkeep.py" --first-failure --scene Redact \
	"$without/NO_TOMBS/bin" "$shim"
mutant NO_REJOIN : "$here/upkeep.py" --first-failure --scene Rotate \
	"$without/NO_REJOIN/bin" "$shim"

suite C2 'calls of ev-emit and ev-tail fail' 90 \
	"$build/fault/kill" --errors "$bin/ev-emit"
mutant SHORT_WRITES ' call ' "$build/fault/kill" --errors --scenario clean \
	--first-failure "$without/SHORT_WRITES/bin/ev-emit"
suite C2 'calls of a write fail, in the library' 60 \
	"$build/tests/store_faults" all
mutant SHORT_WRITES ': call ' "$without/SHORT_WRITES/store_faults"
suite C2 'calls of ev-fsck fail' 380 \
	"$here/upkeep.py" --errors "$bin" "$build/fault/inject"

suite C3 'power cuts' 400 "$here/powercut.py" "$bin" "$shim"
for name in NO_FSYNC NO_BOOT_ID FEED_UNVERIFIED; do
	mutant $name 'C3: ' "$here/powercut.py" --first-failure --upkeep 0 \
		"$without/$name/bin" "$shim"
done
mutant NO_FSYNC 'C3: ' "$here/powercut.py" --first-failure --story Compress \
	"$without/NO_FSYNC/bin" "$shim"

suite C3 'power cuts, names by their directory' 15 "$here/powercut.py" \
	--apart --story days --states 5000 "$bin" "$shim"
mutant NO_DIR_SYNC 'C3: ' "$here/powercut.py" --apart --story days \
	--first-failure "$without/NO_DIR_SYNC/bin" "$shim"

suite C5 'a storm of writers, killed' alone "$build/fault/storm" "$bin/ev-emit"

suite C6 'foreign writers beside ours' 230 \
	"$build/fault/foreign" "$bin/ev-emit"
mutant NO_READBACK 'C6: .* [1-9][0-9]* lost' "$build/fault/foreign" \
	"$without/NO_READBACK/bin/ev-emit"

suite C7 'a stopped lock holder' alone "$here/held.sh" "$bin/ev-emit"
mutant NO_DEADLINE '[1-9][0-9]* late' "$here/held.sh" --sample \
	"$without/NO_DEADLINE/bin/ev-emit"

suite C8 'full disks' 30 "$here/full.sh" --rounds 40 "$bin/ev-emit"
mutant SHORT_WRITES : "$here/full.sh" --first-failure \
	"$without/SHORT_WRITES/bin/ev-emit"

suite C10 'readers killed, logs rotated, replaced' 100 "$here/follow.py" "$bin" "$shim"
mutant READ_EOF : "$here/follow.py" --first-failure --scene halves \
	"$without/READ_EOF/bin"
mutant SKIP_OLD : "$here/follow.py" --first-failure --scene turned \
	--tools "$bin" "$without/SKIP_OLD/bin"
mutant MOVE_FIRST : "$here/follow.py" --first-failure --scene killed \
	"$without/MOVE_FIRST/bin" "$shim"

suite C10 'writers, readers, ev-fsck: killed at once' 200 \
	"$here/havoc.py" --rounds 2 "$bin"
mutant MOVE_FIRST 'missed by reader' "$here/havoc.py" --rounds 8 \
	--events 200 --only reader --over "$without/MOVE_FIRST/bin" "$bin"

suite C12 'damaged logs' 30 "$build/fault/damage" "$bin/ev-emit"
mutant RAW_NUL : "$without/RAW_NUL/damage" --first-failure "$bin/ev-emit"

suite C13 'two clones that share a log' 900 "$here/histories.py" "$bin"
mutant MERGE_SIDE 'lost evt-\|MISSING' "$here/histories.py" --first-failure \
	"$bin" "$without/MERGE_SIDE/bin"

suite C16 'every rule of RFC 8259' 5 "$build/tests/rfc8259"
mutant NO_UTF8 'accept' "$without/NO_UTF8/rfc8259"

suite C17 'every form of number and string' 20 \
	"$here/forms.sh" "$bin"
mutant NUMBERS_AGAIN changed "$here/forms.sh" "$bin" \
	"$without/NUMBERS_AGAIN/bin"

suite C18 'seeds of the fuzz targets' 30 "$here/seeds.sh" "$build/fuzz" 20000
mutant NO_ESCAPER 'does not hold' "$without/NO_ESCAPER/escape" \
	"$here/../fuzz/seed/escape"
suite C18 'inputs without end' elsewhere make fuzz
suite C19 'memory and threads' elsewhere make asan, make tsan, make valgrind

suite C20 'inputs that are made to hurt' alone "$here/bombs.py" "$bin" \
	"$build/counted/bin" "$build/fault/collide"
mutant FIXED_HASH 'not linear' "$here/bombs.py" --keys "$bin" \
	"$build/counted/FIXED_HASH" "$build/fault/collide"

suite C21 'hostile bytes before a terminal' 10 "$here/terminal.py" "$bin"
mutant NO_ESCAPER : "$here/terminal.py" --first-failure \
	"$without/NO_ESCAPER/bin"

suite C22 'hostile stores' 120 "$here/outside.sh" "$bin"
mutant NO_BENEATH : "$here/outside.sh" --first-failure \
	"$without/NO_BENEATH/bin"

suite C23 'hooks in every repository and trouble' alone "$here/hooks.sh" \
	"$bin/ev-git" "$bin/ev-emit"
mutant NO_HOOK_LIMIT ' ms$' "$here/hooks.sh" --sample --first-failure \
	"$without/NO_HOOK_LIMIT/bin/ev-git" "$bin/ev-emit"

suite C25 'what the tests execute' elsewhere make cover

suite C26 'edits of a sealed log' 200 "$here/seals.py" "$bin/ev-fsck"
mutant NO_LEAVES : "$here/seals.py" --first-failure \
	"$without/NO_LEAVES/bin/ev-fsck"

[ ${#ids[@]} -gt 0 ] || {
	echo "trust.sh: no such fault:$faults" >&2
	exit 2
}

took() { # SINCE
	echo "$(((${EPOCHREALTIME/./} - $1) / 1000000)) s"
}

# The mutants of a row, one after the other: its lines of the table.
mutants() { # ROW
	local i status said point since
	for i in "${!rows[@]}"; do
		[ "${rows[i]}" -eq "$1" ] || continue
		since=${EPOCHREALTIME/./}
		said=$(eval "${broken[i]}" 2>&1)
		status=$?
		point=$(grep -m 1 -e "${patterns[i]}" <<<"$said")
		if [ "$status" -ne 0 ] && [ -n "$point" ]; then
			printf '\t%s caught (%s): %.110s\n' "${names[i]}" \
				"$(took "$since")" "$point"
		else
			printf '\t%s NOT CAUGHT (status %d)\n' "${names[i]}" \
				"$status"
		fi
	done
}

# The figures of a suite; those of kill.c are columns, of follow.py rows,
# of havoc.py rounds.
figures() { # FILE
	awk '/^scenario/ { for (i = 2; i <= NF; i++) head[i] = $i }
		/^C[0-9]+: / { sub(/^C[0-9]+: /, ""); said = $0 }
		/^[0-9]+ scans, / { said = $0 }
		/^[0-9]+ points$/ { said = $0 }
		/^[0-9]+ checks, / && said ~ /points$/ {
			said = said ", " $3 " wrong"
		}
		/^havoc: / {
			sub(/^havoc: seed [0-9]+: /, "")
			said = said (said == "" ? "" : "; ") $0
		}
		/^all  / {
			said = ""
			for (i = 2; i < NF; i++)
				said = said (i > 2 ? ", " : "") $i " " head[i]
		}
		/ rounds [0-9]+ lost / {
			rounds += $3; lost += $5; again += $7
			said = rounds " rounds, " lost " lost, " again \
			    " repeated"
		}
		END { print "\t" said }' "$1"
}

# A row: what its suite says in ROW.out, its part of the table in ROW.row.
play() { # ROW
	local status since=${EPOCHREALTIME/./} verdict=ok
	eval "${suites[$1]}" >"$work/$1.out" 2>&1
	status=$?
	since=$(took "$since")
	[ "$status" -eq 0 ] || verdict="FAILED (status $status)"
	mutants "$1" >"$work/$1.mutants"
	! grep -q 'NOT CAUGHT' "$work/$1.mutants" || verdict="$verdict, BLIND"
	{
		printf '%-4s%-40s%7s  %s\n' "${ids[$1]}" "${whats[$1]}" \
			"$since" "$verdict"
		figures "$work/$1.out"
		cat "$work/$1.mutants"
	} >"$work/$1.row"
}

report() { # ROW
	echo "--- ${ids[$1]}: ${whats[$1]}"
	cat "$work/$1.out"
	cat "$work/$1.mutants"
}

# Alone, then the others, the longest first.
beside=()
for i in "${!ids[@]}"; do
	case ${weights[i]} in
	alone)
		play "$i"
		report "$i"
		;;
	elsewhere)
		printf '%-4s%-40s%7s  %s\n' "${ids[i]}" "${whats[i]}" '' \
			"${suites[i]}" >"$work/$i.row"
		;;
	*) beside+=("$i") ;;
	esac
done
running=0
while read -r _ i; do
	if [ "$running" -ge "$jobs" ]; then
		wait -n
	else
		running=$((running + 1))
	fi
	{
		play "$i"
		report "$i" >"$work/$i.all"
		cat "$work/$i.all"
	} &
done < <(for i in ${beside[@]+"${beside[@]}"}; do
	echo "${weights[i]} $i"
done | sort -rn)
wait

{
	echo
	for i in "${!ids[@]}"; do
		cat "$work/$i.row"
	done
	echo "$((SECONDS / 60)) min $((SECONDS % 60)) s"
} | tee "$build/trust.txt"
! grep -q -e FAILED -e BLIND "$build/trust.txt"
