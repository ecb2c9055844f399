#!/usr/bin/env bats
# ev-emit --git: what an event tells of a commit, by libgit2 and by git as a
# child; each case against what git itself shows.

load helper

# A repository in ./repo, with fixed people and dates, and we in it.
repository() { # [GIT-INIT OPTION …]
	need git jq
	export GIT_AUTHOR_NAME='A Uthor' GIT_AUTHOR_EMAIL=author@example.org
	export GIT_AUTHOR_DATE='2026-01-06T10:30:00+02:00'
	export GIT_COMMITTER_NAME=Committer GIT_COMMITTER_EMAIL=c@example.org
	export GIT_COMMITTER_DATE='2026-01-06T11:00:00-01:00'
	git init -q -b main "$@" repo
	cd repo || return
}

# A commit of all there is.
commit() { # GIT-COMMIT OPTION …
	git add -A
	git commit -q --allow-empty --allow-empty-message "$@"
}

lines() { # FIRST LAST
	seq -f 'line %g' "$1" "$2"
}

# What one way gives of a commit, without the member around it.
way() { # library|child REV
	"$EV_BUILD/tests/commit" "$1" "$2" >way.json || {
		cat way.json
		return 1
	}
	jq -cS .commit <way.json
	rm way.json
}

# Both ways, and ev-emit, say of REV what git says of it; *said is that.
same() { # [REV]
	local rev=${1-HEAD}
	said=$(way child "$rev")
	[ "$(way library "$rev")" = "$said" ]
	[ "$(ev-emit --dry-run --body --git="$rev" x | jq -cS .data.commit)" = "$said" ]
	by_git "$rev"
}

