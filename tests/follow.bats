#!/usr/bin/env bats
# ev-tail -f: what comes, from files that grow, come, go and are replaced.

load helper
load follower

more_than() { # LINES
	[ "$(wc -l <out)" -gt "$1" ]
}

event() { # ID …
	printf '{"event_id":"%s","event_type":"x","timestamp":"2026-01-06T10:00:00Z"}\n' "$@"
}

@test "-f: the last ones, then each as it is written; a signal ends it" {
	event 1 2 3 >.events.jsonl
	follow -f -n 2 -o id
	wait_for printed 2 3
	ev-emit -q --id 4 x
	wait_for printed 2 3 4
	event 5 6 >>.events.jsonl
	wait_for printed 2 3 4 5 6
	finish
	[ "$status" -eq 143 ]
	[ ! -s err ]
}

@test "-f: SIGINT ends it, too; one that is ignored does not" {
	event 1 >.events.jsonl
	env --default-signal=INT ev-tail -f -o id >out 3>&- &
	pid=$! && pids+=("$pid")
	wait_for printed 1
	# it may still be catching up: what it did not print is lost to nobody
	event 2 >>.events.jsonl
	wait_for printed 1 2
	kill -INT "$pid"
	status=0
	wait "$pid" || status=$?
	[ "$status" -eq 130 ]
	env --ignore-signal=INT ev-tail -f -o id >out 3>&- &
	pid=$! && pids+=("$pid")
	event 3 >>.events.jsonl
	wait_for printed 1 2 3
	kill -INT "$pid"
	event 4 >>.events.jsonl
	wait_for printed 1 2 3 4
}

@test "-f: an unfinished line of a store waits for its newline (I7)" {
	event 1 >.events.jsonl
	follow -f -o id
	wait_for printed 1
	event 2 | tr -d '\n' >>.events.jsonl
	: >marker # a wake-up that has nothing to print
	echo >>.events.jsonl
	wait_for printed 1 2
	event 3 | head -c 20 >>.events.jsonl
	event 3 | tail -c +21 >>.events.jsonl
	wait_for printed 1 2 3
	finish
	[ ! -s err ]
}

@test "-f: a last object of another file counts at once, and only once" {
	event 1 2 | head -c -1 >b.jsonl
	follow -f -o id b.jsonl
	wait_for printed 1 2
	# Brewva writes the newline before each record
	for i in 3 4 5; do
		printf '\n%s' "$(event "$i")" >>b.jsonl
	done
	wait_for printed 1 2 3 4 5
	printf '\n{"event_id":"6",' >>b.jsonl
	printf '"event_type":"x"}' >>b.jsonl
	wait_for printed 1 2 3 4 5 6
	printf '\r\n\r\n' >>b.jsonl
	event 7 >>b.jsonl
	wait_for printed 1 2 3 4 5 6 7
	finish
	[ ! -s err ]
}

@test "-f: a last object with blanks behind it counts at once, too" {
	event 1 >log
	follow -f -o id log
	wait_for printed 1
	printf '%s \r' "$(event 2)" >>log
	wait_for printed 1 2
	printf '\n%s' "$(event 3)" >>log
	wait_for printed 1 2 3
	finish
	[ ! -s err ]
}

@test "-f: Brewva's files as they grow (vectors brewva.incremental)" {
	need_shared vectors/brewva.incremental.jsonl
	need python3
	cat >steps.py <<-'EOF'
		import json, os, subprocess, sys, time
		def lines(p):
		    return [l for l in open(p, errors="surrogatepass")]
		n = 0
		for case in map(json.loads, open(sys.argv[1])):
		    steps = case["in"]
		    outs = case["out"]
		    name = "v%d.jsonl" % n
		    n += 1
		    open(name, "w").close()
		    got = open(name + ".out", "w+b")
		    p = subprocess.Popen(["ev-tail", "-f", "-n", "all", name],
		        stdout=got)
		    for step, want in zip(steps, outs):
		        with open(name, "ab") as f:
		            f.write(step.encode("utf-8", "surrogatepass"))
		        ids = [e if isinstance(e, str) else e["id"] for e in want]
		        end = time.monotonic() + 10
		        while True:
		            have = [json.loads(l)["id"] for l in open(name + ".out")]
		            if have == ids:
		                break
		            if time.monotonic() > end:
		                p.kill()
		                sys.exit("%s: %r is not %r" % (name, have, ids))
		            time.sleep(0.005)
		    p.terminate()
		    p.wait()
		print(n)
	EOF
	run -0 --separate-stderr python3 steps.py "$SHARED/vectors/brewva.incremental.jsonl"
	[ "$output" -ge 4 ]
}

