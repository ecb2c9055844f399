#!/bin/sh
# The main job in a scratch repository: `make demo` runs this.
set -eu

bin=${EV_BIN:?the directory of the built commands}
PATH=$bin:$PATH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME="$scratch" EV_ACTOR=mayor
unset EV_STORE EV_SESSION EV_CORRELATION EV_CAUSED_BY EV_DIALECT EV_LEVEL

if [ -t 1 ]; then
	bold=$(printf '\033[1m') plain=$(printf '\033[0m')
else
	bold='' plain=''
fi

show() { # a command line: shown, then run
	printf '\n%s$ %s%s\n' "$bold" "$1" "$plain"
	eval "$1"
}

mkdir "$scratch/work"
cd "$scratch/work"
git init -q .

show "id=\$(ev-emit bead.created bead_id=gt-1 title='Fix the login' priority:=2)"
show "ev-emit -p \"\$id\" bead.hooked bead_id=gt-1 agent=gastown/polecats/slot0"
show "ev-emit -a gastown/polecats/slot0 bead.status_changed bead_id=gt-1 to_status=in_progress"

cat >body.json <<'EOF'
{
  "type": "commit",
  "archetypeIds": ["jarvis"],
  "skillsExercised": ["system-integration", "diagnostic-reasoning"],
  "description": "Implemented the accumulator",
  "quality": 0.92,
  "metadata": { "commitHash": "a23b91a5", "testsPassed": true }
}
EOF
printf '\n%sA request body, pretty-printed as an API client sends it:%s\n' \
	"$bold" "$plain"
cat body.json
show "ev-emit -d govern - <body.json"
show "ev-emit -d agentguard TestFailure -m 'Expected status 200, received 401' file=src/login.test.js line:=42"

printf '\n%sThe log, as people see it:%s\n' "$bold" "$plain"
show "ev-tail -o short"
printf '\n%sOnly what went wrong:%s\n' "$bold" "$plain"
show "ev-tail -o short --severity 3"
printf '\n%sThe same bytes stand in three files:%s\n' "$bold" "$plain"
show "wc -l .events.jsonl .events/20*.jsonl .events/feed.jsonl"
show "ev-tail -t 'bead.*' -o jsonl | jq -c '[.event_type, .data.bead_id, .caused_by]'"
printf '\n%sIn the store of the scratch repository all is well.%s\n' \
	"$bold" "$plain"
