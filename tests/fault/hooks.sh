#!/bin/bash
# Hooks in every kind of repository and trouble (7-trust, C23): no commit may
# fail or be held up by them, and every commit must be in the log once, also
# those that had to wait in the spool.
#
#	hooks.sh [--sample] [--first-failure] EV-GIT EV-EMIT
#
# Prints findings and figures; 0 all is right, 1 not, 2 the test could not be
# made.
set -u
many=100 first=0
while :; do
	case ${1-} in
	--sample) many=5 ;;
	--first-failure) first=1 ;;
	*) break ;;
	esac
	shift
done
ev_git=$(realpath "${1?}") emit=$(realpath "${2?}") || exit 2
place=$(mktemp -d "${TMPDIR:-/tmp}/ev-hooks.XXXXXX") || exit 2
holder=
trap '[ -z "$holder" ] || kill -KILL "$holder"; rm -rf "$place"' EXIT
cd "$place" || exit 2
for name in $(compgen -e); do
	case $name in EV_* | GIT_* | XDG_* | BD_ACTOR) unset "$name" ;; esac
done
export TZ=UTC LC_ALL=C EV_ACTOR=tester HOME=$place/home GIT_CONFIG_NOSYSTEM=1
export GIT_EDITOR=true
mkdir home
git config --global user.name U
git config --global user.email u@x
git config --global init.defaultBranch main
git config --global advice.detachedHead false
git config --global protocol.file.allow always
limit=2500 # ms: what hooks may take, and half a second
scenes=0 commands=0 failed=0 hung=0 missing=0 twice=0

figures() {
	echo "C23: $scenes scenes, $commands commands, $failed failed," \
		"$hung held up, $missing events missing, $twice twice"
	[ $((failed + hung + missing + twice)) -eq 0 ]
	exit
}

found() { # WHAT
	echo "$scene: $1"
	[ "$first" -eq 0 ] || figures
}

# A git command, which may not fail or take long.
g() { # ARG …
	local start=${EPOCHREALTIME/./} status took
	timeout -s KILL 20 git "$@" >said 2>&1 </dev/null
	status=$?
	took=$(((${EPOCHREALTIME/./} - start) / 1000))
	rm -f said.last
	commands=$((commands + 1))
	if [ "$status" -ne 0 ]; then
		failed=$((failed + 1))
		found "git $*: status $status: $(cat said)"
	fi
	if [ "$took" -gt $((limit * ${hooks_run:-1})) ]; then
		hung=$((hung + 1))
		found "git $*: $took ms"
	fi
	rm -f said
}

commit() { # [OPTION …]
	g commit -q --allow-empty -m "commit $RANDOM" "$@"
}

# A scene: a repository of its own, installed, and we in it.
scene() { # WHAT [GIT-INIT OPTION …]
	scene=$1
	shift
	scenes=$((scenes + 1))
	cd "$place" || exit 2
	rm -rf repo linked far sub home/.local
	git init -q "$@" repo || exit 2
	cd repo || exit 2
	"$ev_git" install -q || exit 2
}

