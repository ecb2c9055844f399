#!/bin/sh
# The main job in a scratch repository: `make demo` runs this.  It fails when
# anything in it does, and leaves nothing behind.
set -eu

bin=${EV_BIN:?the directory of the built commands}
PATH=$bin:$PATH
scratch=$(mktemp -d)
follower=

leave() {
	[ -z "$follower" ] || kill "$follower" 2>/dev/null || :
	rm -rf "$scratch"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# nobody's settings but our own
for name in $(env | sed -n 's/^\(EV_[A-Z_]*\|GIT_[A-Z_]*\|XDG_[A-Z_]*\|BD_ACTOR\)=.*/\1/p'); do
	unset "$name"
done
export HOME="$scratch" GIT_CONFIG_NOSYSTEM=1 EV_ACTOR=mayor

if [ -t 1 ]; then
	bold=$(printf '\033[1m') plain=$(printf '\033[0m')
else
	bold='' plain=''
fi

say() { # a heading
	printf '\n%s# %s%s\n' "$bold" "$1" "$plain"
}

show() { # a command line: shown, then run
	printf '%s$ %s%s\n' "$bold" "$1" "$plain"
	eval "$1"
}

fail() { # what went wrong
	printf 'demo: %s\n' "$1" >&2
	exit 1
}

lines() { # of a file
	wc -l <"$1" | tr -d ' '
}

wait_for_lines() { # FILE COUNT
	tries=0
	while [ "$(lines "$1")" -lt "$2" ]; do
		tries=$((tries + 1))
		kill -0 "$follower" 2>/dev/null || fail 'the follower ended'
		[ "$tries" -le 200 ] || fail "the follower saw $(lines "$1") of $2 events"
		sleep 0.05
	done
}

mkdir "$scratch/work"
cd "$scratch/work"
git init -q -b main .
git config user.name Mayor
git config user.email mayor@example.org
git config commit.gpgSign false

say 'An event, and one that it caused'
show "id=\$(ev-emit bead.created bead_id=gt-1 title='Fix the login' priority:=2)"
[ -n "${id:-}" ] || fail 'the event should have an id'
show "ev-emit -q -p \"\$id\" bead.hooked bead_id=gt-1 agent=slot0"

say 'A hook of three lines records every commit'
cat >.git/hooks/post-commit <<'EOF'
#!/bin/sh
# hash, people, subject, branch, files and lines; never fails or holds up a commit
ev-emit -q --git --best-effort commit
EOF
chmod +x .git/hooks/post-commit
show 'cat .git/hooks/post-commit'

say 'Meanwhile somebody follows the log'
show 'head=$(ev-tail --head)'
printf '%s$ ev-tail --after "$head" -f &%s\n' "$bold" "$plain"
# from here on, however late it starts
ev-tail --after "$head" -f -o short >"$scratch/followed" 2>"$scratch/trouble" &
follower=$!

say 'Two commits'
echo 'login = broken' >login.conf
show "git add login.conf && git commit -q -m 'Add the login'"
echo 'login = works' >login.conf
show "git commit -q -a -m 'Mend the login'"

say 'A command that fails, with a secret on its command line: its status stays'
status=0
show "ev-emit -d govern --exec test --on-error error -m 'unit tests' \\
    -- sh -c 'echo 11 of 12 passed; exit 3' sh --token=hunter2 || status=\$?"
show 'echo "status $status"'
[ "$status" -eq 3 ] || fail "the wrapped command's status is $status, not 3"

say 'What the follower saw by now'
wait_for_lines "$scratch/followed" 3
kill "$follower"
{ wait "$follower" || :; } 2>/dev/null # the shell says that it ended
follower=
cut -c 1-79 "$scratch/followed"
[ ! -s "$scratch/trouble" ] || fail "$(cat "$scratch/trouble")"

say 'The whole log, as people see it'
show 'ev-tail -n all -o short | cut -c 1-79'

say 'What the commits changed, what the command did: plain JSON'
show "ev-tail -n all -t commit -o jsonl |
    jq -r '.data.commit | [.short, .subject, .files_changed, .insertions, .deletions] | @tsv'"
show "ev-tail -t error -o jsonl | jq -c '.metadata | {exit_code, testsPassed, commandRedacted}'"

say 'Day files and the live feed hold the same lines'
show 'wc -l .events.jsonl .events/feed.jsonl'

# what was shown is what should be
[ "$(lines .events.jsonl)" -eq 5 ] || fail 'five events should be in the log'
cmp .events.jsonl .events/feed.jsonl
cat .events/20*.jsonl | sort >"$scratch/days"
sort .events.jsonl | cmp - "$scratch/days"
[ "$(jq -r 'select(.event_type == "commit") | .data.commit.subject' .events.jsonl)" = \
	'Add the login
Mend the login' ] || fail 'the hook should have recorded two commits'
[ "$(jq -r 'select(.type == "error") | .metadata.exit_code' .events.jsonl)" = 3 ] ||
	fail 'the failed command should be in the log'
if grep -q hunter2 .events.jsonl; then
	fail 'the secret should not be in the log'
fi
printf '\n%sAll is well; the scratch repository is gone.%s\n' "$bold" "$plain"
