#!/bin/bash
# The fault tests whole: the commands as they are built must pass at every
# point, and without one of their rules (a mutant) they must fail at some.
#
#	trust.sh BUILD
set -u
here=$(dirname "$0")
build=$1
failed=0

# As it is built: the suite's own lines, its figures last.
passes() { # WHAT SUITE …
	echo "$1"
	shift
	"$@" || failed=1
}

# A mutant: the point at which the suite saw it.
caught() { # MUTANT PATTERN SUITE …
	local mutant=$1 pattern=$2 found status
	shift 2
	found=$("$@")
	status=$?
	if [ "$status" -eq 1 ]; then
		echo "mutant $mutant: caught"
		grep -m 1 -e "$pattern" <<<"$found"
	else
		echo "mutant $mutant: NOT CAUGHT (status $status)"
		failed=1
	fi
}

bin=$build/bin
mutant=$build/mutant

passes 'C1: ev-emit killed at every point, foreign writers at every call' \
	"$build/fault/kill" "$bin/ev-emit"
for name in NO_SEAL NO_READBACK FEED_UNVERIFIED; do
	caught $name ' call ' "$build/fault/kill" --first-failure \
		"$mutant/$name/bin/ev-emit"
done

passes 'C1: ev-fsck killed at every point' \
	"$here/upkeep.py" "$bin" "$build/fault/shim.so"

caught NO_PACKING : "$here/upkeep.py" --first-failure --scene Compress \
	"$mutant/NO_PACKING/bin" "$build/fault/shim.so"
caught NO_TOMBS : "$here/upkeep.py" --first-failure --scene Redact \
	"$mutant/NO_TOMBS/bin" "$build/fault/shim.so"
caught NO_REJOIN : "$here/upkeep.py" --first-failure --scene Rotate \
	"$mutant/NO_REJOIN/bin" "$build/fault/shim.so"

passes 'C2: every system call of ev-fsck fails' \
	"$here/upkeep.py" --errors "$bin" "$build/fault/inject"

passes 'C2: every system call of ev-emit and ev-tail fails or is cut short' \
	"$build/fault/kill" --errors "$bin/ev-emit"
caught SHORT_WRITES ' call ' "$build/fault/kill" --errors --scenario clean \
	--first-failure "$mutant/SHORT_WRITES/bin/ev-emit"

passes 'C7: a stopped lock holder' "$here/held.sh" "$bin/ev-emit"
caught NO_DEADLINE : "$here/held.sh" --sample "$mutant/NO_DEADLINE/bin/ev-emit"

passes 'C8: full disks' "$here/full.sh" --rounds 40 "$bin/ev-emit"
caught SHORT_WRITES : "$here/full.sh" --first-failure \
	"$mutant/SHORT_WRITES/bin/ev-emit"

passes 'C10: readers killed and stopped, the log rotated, replaced under them' \
	"$here/follow.py" "$bin" "$build/fault/shim.so"
caught READ_EOF : "$here/follow.py" --first-failure --scene halves \
	"$mutant/READ_EOF/bin"
caught SKIP_OLD : "$here/follow.py" --first-failure --scene turned \
	--tools "$bin" "$mutant/SKIP_OLD/bin"
caught MOVE_FIRST : "$here/follow.py" --first-failure --scene killed \
	"$mutant/MOVE_FIRST/bin" "$build/fault/shim.so"

passes 'C3: power cuts' "$here/powercut.py" --jobs 2 "$bin" "$build/fault/shim.so"
for name in NO_FSYNC NO_BOOT_ID FEED_UNVERIFIED; do
	caught $name 'C3: ' "$here/powercut.py" --first-failure \
		"$mutant/$name/bin" "$build/fault/shim.so"
done

passes 'C5: many writers at once, killed, half of them with the lock' \
	"$build/fault/storm" "$bin/ev-emit"

passes 'C6: foreign writers beside ours' "$build/fault/foreign" "$bin/ev-emit"
caught NO_READBACK 'C6: .* [1-9][0-9]* lost' "$build/fault/foreign" \
	"$mutant/NO_READBACK/bin/ev-emit"

passes 'C12: damaged logs' "$build/fault/damage" "$bin/ev-emit"
caught RAW_NUL : "$mutant/RAW_NUL/damage" --first-failure "$bin/ev-emit"

passes 'C21: hostile bytes before a terminal' "$here/terminal.py" "$bin"
caught NO_ESCAPER : "$here/terminal.py" --first-failure \
	"$mutant/NO_ESCAPER/bin"

passes 'C22: hostile stores' "$here/outside.sh" "$bin"
caught NO_BENEATH : "$here/outside.sh" --first-failure \
	"$mutant/NO_BENEATH/bin"

passes 'C13: two clones that share a log' "$here/histories.py" "$bin/ev-git" \
	"$bin/ev-emit"
caught MERGE_SIDE 'lost evt-' "$here/histories.py" --first-failure \
	"$mutant/MERGE_SIDE/bin/ev-git" "$bin/ev-emit"

passes 'C23: hooks in every kind of repository and trouble' "$here/hooks.sh" \
	"$bin/ev-git" "$bin/ev-emit"
caught NO_HOOK_LIMIT ' ms$' "$here/hooks.sh" --sample --first-failure \
	"$mutant/NO_HOOK_LIMIT/bin/ev-git" "$bin/ev-emit"

passes 'C20: inputs that are made to hurt' \
	"$here/bombs.py" "$bin" "$build/fault/collide"
caught FIXED_HASH 'not linear' "$here/bombs.py" --keys \
	"$mutant/FIXED_HASH/bin" "$build/fault/collide"

passes 'C26: edits of a sealed log' "$here/seals.py" "$bin/ev-fsck"
caught NO_LEAVES : "$here/seals.py" --first-failure \
	"$mutant/NO_LEAVES/bin/ev-fsck"
exit "$failed"
