#!/bin/bash
# Logs of many blocks, read by several threads: each reader must print what one
# thread prints, and, when it is built with TSan, no race may be found.
#
#	threads.sh BIN [EVENTS]
#
# 0 all is right, 1 not.
set -u
bin=$1
events=${2:-60000}
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
export LC_ALL=C TZ=UTC EV_NOW=2026-01-07T00:00:00Z XDG_STATE_HOME=$dir
export TSAN_OPTIONS='exitcode=66 halt_on_error=0'
runs=0 wrong=0

# Events with parents, failures of some kinds, a damaged line now and then.
log() { # FIRST STEP
	awk -v from="$1" -v step="$2" -v n="$events" 'BEGIN {
		for (i = from; i < n; i += step) {
			printf "{\"event_id\":\"evt-%07d\",\"event_type\":\"%s\",", i,
			    i % 7 == 0 ? "build.failed" : "bead." i % 5
			printf "\"timestamp\":\"2026-01-06T%02d:%02d:%02dZ\",", \
			    i / 3600 % 24, i / 60 % 60, i % 60
			printf "\"actor\":\"agent-%d\",\"caused_by\":", i % 13
			printf(i > 0 ? "\"evt-%07d\"" : "null", int(i / 3))
			printf ",\"data\":{\"bead_id\":\"b-%d\",", i % 997
			printf "\"message\":\"%s failed in %d files\",", \
			    i % 11 ? "test" : "link", i
			printf "\"pad\":\"%0200d\"}}\n", i
			if (i % 9973 == 0)
				print "{\"torn"
		}
	}'
}

same() { # COMMAND ARGUMENT …
	local command=$1 status alone
	shift
	"$bin/$command" --threads 1 "$@" >"$dir/want" 2>"$dir/want.err"
	alone=$?
	"$bin/$command" --threads 4 "$@" >"$dir/got" 2>"$dir/got.err"
	status=$?
	runs=$((runs + 1))
	if [ "$status" -ne 0 ] || [ "$alone" -ne 0 ] || [ ! -s "$dir/got" ] || ! cmp -s "$dir/want" "$dir/got" ||
		! cmp -s "$dir/want.err" "$dir/got.err"; then
		wrong=$((wrong + 1))
		echo "threads: $command $*: status $status, differs from one thread"
		grep -m 2 -E 'WARNING: ThreadSanitizer|SUMMARY' "$dir/got.err"
	fi
}

log 0 2 >"$dir/a"
log 1 2 >"$dir/b"
same ev-tail -n all "$dir/a"
same ev-tail -n all -o id "$dir/a" "$dir/b"
same ev-tail --count -w 'data.message ~ "link.*7"' "$dir/a"
same ev-tail -n all -u -o csv -t 'bead.*' "$dir/a"
same ev-tail -n 50 -r -g 'link failed' "$dir/a" "$dir/b"
same ev-stats -o json "$dir/a"
same ev-stats -o json --by actor,type "$dir/a" "$dir/b"
same ev-stats -o json --every 1h "$dir/a"
same ev-replay "$dir/a" "$dir/b"
same ev-replay --state "$dir/a"
same ev-tree -o jsonl "$dir/a" "$dir/b"
same ev-fp --list -o json "$dir/a" "$dir/b"
echo "threads: $runs runs over $events events, $wrong wrong"
[ "$wrong" -eq 0 ]
