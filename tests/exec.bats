#!/usr/bin/env bats
# ev-emit --exec: a command runs, one event tells of it (3-commands 3.2).

load helper

last() {
	tail -n 1 .events.jsonl
}

# One value of the last line, as JSON.
field() { # PATH
	last | jq -c "$1"
}

# The wrapper in the background, its pid in $pid, once the command is there:
# it says so by the FIFO "ready".
start() { # COMMAND …
	mkfifo -m 600 ready
	# a group of its own, in which no signal is ignored
	set -m
	ev-emit --exec x -- "$@" 3>&- &
	pid=$!
	set +m
	read -r -t 10 <>ready
}

# The status of what start started.
finished() {
	status=0
	wait "$pid" || status=$?
}

@test "one event: exit code, times, memory, command, place" {
	export EV_NOW=2026-01-06T10:30:00.5Z
	run -3 --separate-stderr ev-emit --exec ci.ran job=unit -- \
		sh -c 'echo out; echo err >&2; exit 3'
	[ "$output" = out ]
	[ "$stderr" = err ]
	[ "$(wc -l <.events.jsonl)" -eq 1 ]
	[ "$(field '[.event_type, .timestamp, .data.exit_code, .data.signal, .data.job, .data.cwd]')" = "[\"ci.ran\",\"2026-01-06T10:30:00.500Z\",3,null,\"unit\",\"$PWD\"]" ]
	[ "$(field '.data | [.duration_ms, .user_ms, .sys_ms, .max_rss_kb] | map(type) | unique')" = '["number"]' ]
	[ "$(field '.data.max_rss_kb > 100 and .data.duration_ms < 10000')" = true ]
	[ "$(field .data.commandRedacted)" = '"sh -c '"'echo out; echo err >&2; exit 3'"'"' ]
	[ "$(field .data.commandHash)" = "\"$(printf %s "sh -c 'echo out; echo err >&2; exit 3'" | sha256sum | cut -d ' ' -f 1)\"" ]
}

@test "status 0; the clock of durations is not the calendar's" {
	mkfifo gate
	EV_NOW=2026-01-06T10:30:00Z ev-emit --exec x -- sh -c 'read -r _ <gate' &
	pid=$!
	exec 7>gate
	began=${EPOCHREALTIME/./}
	until [ $((${EPOCHREALTIME/./} - began)) -gt 60000 ]; do
		read -r -t 0.01 <> <(:) || :
	done
	echo >&7
	exec 7>&-
	finished
	[ "$status" -eq 0 ]
	[ "$(field '.data | .exit_code == 0 and .duration_ms >= 60')" = true ]
}

