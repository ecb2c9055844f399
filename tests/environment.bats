#!/usr/bin/env bats
# Hostile surroundings: what a caller may leave us in.  Each command is run in
# each of them, and does what it does at home or says why it cannot; the log
# gets the same lines, or none.

load helper
load other

# NAME: COMMAND.  Standard input is a file of three events; those that read it
# begin with "<", those that never fail with "!".
COMMANDS="
emit: ev-emit --id evt-new x.y k=v
stdin:< ev-emit -
commit: ev-emit --git --id evt-git x.y
exec: ev-emit --exec --id evt-run x.y -- sh -c 'exit 3'
killed: ev-emit --exec --id evt-run x.y -- sh -c 'kill -9 \$\$'
best:! ev-emit --best-effort --id evt-best x.y
tail: ev-tail -n 3 -o jsonl
short: ev-tail -n all -o short
grep: ev-tail -n all -g i1 -o id
sort: ev-tail -n all -w 'actor ~ (?i)^I' -o id
pipe:< ev-tail -n all -o csv -
cursor: ev-tail --cursor c -o id
deliver: ev-tail --cursor d --deliver 'cat >>given' --batch 2 && cmp given .events.jsonl
wait: ev-tail --wait --after evt-3 -o id
replay: ev-replay -o id
state: ev-replay --state -e gt-1
stats: ev-stats --by type,actor -o jsonl
days: ev-stats --every 1d --utc -o csv
top: ev-stats --top 3 --by actor -o md
tree: ev-tree -o json
fp: ev-fp --list -o jsonl
lines:< ev-fp --from lines
fsck: ev-fsck
verify: ev-fsck --verify
repair: ev-fsck --repair
status: ev-git status
install: ev-git install
backfill: ev-git backfill --all
hook:! ev-git hook post-commit
blame: ev-git blame evt-1
"

# Enough of them for surroundings that are like others.
SOME=(emit stdin exec best tail deliver stats repair backfill hook)

# A repository with a store: dated by the clock of the test, the same each time.
make_home() {
	local i
	need git jq
	home=$BATS_FILE_TMPDIR/store
	plain=$BATS_FILE_TMPDIR/plain
	export EV_NOW=2026-01-08T12:00:00Z GIT_COMMITTER_DATE='@1767700000 +0000'
	export GIT_AUTHOR_DATE=$GIT_COMMITTER_DATE
	export GIT_COMMITTER_NAME=U GIT_COMMITTER_EMAIL=u@e
	export GIT_AUTHOR_NAME=U GIT_AUTHOR_EMAIL=u@e
	if [ -d "$plain" ]; then
		return
	fi
	mkdir "$home" "$plain"
	(
		cd "$home" || exit
		git init -q -b main --template= .
		for i in 1 2 3 4 5 6; do
			jq -cn --arg i $i '{event_id: "evt-\($i)", event_type: "a.b",
				timestamp: "2026-01-0\($i)T1\($i):00:00Z",
				actor: "I\($i)", correlation_id: null,
				caused_by: "evt-\(($i | tonumber) - 1)",
				data: {bead_id: "gt-1", title: "Iıİi \($i)"}}'
		done >in
		ev-emit -q - <in
		sed 's/evt-/evt-late-/' in >late
		ev-fsck -q --seal-until now
		ev-fsck -q --compress 4d
		git add in
		git commit -q -m x
	) >"$plain/made"
	every plain ''
}

# Runs a command where the store is new: its output, messages, status, log and
# what the next writer and ev-fsck have to say of it.
run_in() { # WORLD PREFIX NAME COMMAND
	local to=$plain/$3.$1 status
	# always the same directory: it is in what is printed
	local world=$BATS_FILE_TMPDIR/world
	rm -rf "$HOME" "$world"
	mkdir -p "$HOME"
	cp -a "$home" "$world"
	status=0
	(
		cd "$world"
		exec timeout 60 bash -c "${2:+$2; }$4" <late >"$to.out" \
			2>"$to.err" 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
	) || status=$?
	echo "$status" >"$to.status"
	# without what an --exec measured, and blank lines (ev-store(5))
	sed -E '/^$/d; s/"(duration_ms|user_ms|sys_ms|max_rss_kb)":[0-9]+/"\1":0/g' \
		"$world/.events.jsonl" >"$to.log"
	: >"$to.sound"
	cmp -s "$home/.events.jsonl" "$world/.events.jsonl" || (
		cd "$world"
		EV_NOW=2026-01-08T13:00:00Z ev-emit -q --id evt-after after
		ev-fsck -q
	) >"$to.sound" 2>&1 || :
}

