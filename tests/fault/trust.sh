#!/bin/bash
# The fault tests whole: ev-emit as it is built must pass at every point, and
# without one of its rules (a mutant) it must fail at some point.
#
#	trust.sh BUILD MUTANT …
set -u
build=$1
shift
failed=0

echo "C1: ev-emit killed at every point, foreign writers at every call"
"$build/fault/kill" "$build/bin/ev-emit" || failed=1
for mutant; do
	echo
	found=$("$build/fault/kill" --first-failure \
		"$build/mutant/$mutant/bin/ev-emit")
	status=$?
	if [ "$status" -eq 1 ]; then
		echo "C1: mutant $mutant: caught"
		grep -m 1 ' call ' <<<"$found"
	else
		echo "C1: mutant $mutant: NOT CAUGHT (status $status)"
		failed=1
	fi
done
exit "$failed"