@test "-f: a log that is not there yet, in a directory that is not" {
	follow -f -o id deep/er/log.jsonl
	wait_for grep -q 'waiting' err
	[ "$(cat err)" = "ev-tail: 'deep/er/log.jsonl' is not there yet, waiting for it" ]
	mkdir deep
	mkdir deep/er
	event 1 >deep/er/log.jsonl
	wait_for printed 1
	finish
	follow -f -o id
	wait_for grep -q "'.events.jsonl' is not there yet" err
	ev-emit -q --id 1 x
	wait_for printed 1
	finish
	[ "$status" -eq 143 ]
}

@test "-f: rotation: the old file to its end, then the new one from its start" {
	event 1 2 >log.jsonl
	follow -f -o id log.jsonl
	wait_for printed 1 2
	event 3 >>log.jsonl
	mv log.jsonl log.jsonl.1
	event 4 >>log.jsonl.1
	: >log.jsonl
	event 5 >>log.jsonl.1
	wait_for printed 1 2 3 4 5
	event 6 7 >>log.jsonl
	wait_for printed 1 2 3 4 5 6 7
	# the same again, and nobody was away in between
	mv log.jsonl log.jsonl.2
	event 8 >log.jsonl
	wait_for printed 1 2 3 4 5 6 7 8
	finish
	[ ! -s err ]
}

@test "-f: a log replaced by git checkout: every event once" {
	need git
	git init -q .
	git config user.name t
	git config user.email t@t
	event {1..30} >.events.jsonl
	git add .events.jsonl
	git commit -q -m a
	git checkout -q -b other
	{ event 1 a b; event {2..30} c; } >.events.jsonl
	git commit -q -a -m b
	git checkout -q -
	event 31 32 >>.events.jsonl
	git commit -q -a -m c
	follow -f -n all -o id
	wait_for printed {1..32}
	for _ in 1 2 3; do
		git checkout -q other
		wait_for printed {1..32} a b c
		git checkout -q -
	done
	event 33 >>.events.jsonl
	wait_for printed {1..32} a b c 33
	finish
	[ ! -s err ]
}

@test "-f: a file that is cut off is read from its start, and that is told" {
	event 1 2 3 >log.jsonl
	follow -f -o id log.jsonl
	wait_for printed 1 2 3
	event 4 >log.jsonl
	wait_for printed 1 2 3 4
	[ "$(cat err)" = "ev-tail: 'log.jsonl' was cut off, it is read from its start" ]
	# written over in place, but with what it had: nothing is repeated
	{ event 0 4 5 6; } >new
	cat new 1<>log.jsonl >&1
	wait_for printed 1 2 3 4 5 6
	finish
	[ "$status" -eq 143 ]
}

@test "-f: filters, formats, -u, -n +N, several inputs" {
	event 1 2 2 >a.jsonl
	event 3 >b.jsonl
	follow -f -u -n all -w 'id!=x' -o csv --columns id,type a.jsonl b.jsonl
	wait_for printed id,type 1,x 2,x 3,x
	event 4 4 x >>a.jsonl
	wait_for printed id,type 1,x 2,x 3,x 4,x
	event 4 5 >>b.jsonl
	wait_for printed id,type 1,x 2,x 3,x 4,x 5,x
	finish
	follow -f -n +5 -o id a.jsonl
	event 7 8 >>a.jsonl
	wait_for printed 4 x 7 8
	finish
	for format in short json-seq tsv md cloudevents structured; do
		follow -f -n 1 -o "$format" b.jsonl
		wait_for test -s out
		before=$(wc -l <out)
		event "new-$format" >>b.jsonl
		wait_for more_than "$before"
		finish
	done
}

@test "-f: files that come into a directory, and one that is only renamed" {
	mkdir logs
	event 1 >logs/a.jsonl
	follow -f -o id logs
	wait_for printed 1
	event 2 >logs/b.jsonl
	wait_for printed 1 2
	mv logs/a.jsonl logs/c.jsonl
	event 3 >logs/d.jsonl
	wait_for printed 1 2 3
	event 4 >logs/a.jsonl
	wait_for printed 1 2 3 4
	finish
	[ "$status" -eq 143 ]
}

