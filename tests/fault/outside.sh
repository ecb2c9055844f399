#!/bin/bash
# Stores that a hostile repository or another user prepared (7-trust, C22):
# links, FIFOs, devices and directories in the place of every file of a store,
# times with "..", a store of another user.  Whatever a command makes of it,
# nothing outside the store may be touched or shown, and nothing may hang.
#
#	outside.sh [--sample N] [--first-failure] DIRECTORY-OF-COMMANDS
#
# Every ev-* in the directory takes part; its rows of arguments stand below, a
# command without a row runs without arguments.  Prints findings and figures;
# 0 all is right, 1 not, 2 the test could not be made.
set -u
first=0 sample=1
while :; do
	case ${1-} in
	--first-failure) first=1 ;;
	--sample) sample=$2 && shift ;;
	*) break ;;
	esac
	shift
done
bin=$(cd "${1?}" && pwd) || exit 2
place=$(mktemp -d "${TMPDIR:-/tmp}/ev-outside.XXXXXX") || exit 2
trap 'rm -rf "$place"' EXIT
cd "$place" || exit 2

export TZ=UTC LC_ALL=C EV_ACTOR=tester EV_NOW=2026-01-06T09:00:00Z
export HOME=$place/home GIT_CONFIG_NOSYSTEM=1 GIT_CEILING_DIRECTORIES=$place
unset EV_STORE XDG_CONFIG_HOME XDG_STATE_HOME GIT_DIR
mkdir -p home

# COMMAND ARGUMENTS
rows='ev-emit --id evt-one bead.created bead_id=gt-1
ev-emit --sync full bead.created bead_id=gt-2
ev-emit -p @last bead.created bead_id=gt-3
ev-emit -
ev-tail -n all -o jsonl
ev-tail -r -n 2 -o id
ev-tail --head
ev-tail --count --since 2026-01-01
ev-tail --wait --timeout 10ms
ev-replay
ev-stats
ev-tree
ev-fp
ev-fsck
ev-fsck --repair
ev-fsck --rebuild
ev-fsck --usage
ev-fsck --compress 1h
ev-fsck --keep 1h
ev-fsck --redact evt-a
ev-fsck --seal 2026-01-06
ev-fsck --verify
ev-git status
ev-git hook post-commit
ev-git install'
batch='{"event_id":"evt-b1","event_type":"bead.created","timestamp":"2026-01-05T00:00:01Z","actor":"x","correlation_id":null,"data":{}}'
secret='{"event_id":"evt-secret","event_type":"mail.sent","timestamp":"2026-01-06T00:00:01Z","actor":"x","correlation_id":null,"data":{}}'

commands=()
for path in "$bin"/ev-*; do
	name=${path##*/}
	mine=$(grep -E "^$name( |\$)" <<<"$rows") || mine=$name
	while read -r row; do
		commands+=("$row")
	done <<<"$mine"
done

turn=0 points=0 touched=0 shown=0 hung=0

found() { # COUNTER WHAT
	printf '%s: %s\n' "$2" "$1"
	[ "$first" -eq 0 ] || figures
}

figures() {
	printf 'C22: %d points, %d touched outside, %d shown, %d hung\n' \
		"$points" "$touched" "$shown" "$hung"
	[ $((touched + shown + hung)) -eq 0 ] && [ "$points" -gt 0 ]
	exit
}

# What is outside; any change of a file moves its time of change.
outside() {
	find outside -printf '%p %y %s %m %C@ %l\n'
}

fresh_outside() {
	rm -rf outside
	mkdir -p outside/dir/events
	echo "$secret" | tee outside/file >outside/dir/events.jsonl
	for name in state lock feed.jsonl 2026-01-06.jsonl config intent \
		dialects.json; do
		echo "$secret" >"outside/dir/$name"
	done
	: >outside/empty
	before=$(outside)
}

# One command below DIRECTORY.
run() { # WHAT DIRECTORY ROW
	local words status
	read -ra words <<<"$3"
	points=$((points + 1))
	(cd "$2" && exec "${as[@]}" timeout -k 1 5 "$bin/${words[0]}" \
		"${words[@]:1}") >said 2>&1 <<<"$batch"
	status=$?
	if grep -aq evt-secret said; then
		shown=$((shown + 1))
		found 'shows what is outside' "$1: $3"
	fi
	# 124 is also what --wait answers
	if [ "$status" -eq 124 ] && [[ $3 != *--wait* ]]; then
		hung=$((hung + 1))
		found 'hangs' "$1: $3"
	fi
}

# Each command, or every so many-th, in a prepared store.
try() { # WHAT
	local row
	for row in "${commands[@]}"; do
		turn=$((turn + 1))
		[ $((turn % sample)) -eq 0 ] || continue
		rm -rf store
		cp -a prepared store
		run "$1" store/sub "$row"
		if [ "$(outside)" != "$before" ]; then
			touched=$((touched + 1))
			found 'touches what is outside' "$1: $row"
			fresh_outside
		fi
	done
}

# Puts one KIND of thing in the place of a FILE of prepared/.
put() { # KIND FILE
	local up
	up=../$(tr -cd / <<<"$2" | sed 's|/|../|g')
	rm -rf "prepared/$2"
	case $1 in
	link) ln -s "${up}outside/file" "prepared/$2" ;;
	absolute) ln -s "$place/outside/empty" "prepared/$2" ;;
	dangling) ln -s "${up}outside/new" "prepared/$2" ;;
	directory-link) ln -s "${up}outside/dir" "prepared/$2" ;;
	chain)
		ln -s "${up}outside/file" "prepared/hop"
		ln -s "$place/store/hop" "prepared/$2"
		;;
	fifo) mkfifo "prepared/$2" ;;
	directory) mkdir "prepared/$2" ;;
	device) mknod "prepared/$2" c 1 5 2>/dev/null ;;
	esac
}

