#!/bin/bash
# Full disks (7-trust, C8): a file system of 64 KiB in a user namespace, and
# RLIMIT_FSIZE.  Events of many lengths are emitted until nothing goes, hooks
# beside them; then there is space, and what failed is tried again.  What was
# acknowledged must be in the log, each once; what a hook could not write, too.
#
#	full.sh [--rounds N] [--first-failure] EV-EMIT
#
# Prints findings and figures; 0 all is right, 1 not, 2 the test could not be
# made.  Where no file system can be mounted, that is said and left out.
set -u
rounds=8 first=0
while :; do
	case ${1-} in
	--rounds) rounds=$2 && shift ;;
	--first-failure) first=1 ;;
	*) break ;;
	esac
	shift
done
emit=$(realpath "${1?}") || exit 2
if [ -z "${FULL_INSIDE-}" ]; then
	FULL_INSIDE=mounted
	if ! unshare -rm true 2>/dev/null; then
		echo "no user namespace: without the full file system"
		FULL_INSIDE=limits
	fi
	export FULL_INSIDE
	options=(--rounds "$rounds")
	[ "$first" -eq 0 ] || options+=(--first-failure)
	[ "$FULL_INSIDE" = limits ] ||
		exec unshare -rm "$0" "${options[@]}" "$emit"
fi
place=$(mktemp -d "${TMPDIR:-/tmp}/ev-full.XXXXXX") || exit 2
trap 'umount "$place/disk" 2>/dev/null; rm -rf "$place"' EXIT
cd "$place" || exit 2
export TZ=UTC LC_ALL=C EV_ACTOR=tester HOME=$place XDG_STATE_HOME=$place/state
unset EV_STORE XDG_CONFIG_HOME
mkdir disk
acked=0 refused=0 spooled=0 wrong=0

found() { # TEXT
	echo "$1"
	wrong=$((wrong + 1))
}

title() { # LENGTH
	printf "%$1s" '' | tr ' ' x
}

# One event; its length goes over all residues of a page in few steps.
try() { # ID OPTION …
	local id=$1
	shift
	"$emit" -q -S "$place/disk" --id "$id" "$@" bead.created \
		"title=$(title $((RANDOM % 3000)))" 2>>"$place/says"
}

# Emits until five fail one after the other; gives ids in acked-, failed-ids.
fill() { # NAME
	local i=0 fails=0
	: >acked-ids
	: >failed-ids
	while [ "$fails" -lt 5 ] && [ "$i" -lt 200 ]; do
		i=$((i + 1))
		if try "$1-$i"; then
			echo "$1-$i" >>acked-ids
		else
			echo "$1-$i" >>failed-ids
			fails=$((fails + 1))
			try "$1-h$i" --best-effort || found "$1-h$i: a hook failed"
			echo "$1-h$i" >>acked-ids
		fi
	done
	[ "$fails" -gt 0 ] || found "$1: it never was full"
}

# A log of blank lines, which are allowed, up to some bytes before the end of
# the space: a line that does not fit is cut, whatever stands before it.
brim() { # NAME
	local i size
	try "$1-0" && echo "$1-0" >acked-ids
	: >failed-ids
	(yes '' | head -c 70000 >>disk/.events.jsonl) 2>/dev/null
	for i in {1..5}; do
		size=$(stat -c %s disk/.events.jsonl)
		truncate -s $((size - 20 - RANDOM % 60)) disk/.events.jsonl
		if try "$1-$i"; then
			echo "$1-$i" >>acked-ids
		else
			echo "$1-$i" >>failed-ids
		fi
	done
	[ -s failed-ids ] || found "$1: it never was full"
}

# What is a sound line of the log: the ids, sorted.
ids() {
	jq -Rr 'fromjson? | .event_id' disk/.events.jsonl | sort
}

check() { # NAME
	local id
	while read -r id; do
		try "$id" || found "$id: fails with space"
		echo "$id" >>acked-ids
	done <failed-ids
	ids >there
	sort acked-ids >want
	acked=$((acked + $(wc -l <want)))
	refused=$((refused + $(wc -l <failed-ids)))
	spooled=$((spooled + $(grep -c -- '-h' want)))
	while read -r id; do
		found "$id: acknowledged but missing"
	done < <(comm -13 there want)
	while read -r id; do
		found "$id: twice in the log"
	done < <(uniq -d there)
	cmp -s disk/.events.jsonl disk/.events/feed.jsonl ||
		found "$1: the feed is not the log"
	[ -z "$(find state -type f)" ] || found "$1: something waits on"
}

stop() {
	[ "$first" -eq 1 ] && [ "$wrong" -gt 0 ]
}

RANDOM=7
for ((round = 1; round <= rounds; round++)); do
	if [ "$FULL_INSIDE" = mounted ]; then
		mount -t tmpfs -o size=64k none disk || exit 2
		fill "disk$round"
		mount -o remount,size=16m disk || exit 2
		check "disk$round"
		umount disk
		mount -t tmpfs -o size=64k none disk || exit 2
		brim "diskbrim$round"
		mount -o remount,size=16m disk || exit 2
		check "diskbrim$round"
		umount disk
		stop && break
	fi
	rm -rf disk/.events disk/.events.jsonl
	: >says
	ulimit -S -f $((8 + round))
	fill "limit$round"
	ulimit -S -f unlimited
	check "limit$round"
	rm -rf disk/.events disk/.events.jsonl
	ulimit -S -f $((8 + round))
	brim "limitbrim$round"
	ulimit -S -f unlimited
	check "limitbrim$round"
	rm -rf disk/.events disk/.events.jsonl
	stop && break
done
echo "C8: $acked acknowledged, $refused of them refused at first," \
	"$spooled by the spool, $wrong wrong"
[ "$wrong" -eq 0 ]
