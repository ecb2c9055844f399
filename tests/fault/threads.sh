#!/bin/bash
# Logs of so many blocks that several threads read them: each reader must print
# what one thread prints, it must really have had more of them, and, when it is
# built with TSan, no race may be found.
#
#	threads.sh BIN [EVENTS]
#
# 0 all is right, 1 not.
set -u
bin=$1
events=${2:-60000}
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
unset "${!EV_@}" XDG_CONFIG_HOME
export LC_ALL=C TZ=UTC EV_NOW=2026-01-11T00:00:00Z
export HOME=$dir XDG_STATE_HOME=$dir/state
export TSAN_OPTIONS="exitcode=66 halt_on_error=0 log_path=$dir/race"
runs=0 wrong=0
LARGE=$((68 << 20)) # bytes; from 64 MiB on a reader takes several threads

# Half of the events; they have parents, failures of some kinds, some days, a
# damaged line now and then.
log() { # FIRST
	awk -v from="$1" -v n="$events" -v large="$LARGE" 'BEGIN {
		for (pad = "0"; length(pad) < large * 2 / n;)
			pad = pad pad
		pad = substr(pad, 1, large * 2 / n)
		for (i = from; i < n; i += 2) {
			printf "{\"event_id\":\"evt-%07d\",\"event_type\":\"%s\",", i,
			    i % 7 == 0 ? "build.failed" : "bead." i % 5
			printf "\"timestamp\":\"2026-01-%02dT%02d:%02d:%02dZ\",", \
			    6 + i * 5 / n, i / 3600 % 24, i / 60 % 60, i % 60
			printf "\"actor\":\"agent-%d\",\"caused_by\":", i % 13
			printf(i > 0 ? "\"evt-%07d\"" : "null", int(i / 3))
			printf ",\"data\":{\"bead_id\":\"b-%d\",", i % 997
			printf "\"message\":\"%s failed in %d files\",", \
			    i % 11 ? "test" : "link", i
			print "\"pad\":\"" pad "\"}}"
			if (i % 9973 == 0)
				print "{\"torn"
		}
	}'
}

# What is wrong with the last run, if anything.
found() { # WHAT
	wrong=$((wrong + 1))
	echo "threads: $1"
	cat "$dir"/race.* 2>/dev/null | grep -m 2 -E 'WARNING: Thread|SUMMARY'
	rm -f "$dir"/race.*
}

# Runs it with threads as ~/.config/ev/config says them; $began: how many.
with() { # THREADS TO COMMAND …
	local status
	printf '[ev]\n\tthreads = %d\n' "$1" >"$dir/.config/ev/config"
	strace -f -qq --seccomp-bpf -e trace=clone,clone3 -e signal=none \
		-o "$dir/calls" "$bin/$3" "${@:4}" >"$dir/$2" 2>"$dir/$2.err"
	status=$?
	began=$(grep -c CLONE_THREAD "$dir/calls")
	return "$status"
}

# Status and output are those of one thread.  BEFORE: makes what the runs write
# to what it was.
before=:
same() { # COMMAND ARGUMENT …
	local alone status
	$before
	with 1 want "$@"
	status=$? alone=$began
	if [ "$status" -ne 0 ] || [ ! -s "$dir/want" ]; then
		found "$*: with one thread: status $status"
	fi
	$before
	with 4 got "$@"
	status=$?
	runs=$((runs + 1))
	if [ "$status" -ne 0 ] || ! cmp -s "$dir/want" "$dir/got" ||
		! cmp -s "$dir/want.err" "$dir/got.err"; then
		found "$*: status $status, differs from one thread"
	elif [ $((began - alone)) -lt 3 ]; then
		found "$*: $began threads began, of one alone $alone"
	fi
}

mkdir -p "$dir/.config/ev" "$dir/state" "$dir/store/.events"
cd "$dir" || exit 2
log 0 >a
log 1 >b
same ev-tail -n all a
same ev-tail -n all -o id a b
same ev-tail --count -w 'data.message ~ "link.*7"' a
same ev-tail -n all -u -o csv -t 'bead.*' a
same ev-tail -n 50 -u -g 'link failed' a b
same ev-stats -o json a
same ev-stats -o json --by actor,type a b
same ev-stats -o json --every 1h a
same ev-stats -o json --report sessions a
same ev-replay a b
same ev-replay --state a
same ev-tree -o jsonl a b
same ev-fp --list -o json a b
same ev-fp --print fp a

# A log whose files are too short for threads, and it is not; its seals.
split -n l/3 a part.
for part in part.aa part.ab part.ac; do
	[ $part = part.aa ] || "$bin/ev-fsck" -q -S store --rotate 1 >/dev/null
	cat $part >>store/.events.jsonl
done
same ev-tail -n all store
same ev-tail -n all --until 2026-01-09 -o id store
same ev-stats -o json store
same ev-replay store
same ev-tree -o jsonl store
unseal() { rm -f store/.events/*.leaves store/.events/seals.log; }
before=unseal
same ev-fsck -S store --seal-until 2026-01-11
before=:
same ev-fsck -S store --verify
echo "threads: $runs runs over $events events, $wrong wrong"
[ "$wrong" -eq 0 ]