make_base() { # NAME LOG
	mkdir -p "$1/sub" "$1/$(dirname "$2")"
	: >"$1/$2"
	(cd "$1" && "$bin/ev-emit" -S "$2" --id evt-a bead.created \
		bead_id=gt-1 --time 2026-01-05T08:00:00Z &&
		"$bin/ev-emit" -S "$2" --id evt-b bead.created bead_id=gt-1) \
		>/dev/null || exit 2
	# what other commands would have made there
	for name in config intent rejected.log lost.jsonl seals.log; do
		[ -e "$1/$3/$name" ] || : >"$1/$3/$name"
	done
	echo '[]' >"$1/$3/dialects.json"
	mkdir -p "$1/$3/cursors"
	: >"$1/$2.lock"
}

as=()
fresh_outside
make_base hidden .events.jsonl .events
make_base beads .beads/events.jsonl .beads/events
make_base open events.jsonl events

# every file in every store, in the place of which each kind stands
for base in hidden beads open; do
	for file in $(cd "$base" && find . -mindepth 1 -printf '%P\n' |
		grep -v '^sub$' | sort); do
		for kind in link absolute dangling directory-link chain fifo \
			directory device; do
			if ((turn % sample + ${#commands[@]} < sample)); then
				turn=$((turn + ${#commands[@]}))
				continue
			fi
			rm -rf prepared
			cp -a "$base" prepared
			put "$kind" "$file" || continue
			try "$base, $kind for $file"
		done
	done
done

# times that are paths, in the log and on standard input
rm -rf prepared
cp -a hidden prepared
for time in ../../outside/file 2026-01-06/../../../outside/file \
	/../../outside/new $'2026-01-06\\u0000/../x' ../outside/dir/state; do
	line=${secret/2026-01-06T00:00:01Z/$time}
	echo "${line/evt-secret/evt-path}" >>prepared/.events.jsonl
done
batch=$(tail -n 5 prepared/.events.jsonl)
sample=1
try 'times with ..'
if [ "$(cd store && find . -maxdepth 1 | sort | tr '\n' ' ')" != \
	'. ./.events ./.events.jsonl ./.events.jsonl.lock ./sub ' ]; then
	touched=$((touched + 1))
	found 'makes files beside the store' 'times with ..'
fi

# a store of another user above the working directory of ours
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	chmod 755 "$place"
	mkdir -p outside/sub
	cp -a hidden/. outside/
	chown -R 1234:1234 outside
	chmod -R a+rwX outside
	sed -i "\$a$secret" outside/.events.jsonl
	chown -R 65534 outside/sub home
	before=$(outside | grep -v '^outside/sub')
	for row in "${commands[@]}"; do
		run 'store of another user' outside/sub "$row"
		now=$(outside | grep -v '^outside/sub')
		[ "$now" != "$before" ] || continue
		touched=$((touched + 1))
		found 'writes to it' "store of another user: $row"
		before=$now
	done
else
	echo "C22: a store of another user: skipped, not root"
fi
figures