# All of them, or some.
every() { # WORLD PREFIX [NAME …]
	local world=$1 prefix=$2 name command
	shift 2
	while IFS=: read -r name command; do
		if [ -n "$name" ] && [[ $# -eq 0 || " $* " == *" $name "* ]]; then
			run_in "$world" "$prefix" "$name" "${command#[<!]}"
			echo "$name:$command"
		fi
	done <<<"$COMMANDS" >"$plain/names.$world"
}

bad() { # WORLD NAME WHAT
	echo "$1, $2: $3: status $(cat "$plain/$2.$1.status"):" \
		"$(head -c 300 "$plain/$2.$1.err")"
	failed=1
}

is_as_plain() { # WORLD NAME KIND …
	local kind world=$1 name=$2
	shift 2
	for kind; do
		cmp -s "$plain/$name.plain.$kind" "$plain/$name.$world.$kind" ||
			return
	done
}

# Says why it could not (an empty PATTERN: nobody hears it) and ends with 2;
# what never fails with 0.
is_refusal() { # WORLD NAME COMMAND PATTERN
	local to=$plain/$2.$1 status=2
	[[ $3 != '!'* ]] || status=0
	[ "$(cat "$to.status")" -eq $status ] &&
		{ [ -z "$4" ] || grep -qE -e "$4" "$to.err"; }
}

# In this world the commands do what they do at home; or, where there is a
# PATTERN, they may say more, or refuse with words like that.
lives() { # WORLD PREFIX [PATTERN [NAME …]]
	local world=$1 pattern=${3-} name command failed=0
	make_home
	every "$world" "$2" "${@:4}"
	while IFS=: read -r name command; do
		[ ! -s "$plain/$name.$world.sound" ] ||
			bad "$world" "$name" "$(cat "$plain/$name.$world.sound")"
		if [ -z "$pattern" ]; then
			is_as_plain "$world" "$name" out err status log
		else
			is_as_plain "$world" "$name" out status log ||
				is_refusal "$world" "$name" "$command" "$pattern"
		fi || bad "$world" "$name" 'not as at home'
	done <"$plain/names.$world"
	[ $failed -eq 0 ]
}

# Without some of descriptors 0 to 2: what cannot be read or printed is said,
# where there is somebody to be told; the log has what it has at home.
lives_without() { # DESCRIPTORS [NAME …]
	local world=closed$1 name command fd failed=0
	local prefix='' deaf='cannot read .*' mute='(standard output|write error)'
	make_home
	for fd in 0 1 2; do
		[[ $1 != *$fd* ]] || prefix+="exec $fd<&-; "
	done
	deaf+=': Bad file descriptor$' mute+=': Bad file descriptor$'
	[[ $1 != *2* ]] || deaf='' mute=''
	every "$world" "${prefix%; }" "${@:2}"
	while IFS=: read -r name command; do
		[ ! -s "$plain/$name.$world.sound" ] ||
			bad "$world" "$name" "$(cat "$plain/$name.$world.sound")"
		if [[ $1 == *0* && $command == '<'* ]]; then
			is_refusal "$world" "$name" "$command" "$deaf" &&
				cmp -s "$home/.events.jsonl" "$plain/$name.$world.log"
		elif [[ $1 == *1* && -s $plain/$name.plain.out ]]; then
			is_refusal "$world" "$name" "$command" "$mute" &&
				is_as_plain "$world" "$name" log
		else
			is_as_plain "$world" "$name" out status log &&
				{ [[ $1 == *2* ]] || is_as_plain "$world" "$name" err; }
		fi || bad "$world" "$name" 'not as it should be'
	done <"$plain/names.$world"
	[ $failed -eq 0 ]
}

no_asan() {
	! grep -q __asan_init "$EV_BIN/ev-emit" ||
		skip 'ASan needs more than the limit'
}

# --- descriptors

@test "descriptors: none of 0 to 2 that is closed becomes a file of the store" {
	local closed failed=0
	for closed in 0 1 2 012; do
		lives_without $closed || failed=1
	done
	for closed in 01 02 12; do
		lives_without $closed "${SOME[@]}" || failed=1
	done
	[ $failed -eq 0 ]
}

# The world is judged as strange by a build without the rule.
caught() { # MUTANT COMMAND …
	PATH=$EV_BUILD/mutant/$1/bin:$PATH run -1 "${@:2}"
	sed -n "1s/^/# $1: /p" <<<"$output" >&3
}

@test "descriptors: where they are not taken first, what is read of git is lost" {
	make_home
	caught OPEN_DESCRIPTORS lives_without 012
	[[ $output == *'backfill: not as it should be: status 2'* ]]
}

# --- signals

# The shell begins again under env, which does something to signals.
# shellcheck disable=SC2016 # it is that shell that expands it
AGAIN='[ $# -gt 0 ] || exec env --%s bash -c "$BASH_EXECUTION_STRING" sh again'
# shellcheck disable=SC2059 # it is a format
CHILDREN=$(printf "$AGAIN" ignore-signal=CHLD)
# shellcheck disable=SC2059 # it is a format
BLOCKED=$(printf "$AGAIN" block-signal)

@test "signals: inherited as ignored or blocked they change nothing" {
	local failed=0
	lives ignored 'trap "" HUP INT QUIT PIPE ALRM TERM USR1 XFSZ' || failed=1
	lives children "$CHILDREN" || failed=1
	lives blocked "$BLOCKED" || failed=1
	[ $failed -eq 0 ]
}

@test "signals: where an ignored SIGCHLD stays so, git's status is not known" {
	make_home
	caught INHERITED_SIGNALS lives children "$CHILDREN" '' blame
	[[ $output == *'blame: not as at home: status 1'* ]]
}

@test "signals: a reader that goes away ends a command silently, also where SIGPIPE is ignored or blocked" {
	seq -f '{"event_type":"t%.0f"}' 1 5000 | ev-emit -q -
	for how in ignore block; do
		# shellcheck disable=SC2016 # the inner shell expands it
		run -0 bash -c 'env --'$how'-signal=PIPE ev-tail -n all |
			{ read -r _; }; echo "${PIPESTATUS[0]}"'
		[ "$output" = 141 ]
	done
}

# --- limits

@test "limits: few descriptors: done, or refused with a reason; no event is lost" {
	local failed=0
	no_asan
	lives files8 'ulimit -n 8' 'Too many open files' || failed=1
	lives files5 'ulimit -n 5' 'Too many open files' \
		emit stdin best exec tail stats fsck hook deliver || failed=1
	[ $failed -eq 0 ]
}

@test "limits: a small stack, little memory" {
	local failed=0
	lives stack 'ulimit -s 256' || failed=1
	no_asan
	lives memory 'ulimit -v 60000' || failed=1
	lives little 'ulimit -v 16000' 'ut of memory|annot allocate memory' \
		emit stdin best tail sort replay tree fp verify repair backfill ||
		failed=1
	[ $failed -eq 0 ]
}

@test "limits: threads have what a small stack gives, or do without" {
	no_asan
	seq -f '{"event_id":"e%.0f","event_type":"t","actor":"a","data":{"bead_id":"b","title":"something to read"}}' \
		100000 >log
	for limit in 's 256' 's 64' 'v 40000' 'n 5'; do
		for command in 'ev-stats --by type,actor -o jsonl' \
			'ev-tail -n all -g 99999 -o id' \
			'ev-replay -o id -w id=e77777'; do
			$command --threads 1 log >one
			bash -c "ulimit -$limit; $command --threads 4 log" >four \
				3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
			cmp one four
		done
	done
	ev-stats --by type -o jsonl log >one
	cp log one "$BATS_FILE_TMPDIR"
	meet_other
	cp "$BATS_FILE_TMPDIR"/{log,one} .
	"${OTHER[@]}" bash -c 'ulimit -u 1
		exec ev-stats --threads 4 --by type -o jsonl log' | cmp - one
}

@test "limits: nothing may be written" {
	make_home
	cp -a "$home" mine
	cd mine
	run -2 bash -c 'ulimit -f 0; ev-emit -q x 2>&1 | cat; exit ${PIPESTATUS[0]}'
	[ "$output" = "ev-emit: cannot write '.events.jsonl': File too large" ]
	run -0 bash -c 'ulimit -f 0; ev-tail -n 1 -o id | cat'
	[ "$output" = evt-6 ]
	cmp .events.jsonl "$home/.events.jsonl"
	run -0 ev-fsck -q
}

# --- languages and zones

turkish() {
	need localedef
	mkdir -p "$BATS_FILE_TMPDIR/locales/tr_TR.UTF-8"
	localedef -i tr_TR -f UTF-8 "$BATS_FILE_TMPDIR/locales/tr_TR.UTF-8" ||
		skip 'there is no tr_TR to make a locale of'
}

@test "locale: Turkish, or one that is not there: the same order, case and numbers" {
	local failed=0
	export LOCPATH=$BATS_FILE_TMPDIR/locales
	lives absent 'exec 3>&2 2>/dev/null; export LC_ALL=xx_XX.UTF-8; exec 2>&3 3>&-' ||
		failed=1
	turkish
	run -0 env LC_ALL=tr_TR.UTF-8 bash -c 'shopt -s nocasematch; [[ I == ı ]]'
	lives turkish 'export LC_ALL=tr_TR.UTF-8' || failed=1
	[ $failed -eq 0 ]
	# words of ours in capitals
	for word in FRIDAY '1 MINUTE AGO' INVALID; do
		diff <(ev-tail --since "$word" log 2>&1 || :) \
			<(LC_ALL=tr_TR.UTF-8 ev-tail --since "$word" log 2>&1 || :)
	done
}

@test "zone: the far side of the date line, and one that does not exist" {
	local failed=0
	lives kiribati 'export TZ=Pacific/Kiritimati' '' "${SOME[@]}" days verify || failed=1
	lives nowhere 'export TZ=:/no/such' '' "${SOME[@]}" days || failed=1
	lives rubbish 'export TZ=$'\''\e[31m<'\' '' "${SOME[@]}" days || failed=1
	[ $failed -eq 0 ]
	[ -z "$(ls "$home"/.events/2026-01-07*)" ] || return
	cp -a "$home" here
	cd here
	TZ=Pacific/Kiritimati ev-emit -q --time 2026-01-07T13:59:59 x
	TZ=Pacific/Kiritimati ev-emit -q --time 2026-01-07T14:00:00 x
	[ "$(wc -l <.events/2026-01-06.jsonl)" -eq 2 ]
	[ "$(wc -l <.events/2026-01-07.jsonl)" -eq 1 ]
}

# --- the environment

@test "environment: no HOME, an empty one, no PATH, no TMPDIR, nothing at all" {
	local failed=0
	lives homeless 'unset HOME XDG_CONFIG_HOME XDG_STATE_HOME' || failed=1
	lives empty 'export HOME= XDG_CONFIG_HOME= XDG_STATE_HOME= TMPDIR= PAGER= TERM=' '' "${SOME[@]}" ||
		failed=1
	lives pathless 'for c in ev-emit ev-tail ev-replay ev-stats ev-tree ev-fp ev-fsck ev-git; do eval "$c() { $(type -P $c) \"\$@\"; }"; done; cmp() { /usr/bin/cmp "$@"; }; unset PATH' ||
		failed=1
	lives nowhere 'export TMPDIR=/nowhere' '' "${SOME[@]}" verify sort || failed=1
	lives bare 'for v in $(compgen -e); do case $v in PATH | EV_NOW | EV_ACTOR | GIT_*) ;; *) unset $v ;; esac; done' ||
		failed=1
	[ $failed -eq 0 ]
}

@test "environment: filled to the last byte: what cannot be run is told" {
	need python3
	make_home
	cat >fill.py <<-'END'
		import os, shutil, sys
		def filled(n):
		    return dict(os.environ, **{"F%d" % i: "x" * min(100000, n - i)
		                               for i in range(0, n, 100000)})
		def fits(n):
		    pid = os.fork()
		    if pid == 0:
		        try:
		            os.execve("/bin/true", ["true"], filled(n))
		        except OSError:
		            os._exit(9)
		    return os.waitpid(pid, 0)[1] == 0
		low, high = 0, 8 << 20
		while high - low > 1:
		    middle = (low + high) // 2
		    low, high = (middle, high) if fits(middle) else (low, middle)
		# down to where it just fits
		for n in range(low, 0, -8):
		    try:
		        os.execve(shutil.which(sys.argv[1]), sys.argv[1:], filled(n))
		    except OSError:
		        pass
	END
	cp -a "$home" here
	cd here
	run -126 --separate-stderr python3 ../fill.py ev-emit --exec x.y -- true
	[ "$stderr" = 'ev-emit: cannot run true: Argument list too long' ]
	[ "$(tail -n 1 .events.jsonl | jq .data.exit_code)" = 126 ]
	run -0 python3 ../fill.py ev-emit --git x.y
	run -0 python3 ../fill.py ev-git hook post-commit
	run -0 python3 ../fill.py ev-tail -n 1 -o id
	[ -n "$output" ]
	run -0 python3 ../fill.py bash -c 'unset F0; exec "$@"' sh ev-git backfill -q --all
	[ "$(jq -r .event_type .events.jsonl | grep -cx commit)" -eq 1 ]
	run -0 ev-fsck -q
}

@test "environment: any name in argv[0], or none: the messages have our own" {
	need python3
	for name in '' '/x/y z' $'\e[31mred\n' -; do
		run -0 bash -c 'exec -a "$1" ev-emit -q a' sh "$name"
		run -2 bash -c 'exec -a "$1" ev-tail --no-such' sh "$name"
		[[ ${lines[0]} == "ev-tail: "* ]]
	done
	run -2 python3 -c 'import ctypes, os
libc = ctypes.CDLL(None)
libc.execv(os.environ["EV_BIN"].encode() + b"/ev-git", (ctypes.c_char_p * 1)())'
	[ "$output" = 'ev-git: no command, see --help' ]
	run -0 ev-fsck -q
}

# --- files and directories

@test "umask: what a store and a repository get is 0644 without its bits, hooks 0755" {
	local mask
	for mask in 000 022 027 077; do
		mkdir u$mask
		(
			export GIT_CONFIG_GLOBAL=/dev/null
			cd u$mask
			git init -q -b main --template= .
			umask $mask
			ev-emit -q --time 2026-01-01 a
			ev-emit -q --time 2026-01-02 a
			ev-tail --cursor c >/dev/null
			ev-fsck -q --seal 2026-01-01
			ev-fsck -q --compress 1d
			ev-git install -q --track
			mv .events.jsonl log
			mkdir .events.jsonl
			ev-emit -q --best-effort waiting
			rmdir .events.jsonl
			mv log .events.jsonl
		)
		while read -r mode name; do
			case $name in
			*/hooks/*) want=$((0777 & ~0$mask)) ;;
			*) want=$((0644 & ~0$mask)) ;;
			esac
			[ $((0$mode)) -eq $want ] || {
				echo "umask $mask: $name: $mode"
				return 1
			}
		done < <(
			find u$mask -type f ! -path '*/.git*' -printf '%m %p\n'
			find u$mask/.git/hooks -type f -printf '%m %p\n'
		)
		[ -e u$mask/.events/2026-01-01.jsonl.zst ]
		run -0 find u$mask/.events -type d ! -perm "$(printf %o $((0755 & ~0$mask)))"
		[ -z "$output" ]
	done
	# what waits for its store is the user's alone
	run -0 find "$XDG_STATE_HOME/ev" -type f ! -perm 600 -o -type d ! -perm 700
	[ -z "$output" ]
	[ "$(find "$XDG_STATE_HOME/ev" -type f | wc -l)" -eq 4 ]
}

@test "directory: removed while we are in it: a store is named, or it is refused" {
	make_home
	mkdir gone
	cp -a "$home" mine
	store=$PWD/mine
	cd gone
	rmdir ../gone
	for command in 'ev-tail' 'ev-emit x' 'ev-stats' 'ev-fsck' 'ev-replay' \
		'ev-tree' 'ev-fp --list'; do
		# shellcheck disable=SC2086 # it is words
		run -2 --separate-stderr $command
		[ "$stderr" = "${command%% *}: cannot tell the working directory: No such file or directory" ]
	done
	run -2 ev-git status
	run -2 ev-git install
	run -0 ev-git hook post-commit
	run -0 ev-emit --best-effort x
	run -0 ev-emit -q -S "$store" --id evt-there x
	run -0 ev-emit -q -S "$store" --exec y -- true
	run -0 ev-tail -S "$store" -n 2 -o id
	[ "${lines[0]}" = evt-there ]
	run -0 ev-fsck -q "$store"
}

@test "directory: one that may not be searched is refused, and the way up ends there" {
	meet_other
	mkdir -p open/shut/inner/deep
	ev-emit -q -S open above
	chown -R 65534 open
	cd open/shut
	# shellcheck disable=SC2016 # the inner shell expands it
	run -2 "${OTHER[@]}" bash -c 'chmod 0 .; ev-tail 2>&1; s=$?; chmod 755 "$PWD"; exit $s'
	[ "$output" = "ev-tail: cannot look into '$PWD': Permission denied" ]
	run -2 "${OTHER[@]}" bash -c 'chmod 0 .; ev-emit x 2>&1; s=$?; chmod 755 "$PWD"; exit $s'
	[ "$output" = "ev-emit: cannot look into '$PWD': Permission denied" ]
	# one that may be searched but not read is nothing special
	run -0 "${OTHER[@]}" bash -c 'chmod 311 .; ev-emit -q -S . x && ev-tail -n 1; s=$?; chmod 755 "$PWD"; exit $s'
	[[ $output == *'"event_type":"x"'* ]]
	rm -r .events .events.jsonl
	cd inner/deep
	run -2 "${OTHER[@]}" bash -c 'chmod 0 ../..; ev-tail 2>&1'
	chmod 755 ../..
	[[ $output == 'ev-tail: cannot '* ]]
	run -0 "${OTHER[@]}" ev-tail -o id
}