@test "-f: several files that are empty at first" {
	: >a.jsonl
	: >b.jsonl
	follow -f -n all -o id a.jsonl b.jsonl
	event 1 >>b.jsonl
	wait_for printed 1
	event 2 >>a.jsonl
	wait_for printed 1 2
	finish
	[ ! -s err ]
}

@test "-f: damage is told once when it comes, and all of it at the end" {
	event 1 >log.jsonl
	follow -f -o id log.jsonl
	wait_for printed 1
	echo '{"torn":' >>log.jsonl
	event 2 >>log.jsonl
	wait_for printed 1 2
	echo 'no event' >>log.jsonl
	event 3 >>log.jsonl
	wait_for printed 1 2 3
	finish
	diff err - <<-'EOF'
		ev-tail: log.jsonl: 1 damaged line skipped (first: torn)
		ev-tail: log.jsonl: 2 damaged lines skipped (first: torn)
	EOF
	follow -f --strict -o id -n all log.jsonl
	status=0
	wait "$pid" || status=$?
	[ "$status" -eq 2 ]
}

@test "-f: a pipe is read as it comes; packed files are read once" {
	mkfifo p q
	ev-tail -f -o id - <p >out 3>&- &
	pid=$! && pids+=("$pid")
	exec 9>p
	event {1..12} >&9
	wait_for printed {1..12}
	event 13 >&9
	wait_for printed {1..13}
	exec 9>&-
	wait "$pid"
	event 1 2 | gzip >a.jsonl.gz
	run -0 ev-tail -f -o id a.jsonl.gz
	[ "$output" = $'1\n2' ]
	event 5 >l.jsonl
	ev-tail -f -o id - <l.jsonl >out 3>&- &
	pid=$! && pids+=("$pid")
	wait_for printed 5
	event 6 >>l.jsonl
	wait_for printed 5 6
	finish
	[ "$status" -eq 143 ]
}

@test "-f: when nobody reads on it ends, silently, also while nothing comes" {
	event 1 >log.jsonl
	run -0 --separate-stderr bash -c '
		set -o pipefail
		ev-tail -f log.jsonl | head -n 1 || [ $? -eq 141 ]'
	[ "$output" = "$(event 1)" ]
	[ -z "$stderr" ]
}

@test "-f: no disk for the output is status 2" {
	event 1 >log.jsonl
	run -2 --separate-stderr bash -c 'ev-tail -f log.jsonl >/dev/full'
	[[ $stderr == *"No space left on device" ]]
}

@test "-f: idle it waits without a limit; what comes goes out with one write" {
	need strace
	mkdir d
	event 1 >d/log.jsonl
	follow -f -o id d/log.jsonl
	wait_for printed 1
	strace -o trace -p "$pid" 2>traced 3>&- &
	pids+=("$!")
	wait_for grep -q attached traced
	event {2..500} >more.jsonl
	cat more.jsonl >>d/log.jsonl
	wait_for printed {1..500}
	finish
	[ "$(grep -c '^write(1' trace)" -eq 1 ]
	run -1 grep -q 'ppoll(.*tv_sec' trace
}

@test "-f: a file beside it that is written with each of its calls holds nobody up" {
	need strace
	event 1 >log.jsonl
	follow -f -o id log.jsonl
	wait_for printed 1
	strace -o trace -p "$pid" 2>traced 3>&- &
	pids+=("$!")
	wait_for grep -q attached traced
	event 2 >>log.jsonl
	wait_for printed 1 2
	finish
	[ "$status" -eq 143 ]
}

@test "-f: stopped and continued it misses nothing" {
	event 1 >.events.jsonl
	follow -f -o id
	wait_for printed 1
	kill -STOP "$pid"
	for i in {2..40}; do
		ev-emit -q --id "$i" x
	done
	mv .events.jsonl old
	cat old >.events.jsonl
	ev-emit -q --id 41 x
	kill -CONT "$pid"
	wait_for printed {1..41}
	finish
	[ "$status" -eq 143 ]
}