@test "standard input, output and error are the command's; nothing is printed" {
	printf 'a\0b\n' >in
	run -0 --separate-stderr bash -c 'ev-emit --exec x -- cat <in | cmp - in'
	[ -z "$output$stderr" ]
	run -0 --separate-stderr ev-emit -o json --exec x -- echo first
	[ "${lines[0]}" = first ]
	[ "${lines[1]}" = "$(last)" ]
	run -0 --separate-stderr ev-emit -o id --exec x -- true
	[ "$output" = "$(field .event_id | tr -d '"')" ]
	run -0 ev-emit --exec x -- sh -c '[ ! -e /dev/fd/9 ] && echo /dev/fd/*'
	run -0 ev-emit --exec x -- sh -c 'ls /proc/self/fd | tr "\n" " "'
	[ "$output" = "$(sh -c 'ls /proc/self/fd | tr "\n" " "')" ]
}

@test "not found: 127, not executable: 126, both recorded with a reason" {
	run -127 --separate-stderr ev-emit --exec x -- ./nosuch
	[ "$stderr" = "ev-emit: cannot run ./nosuch: No such file or directory" ]
	[ "$(field '.data | [.exit_code, .reason]')" = '[127,"command not found"]' ]
	: >plain
	run -126 --separate-stderr ev-emit --exec x -- ./plain
	[ "$stderr" = "ev-emit: cannot run ./plain: Permission denied" ]
	[ "$(field '.data | [.exit_code, .reason]')" = '[126,"cannot be executed: Permission denied"]' ]
}

@test "a script without #! is the shell's, as with execvp" {
	echo 'echo "$1"; exit 4' >s
	chmod +x s
	run -4 ev-emit --exec x -- ./s 'a  b'
	[ "$output" = 'a  b' ]
}

@test "options behind -- are the command's; without one it does not run" {
	run -0 ev-emit --exec -m -- x a=b -- echo -q --dry-run -- z
	[ "$output" = "-q --dry-run -- z" ]
	[ "$(field '.data | [.title, .a]')" = '["--","b"]' ]
	rm .events.jsonl
	run -2 --separate-stderr ev-emit --exec x a=b
	[ "$stderr" = "ev-emit: --exec: no COMMAND behind --" ]
	run -2 --separate-stderr ev-emit --exec x --
	[ "$stderr" = "ev-emit: --exec: no COMMAND behind --" ]
	run -2 --separate-stderr ev-emit --exec -- touch ran
	[ "$stderr" = "ev-emit: --exec: no TYPE before --" ]
	run -2 --separate-stderr ev-emit --exec - -- touch ran
	[ "$stderr" = "ev-emit: --exec: not with -" ]
	for option in --argv --on-error=y; do
		run -2 --separate-stderr ev-emit "$option" x
		[ "$stderr" = "ev-emit: ${option%%=*}: only with --exec" ]
	done
	[ ! -e ran ]
	[ ! -e .events.jsonl ]
}

@test "what can be refused is refused before: status 2, the command is not run" {
	run -2 --separate-stderr ev-emit -d govern --exec test -- touch ran
	[ "$stderr" = "ev-emit: description: missing (give -m TEXT); the command was not run" ]
	run -2 --separate-stderr ev-emit -d govern -m d --exec test --on-error bad -- touch ran
	[[ $stderr == "ev-emit: if the command fails: type: "*"; the command was not run" ]]
	run -2 ev-emit --exec x a:=bad -- touch ran
	run -2 ev-emit --exec x a=@nofile -- touch ran
	run -2 ev-emit --exec -p @last x -- touch ran
	run -2 ev-emit -S nodir/log.jsonl --exec x -- touch ran
	ln -s target .events.jsonl
	run -2 --separate-stderr ev-emit --exec x -- touch ran
	[[ $stderr == *"symbolic link"* ]]
	rm .events.jsonl
	: >.events
	run -2 --separate-stderr ev-emit --exec x -- touch ran
	[[ $stderr == "ev-emit: "*".events"*"; the command was not run" ]]
	[ ! -e ran ]
}

@test "files that fields name are read before the command" {
	echo before >f
	ev-emit --exec x a=@f -- rm f
	[ "$(field .data.a)" = '"before\n"' ]
}

@test "a chain of wrappers: causes, one correlation, the session" {
	EV_SESSION=S ev-emit --exec outer -- ev-emit --exec middle -- \
		sh -c 'ev-emit -q leaf; env | grep ^EV_ >vars'
	# a cause is written after its effects and sorts before them
	[ "$(jq -r .event_type .events.jsonl | tr '\n' ' ')" = "leaf middle outer " ]
	jq -s 'sort_by(.timestamp, .event_id)' .events.jsonl >sorted
	[ "$(jq -c 'map(.event_type)' sorted)" = '["outer","middle","leaf"]' ]
	[ "$(jq '.[1].caused_by == .[0].event_id and .[2].caused_by == .[1].event_id and .[0].caused_by == null' sorted)" = true ]
	[ "$(jq '[.[].correlation_id] | unique == [input[0].event_id]' sorted sorted)" = true ]
	[ "$(jq -c 'map(.session_id) | unique' sorted)" = '["S"]' ]
	grep -qxF "EV_CAUSED_BY=$(jq -r '.[1].event_id' sorted)" vars
	grep -qxF "EV_SESSION=S" vars
}

@test "causes sort before their effects, also within a millisecond" {
	export EV_NOW=2026-01-06T10:30:00Z
	for _ in 1 2 3 4 5; do
		ev-emit --exec a -- ev-emit --exec b -- ev-emit -q c
	done
	jq -r '.event_id + " " + .event_type' .events.jsonl | sort >sorted
	jq -s 'group_by(.correlation_id) | map(sort_by(.event_id) | map(.event_type) | join("")) | unique == ["abc"]' .events.jsonl | grep -qx true
}

@test "what one cause starts has ids of its own, also within a millisecond" {
	export EV_NOW=2026-01-06T10:30:00Z
	ev-emit --exec a -- sh -c 'for t in b c d; do ev-emit --exec $t -- ev-emit -q e; done'
	[ "$(jq -r .event_id .events.jsonl | sort -u | wc -l)" -eq 7 ]
}

@test "a given correlation, session and cause go on" {
	ev-emit -c C -s S -p P --exec x -- sh -c 'env | grep ^EV_' >vars
	[ "$(field '[.correlation_id, .session_id, .caused_by]')" = '["C","S","P"]' ]
	grep -qx EV_CORRELATION=C vars
	grep -qx EV_SESSION=S vars
	grep -qxF "EV_CAUSED_BY=$(field .event_id | tr -d '"')" vars
}

@test "--id: the event's and the cause of the rest" {
	run -0 ev-emit --id evt-mine --exec x -- sh -c 'echo $EV_CAUSED_BY'
	[ "$output" = evt-mine ]
	[ "$(field .event_id)" = '"evt-mine"' ]
	run -5 ev-emit --id evt-mine --exec x -- sh -c 'exit 5'
	[ "$(wc -l <.events.jsonl)" -eq 1 ]
}

@test "every dialect: where it stands, and the id that the command was told" {
	while read -r dialect home id options; do
		# shellcheck disable=SC2086 # the options are words
		ev-emit -d "$dialect" $options -- \
			sh -c 'printf %s "$EV_CAUSED_BY" >told; exit 1' || [ $? -eq 1 ]
		[ "$(field "$home | [.exit_code, .signal]")" = '[1,null]' ] || {
			echo "$dialect"; last; false; }
		[ "$(cat told)" = "$(field "$id // \"\"" | tr -d '"')" ]
	done <<-'EOF'
		vermas .data .event_id --exec a
		govern .metadata .id -m d --exec qa
		agentguard .metadata .id -m d --exec TestFailure
		brewva .payload .id -s S --exec exec_routed
		gastown .payload .nothing --exec a
		cloudevents .data .id --exec a
		gep .meta .id --score 0.5 --exec repair blast_radius:={"files":1,"lines":1}
		gep .meta .id --exec ValidationReport
	EOF
}

@test "gep: outcome and commands by the end of the command" {
	radius='blast_radius:={"files":1,"lines":1}'
	ev-emit -d gep --score 1 --exec repair "$radius" -- true
	[ "$(field .outcome.status)" = '"success"' ]
	run -1 ev-emit -d gep --score 0 --exec repair "$radius" -- false
	[ "$(field .outcome.status)" = '"failed"' ]
	# a capsule belongs to success alone: said before
	run -2 --separate-stderr ev-emit -d gep --score 1 -e capsule_1 \
		--exec repair "$radius" -- touch ran
	[[ $stderr == "ev-emit: if the command fails: capsule_id: "* ]]
	[ ! -e ran ]
	run -1 ev-emit -d gep --exec ValidationReport -- false
	[ "$(field '[.commands, .overall_ok, (.duration_ms|type)]')" = '[[{"command":"false","ok":false}],false,"number"]' ]
	ev-emit -d gep --exec ValidationReport -- true
	[ "$(field '[.commands, .overall_ok]')" = '[[{"command":"true","ok":true}],true]' ]
}

@test "gep and agentguard: equal causes have ids of their own" {
	export EV_NOW=2026-01-06T10:30:00Z EV_DIALECT=agentguard
	ev-emit --exec A -m d -- ev-emit --exec A -m d -- ev-emit --exec A -m d -- true
	[ "$(jq -r .id .events.jsonl | sort -u | wc -l)" -eq 3 ]
	[ "$(jq -s 'map({key: .id, value: .caused_by}) | from_entries | [.[]] | map(select(. == null)) | length' .events.jsonl)" -eq 1 ]
}

@test "govern: tests passed or did not; --on-error gives another type" {
	set -- -d govern -m 'unit tests' --archetype jarvis --skill ci
	run -3 ev-emit "$@" --exec test -- sh -c 'exit 3'
	[ "$(field '[.type, .metadata.testsPassed, .metadata.exit_code]')" = '["test",false,3]' ]
	run -0 ev-emit "$@" --exec test -- true
	[ "$(field '[.type, .metadata.testsPassed]')" = '["test",true]' ]
	run -0 ev-emit "$@" --exec deploy -- true
	[ "$(field '.metadata | has("testsPassed")')" = false ]
	run -1 ev-emit "$@" --exec test --on-error error -- false
	[ "$(field '[.type, .metadata.testsPassed]')" = '["error",false]' ]
	run -0 ev-emit "$@" --exec test --on-error error -- true
	[ "$(field .type)" = '"test"' ]
}

@test "brewva: equal commands correlate by their hash" {
	ev-emit -d brewva -s S --exec exec_routed -- echo a
	ev-emit -d brewva -s S --exec exec_routed -- echo b
	hash=$(printf 'echo a' | sha256sum | cut -d ' ' -f 1)
	run -0 ev-tail -n all -c "$hash" -o jsonl
	[ "${#lines[@]}" -eq 1 ]
}

@test "--dry-run: the command runs, its event is printed, not written" {
	run -3 ev-emit --dry-run --exec x -- sh -c 'echo ran; exit 3'
	[ "${lines[0]}" = ran ]
	[ "$(jq .data.exit_code <<<"${lines[1]}")" -eq 3 ]
	[ ! -e .events.jsonl ]
}

@test "a level that is not kept: the command runs, the chain goes round it" {
	run -3 --separate-stderr ev-emit --keep-level audit -v -p P --exec x -- \
		sh -c 'echo "$EV_CAUSED_BY"; exit 3'
	[ "$output" = P ]
	[ "$stderr" = "ev-emit: x: below the level to keep" ]
	[ ! -s .events.jsonl ]
}

@test "--git: the commit that was there at the start" {
	git init -q .
	git -c user.name=a -c user.email=a@b commit -q --allow-empty -m one
	head=$(git rev-parse HEAD)
	ev-emit --git --exec x -- git -c user.name=a -c user.email=a@b \
		commit -q --allow-empty -m two
	[ "$(field .data.commit.hash)" = "\"$head\"" ]
}

@test "the actor is who it was at the start, with few descriptors, too" {
	need git
	unset EV_ACTOR
	git config --global user.name before
	ev-emit --exec x -- git config --global user.name after
	[ "$(field .actor)" = '"before"' ]
	run -0 bash -c 'exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
		ulimit -n 8; ev-emit --exec x -- true'
	[ "$(jq -r .actor .events.jsonl | tr '\n' ' ')" = 'before after ' ]
}

@test "the log cannot be written in the end: the status is the command's" {
	mkdir d
	run -3 --separate-stderr ev-emit -S d --exec x -- \
		sh -c 'rm -r d/.events.jsonl d/.events; mkdir d/.events.jsonl; exit 3'
	[[ $stderr == "ev-emit: "*"; the command's event is not in the log" ]]
	run -0 --separate-stderr bash -c 'ev-emit -o json --exec x -- true >/dev/full'
	[[ $stderr == *"No space left on device" ]]
}

@test "--best-effort: the command runs in any case, its status is ours" {
	run -3 ev-emit --best-effort --exec x -- sh -c 'exit 3'
	[ "$(field .data.exit_code)" = 3 ]
	# without an event: a wrong option, a wrong field, no sound event
	for wrong in --no-such-option a:=bad '-d nonsense' '-d govern'; do
		# shellcheck disable=SC2086 # words
		run -4 --separate-stderr ev-emit --best-effort $wrong --exec x -- \
			sh -c 'echo ran; exit 4'
		[ "$output" = ran ]
		[[ $stderr == "ev-emit: "* ]]
	done
	run -127 ev-emit --best-effort --exec x b:=bad -- ./nosuch
	[ "$(wc -l <.events.jsonl)" -eq 1 ]
	# a log that cannot be written: the spool has it
	rm -r .events.jsonl
	mkdir .events.jsonl
	run -5 ev-emit -S . --best-effort --exec x -- sh -c 'exit 5'
	grep -rq exit_code "$XDG_STATE_HOME/ev/spool"
	run -0 ev-emit --best-effort --exec x --help -- touch ran
	[ ! -e ran ]
}

@test "--best-effort: the time of the command is its own" {
	mkfifo gate
	start_gate() { ev-emit --best-effort --timeout 100ms --exec x -- \
		sh -c 'read -r _ <gate; exit 6' 3>&- & pid=$!; }
	start_gate
	exec 7>gate
	began=${EPOCHREALTIME/./}
	until [ $((${EPOCHREALTIME/./} - began)) -gt 200000 ]; do
		read -r -t 0.01 <> <(:) || :
	done
	echo >&7
	exec 7>&-
	finished
	[ "$status" -eq 6 ]
	[ "$(field .data.exit_code)" = 6 ]
	# the signals of the command are those of our start
	run -0 ev-emit --best-effort --exec x -- grep -E 'Sig(Ign|Blk)' /proc/self/status
	# (those above 31 are the C library's)
	[ "$(grep -c $'[08]0000000$' <<<"$output")" -eq 2 ]
}

@test "TERM to the wrapper: the command gets it, the event tells of it" {
	start sh -c 'trap "exit 7" TERM; echo >ready; while :; do read -r _ <>stay || :; done'
	kill -TERM "$pid"
	finished
	[ "$status" -eq 7 ]
	[ "$(field '.data | [.exit_code, .signal]')" = '[7,null]' ]
}

@test "each signal once: HUP, INT, QUIT, USR1, USR2, and the one that kills" {
	mkfifo stay
	start bash -c 'for s in HUP INT QUIT USR1 USR2; do trap "echo $s >>got; echo >ready" "$s"; done
		trap "echo TERM >>got; exit 0" TERM
		echo >ready; while :; do read -r -t 5 _ <>stay || :; done'
	for s in HUP INT QUIT USR1 USR2; do
		kill -"$s" "$pid"
		read -r -t 10 <>ready
	done
	kill -TERM "$pid"
	finished
	[ "$status" -eq 0 ]
	[ "$(tr '\n' ' ' <got)" = "HUP INT QUIT USR1 USR2 TERM " ]
}

@test "killed by a signal: 128 + n, and its name" {
	run -137 ev-emit --exec x -- sh -c 'kill -KILL $$'
	[ "$(field '.data | [.exit_code, .signal]')" = '[137,"SIGKILL"]' ]
	run -143 ev-emit --exec x -- sh -c 'kill -TERM $$'
	[ "$(field .data.signal)" = '"SIGTERM"' ]
}

@test "what was ignored stays ignored, for the command, too" {
	run -0 sh -c 'trap "" HUP PIPE; exec ev-emit --exec x -- grep SigIgn /proc/self/status'
	# HUP is bit 0, PIPE bit 12
	[ $((0x${output##*[[:blank:]]} & 0x1001)) -eq $((0x1001)) ]
	run -0 ev-emit --exec x -- grep SigIgn /proc/self/status
	[ $((0x${output##*[[:blank:]]} & 0x1001)) -eq 0 ]
	run -0 ev-emit --exec x -- grep SigBlk /proc/self/status
	[ $((0x${output##*[[:blank:]]})) -eq 0 ]
	run -3 sh -c 'trap "" CHLD; exec ev-emit --exec x -- sh -c "exit 3"'
}

@test "grandchildren that keep standard output do not hold it" {
	mkfifo hold
	run -0 timeout 10 bash -c 'ev-emit --exec x -- sh -c "read -r _ <hold & echo gone" >out 2>&1 3>&-'
	[ "$(cat out)" = gone ]
	[ "$(field .data.exit_code)" = 0 ]
	echo >hold
}

@test "the wrapper is killed: the command goes on" {
	mkfifo stay
	start sh -c 'echo >ready; read -r _ <stay; echo went on >after'
	kill -KILL "$pid"
	finished
	[ "$status" -eq 137 ]
	echo >stay
	wait_for test -s after
}

@test "Ctrl-C on a terminal reaches the command, once" {
	need script
	mkfifo ready keys
	cat >child <<-'EOF'
		trap 'echo INT >>got; echo >ready' INT
		echo >ready
		until [ -e stop ]; do read -r -t 0.05 _ <>never || :; done
		exit 9
	EOF
	mkfifo never
	set -m # or SIGINT is ignored
	script -qec 'ev-emit --exec x -- bash child; echo $? >status' /dev/null \
		<keys >/dev/null 3>&- &
	set +m
	exec 7>keys
	read -r -t 10 <>ready
	printf '\003' >&7
	read -r -t 10 <>ready
	: >stop
	exec 7>&-
	wait $!
	[ "$(cat got)" = INT ]
	[ "$(cat status)" = 9 ]
	[ "$(field .data.exit_code)" = 9 ]
}

@test "Ctrl-C that kills: 130" {
	need script
	mkfifo ready keys stay
	set -m
	script -qec 'ev-emit --exec x -- sh -c "echo >ready; read -r _ <>stay"; echo $? >status' \
		/dev/null <keys >/dev/null 3>&- &
	pid=$!
	set +m
	exec 7>keys
	read -r -t 10 <>ready
	printf '\003' >&7
	wait_for test -s status
	exec 7>&-
	wait "$pid"
	[ "$(cat status)" = 130 ]
	[ "$(field .data.signal)" = '"SIGINT"' ]
}

@test "a terminal that goes away: the command of its leader ends, too" {
	need python3
	mkfifo stay
	run -0 python3 - 3>&- <<-'EOF'
		import os, pty, signal
		signal.alarm(20)
		pid, fd = pty.fork()
		if pid == 0:
		    os.execvp("ev-emit", ["ev-emit", "--exec", "x", "--", "sh",
		                          "-c", "echo ready; read -r _ <>stay"])
		os.read(fd, 1)
		os.close(fd)
		print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
	EOF
	[ "$output" = 129 ]
	[ "$(field .data.signal)" = '"SIGHUP"' ]
}

@test "stop and go on: TSTP and CONT to the wrapper" {
	mkfifo stay
	start sh -c 'echo $$ >child; echo >ready; read -r _ <stay; exit 6'
	child=$(cat child)
	kill -TSTP "$pid"
	wait_for grep -q '^State:.*stopped' "/proc/$child/status"
	wait_for grep -q '^State:.*stopped' "/proc/$pid/status"
	kill -CONT "$pid"
	wait_for grep -q '^State:.*sleeping' "/proc/$child/status"
	echo >stay
	finished
	[ "$status" -eq 6 ]
	[ "$(field .data.exit_code)" = 6 ]
}

# --- what the log tells of the command

@test "secrets of a command line do not reach the log" {
	n=0
	while IFS= read -r line; do
		n=$((n + 1))
		eval "set -- $line"
		ev-emit -m "$n" --exec x -- "$@" >/dev/null 2>&1 </dev/null || :
	done <"$BATS_TEST_DIRNAME/data/commands"
	[ "$n" -gt 40 ]
	[ "$(wc -l <.events.jsonl)" -eq "$n" ]
	run -1 grep -rn hunter2 .events.jsonl .events
	# the words around them do
	[ "$(jq -r 'select(.data.title == "1") | .data.commandRedacted' .events.jsonl)" = \
		'true --password=[REDACTED:argument] --token [REDACTED:argument] -v' ]
}

@test "what is no secret stays" {
	for line in "make -j4 test" "pytest tests/test_auth.py" \
		"grep -rn password src" "sh -c 'echo \$PWD; cd /x && ls | wc -l'" \
		"docker run --user 1000:1000 img" "x --no-password" "PWD=/x"; do
		eval "set -- $line"
		ev-emit --exec x -- true "$@"
		want=$(python3 -c 'import shlex, sys; print(shlex.join(sys.argv[1:]))' true "$@")
		[ "$(last | jq -r .data.commandRedacted)" = "$want" ]
		[ "$(last | jq -r .data.commandHash)" = "$(printf %s "$want" | sha256sum | cut -d ' ' -f 1)" ]
	done
}

@test "--no-redact does not show them; --argv adds the words as they are" {
	ev-emit --no-redact --exec x -- true --token hunter2
	run -1 grep -q hunter2 .events.jsonl
	ev-emit --argv --exec x -- true --token hunter2 $'a\xff'
	[ "$(field .data.argv)" = '["true","--token","hunter2","a�"]' ]
	[ "$(field .data.commandRedacted)" = '"true --token [REDACTED:argument] '"'a�'"'"' ]
	# but for those that are told by their looks
	run -0 --separate-stderr ev-emit --argv --exec x -- true AKIAABCDEFGHIJKLMNOP
	[ "$(field .data.argv)" = '["true","[REDACTED:aws-key]"]' ]
	[ "$stderr" = "ev-emit: 1 secret redacted (aws-key); --no-redact keeps it" ]
}

@test "a long command is cut, its hash is of all" {
	long=$(printf 'é%.0s' {1..1000})
	ev-emit --exec x -- true "$long"
	[ "$(field '.data.commandRedacted | length')" -eq 243 ]
	[ "$(last | jq -r .data.commandHash)" = "$(printf "true '%s'" "$long" | sha256sum | cut -d ' ' -f 1)" ]
}
