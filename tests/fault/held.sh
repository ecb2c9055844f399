#!/bin/bash
# A stopped lock holder (7-trust, C7): 16 emits at a time, hooks and, without
# --sample, others.  All must come back within their deadline and half a
# second, and no event may be lost, or written twice.
#
#	held.sh [--sample] EV-EMIT
#
# Prints findings and figures; 0 all is right, 1 not, 2 the test could not be
# made.
set -u
hooks=0
[ "${1-}" != --sample ] || { hooks=1 && shift; }
emit=$(realpath "${1?}") || exit 2
place=$(mktemp -d "${TMPDIR:-/tmp}/ev-held.XXXXXX") || exit 2
holder=
trap '[ -z "$holder" ] || kill -KILL "$holder"; rm -rf "$place"' EXIT
cd "$place" || exit 2
export TZ=UTC LC_ALL=C EV_ACTOR=tester HOME=$place XDG_STATE_HOME=$place/state
unset EV_STORE XDG_CONFIG_HOME
missing=0 late=0 most=0 failed=0

"$emit" -q -S . --id first first || exit 2
flock -F .events/lock sh -c 'echo >held; exec sleep 600' &
holder=$!
until [ -s held ]; do
	kill -0 "$holder" || exit 2
	read -r -t 0.01 <> <(:)
done
kill -STOP "$holder"

one() { # ID DEADLINE-MS OPTION … : leaves ID, its time in ms, its status
	local id=$1 deadline=$2 start=${EPOCHREALTIME/./} status
	shift 2
	timeout -s KILL $((deadline / 1000 + 3)) \
		"$emit" -q -S . --id "$id" "$@" "$id" 2>>says
	status=$?
	echo "$id $(((${EPOCHREALTIME/./} - start) / 1000)) $status" >"$id.out"
}

round() { # NAME DEADLINE-MS OPTION …
	local name=$1 deadline=$2 i id took status pids=()
	shift 2
	for i in {1..16}; do
		one "$name$i" "$deadline" "$@" &
		pids+=($!)
	done
	wait "${pids[@]}"
	for i in {1..16}; do
		read -r id took status <"$name$i.out"
		[ "$took" -le "$most" ] || most=$took
		if [ "$took" -gt $((deadline + 500)) ]; then
			echo "$id: late: $took ms"
			late=$((late + 1))
		fi
		if [ "$status" -ne 0 ]; then
			echo "$id: status $status"
			failed=$((failed + 1))
		fi
	done
}

round hook 1000 --best-effort --timeout 1s
[ "$hooks" -eq 1 ] || round plain 5000
{
	kill -KILL "$holder"
	wait "$holder"
} 2>/dev/null
holder=
"$emit" -q -S . --id last last || exit 2
events=0
for out in ./*.out; do
	read -r id _ <"$out"
	events=$((events + 1))
	n=$(grep -c "^{\"event_id\":\"$id\".*}\$" .events.jsonl)
	[ "$n" -eq 1 ] && continue
	echo "$id: $n times in the log"
	missing=$((missing + 1))
done
if ! cmp -s .events.jsonl .events/feed.jsonl; then
	echo "views: the feed is not the log"
	failed=$((failed + 1))
fi
echo "C7: $events emits, slowest $most ms, $late late, $failed failed," \
	"$missing lost or doubled"
[ "$late $failed $missing" = '0 0 0' ]