@test "-f: what does not go with it is refused" {
	event 1 >log.jsonl
	for option in -r --count --out=x; do
		run -2 --separate-stderr ev-tail -f "$option" log.jsonl
		[[ $stderr == "ev-tail: ${option%=x} needs all events before it prints, and -f never has them: give one or the other" ]]
	done
	follow -f - log.jsonl < <(:)
	wait_for test -s err
	stderr=$(cat err)
	[[ $stderr == "ev-tail: cannot follow '-' beside others: not a regular file" ]]
}

@test "--head and --after: what was written since, also in a log rewritten" {
	event 1 2 3 >.events.jsonl
	pos=$(ev-tail --head)
	[[ $pos =~ ^ev1:[[:graph:]]+$ ]]
	run -0 ev-tail --after "$pos"
	[ -z "$output" ]
	event {4..20} >>.events.jsonl
	[ "$(ev-tail --after "$pos" -o id | paste -sd' ')" = "$(echo {4..20})" ]
	[ "$(ev-tail --after "$pos" -o id -n 2 | paste -sd' ')" = "19 20" ]
	[ "$(ev-tail --after "$pos" -r -o id -n 2 | paste -sd' ')" = "20 19" ]
	[ "$(ev-tail --after 18 -o id | paste -sd' ')" = "19 20" ]
	# a line more before it: the line is found
	{ event 0; cat .events.jsonl; } >new
	mv new .events.jsonl
	[ "$(ev-tail --after "$pos" -o id | head -n 1)" = 4 ]
	# the line is another one: its id is found
	sed -i '/"3"/s/}/ }/' .events.jsonl
	[ "$(ev-tail --after "$pos" -o id | head -n 1)" = 4 ]
	# nothing is left of it: told, from the start, status 1
	sed -i '/"3"/d' .events.jsonl
	run -1 --separate-stderr ev-tail --after "$pos" -o id
	[ "${lines[0]}" = 0 ]
	[[ $stderr == *"neither the place nor its last line nor its id"* ]]
	run -1 --separate-stderr ev-tail --after no-such-id -o id
	[[ $stderr == *"--after 'no-such-id': neither the place"* ]]
	run -2 ev-tail --after ev1:broken
	[ "$output" = "ev-tail: --after 'ev1:broken': not a position" ]
	run -2 ev-tail --head .events.jsonl .events.jsonl
	[ "$output" = "ev-tail: a position is one of one log" ]
	for option in -f --wait --count -r -u '-n 1'; do
		# shellcheck disable=SC2086 # two words
		run -2 --separate-stderr ev-tail --head $option
		[[ $stderr == 'ev-tail: --head prints a position, no events: '* ]]
	done
	: >empty.jsonl
	pos=$(ev-tail --head empty.jsonl)
	event 1 >empty.jsonl
	[ "$(ev-tail --after "$pos" -o id empty.jsonl)" = 1 ]
}

@test "--after with -f: behind it, then what comes" {
	event 1 2 3 >.events.jsonl
	follow -f --after 1 -o id
	wait_for printed 2 3
	event 4 >>.events.jsonl
	wait_for printed 2 3 4
	finish
	[ "$status" -eq 143 ]
}

@test "--wait: the first match after the start, 124 on time-out" {
	event 1 2 >.events.jsonl
	run -124 ev-tail --wait --timeout 0s
	[ -z "$output" ]
	run -124 ev-tail --wait --timeout 20ms -w id=1
	run -0 ev-tail --after 1 --wait -o id
	[ "$output" = 2 ]
	follow --wait -o id -w id=4
	until [ -s out ]; do
		event 3 4 5 >>.events.jsonl
		read -r -t 0.01 <> <(:) || :
	done
	wait "$pid"
	printed 4
	for args in '--wait -f' '--wait -n 1' '--wait -r' '--timeout 1s'; do
		# shellcheck disable=SC2086 # several words
		run -2 ev-tail $args
	done
	run -2 ev-tail --wait --timeout banana
}

@test "--wait: what only ends, a pipe or a packed file, is refused" {
	event 1 2 >log
	gzip -c log >log.gz
	run -2 --separate-stderr bash -c 'cat log | ev-tail --wait -'
	[ "$stderr" = "ev-tail: cannot wait for more of '-': not a plain file" ]
	run -2 --separate-stderr ev-tail --wait log.gz
	[ "$stderr" = "ev-tail: cannot wait for more of 'log.gz': not a plain file" ]
	: >empty
	run -124 ev-tail --wait --timeout 1ms empty
}