# Every commit of REV … is in the log once.
all_there() { # LOG [REV …]
	local log=$1 have
	shift
	[ $# -gt 0 ] || set -- --branches HEAD
	have=$(grep -o '"commit":{"hash":"[0-9a-f]*' "$log" | sed 's/.*"//' |
		sort)
	missing=$((missing + $(comm -13 <(uniq <<<"$have") \
		<(git rev-list "$@" | sort) | wc -l)))
	twice=$((twice + $(uniq -d <<<"$have" | grep -c .)))
	[ "$missing" -eq 0 ] || found 'commits are missing'
	[ "$twice" -eq 0 ] || found 'commits are there twice'
}

# What waited gets into the log with the next event.
drain() { # DIRECTORY
	"$emit" -q -S "$1" drained || found 'the log cannot be written after all'
}

scene 'commits and amends'
for _ in 1 2 3; do commit; done
commit --amend
all_there .events.jsonl

scene "a rebase of $many"
commit
git branch onto
for _ in $(seq "$many"); do commit; done
git checkout -q onto && commit
git checkout -q main
hooks_run=$((many + 2)) g rebase -q --keep-empty onto
all_there .events.jsonl
rewritten=$(grep -c '"commit.rewritten"' .events.jsonl)
if [ "$rewritten" -ne "$many" ]; then
	missing=$((missing + many - rewritten))
	found "$rewritten of $many rewritten"
fi

scene 'merges: true, with a conflict, squashed, fast-forward'
echo a >f && git add f && commit
git checkout -q -b side && echo b >f && g commit -q -a -m b
git checkout -q main && commit
g merge -q --no-edit side
git checkout -q -b clash HEAD~1 && echo c >f && g commit -q -a -m c
git checkout -q main
git merge -q clash >/dev/null 2>&1 && found 'there is no conflict'
echo d >f && g commit -q -a --no-edit
git checkout -q -b forward && commit
git checkout -q main
g merge -q forward
all_there .events.jsonl

scene 'cherry-pick, revert, am'
echo a >f && git add f && commit
echo b >f && g commit -q -a -m b
git checkout -q -b other HEAD~1
g cherry-pick main
g revert --no-edit HEAD
git format-patch -q -1 main -o ../patches
git checkout -q -b mailed main~1
g am -q ../patches/*
rm -rf ../patches
all_there .events.jsonl

scene 'a linked work tree'
commit
git worktree add -q ../linked 2>/dev/null
cd ../linked || exit 2
commit
cd ../repo || exit 2
all_there .events.jsonl

scene 'a linked work tree of a bare repository' --bare
root=$(git commit-tree -m root "$(git mktree </dev/null)")
git worktree add -q -b work ../linked "$root"
cd ../linked || exit 2
commit
all_there ../repo/.events.jsonl HEAD~1..HEAD

scene 'a submodule'
git init -q ../sub
git -C ../sub commit -q --allow-empty -m s
g submodule --quiet add "$place/sub" inner
cd inner || exit 2
"$ev_git" install -q || exit 2
commit
all_there .events.jsonl HEAD~1..HEAD

scene 'an unborn HEAD, then a detached one'
"$ev_git" hook post-commit || found 'the hook fails on an unborn HEAD'
commit
git checkout -q --detach
commit
all_there .events.jsonl

scene 'SHA-256' --object-format=sha256
commit
commit --amend
all_there .events.jsonl HEAD

scene 'a log that is tracked, and a rebase over it'
git config rebase.autoStash true
"$ev_git" install -q --track || exit 2
"$emit" -q --id evt-one first && git add .events.jsonl .gitattributes
commit
git branch onto
for id in two three; do
	"$emit" -q --id "evt-$id" t && g commit -q -a -m "$id"
done
git checkout -q -m onto 2>/dev/null
"$emit" -q --id evt-onto t && g commit -q -a -m onto
git checkout -q -m main 2>/dev/null
hooks_run=5 g rebase -q onto
drain .
all_there .events.jsonl
for id in one two three onto; do
	[ "$(grep -c "\"evt-$id\"" .events.jsonl)" -eq 1 ] && continue
	missing=$((missing + 1))
	found "evt-$id is not there once"
done

scene 'a stopped lock holder'
commit
flock -F .events/lock sh -c 'echo >held; exec sleep 600' &
holder=$!
until [ -s held ]; do
	kill -0 "$holder" || exit 2
	read -r -t 0.01 <> <(:)
done
kill -STOP "$holder"
commit
hooks_run=2 g commit -q --allow-empty --amend -m amended
{
	kill -KILL "$holder"
	wait "$holder"
} 2>/dev/null
holder=
drain .
all_there .events.jsonl

scene 'a log that cannot be written'
commit
mv .events.jsonl ../kept
mkdir .events.jsonl
commit
commit
rmdir .events.jsonl && mv ../kept .events.jsonl
drain .
all_there .events.jsonl

scene 'a full disk'
commit
"$emit" -q filler text="$(head -c 90000 /dev/zero | tr '\0' x)"
(
	ulimit -f 8
	exec git commit -q --allow-empty -m full </dev/null >/dev/null 2>&1
) || found 'the commit failed'
drain .
all_there .events.jsonl

scene 'ev-git is gone, then it comes back'
cp "$ev_git" ../mine && ../mine install -q && rm ../mine
saved=$PATH
PATH=/usr/bin:/bin
commit
PATH=$saved
[ -e .events.jsonl ] && found 'somebody else recorded it'
"$ev_git" backfill -q --all
all_there .events.jsonl

if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	scene 'a repository of another user, whom git was told to trust'
	commit
	git config --global --add safe.directory '*'
	chown -R 1234:1234 .
	chmod 755 "$place"
	commit
	all_there .events.jsonl

	scene 'a store that is not ours to write'
	commit
	chmod -R a+rwX .git home ../home 2>/dev/null
	setpriv --reuid=65534 --regid=65534 --clear-groups \
		git commit -q --allow-empty -m other >/dev/null 2>&1 </dev/null ||
		found 'the commit failed'
	"$ev_git" backfill -q --all
	all_there .events.jsonl
else
	echo 'C23: wrong owner: skipped, not root'
fi
figures