# *said is what git's own commands say of REV.
by_git() { # REV
	local want numstat renames
	set -- "$1^{commit}"
	numstat=$(git show -M --numstat --format= --diff-merges=first-parent "$1")
	renames=$(git show -M --summary --format= --diff-merges=first-parent "$1" | grep -c '^ rename' || :)
	want=$(jq -nc --arg h "$(git rev-parse "$1")" \
		--arg p "$(git log -1 --format=%P "$1")" \
		--arg n "$(git log -1 --format=%an "$1")" \
		--arg s "$(git log -1 --format=%s "$1")" \
		--arg b "$(git log -1 --format=%b "$1")" \
		--arg numstat "$numstat" --arg renames "$renames" '
		[$numstat | split("\n")[] | select(. != "") | split("\t")] as $f |
		[$h, $h[:7], ($p | split(" ")), $n, $s, $b, ($f | length),
		 ([$f[][0] | tonumber? // 0] | add // 0),
		 ([$f[][1] | tonumber? // 0] | add // 0), ($renames | tonumber)]')
	diff <(jq <<<"$want") <(jq '[.hash, .short, .parents, .author.name,
		.subject, .body, .files_changed, .insertions, .deletions,
		.renames]' <<<"$said")
}

# One value of *said, or of what else is given.
value() { # JQ
	jq -c "$1" <<<"$said"
}

@test "the first commit: all its lines are insertions, no parents" {
	repository
	lines 1 10 >a
	lines 1 3 >b
	commit -m 'First things'
	same
	[ "$(value '[.files_changed, .insertions, .deletions, .parents]')" = '[2,13,0,[]]' ]
	[ "$(value .author)" = '{"email":"author@example.org","name":"A Uthor","time":"2026-01-06T08:30:00.000Z"}' ]
	[ "$(value .committer.time)" = '"2026-01-06T12:00:00.000Z"' ]
	[ "$(value '[.branch, .signature, .trailers]')" = '["main","none",{}]' ]
}

@test "changes, a removal, a mode, a link in a file's place" {
	repository
	lines 1 100 >a
	lines 1 5 >b
	echo to >c
	commit -m one
	sed -i '3d; 50s/.*/other/; 90a\
more' a
	rm b c
	ln -s a c
	commit -m two
	# the library counts otherwise: git is asked
	run -0 "$EV_BUILD/tests/commit" library HEAD
	said=$(ev-emit --dry-run --body --git x | jq -cS .data.commit)
	[ "$said" = "$(way child HEAD)" ]
	by_git HEAD
	run -0 --separate-stderr env PATH=/nowhere "$EV_BIN/ev-emit" \
		--dry-run --git x
	[ -z "$stderr" ]
	[ "$(jq -r .data.commit.subject <<<"$output")" = two ]
	chmod +x a
	commit -m three
	same
	[ "$(value '[.files_changed, .insertions, .deletions]')" = '[1,0,0]' ]
}

@test "a merge: against the first parent, with both parents" {
	repository
	lines 1 20 >a
	commit -m base
	git checkout -q -b side
	lines 1 7 >b
	commit -m side
	git checkout -q main
	echo own >c
	commit -m main
	git merge -q --no-edit side
	same
	[ "$(value '[(.parents | length), .files_changed, .insertions]')" = '[2,1,7]' ]
	[ "$(value .subject)" = "\"Merge branch 'side'\"" ]
	same side
	[ "$(value .branch)" = '"side"' ]
}

@test "renames: exact, changed, several, below a half" {
	repository
	lines 1 100 >a
	lines 200 230 >b
	lines 300 310 >c
	: >empty
	commit -m base
	git mv a d
	sed -i 5d d
	git mv b e
	git mv empty void
	lines 300 302 >f
	lines 900 940 >>f
	rm c
	commit -m moved
	same
	[ "$(value '.renames >= 2')" = true ]
	# a copy is no rename, and neither settings nor blanks change it
	git config diff.renames false
	git config diff.noprefix true
	sed 's/^/\t/' d >g
	rm d
	commit -m indented
	said=$(way child HEAD)
	[ "$(way library HEAD)" = "$said" ]
	[ "$(value .renames)" = 0 ]
}

@test "a binary file is changed without lines" {
	repository
	printf 'a\0b\n' >bin
	echo text >text
	commit -m one
	same
	[ "$(value '[.files_changed, .insertions]')" = '[2,1]' ]
	printf 'a\0c\nd\n' >bin
	echo 'text binary' >.gitattributes
	echo more >>text
	commit -m two
	same
	[ "$(value '[.files_changed, .insertions, .deletions]')" = '[3,1,0]' ]
}

@test "an empty commit, an empty message, a message of blanks and trailers" {
	repository
	commit -m one
	commit -m ''
	same
	[ "$(value '[.subject, .body, .files_changed, .insertions]')" = '["","",0,0]' ]
	commit --cleanup=verbatim -m $'\n\n  Title,\ttwo \nlines\n\nText  \n\n\n  more\n\nReviewed-by: R <r@x>\nsee: a\n  folded\nReviewed-by: S <s@x>\n\n'
	said=$(way child HEAD)
	[ "$(way library HEAD)" = "$said" ]
	[ "$(value .trailers)" = '{"Reviewed-by":["R <r@x>","S <s@x>"],"see":"a folded"}' ]
	[ "$(value .subject)" = '"  Title,\ttwo lines"' ]
	[ "$(value .body)" = '"Text\n\n\n  more\n\nReviewed-by: R <r@x>\nsee: a\n  folded\nReviewed-by: S <s@x>"' ]
	[ "$(git log -1 --format='%(trailers:unfold,only)')" = "$(printf '%s\n' \
		'Reviewed-by: R <r@x>' 'see: a folded' 'Reviewed-by: S <s@x>')" ]
}

@test "a detached HEAD has no branch; a tag, a branch, a hash, HEAD~1" {
	repository
	commit -m one
	commit -m two
	git tag -m annotated v1
	git checkout -q --detach
	same
	[ "$(value .branch)" = null ]
	same main
	[ "$(value .branch)" = '"main"' ]
	same HEAD~1
	[ "$(value .branch)" = null ]
	git checkout -q -b topic/deep
	same v1
	[ "$(value .branch)" = '"topic/deep"' ]
	same "$(git rev-parse HEAD)"
	[ "$(value .branch)" = '"topic/deep"' ]
}

@test "a linked work tree, and a hook in it, which has GIT_DIR" {
	repository
	commit -m one
	git worktree add -q -b other ../linked
	cd ../linked
	echo x >x
	commit -m two
	same
	[ "$(value '[.branch, .files_changed]')" = '["other",1]' ]
	cat >../repo/.git/hooks/post-commit <<-EOF
		#!/bin/sh
		cd / || exit
		echo "\$GIT_DIR" >"$BATS_TEST_TMPDIR/dir"
		ev-emit -q -S "$BATS_TEST_TMPDIR/log.jsonl" --git commit
		for w in library child; do
			"$EV_BUILD/tests/commit" \$w HEAD >"$BATS_TEST_TMPDIR/\$w"
		done
	EOF
	chmod +x ../repo/.git/hooks/post-commit
	echo y >x
	commit -m three
	[[ $(cat "$BATS_TEST_TMPDIR/dir") == /*/repo/.git/worktrees/linked ]]
	cmp "$BATS_TEST_TMPDIR/library" "$BATS_TEST_TMPDIR/child"
	said=$(jq -c .data.commit "$BATS_TEST_TMPDIR/log.jsonl")
	[ "$(value '[.subject, .branch, .deletions]')" = '["three","other",1]' ]
}

@test "a hook of the main work tree, in a directory below" {
	repository
	mkdir sub
	cat >.git/hooks/post-commit <<-'EOF'
		#!/bin/sh
		ev-emit -q -S "$HOME/log.jsonl" --git commit
	EOF
	chmod +x .git/hooks/post-commit
	cd sub
	echo x >x
	commit -m one
	[ "$(jq -c '.data.commit | [.subject, .insertions]' "$HOME/log.jsonl")" = '["one",1]' ]
}

@test "a bare repository" {
	repository
	lines 1 4 >a
	commit -m one
	git clone -q --bare . ../bare.git
	cd ../bare.git
	said=$(way child HEAD)
	[ "$(way library HEAD)" = "$said" ]
	[ "$(value '[.branch, .insertions]')" = '["main",4]' ]
	cd "$HOME"
	GIT_DIR=$OLDPWD run -0 ev-emit --dry-run --git x
	[ "$(jq -c .data.commit.insertions <<<"$output")" = 4 ]
}

@test "a sha256 repository: by the child, the library cannot" {
	repository --object-format=sha256
	lines 1 4 >a
	commit -m one
	commit -m two
	run -1 "$EV_BUILD/tests/commit" library HEAD
	said=$(ev-emit --dry-run --body --git x | jq -c .data.commit)
	by_git HEAD
	[ "$(value '.hash | length')" = 64 ]
}

@test "extensions that the library does not know: by the child" {
	repository
	commit -m one
	git config core.repositoryFormatVersion 1
	git config extensions.worktreeConfig true
	git config extensions.partialClone origin
	# libgit2 loses memory where it refuses an extension
	export ASAN_OPTIONS=detect_leaks=0
	run -1 "$EV_BUILD/tests/commit" library HEAD
	run -0 --separate-stderr ev-emit --dry-run --git x
	[ -z "$stderr" ]
	[ "$(jq -r .data.commit.subject <<<"$output")" = one ]
}

@test "another owner's repository: the event, a note, no data" {
	[ "$(id -u)" -eq 0 ] || skip "only root gives files away"
	repository
	commit -m secret
	chown -R 65534:65534 .
	run -0 --separate-stderr ev-emit -S "$HOME/log.jsonl" --git x
	[[ $stderr == "ev-emit: --git=HEAD: git: detected dubious ownership"*"; written without commit data" ]]
	run -0 jq -r .data.commit_note "$HOME/log.jsonl"
	[[ $output == "git: detected dubious ownership in repository at"* ]]
	run -1 grep secret "$HOME/log.jsonl"
	for w in library child; do
		run -1 "$EV_BUILD/tests/commit" $w HEAD
	done
	git config --global --add safe.directory "$PWD"
	run -0 ev-emit --dry-run --git x
	[ "$(jq -r .data.commit.subject <<<"$output")" = secret ]
}

@test "no repository, no commit, no such REV: the event and a note" {
	repository
	for rev in HEAD nosuch -x :/none HEAD..HEAD; do
		run -0 --separate-stderr ev-emit --dry-run --git=$rev x
		[[ $stderr == "ev-emit: --git=$rev: "*"; written without commit data" ]]
		[ "$(jq -c '[.data.commit, (.data.commit_note | length > 3)]' <<<"$output")" = '[null,true]' ]
	done
	cd "$HOME"
	run -0 --separate-stderr ev-emit --dry-run -d govern -m d --git commit
	[[ $(jq -r .metadata.commitNote <<<"$output") == "git: not a git repository"* ]]
	run -0 --separate-stderr env PATH=/nowhere "$EV_BIN/ev-emit" \
		--dry-run --git x
	[[ $stderr == "ev-emit: --git=HEAD: cannot run git: No such file or directory; "* ]]
	run -2 ev-emit --dry-run --git= x
	run -2 --separate-stderr ev-emit --dry-run --body x
	[[ $stderr == "ev-emit: --body: only with --git" ]]
}

@test "a shallow clone: where it ends nothing is counted, and a note says so" {
	repository
	lines 1 9 >a
	commit -m one
	lines 1 8 >a
	commit -m two
	lines 1 7 >a
	commit -m three
	git clone -q --depth 2 "file://$PWD" ../shallow
	cd ../shallow
	same
	for w in library child; do
		"$EV_BUILD/tests/commit" $w HEAD~1 >../$w
	done
	cmp ../library ../child
	[ "$(jq -c '[.commit.files_changed, .commit.insertions, (.commit.parents | length), .commit_note]' ../child)" = '[null,null,1,"nothing is counted: the parent, or what is in its files, is not in this clone"]' ]
}

@test "a partial clone: nothing is fetched, and what is there is told" {
	repository
	lines 1 9 >a
	commit -m one
	lines 1 8 >a
	commit -m two
	git config uploadpack.allowFilter true
	git clone -q --no-checkout --filter=blob:none "file://$PWD" ../partial
	cd ../partial
	git config core.repositoryFormatVersion 1
	git config extensions.partialClone origin
	git rev-list --objects --missing=print HEAD >objects
	grep -q '^?' objects
	# libgit2 loses memory where the configuration names no match
	export ASAN_OPTIONS=detect_leaks=0
	run -0 ev-emit --dry-run --git x
	said=$(jq -c .data <<<"${lines[-1]}")
	[ "$(value '[.commit.subject, .commit.files_changed, .commit.insertions, (.commit.parents | length)]')" = '["two",null,null,1]' ]
	[ "$(value .commit_note)" = '"nothing is counted: the parent, or what is in its files, is not in this clone"' ]
	[ "$(ev-emit --dry-run --best-effort --git x | jq -c .data)" = "$said" ]
	git rev-list --objects --missing=print HEAD >objects
	grep -q '^?' objects
}

@test "nothing that a repository's config names is run" {
	repository
	commit -m one
	cat >../run <<-'EOF'
		#!/bin/sh
		echo "$0 $*" >>"$HOME/ran"
	EOF
	chmod +x ../run
	for key in core.fsmonitor core.pager diff.external diff.x.textconv \
		diff.x.command gpg.program core.sshCommand core.askPass \
		core.alternateRefsCommand remote.origin.uploadpack \
		filter.x.clean filter.x.process trailer.x.cmd; do
		git config "$key" "$PWD/../run"
	done
	git config log.showSignature true
	mkdir ../hooks
	for name in post-index-change reference-transaction fsmonitor-watchman; do
		cp ../run ../hooks/$name
	done
	git config core.hooksPath "$PWD/../hooks"
	echo '* filter=x diff=x' >.git/info/attributes
	for rev in HEAD main HEAD~0 'HEAD@{0}'; do
		ev-emit --dry-run --body --git="$rev" x
		ev-emit --dry-run --body --best-effort --git="$rev" x
	done | jq -r .data.commit.subject | sort -u >subjects
	[ "$(cat subjects)" = one ]
	[ ! -e "$HOME/ran" ]
}

@test "texts that are not UTF-8, and another encoding" {
	repository
	git config i18n.commitEncoding ISO-8859-1
	commit -m $'f\xfcr'
	said=$(way child HEAD)
	[ "$(way library HEAD)" = "$said" ]
	[ "$(value .subject)" = '"für"' ]
	git config --unset i18n.commitEncoding
	{
		printf 'tree %s\n' "$(git rev-parse 'HEAD^{tree}')"
		printf 'author Bj\xf6rn \xed\xa0\x80 <b> 1 +0000\n'
		printf 'committer x <y> 999999999999999 +0000\n\n\xff\n'
	} >object
	rev=$(git hash-object -t commit -w --literally object)
	said=$(way child "$rev")
	[ "$(way library "$rev")" = "$said" ]
	[ "$(value '[.author.name, .committer.time, .subject]')" = '["Bj�rn ���",null,"�"]' ]
	ev-emit -q --git="$rev" x
	run -0 ev-tail --strict -n 1 -o jsonl
}

@test "signatures: present, of their kind, not verified" {
	repository
	commit -m one
	for kind in 'PGP SIGNATURE:gpg' 'SSH SIGNATURE:ssh' 'SIGNED MESSAGE:x509'; do
		git cat-file commit HEAD | awk -v k="${kind%:*}" '
			!NF && !done { print "gpgsig -----BEGIN " k "-----"
				print " "; print " author"; print " -----END " k "-----"
				done = 1 }
			{ print }' >../object
		rev=$(git hash-object -t commit -w ../object)
		said=$(way child "$rev")
		[ "$(way library "$rev")" = "$said" ]
		[ "$(value '[.signature, .subject]')" = "[\"${kind#*:}\",\"one\"]" ]
	done
}

@test "what the user's settings of git change, and what they do not" {
	repository
	lines 1 30 >a
	commit -m one
	git mv a b
	sed -i 's/1/x/' b
	commit -m $'two\n\n\ttab'
	git notes add -m note
	same
	before=$said
	git config color.ui always
	git config log.showSignature true
	git config log.showRoot false
	git config log.decorate full
	git config log.abbrevCommit true
	git config format.pretty oneline
	git config diff.renames copies
	git config diff.external /bin/false
	git config diff.relative true
	git config diff.x.textconv 'tr a-z A-Z'
	git config diff.algorithm patience
	git config i18n.logOutputEncoding UTF-16
	git config core.pager false
	echo '* diff=x' >.git/info/attributes
	[ "$(way child HEAD)" = "$before" ]
	[ "$(way library HEAD)" = "$before" ]
	[ "$(GIT_EXTERNAL_DIFF=false GIT_PAGER=false way child HEAD~1 | jq .insertions)" = 30 ]
}

@test "the index is not read, however large or broken it is" {
	repository
	echo x >a
	commit -m one
	echo 'b* -diff' >.gitattributes
	echo y >b
	commit -m two
	rm .gitattributes
	same
	[ "$(value '[.files_changed, .insertions]')" = '[2,2]' ]
	echo broken >.git/index
	run -128 git diff-tree HEAD
	[ "$(way library HEAD)" = "$said" ]
	run -0 --separate-stderr ev-emit --dry-run --best-effort --git x
	[ -z "$stderr" ]
	[ "$(jq -c .data.commit.insertions <<<"$output")" = 2 ]
	GIT_INDEX_FILE=.git/index run -0 ev-emit --dry-run --best-effort \
		--git=main x
	[ "$(jq -c .data.commit.branch <<<"$output")" = '"main"' ]
}

@test "a submodule's new commit" {
	repository
	commit -m one
	git update-index --add --cacheinfo 160000,"$(git rev-parse HEAD)",sub
	git commit -q -m two
	git config diff.ignoreSubmodules all
	said=$(way child HEAD)
	[ "$(way library HEAD)" = "$said" ]
	[ "$(value '[.files_changed, .insertions]')" = '[1,1]' ]
}

@test "each dialect has the data in its payload, govern by its own names" {
	repository
	lines 1 3 >a
	commit -m $'Subject\n\nBody'
	h=$(git rev-parse HEAD)
	run -0 ev-emit --dry-run -d govern -m d --git commit
	[ "$(jq -c .metadata <<<"$output")" = "{\"commitHash\":\"$h\",\"shortHash\":\"${h:0:7}\",\"parents\":[],\"author\":\"A Uthor\",\"subject\":\"Subject\",\"branch\":\"main\",\"filesChanged\":1,\"linesAdded\":3,\"linesRemoved\":0}" ]
	run -0 ev-emit --dry-run -d agentguard -m d --git T
	[ "$(jq -r .metadata.commit.hash <<<"$output")" = "$h" ]
	run -0 ev-emit --dry-run -d brewva -s S --git T
	[ "$(jq -r .payload.commit.hash <<<"$output")" = "$h" ]
	run -0 ev-emit --dry-run -d gastown --git T
	[ "$(jq -r .payload.commit.hash <<<"$output")" = "$h" ]
	# the body only when it is asked for; fields stand over options
	run -0 ev-emit --dry-run --git a x=1 commit.hash=mine
	[ "$(jq -c '.data | [.x, .commit.hash, .commit.body]' <<<"$output")" = '["1","mine",null]' ]
	run -0 ev-emit --dry-run --git --body a
	[ "$(jq -c .data.commit.body <<<"$output")" = '"Body"' ]
}

@test "the library is loaded for --git only, and may be missing" {
	repository
	need ldd strace
	# the search for leaks does not work under strace
	export ASAN_OPTIONS=detect_leaks=0
	commit -m one
	run -0 ldd "$EV_BIN/ev-emit"
	[[ $output != *libgit2* ]]
	strace -f -e trace=openat -o trace ev-emit -q x
	run -1 grep -E 'libgit2|mbed' trace
	strace -e trace=openat -o trace ev-emit -q --git x
	name=$(grep -o 'libgit2\.so[.0-9]*' trace | head -n 1)
	mkdir lib
	: >"lib/$name"
	LD_LIBRARY_PATH=$PWD/lib run -0 --separate-stderr ev-emit --dry-run --git x
	[ -z "$stderr" ]
	[ "$(jq -r .data.commit.subject <<<"$output")" = one ]
}

@test "--git with -: each event whose payload is missing gets the data" {
	repository
	commit -m one
	cat >input <<-'EOF'
		{"event_type":"a"}
		{"event_type":"b","data":{"x":1}}
		{"id":"g","type":"deploy","timestamp":"2026-01-06T09:00:00Z","archetypeIds":["a"],"skillsExercised":["s"],"description":"d"}
		{"ts":"2026-01-06T09:00:00Z","source":"gt","type":"sling","actor":"m","visibility":"both"}
	EOF
	run -0 ev-emit --dry-run --body --git - <input
	said=$(jq -c 'select(.event_type == "a").data.commit' <<<"$output")
	by_git HEAD
	[ "$(jq -c 'select(.event_type == "b").data' <<<"$output")" = '{"x":1}' ]
	[ "$(jq -r 'select(.id == "g").metadata.subject' <<<"$output")" = one ]
	[ "$(jq -r 'select(.ts).payload.commit.subject' <<<"$output")" = one ]
	cd "$HOME"
	run -0 --separate-stderr ev-emit --dry-run --git - <<<'{"event_type":"a"}'
	grep -q 'not a git repository' <<<"$stderr"
	[ "$(jq -r '.data.commit_note | length > 3' <<<"$output")" = true ]
}

@test "--best-effort: the same data, by one child" {
	repository
	lines 1 4 >a
	commit -m one
	git switch -q -c other
	lines 1 5 >a
	commit -m two
	need strace
	for rev in HEAD main other~1; do
		whole=$(ev-emit --dry-run --git=$rev x | jq -c .data)
		quick=$(ev-emit --dry-run --best-effort --git=$rev x |
			jq -c .data)
		[ "$whole" = "$quick" ]
	done
	git checkout -q --detach
	[ "$(ev-emit --dry-run --best-effort --git x | jq .data.commit.branch)" = null ]
	git switch -q main
	mkdir bin
	printf '#!/bin/sh\necho >>"$HOME/runs"\nexec "%s" "$@"\n' \
		"$(command -v git)" >bin/git
	chmod +x bin/git
	PATH=$PWD/bin:$PATH strace -o traced -e trace=openat \
		ev-emit -a me --dry-run --best-effort --git x >line ||
		skip "strace may not trace here"
	[ "$(jq -r .data.commit.branch <line)" = main ]
	[ "$(wc -l <"$HOME/runs")" -eq 1 ]
	run -1 grep libgit2 traced
}

@test "--best-effort: HEAD in worktrees, below, with GIT_DIR, as a link, in other forms" {
	repository
	commit -m one
	git worktree add -q -b linked ../linked
	mkdir sub
	branch() { ev-emit --dry-run --best-effort --git x | jq -r .data.commit.branch; }
	[ "$(cd sub && branch)" = main ]
	[ "$(cd ../linked && branch)" = linked ]
	[ "$(cd / && GIT_DIR=$OLDPWD/.git branch)" = main ]
	git clone -q --bare . ../bare
	[ "$(cd ../bare && branch)" = main ]
	# HEAD as old gits wrote it
	ln -sf refs/heads/main .git/HEAD
	[ "$(branch)" = main ]
	rm .git/HEAD
	printf 'ref:   refs/heads/main\n' >.git/HEAD
	[ "$(branch)" = main ]
}

@test "--best-effort: a git that hangs is killed, and the event written" {
	repository
	commit -m one
	mkdir bin
	cat >bin/git <<-'EOF'
		#!/bin/bash
		echo $$ >>"$HOME/pids"
		exec sleep 100
	EOF
	chmod +x bin/git
	start=${EPOCHREALTIME/./}
	PATH=$PWD/bin:$PATH run -0 --separate-stderr ev-emit -a me \
		-S "$HOME/log.jsonl" --best-effort --timeout 400ms --git x
	end=${EPOCHREALTIME/./}
	[ $((end - start)) -lt 900000 ]
	grep -q 'git did not answer in time; written without commit data' <<<"$stderr"
	run -0 jq -r .data.commit_note "$HOME/log.jsonl"
	[ "$output" = 'git did not answer in time' ]
	while read -r pid; do
		run -1 kill -0 "$pid"
	done <"$HOME/pids"
}

@test "GIT_TRACE and its kind change nothing" {
	repository
	commit -m one
	whole=$(ev-emit --dry-run --git x | jq -c .data)
	export GIT_TRACE=1 GIT_TRACE2=1 GIT_DIFF_OPTS=-u0 GIT_EXTERNAL_DIFF=false
	[ "$(ev-emit --dry-run --best-effort --git x 2>&1 | jq -c .data)" = "$whole" ]
	run -0 --separate-stderr ev-emit --dry-run --best-effort --git=nosuch x
	[[ $stderr == "ev-emit: --git=nosuch: git: "*"nosuch"* ]]
}
