#!/usr/bin/env bats
# ev-git: hooks, backfill, the merge driver; git itself says what must be there.

load helper

# People and settings; a repository in ./repo, and we in it.
repository() { # [GIT-INIT OPTION …]
	people
	git init -q -b main "$@" repo
	cd repo || return
}

people() {
	need git jq
	git config --global user.name 'U Ser'
	git config --global user.email user@example.org
	git config --global advice.detachedHead false
	git config --global protocol.file.allow always
}

# A commit that adds a line to a file.
commit() { # FILE [MESSAGE]
	echo "${2-line}" >>"$1"
	git add "$1"
	git commit -q -m "${2-$1}"
}

installed() {
	ev-git install -q
}

# The log has the commit of every REV exactly once, and of nothing else twice.
once() { # [REV …]
	local log
	log=$(git rev-parse --path-format=absolute --git-common-dir)
	log=${LOG-${log%/.git}/.events.jsonl}
	[ $# -gt 0 ] || set -- --branches --tags HEAD
	jq -r '.data.commit.hash // empty' "$log" | sort >"$BATS_TEST_TMPDIR/have"
	git rev-list "$@" | sort >"$BATS_TEST_TMPDIR/want"
	run -0 uniq -d "$BATS_TEST_TMPDIR/have"
	[ -z "$output" ]
	run -0 comm -13 "$BATS_TEST_TMPDIR/have" "$BATS_TEST_TMPDIR/want"
	[ -z "$output" ]
}

# How many events of a type the log has.
count() { # TYPE
	jq -r .event_type .events.jsonl | grep -cxF "$1" || :
}

# The views are what the log says.
views() {
	cat .events/20*.jsonl | sort | diff - <(sort .events.jsonl)
}

@test "a commit is one event: its data, its time, its id, its author's name" {
	repository
	unset EV_ACTOR
	installed
	GIT_COMMITTER_DATE=2026-01-06T11:00:00-01:00 commit a 'First things'
	hash=$(git rev-parse HEAD)
	[ "$(wc -l <.events.jsonl)" -eq 1 ]
	run -0 jq -r '.event_id, .event_type, .timestamp, .actor,
		.data.commit.subject, .data.commit.branch' .events.jsonl
	[ "${lines[0]}" = "evt-$(printf 'commit\0%s' "$hash" | sha256sum | head -c 32)" ]
	[ "${lines[1]}" = commit ]
	[ "${lines[2]}" = 2026-01-06T12:00:00.000Z ]
	[ "${lines[3]}" = 'U Ser' ]
	[ "${lines[4]}" = 'First things' ]
	[ "${lines[5]}" = main ]
	[ -z "$(git status --porcelain)" ]
	EV_ACTOR=agent-7 EV_SESSION=s1 commit a
	run -0 jq -r '.actor, .session_id' <(tail -n 1 .events.jsonl)
	[ "$output" = $'agent-7\ns1' ]
}

@test "the whole way: every reachable commit exactly once, backfill adds none" {
	repository
	installed
	for i in {1..100}; do
		git commit -q --allow-empty -m "commit $i"
	done
	once
	git commit -q --amend --allow-empty -m amended
	[ "$(count commit)" -eq 101 ]
	[ "$(jq -r 'select(.event_type == "commit.rewritten") | .data |
		"\(.old) \(.new) \(.command)"' .events.jsonl)" = \
		"$(git rev-parse 'HEAD@{1}' HEAD | paste -sd' ') amend" ]

	git checkout -q -b topic HEAD~10
	for i in {1..20}; do commit "t$i"; done
	git rev-list --reverse main..topic >old
	git rebase -q main
	once
	jq -r 'select(.data.command == "rebase") | "\(.data.old) \(.data.new)"' \
		.events.jsonl >pairs
	[ "$(wc -l <pairs)" -eq 20 ]
	diff <(cut -d' ' -f1 pairs) old
	diff <(cut -d' ' -f2 pairs) <(git rev-list --reverse main..topic)
	rm old pairs

	git checkout -q main
	before=$(wc -l <.events.jsonl)
	git merge -q topic # fast-forward
	[ "$(wc -l <.events.jsonl)" -eq "$before" ]
	git checkout -q -b side HEAD~3
	commit s
	git checkout -q main
	git merge -q --no-edit side
	[ "$(count merge)" -eq 1 ]
	git checkout -q -b squashed
	commit q
	git checkout -q main
	before=$(wc -l <.events.jsonl)
	git merge -q --squash squashed >out
	[ "$(wc -l <.events.jsonl)" -eq "$before" ]
	git commit -q -m squash
	git checkout -q -b picked HEAD~2
	commit p
	git checkout -q main
	git cherry-pick picked >out
	git revert --no-edit HEAD >out
	rm out

	# a merge with a conflict is committed by hand
	git checkout -q -b clash HEAD~2
	commit c theirs
	git checkout -q main
	commit c ours
	run -1 git merge -q clash
	echo both >c
	git commit -q -a --no-edit
	[ "$(count merge)" -eq 2 ]

	git checkout -q --detach
	commit d detached
	once
	views
	cp .events.jsonl before
	run -0 --separate-stderr ev-git backfill --all
	cmp .events.jsonl before
	[[ $stderr == *' commit'*', '*' of them in the log before' ]]
}

@test "git am: post-applypatch records, and the apply backend of rebase" {
	repository
	installed
	commit a one
	git checkout -q -b other
	commit b two
	commit c three
	git format-patch -q main -o patches
	git checkout -q main
	git am -q patches/*
	rm -r patches
	once
	commit d four
	git checkout -q other
	git rebase -q --apply main
	once
	[ "$(jq -s 'map(.event_id) | length - (unique | length)' .events.jsonl)" -eq 0 ]
}

@test "checkout: switches of branches only; push: what goes where" {
	repository
	installed
	commit a
	git init -q --bare ../far
	git remote add far 'file://'"$PWD/../far"
	git checkout -q -b topic
	git checkout -q topic
	git checkout -q HEAD -- a
	git checkout -q --detach
	[ "$(count checkout)" -eq 2 ]
	run -0 jq -c 'select(.event_type == "checkout") | .data | [.from, .to, .branch]' .events.jsonl
	[ "${lines[0]}" = '["main","topic","topic"]' ]
	[ "${lines[1]:0:9}" = '["topic",' ]
	git push -q far topic main
	run -0 jq -r 'select(.event_type == "push") | .data | .remote, (.refs[] | .local_ref, .local, .remote_ref)' .events.jsonl
	[ "${lines[0]}" = far ]
	[ "${#lines[@]}" -eq 7 ]
	[[ $output == *"refs/heads/main"* ]]
	[[ $output == *"$(git rev-parse main)"* ]]
	run -0 git push -q far topic # nothing is pushed
	[ "$(count push)" -eq 1 ]
}

@test "a linked work tree writes to the main one's store, a submodule to its own" {
	repository
	installed
	commit a
	git worktree add -q ../linked
	(cd ../linked && commit b)
	[ ! -e ../linked/.events.jsonl ]
	once
	git init -q -b main ../sub
	(cd ../sub && commit s)
	git submodule --quiet add "$PWD/../sub" sub
	cd sub
	installed
	commit t
	[ -z "$(git status --porcelain)" ]
	LOG=$PWD/.events.jsonl once HEAD~1..HEAD
	cd "$BATS_TEST_TMPDIR/work/repo"
	git commit -q -m 'a submodule'
	once
}

@test "a bare repository: its log is in it, also for its work trees" {
	repository --bare
	installed
	[ ! -e .gitattributes ]
	git worktree add -q --orphan tree 2>/dev/null ||
		git worktree add -q --detach ../tree "$(git commit-tree -m root "$(git mktree </dev/null)")"
	cd ../tree 2>/dev/null || cd tree
	commit a
	LOG=$BATS_TEST_TMPDIR/work/repo/.events.jsonl once HEAD~0^!
	run -0 ev-git backfill HEAD
	LOG=$BATS_TEST_TMPDIR/work/repo/.events.jsonl once HEAD
}

@test "inside .git the log is that of the work tree" {
	repository
	cd .git
	installed
	run -0 ev-git status
	cd "$BATS_TEST_TMPDIR/work/repo"
	commit a
	git init -q --bare ../far
	(cd .git && git push -q "$PWD/../../far" main && ev-git backfill -q --all)
	[ "$(count push)" -eq 1 ]
	[ ! -e .git/.events.jsonl ]
	once
}

@test "an unborn HEAD, SHA-256, a branch that begins anew" {
	repository --object-format=sha256
	installed
	run -0 ev-git backfill --all
	[ ! -s .events.jsonl ]
	commit a
	git checkout -q --orphan fresh
	git commit -q -m again
	once
	[ "$(jq -r '.data.commit.hash // empty | length' .events.jsonl | sort -u)" = 64 ]
}

@test "backfill: a range, the committers' dates, the same ids" {
	repository
	for i in 1 2 3 4; do
		GIT_COMMITTER_DATE="2026-01-0${i}T10:00:00Z" \
			GIT_COMMITTER_NAME="C$i" commit a "c$i"
	done
	unset EV_ACTOR
	EV_SESSION=mine run -0 ev-git backfill -q main~2..main
	[ -z "$output" ]
	run -0 jq -r '[.timestamp, .actor, .session_id] | join(" ")' .events.jsonl
	[ "$output" = $'2026-01-03T10:00:00.000Z C3 \n2026-01-04T10:00:00.000Z C4 ' ]
	run -0 ev-git backfill --all
	[ "$(wc -l <.events.jsonl)" -eq 4 ]
	once
	run -2 ev-git backfill
	run -2 ev-git backfill --all main
	run -2 --separate-stderr ev-git backfill banana
	[[ $stderr == "ev-git: git: bad revision 'banana'" ]]
	run -2 --separate-stderr ev-git backfill -- --since=banana
	[[ $stderr == "ev-git: '--since=banana' is no range of commits" ]]
}

@test "backfill tells of many commits what --git tells of one" {
	repository
	for i in 1 2 3; do
		seq "$i" 40 >"f$i"
		git add "f$i"
		git commit -q -m "f$i"$'\n\n'"x: $i"
	done
	git mv f1 'commit f'
	sed -i 3d 'commit f'
	git commit -q -a -m $'renamed\n\nbody\n\nReviewed-by: R <r@x>'
	git checkout -q -b side HEAD~2
	commit s
	git checkout -q main
	git merge -q --no-edit side
	ev-git backfill -q --all
	for rev in $(git rev-list --all); do
		diff <(ev-emit --dry-run --git="$rev" x | jq -S '.data.commit | del(.branch)') \
			<(jq -S "select(.data.commit.hash == \"$rev\") | .data.commit | del(.branch)" .events.jsonl)
	done
}

@test "rebase: squash, fixup, drop, reorder, reword, edit, --onto, --skip, --abort, merges" {
	repository
	installed
	export GIT_EDITOR=true
	for i in {1..9}; do commit "f$i"; done
	cat >"$HOME/turn" <<-'END'
		#!/bin/sh
		awk '/^pick/ { v[++n] = $0 } END {
			print v[1]
			for (i = 2; i < 6; i++)
				sub(/pick/, substr("squash fixup  drop   edit", 7 * i - 13, 6), v[i])
			for (i = 2; i < 6; i++)
				print v[i]
			print v[7]
			print v[6]
			sub(/pick/, "reword", v[8])
			print v[8]
		}' "$1" >"$1.new" && mv "$1.new" "$1"
	END
	chmod +x "$HOME/turn"
	GIT_SEQUENCE_EDITOR=$HOME/turn git rebase -q -i HEAD~8 2>err
	echo more >>f1
	git commit -q -a --amend --no-edit
	commit between
	git rebase --continue >out 2>&1
	rm err out
	once
	views
	[ "$(git log --format=%s | paste -sd' ')" = 'f9 f7 f8 between f6 f2 f1' ]
	# each old one has a new one that is there
	jq -r 'select(.data.command == "rebase") | .data.new' .events.jsonl |
		sort -u >news
	run -0 comm -23 news <(git rev-list HEAD | sort)
	[ -z "$output" ]
	[ "$(wc -l <news)" -ge 5 ]
	rm news

	git checkout -q -b one HEAD~3
	commit one
	git checkout -q -b two
	commit two
	git rebase -q --onto main one two
	once
	git checkout -q -b clash main~1
	commit f9 other
	commit after
	run -1 git rebase -q main
	git rebase --abort
	once
	run -1 git rebase -q main
	git rebase --skip >out 2>&1
	once
	git checkout -q -b merging main~2
	commit m1
	git checkout -q -b aside
	commit m2
	git checkout -q merging
	git merge -q --no-ff --no-edit aside
	git rebase -q --rebase-merges main
	git rebase -q --root --exec true 2>out
	rm out
	once
	views
}

@test "a commit that is made again as it was is not rewritten" {
	repository
	installed
	export GIT_COMMITTER_DATE='@1767700000 +0000'
	commit a
	git commit -q --amend --no-edit
	[ "$(count commit)" -eq 1 ]
	[ "$(count commit.rewritten)" -eq 0 ]
}

@test "merges: amended, by hand, of many; am: 3-way, --continue, --skip, --abort" {
	repository
	installed
	export GIT_EDITOR=true
	for i in 1 2 3; do commit "f$i"; done
	for branch in b1 b2 b3 b4; do
		git checkout -q -b $branch main~1
		commit $branch
	done
	git checkout -q main
	git merge -q --no-edit b1
	git commit -q --amend -m 'another word'
	git merge -q b2 b3 --no-edit >out
	git merge -q --no-commit --no-ff b4 2>>out
	echo more >plus
	git add plus
	git commit -q --no-edit
	once
	[ "$(count merge)" -eq 4 ]
	[ "$(jq -r 'select(.data.command == "amend") | .data.new' .events.jsonl)" = \
		"$(git rev-parse ':/^another word')" ]
	[ "$(jq -c 'select(.event_type == "merge") | .data.commit.parents | length' .events.jsonl | paste -sd' ')" = '2 2 3 2' ]

	git checkout -q -b mails main~1
	commit x
	commit plus mine
	commit y
	git format-patch -q -3 -o "$HOME/mails"
	for way in continue skip abort; do
		git checkout -q -b "$way" main
		run -128 git am -q -3 "$HOME"/mails/*
		if [ $way = continue ]; then
			echo both >plus
			git add plus
		fi
		git am --$way >out
		once
	done
	git checkout -q -b picked main
	git cherry-pick mails~2 b4^0 >out 2>&1 || git cherry-pick --skip >out 2>&1
	git revert --no-edit HEAD >out
	echo dirty >>f1
	git stash -q
	git stash pop -q
	git stash -q
	git stash branch stashed >out
	git commit -q -a -m stashed
	rm out
	once
	views
	cp .events.jsonl before
	ev-git backfill -q --all
	cmp before .events.jsonl
}

@test "replaced and grafted commits: their own data, and none but what is reached" {
	repository
	installed
	for i in 1 2 3; do commit a "$i"; done
	git replace main~1 "$(git commit-tree -m instead 'main^{tree}' -p main~2)"
	commit a 4
	once
	cp .events.jsonl before
	ev-git backfill -q --all
	cmp before .events.jsonl
	rm .events.jsonl
	ev-git backfill -q --all
	[ "$(jq -r .data.commit.subject .events.jsonl | paste -sd' ')" = '1 2 3 4' ]
	once
}

@test "a repository's path: blanks, newlines, quotes, patterns, no UTF-8" {
	people
	for name in 'a b' $'new\nline' $'end\n' $'\xff\xfe' "quo'te\"d" '$(x)`y`' -dash 'back\slash' '~*?['; do
		cd "$BATS_TEST_TMPDIR/work"
		git init -q -b main -- "./$name"
		cd -- "./$name"
		installed
		mkdir sub
		(cd sub && commit a)
		git worktree add -q --detach -- "../$name tree"
		cd -- "../$name tree"
		commit b
		ev-git install -q
		cd -- "$BATS_TEST_TMPDIR/work/$name"
		LOG=.events.jsonl once
		run -0 ev-git status
		[ -z "$(git status --porcelain)" ]
		run -0 ev-git backfill -q --all
		LOG=.events.jsonl once
		ev-git uninstall -q
		[ -z "$(find .git/hooks -type f ! -name '*.sample')" ]
	done
}

@test "from elsewhere: GIT_DIR, -C, --git-dir, a git directory apart, a work tree's own hooks" {
	repository
	installed
	commit a
	top=$PWD
	cd "$BATS_TEST_TMPDIR/work"
	GIT_DIR=$top/.git GIT_WORK_TREE=$top git commit -q --allow-empty -m one
	(cd / && GIT_DIR=$top/.git GIT_WORK_TREE=$top git commit -q --allow-empty -m two)
	git -C repo commit -q --allow-empty -m three
	git --git-dir=repo/.git --work-tree=repo commit -q --allow-empty -m four
	cd "$top"
	once
	[ -z "$(find .. -name '.events*' ! -path "../repo/*")" ]

	git config extensions.worktreeConfig true
	git worktree add -q ../tree
	cd ../tree
	git config --worktree core.hooksPath "$HOME/hooks"
	ev-git install -q
	commit b
	cd "$top"
	once
	git init -q --separate-git-dir="$HOME/apart" ../apart
	cd ../apart
	installed
	commit c
	LOG=.events.jsonl once
}

@test "status: without any hook it is installed in part; no hooks: backfill finds all" {
	repository
	installed
	git -c core.hooksPath=/dev/null commit -q --allow-empty -m unseen
	[ ! -s .events.jsonl ]
	ev-git backfill -q --all
	once
	git config core.hooksPath /dev/null
	run -1 ev-git status
	[[ $output == *'hooks: none has a section'*'ev-git is installed in part' ]]
	run -1 ev-git install
	[[ $output == *"post-commit: left alone, cannot open '/dev/null/post-commit': Not a directory"* ]]
	git config --unset core.hooksPath
	rm .git/hooks/p*[a-z]
	run -1 ev-git status
	[[ $output == *'installed in part' ]]
}

# --- install

@test "install twice is install once; uninstall leaves every byte as it was" {
	repository
	printf '#!/bin/sh\nset -eu\necho kept >>trace\nexit 7' >.git/hooks/post-commit
	printf '#!/usr/bin/env bash' >.git/hooks/post-merge
	printf 'echo no shebang >>trace\n' >.git/hooks/pre-push
	chmod 755 .git/hooks/post-commit .git/hooks/p[or]*[eh]
	printf 'last line without end' >.git/info/exclude
	printf '* text=auto\n' >.gitattributes
	cp -a . ../before
	for track in '' --track; do
		run -0 ev-git install $track
		cp -a . ../installed
		run -0 ev-git install $track
		diff -r --no-dereference . ../installed
		rm -rf ../installed
		run -0 ev-git status
		[[ $output == *'ev-git is installed' ]]
		for hook in .git/hooks/p*[a-z]; do
			[[ $hook == *.sample ]] || sh -n "$hook"
		done
		run -0 ev-git uninstall
		diff -r --no-dereference . ../before
		run -1 ev-git status
		[[ $output == *'ev-git is not installed' ]]
	done
	run -0 ev-git uninstall
	run -0 ev-git install --dry-run
	[[ $output == *'post-commit: would be written'* ]]
	diff -r --no-dereference . ../before
}

@test "other hooks keep their order, their input and their exit status" {
	repository
	# shellcheck disable=SC2016 # the hook expands them
	printf '%s\n' '#!/bin/sh -eu' 'cat >pushed' 'echo "$@" >args' 'exit 3' >.git/hooks/pre-push
	printf '%s\n' '#!/bin/bash' 'set -o pipefail' 'cat >rewritten' >.git/hooks/post-rewrite
	chmod +x .git/hooks/pre-push .git/hooks/post-rewrite
	installed
	commit a
	git commit -q --amend -m b
	[ "$(cat rewritten)" = "$(git rev-parse 'HEAD@{1}' HEAD | paste -sd' ')" ]
	git init -q --bare ../far
	run -1 git push -q ../far main
	[ "$(cat pushed)" = "refs/heads/main $(git rev-parse HEAD) refs/heads/main $(printf '%040d' 0)" ]
	[ "$(cat args)" = '../far ../far' ]
	[ "$(count push)" -eq 1 ]
	[ "$(count commit.rewritten)" -eq 1 ]
}

@test "core.hooksPath is where they go; --hooks says which" {
	repository
	git config core.hooksPath tools/hooks
	mkdir -p sub tools
	cd sub
	run -0 ev-git install --hooks post-commit,pre-push
	cd "$BATS_TEST_TMPDIR/work/repo"
	[ -x tools/hooks/post-commit ]
	[ ! -e tools/hooks/post-merge ]
	[ ! -e .git/hooks/post-commit ]
	run -0 ev-git status
	commit a
	once
	rm tools/hooks/pre-push
	run -1 ev-git status
	[[ $output == *'pre-push: missing'*'installed in part' ]]
	git config core.hooksPath "$HOME/hooks"
	run -0 ev-git install --dry-run
	[[ $output == *"hooks in $HOME/hooks, where other repositories may have theirs"* ]]
	run -2 --separate-stderr ev-git install --hooks post-comit
	[[ $stderr == "ev-git: --hooks: 'post-comit' is not one of: post-commit "* ]]
}

@test "a store that install names is the hooks' store, wherever they run" {
	repository
	mkdir "../it's here"
	run -0 ev-git install -S "../it's here/log.jsonl"
	git worktree add -q --detach ../linked "$(git commit-tree -m root "$(git mktree </dev/null)")"
	cd ../linked
	commit a
	[ "$(jq -r .data.commit.hash "../it's here/log.jsonl")" = "$(git rev-parse HEAD)" ]
	run -1 grep -F events.jsonl ../repo/.git/info/exclude
}

@test "half an installation is told: a hook, its mode, the exclusion, the driver" {
	repository
	run -0 ev-git install --track
	chmod -x .git/hooks/post-merge
	run -1 ev-git status
	[[ $output == *'post-merge: there, but the hook is not executable'* ]]
	chmod +x .git/hooks/post-merge
	rm .gitattributes
	run -1 ev-git status
	[[ $output == *'.gitattributes: missing'*'installed in part' ]]
	run -0 ev-git install --track
	: >.git/info/exclude
	run -1 ev-git status
	[[ $output == *'info/exclude: missing'* ]]
	run -0 ev-git install --track
	sed -i '/<<< ev-git/d' .git/hooks/pre-push
	run -1 ev-git install --track
	[[ $output == *'pre-push: left alone, the section of ev-git in it has no end'* ]]
}

@test "what cannot be edited is left alone, and said: links, Python, not executable" {
	repository
	echo 'echo mine' >mine
	chmod +x mine
	ln -s ../../mine .git/hooks/post-commit
	printf '#!/usr/bin/env python3\n' >.git/hooks/post-merge
	printf '#!/bin/sh\n' >.git/hooks/pre-push
	chmod +x .git/hooks/post-merge
	chmod -x .git/hooks/pre-push
	run -1 ev-git install
	[[ $output == *'post-commit: left alone, '*' is a symbolic link'* ]]
	[[ $output == *'post-merge: left alone, it is no shell script'* ]]
	[[ $output == *'pre-push: left alone, it is not executable'* ]]
	[[ $output == *'post-rewrite: written'* ]]
	[ "$(cat mine)" = 'echo mine' ]
	run -0 ev-git uninstall
	[[ $output != *'left alone'* ]]
	run -0 ev-git install --hooks post-rewrite
	run -0 ev-git status
}

# Does what install prints for one who looks after hooks.
follow_advice() { # COMMAND …
	ev-git install >out || [ $? -eq 1 ]
	sed -n 's/^\t//p; /add to lefthook/,/^$/{//!p}' out | "$@"
	rm out
}

@test "husky: nothing is edited, what to add is printed, and is seen when it is there" {
	repository
	mkdir -p .husky/_
	git config core.hooksPath .husky/_
	for hook in post-commit post-rewrite; do
		# as husky's own do it
		printf '#!/bin/sh\nsh -e "$(dirname "$0")/../%s" "$@"\n' $hook >.husky/_/$hook
		chmod +x .husky/_/$hook
	done
	run -1 ev-git install
	# shellcheck disable=SC2016 # as it is printed
	[[ $output == *'husky keeps them'*'ev-git hook post-commit "$@"'*'>>.husky/post-commit'* ]]
	run -1 ev-git status
	[[ $output == *'hooks: none has a section'*'ev-git is installed in part' ]]
	follow_advice sh
	run -0 ev-git install
	[[ $output == *'post-rewrite: called by husky'* ]]
	run -0 ev-git status
	[[ $output == *'ev-git is installed' ]]
	[ "$(ls .husky/_)" = $'post-commit\npost-rewrite' ]
	commit a
	git commit -q --amend -m b
	[ "$(jq -r .event_type .events.jsonl | paste -sd' ')" = 'commit commit commit.rewritten' ]
	sed -i /ev-git/d .husky/pre-push
	run -1 ev-git install
	[ "$(grep -c 'echo ' <<<"$output")" -eq 1 ]
	# before husky set core.hooksPath
	git config --unset core.hooksPath
	run -1 ev-git install
	[[ $output == *'>>.husky/pre-push'* ]]
	rm -r .husky
	# elsewhere than in the root
	mkdir -p 'web app/.husky/_'
	git config core.hooksPath 'web app/.husky/_'
	ev-git install -S "it's here.jsonl" >out || [ $? -eq 1 ]
	sed -n 's/^\t//p' out | sh
	[ "$(cat "web app/.husky/post-commit")" = "command -v ev-git >/dev/null && ev-git hook -S '$PWD/it'\\''s here.jsonl' post-commit \"\$@\" || :" ]
}

@test "lefthook: known by its hooks and by each of its files; nothing is edited" {
	repository
	printf '#!/bin/sh\ncall_lefthook run "post-commit" "$@"\n' >.git/hooks/post-commit
	chmod +x .git/hooks/post-commit
	cp .git/hooks/post-commit before
	run -1 ev-git install
	[[ $output == *'add to lefthook.yml:'*'run: ev-git hook post-commit {0}'* ]]
	cmp .git/hooks/post-commit before
	rm .git/hooks/post-commit before
	mkdir .config
	for name in lefthook .lefthook .config/lefthook lefthook-local .lefthook-local; do
		for end in yml yaml toml json jsonc; do
			: >$name.$end
			run -1 ev-git install
			case $end in
			y*) [[ $output == *"lefthook keeps them; add to $name.$end:"* ]] ;;
			*) [[ $output == *"lefthook keeps them; add to $name.$end, here as YAML:"* ]] ;;
			esac
			[ "$(find .git/hooks -type f ! -name '*.sample')" = '' ]
			rm $name.$end
		done
	done
	: >lefthook.yml
	run -1 ev-git status
	[[ $output == *'hooks: none has a section'*'ev-git is installed in part' ]]
	follow_advice tee -a lefthook.yml >/dev/null
	grep -qx '      run: ev-git hook pre-push {0} || true' lefthook.yml
	[ "$(grep -c use_stdin lefthook.yml)" -eq 2 ]
	run -0 ev-git install
	run -0 ev-git status
	[[ $output == *'pre-push: called by lefthook'*'ev-git is installed' ]]
	run -0 ev-git uninstall
	[[ $output == *'pre-push: called by lefthook'*'is yours to remove'* ]]
	: >lefthook.yml
	run -1 ev-git install -S "it's.jsonl"
	[[ $output == *"run: 'ev-git hook -S ''$PWD/it''\\''''s.jsonl'' post-commit {0} || true'"* ]]
}

@test "lefthook: sections that are there stay, and are kept up to date" {
	repository
	run -0 ev-git install
	: >lefthook.yml
	run -0 ev-git install
	run -0 ev-git status
	[[ $output == *'post-commit: there'* ]]
	run -0 ev-git uninstall
	run -1 ev-git install
	[[ $output == *'lefthook keeps them'* ]]
}

@test "pre-commit: its hooks get sections; what it put aside is taken away, or told" {
	repository
	ev-git install -q --hooks post-commit,post-rewrite
	# as pre-commit install does it: what is there goes to .legacy, which it
	# runs without the input of post-rewrite
	for hook in post-commit post-rewrite; do
		mv .git/hooks/$hook .git/hooks/$hook.legacy
		printf '%s\n' '#!/usr/bin/env bash' \
			'# File generated by pre-commit: https://pre-commit.com' \
			"exec .git/hooks/$hook.legacy \"\$@\" </dev/null" >.git/hooks/$hook
		chmod +x .git/hooks/$hook
	done
	cp .git/hooks/post-commit before
	run -1 ev-git status
	[[ $output == *'post-rewrite.legacy: there, but not wanted'*'installed in part' ]]
	run -0 ev-git install --hooks post-commit,post-rewrite
	[[ $output == *'post-rewrite.legacy: taken away'* ]]
	run -0 ev-git status
	sed -i '/^exec/d' .git/hooks/post-commit .git/hooks/post-rewrite
	commit a
	git commit -q --amend -m b
	[ "$(count commit.rewritten)" -eq 1 ]
	once
	ev-git uninstall -q
	run -1 grep -rq ev-git .git/hooks
	grep -v ^exec before | cmp - .git/hooks/post-commit
}

# --- what hooks must not do

@test "a hook never fails: no ev-git, no store, no repository, nonsense" {
	repository
	cp "$EV_BIN/ev-git" ../gone
	run -0 ../gone install -q
	rm ../gone
	PATH=/usr/bin:/bin run -0 --separate-stderr git commit -q --allow-empty -m one
	[ -z "$stderr$output" ]
	cd ..
	for args in '' 'post-commit' 'nonsense' '--wrong' '-S /nowhere/x/y post-commit'; do
		# shellcheck disable=SC2086 # they are words
		run -0 ev-git hook $args
	done
	cd repo
	mkdir .events.jsonl
	run -0 ev-git hook post-commit
	rmdir .events.jsonl
	run -0 ev-git hook post-rewrite </dev/null
	run -0 ev-git hook pre-push a b <<<'nonsense'
}

@test "a log that cannot be written: the event waits in the spool" {
	repository
	installed
	mkdir .events.jsonl
	run -0 git commit -q --allow-empty -m one
	rmdir .events.jsonl
	git commit -q --allow-empty -m two
	once
}

# --- merge

@test "merge: both sides, each event once, in order, the same when swapped" {
	event() { printf '{"event_id":"%s","event_type":"t","timestamp":"2026-01-0%sT00:00:00Z","data":{"n":"%s"}}\n' "$@"; }
	: >o
	{
		event evt-3 3 x
		event evt-1 1 x
		echo damaged
		event evt-9 2 ours
	} >a
	{
		event evt-1 1 x
		event evt-2 2 x
		event evt-9 2 theirs
		printf torn
	} >b
	cp a a2 && cp b b2
	run -0 --separate-stderr ev-git merge o a b .events.jsonl
	[ "$stderr" = 'ev-git: .events.jsonl: the lines with the id evt-9 differ; all are kept' ]
	run -0 --separate-stderr ev-git merge o b2 a2 .events.jsonl
	cmp a b2
	cp a once
	run -0 --separate-stderr ev-git merge o a b
	cmp a once
	{
		event evt-1 1 x
		event evt-2 2 x
		event evt-9 2 ours
		event evt-9 2 theirs
		event evt-3 3 x
		echo damaged
		echo torn
	} | cmp - once
	run -2 --separate-stderr ev-git merge o a nowhere .events.jsonl
	[[ $stderr == "ev-git: .events.jsonl: cannot open 'nowhere'"* ]]
	cmp a once
	run -2 ev-git merge o a
}

@test "merge: of equal lines without an id as many as the side with more has" {
	line='{"ts":"2026-01-01T00:00:00Z","source":"x","type":"t","actor":"a","payload":{},"visibility":"both"}'
	printf '%s\n' "$line" "$line" >a
	printf '%s\n\n%s\n%s\n' "$line" "$line" "$line" >b
	run -0 ev-git merge b a b
	[ "$(wc -l <a)" -eq 3 ]
	: >a
	printf '\357\273\277%s\r\n' "$line" >b
	run -0 ev-git merge b a b
	printf '%s\r\n' "$line" | cmp - a
}

@test "merge: what was redacted on one side does not come back from the other" {
	ev-emit -q --id evt-a -S a.jsonl secret token=abc
	ev-emit -q --id evt-b -S a.jsonl other
	cp a.jsonl b.jsonl
	ev-emit -q --id evt-c -S b.jsonl third
	run -0 ev-fsck -S a.jsonl --redact evt-a
	cp a.jsonl a2 && cp b.jsonl b2
	run -0 --separate-stderr ev-git merge o a.jsonl b.jsonl
	[ -z "$stderr" ]
	run -0 --separate-stderr ev-git merge o b2 a2
	cmp a.jsonl b2
	run -1 grep -F abc a.jsonl
	[ "$(jq -r .event_id a.jsonl | sort | tr '\n' ' ')" = 'evt-a evt-b evt-c ' ]
}

@test "--track: two clones append and merge both ways twenty times: no conflict, nothing lost" {
	repository
	git config --global merge.autoStash true
	git config --global rebase.autoStash true
	ev-emit -q --id evt-first first
	git init -q --bare -b main ../far
	git remote add far ../far
	ev-git install --track >out
	grep -q 'rebase.autoStash' out
	rm out
	git add .events.jsonl .gitattributes
	git commit -q -m log
	git push -q far main
	git clone -q ../far ../other
	(cd ../other && ev-git install -q)
	for i in {1..20}; do
		ev-emit -q --id "evt-one-$i" one
		git commit -q -a -m "one $i"
		(
			cd ../other
			ev-emit -q --id "evt-two-$i" two
			git commit -q -a -m "two $i"
			git pull -q --no-edit --no-rebase
			git push -q
		)
		git pull -q --no-edit --no-rebase far main
		git push -q far main
	done
	(cd ../other && git pull -q --no-edit --no-rebase)
	for repo in . ../other; do
		cd "$repo"
		ev-emit -q end
		[ -z "$(git ls-files -u)" ]
		[ "$(git show HEAD:.events.jsonl | grep -cE 'evt-(one|two)-[0-9]+"')" -eq 40 ]
		git show HEAD:.events.jsonl | sort >"$BATS_TEST_TMPDIR/head"
		run -0 comm -23 "$BATS_TEST_TMPDIR/head" <(sort .events.jsonl)
		[ -z "$output" ]
		run -0 jq -r .event_id .events.jsonl
		[ -z "$(sort <<<"$output" | uniq -d)" ]
		views
	done
	[ "$(git rev-parse HEAD:.events.jsonl)" = "$(git -C ../repo rev-parse HEAD:.events.jsonl)" ]
}

@test "--track: what two clones seal is merged by git, and every earlier seal verifies" {
	repository
	git config --global merge.autoStash true
	git config --global pull.rebase false
	git init -q --bare -b main ../far
	git remote add origin ../far
	ev-git install -q --track --hooks post-merge
	ev-emit -q --time 2026-01-06 first
	ev-fsck -q --seal 2026-01-06
	git add .
	[ "$(git diff --cached --name-only | paste -sd' ')" = \
		'.events.jsonl .events/2026-01-06.leaves .events/seals.log .gitattributes' ]
	git commit -q -m log
	git push -q -u origin main
	git clone -q ../far ../other
	(cd ../other && ev-git install -q)
	for i in {1..6}; do
		for repo in . ../other; do
			(
				cd $repo
				ev-emit -q --time 2026-01-06 "$i"
				ev-emit -q --time 2026-01-07 "$i"
				ev-fsck -q --seal-until now
				git add .
				git commit -q -m "$i"
				git pull -q --no-edit
				git push -q
			)
		done
	done
	git pull -q --no-edit
	for repo in . ../other; do
		cd $repo
		[ -z "$(git ls-files -u)" ]
		[ "$(grep -c '"2026-01-06"' .events/seals.log)" -eq 13 ]
		run -0 ev-fsck --verify
		run -0 ev-fsck -q --seal-until now
		run -0 ev-fsck --verify
	done
	sed -i '/"3"/d' .events.jsonl
	run -1 ev-fsck --verify
	[[ $output == *'2026-01-06: MISSING: 2 leaves'* ]]
}

@test "--track: attributes of seals that are missing are told, what cannot be named refused" {
	repository
	run -0 ev-git install --track
	grep -qx '/.events/seals.log -text merge=union' .gitattributes
	grep -qx '/.events/\*.leaves -text merge=union' .gitattributes
	sed -i /seals/d .gitattributes
	run -1 ev-git status
	[[ $output == *'.gitattributes: there, but not as this ev-git would write it'* ]]
	run -0 ev-git install
	run -0 ev-git uninstall
	[ ! -e .gitattributes ]
	run -2 --separate-stderr ev-git install --track -S 'a b.jsonl'
	[ "$stderr" = "ev-git: 'a b.jsonl' cannot stand in .gitattributes: blanks and wildcards" ]
}

@test "info/exclude: names with wildcards, blanks, a newline mean themselves" {
	repository
	dir=$'a [b]*\n?\\c'
	mkdir "$dir"
	run -0 ev-git install -S "$dir/"
	commit a
	[ "$(wc -l <"$dir/.events.jsonl")" -eq 1 ]
	[ -z "$(git status --porcelain -uall)" ]
	run -0 ev-git status -S "$dir/"
}

# --- blame, check

# A tracked log with a branch and a merge by the driver; ids e1 e2 s1 e3 m1.
tracked_history() {
	repository
	ev-git install -q --track --hooks post-applypatch
	local id
	for id in e1 e2; do
		ev-emit -q --id $id t
		git add .events.jsonl .gitattributes
		git commit -q -m $id
	done
	git checkout -q -b side
	ev-emit -q --id s1 t
	git commit -q -a -m s1
	git checkout -q main
	ev-emit -q --id e3 t
	git commit -q -a -m e3
	git commit -q --allow-empty -m unrelated
	git merge -q --no-commit side >out
	ev-emit -q --id m1 t
	git commit -q -a -m merged
	rm out
}

@test "blame: the commit that brought a line, through merges" {
	tracked_history
	mkdir sub
	cd sub
	for id in e1 e2 s1 e3; do
		run -0 ev-git blame $id
		[[ $output == "$(git rev-parse ":/^$id")"$'\t'*$'\tU Ser\t'"$id" ]]
	done
	run -0 ev-git blame m1
	[[ $output == *$'\tmerged' ]]
	ev-emit -q --id new t
	run -1 --separate-stderr ev-git blame new
	[ "$stderr" = 'ev-git: no commit brought new: HEAD:.events.jsonl lacks it' ]
	[ -z "$output" ]
	cd "$BATS_TEST_TMPDIR/work/repo"
	git rm -q --cached .events.jsonl
	git commit -q -m 'no log'
	run -2 --separate-stderr ev-git blame e1
	[[ $stderr == *"'.events.jsonl' is not in HEAD"* ]]
}

@test "blame: every line of a real log, against all commits looked through" {
	need_shared data/history/finally.bundle
	people
	git clone -q -b main "$SHARED/data/history/finally.bundle" x
	cd x
	git rev-list --parents HEAD >commits
	ev-tail -n all -o id .events.jsonl >ids
	[ "$(wc -l <ids)" -gt 50 ]
	n=0
	while read -r id; do
		n=$((n + 1))
		[ $((n % 7)) -eq 0 ] || continue
		line=$(sed -n "${n}p" .events.jsonl)
		run -0 ev-git blame "$id"
		hash=${output%%$'\t'*}
		git show "$hash:.events.jsonl" | grep -qxF -e "$line"
		for parent in $(git log -1 --format=%P "$hash"); do
			run -1 grep -qxF -e "$line" <(git show "$parent:.events.jsonl")
		done
	done <ids
	run -0 --separate-stderr ev-git backfill --all
	[[ $stderr == 'ev-git: 14 commits, 0 of them in the log before' ]]
	[ "$(jq -r 'select(.data.commit?) | .timestamp' .events.jsonl | sort)" = \
		"$(TZ=UTC git log --date=format-local:%Y-%m-%dT%H:%M:%S.000Z --format=%cd | sort)" ]
}

@test "check: lines that do not stand any more, in the file and in the index" {
	tracked_history
	run -0 ev-git check
	run -0 ev-git check main~2
	ev-emit -q more
	run -0 ev-git check
	sed -i '/"e2"/d; s/"s1"/"s2"/' .events.jsonl
	run -1 --separate-stderr ev-git check HEAD
	[ "$stderr" = 'ev-git: 2 lines of HEAD:.events.jsonl do not stand any more' ]
	[ "$(jq -r .event_id <<<"$output")" = $'e2\ns1' ]
	run -0 ev-git check --cached
	git add .events.jsonl
	run -1 ev-git check --cached -q
	[ "$output" = 'ev-git: 2 lines of HEAD:.events.jsonl do not stand any more' ]
	git commit -q -m removed
	run -0 ev-git check
	run -1 ev-git check HEAD~1
	run -2 --separate-stderr ev-git check nowhere
	[ "$stderr" = "ev-git: there is no revision 'nowhere'" ]
	sort -r .events.jsonl >turned
	mv turned .events.jsonl
	run -0 ev-git check
	cp .events.jsonl was
	ev-fsck --redact e1 || [ $? -eq 1 ]
	run -1 cmp -s .events.jsonl was
	run -0 ev-git check
}

@test "check as a guard: without a log, and one that was removed" {
	repository
	run -0 ev-git check --cached
	run -0 ev-git check
	commit a
	run -0 ev-git check --cached
	for log in .events.jsonl .beads/events.jsonl; do
		mkdir -p .beads
		touch "$log"
		ev-emit -q -S "$log" --id "evt-$log" x
		git add -f "$log"
		git commit -q -m "$log"
		rm -rf .events* .beads
		run -0 ev-git check --cached
		run -1 --separate-stderr ev-git check
		[ "$stderr" = "ev-git: 1 line of HEAD:$log does not stand any more" ]
		git rm -q --cached "$log"
		run -1 ev-git check --cached
		git commit -q -m removed
		run -0 ev-git check
	done
}

@test "check as a guard: before the first commit, and equal lines without an id" {
	repository
	line='{"ts":"2026-01-01T00:00:00Z","source":"x","type":"t","actor":"a","payload":{},"visibility":"both"}'
	printf '%s\n%s\n' "$line" "$line" >.events.jsonl
	git add .events.jsonl
	echo 'ev-git check --cached HEAD' >.git/hooks/pre-commit
	chmod +x .git/hooks/pre-commit
	run -0 git commit -q -m first
	sed -i 1d .events.jsonl
	run -1 git commit -q -a -m second
	[[ $output == *'1 line of HEAD:.events.jsonl does not stand any more'* ]]
}

@test "usage: no command, a wrong one, options before it, too many operands" {
	run -2 --separate-stderr ev-git
	[ "$stderr" = 'ev-git: no command, see --help' ]
	run -2 --separate-stderr ev-git instal
	[ "$stderr" = "ev-git: 'instal' is no command of ev-git, did you mean 'install'?" ]
	run -2 --separate-stderr ev-git --track install
	[[ $stderr == *'options of a command stand behind its name' ]]
	run -2 ev-git status more
	run -2 ev-git status --track
	run -2 --separate-stderr ev-git status
	[[ $stderr == 'ev-git: git: not a git repository'* ]]
	run -0 ev-git install --help
	[ "${lines[0]}" = 'usage: ev-git install [--hooks LIST] [--track] [--dry-run]' ]
	[[ $output == *--track* ]]
	[[ $output != *--cached* ]]
	git init -q .
	run -2 --separate-stderr ev-git backfill -d govern --all
	[ "$stderr" = 'ev-git: -d: only vermas is written' ]
	run -0 ev-git -q --version
}
