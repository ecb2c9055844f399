#!/usr/bin/env bats
# ev-fsck --seal, --verify, --anchor: what was changed afterwards is found.

load helper

SEALED=2026-02-01T00:00:00Z

# Three days of two events each, sealed.
three() {
	local day n
	for day in 1 2 3; do
		for n in 1 2; do
			EV_NOW=2026-01-0${day}T10:00:0${n}Z ev-emit -q \
				--id "evt-$day-$n" bead.created \
				bead_id="gt-$day" -S .events.jsonl
		done
	done
	EV_NOW=$SEALED run -0 ev-fsck --seal-until now
}

late() { # DAY: an event of that day that comes later
	EV_NOW=2026-01-0${1}T20:00:00Z ev-emit -q bead.created bead_id="gt-$1"
}

repository() {
	git init -q .
	git config user.email a@b
	git config user.name n
	git commit -q --allow-empty -m x
}

@test "seal: --seal-until seals each day that is over, once" {
	three
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[0]} =~ ^2026-01-01:\ SEALED:\ 2\ lines,\ [0-9]+\ bytes$ ]]
	[ "$(jq -r '.date + " \(.n) " + .sealed_at' .events/seals.log |
		head -n 1)" = "2026-01-01 2 $SEALED" ]
	cp -r .events before
	run -0 --separate-stderr ev-fsck --seal-until now
	[ "$stderr" = 'ev-fsck: sealed already, and nothing came since' ]
	diff -r .events before
	run -0 ev-fsck
	run -0 ev-fsck --verify
	[ "${lines[0]}" = "2026-01-01: OK: 2 lines sealed at $SEALED" ]
	[ "${#lines[@]}" -eq 3 ]
	run -0 ev-fsck --verify -q
	[ -z "$output" ]
	late 4
	EV_NOW=2026-01-04T23:00:00Z run -0 ev-fsck --seal-until tomorrow
	[[ $output != *2026-01-04* ]]
	run -0 ev-fsck --verify
	[ "${lines[3]}" = '2026-01-04: UNSEALED: 1 line' ]
}

@test "seal: the root is RFC 6962's over the sorted leaves, n and bytes are the lines'" {
	need python3
	three
	printf '%s\r\n' '{"event_id":"cr","event_type":"a","timestamp":"2026-01-01T10:00:00Z"}' >>.events.jsonl
	cat .events.jsonl .events.jsonl >twice
	mv twice .events.jsonl
	run -0 ev-fsck --seal 2026-01-01
	run -0 python3 - <<-'EOF'
	import hashlib, json
	def h(b): return hashlib.sha256(b).digest()
	def root(l):
	    if len(l) == 1: return l[0]
	    k = 1
	    while k * 2 < len(l): k *= 2
	    return h(b"\1" + root(l[:k]) + root(l[k:]))
	seal = [json.loads(s) for s in open(".events/seals.log")][-1]
	lines = {s for s in open(".events.jsonl", "rb").read().split(b"\n")
	         if b"2026-01-01" in s}
	assert seal["n"] == len(lines) == 3
	assert seal["bytes"] == sum(len(s) + 1 for s in lines)
	assert seal["root"] == root(sorted(h(b"\0" + s) for s in lines)).hex()
	EOF
}

@test "seal: a line that was edited is told with its day, its line, its leaf" {
	for n in {1..100}; do
		printf '{"event_id":"e%d","event_type":"a","timestamp":"%sT10:00:00Z"}\n' \
			"$n" "$(date -ud "2026-01-01 + $n days" +%F)"
	done >.events.jsonl
	run -0 ev-fsck --seal-until 2026-06-01
	[ "${#lines[@]}" -eq 100 ]
	run -0 ev-fsck --verify
	leaf=$({ printf '\0'; sed -n 57p .events.jsonl | tr -d '\n'; } |
		sha256sum | cut -d' ' -f1)
	sed -i '57s/"a"/"b"/' .events.jsonl
	run -1 ev-fsck --verify -q
	[ "${lines[0]}" = "2026-02-27: MISSING: 1 leaf: $leaf" ]
	[ "${lines[1]}" = '.events.jsonl:57: EDITED: probably: it came after the seal of 2026-02-27, of which one line is missing' ]
	[ "${#lines[@]}" -eq 2 ]
	run -1 ev-fsck --verify -o jsonl
	[ "$(jq -r -s '[.[] | select(.grave == "problem") | .what] | join(" ")' \
		<<<"$output")" = 'MISSING EDITED' ]
	sed -i 57d .events.jsonl
	run -1 ev-fsck --verify -q
	[ "${#lines[@]}" -eq 1 ]
}

@test "seal: later lines are listed, a new seal has the earlier leaves" {
	three
	late 1
	run -0 ev-fsck --verify
	[ "${lines[0]}" = "2026-01-01: OK: 2 lines sealed at $SEALED, 1 added since" ]
	[ "${lines[3]}" = '.events.jsonl:7: ADDED: after the seal of 2026-01-01' ]
	EV_NOW=$SEALED run -0 ev-fsck --seal 2026-01-01
	run -0 ev-fsck --verify
	[ "${lines[0]}" = "2026-01-01: OK: 3 lines sealed at $SEALED" ]
	# a sealed line that is gone stays sealed
	sed -i 1d .events.jsonl
	late 1
	run -1 ev-fsck --seal 2026-01-01
	[ "${lines[0]}" = '2026-01-01: MISSING: 1 sealed line is not in the log; still sealed' ]
	run -1 ev-fsck --verify
	[[ ${lines[0]} == '2026-01-01: MISSING: 1 leaf: '* ]]
}

@test "seal: order and repetition mean nothing, in the log, the seals, the leaves" {
	three
	late 1
	run -0 ev-fsck --seal 2026-01-01
	for file in .events.jsonl .events/seals.log .events/*.leaves; do
		tac "$file" >back
		cat back back >"$file"
	done
	run -0 ev-fsck --verify
	[ "$(grep -c ': OK: ' <<<"$output")" -eq 3 ]
}

@test "seal: a seal that was rolled back, removed or altered is found" {
	three
	cp .events/seals.log seals
	sed '$d' seals >.events/seals.log
	run -1 ev-fsck --verify -q
	[[ $output == ".events/2026-01-03.leaves:3: ROLLED-BACK: '.events/seals.log' lacks "* ]]
	sed 1d seals >.events/seals.log
	run -1 ev-fsck --verify -q
	[[ $output == *'.events/seals.log:1: ROLLED-BACK: 1 line before it was removed or altered'* ]]
	sed '3s/2026-02-01/2026-02-02/' seals >.events/seals.log
	run -1 ev-fsck --verify -q
	echo '<<<<<<< HEAD' | cat seals - >.events/seals.log
	run -1 ev-fsck --verify -q
	[ "$output" = '.events/seals.log:4: ALTERED: not a seal' ]
	rm .events/seals.log
	run -1 ev-fsck --verify -q
	cp seals .events/seals.log
	cp .events/2026-01-02.leaves leaves
	sed -i 1d .events/2026-01-02.leaves
	run -1 ev-fsck --verify -q
	[[ $output == '.events/2026-01-02.leaves: ALTERED: '* ]]
	sed 's/ .*/ 0123456789abcdef/;$d' leaves >>.events/2026-01-02.leaves
	run -1 ev-fsck --verify -q
	[[ ${lines[0]} == '.events/2026-01-02.leaves: ROLLED-BACK: 2 leaves are of no seal'* ]]
}

@test "seal: nothing sealed, or leaves that are lost: 2 where it cannot be told" {
	late 1
	run -2 --separate-stderr ev-fsck --verify
	[ "$stderr" = "ev-fsck: nothing of '.events.jsonl' is sealed" ]
	run -2 ev-fsck --seal 2026-01-02
	run -2 ev-fsck --seal 2026-01
	run -2 ev-fsck --seal 1999-01-01
	run -2 ev-fsck --seal-until banana
	run -2 ev-fsck --seal 2026-01-01 --verify
	run -0 ev-fsck --seal 2026-01-01
	rm .events/*.leaves
	run -0 ev-fsck --verify
	[[ $output == *'; its leaves are lost: seal it again' ]]
	late 1
	run -2 ev-fsck --verify
	[[ $output == '2026-01-01: UNKNOWN: '* ]]
	: >.events.jsonl
	run -1 ev-fsck --verify
	[[ $output == '2026-01-01: MISSING: 1 of 1 leaves at least; '* ]]
}

@test "seal: damaged lines and lines without a time are in no seal" {
	printf '\357\273\277%s\n%s\n%s\n\n{"torn' \
		'{"event_id":"a","event_type":"a","timestamp":"2026-01-01T10:00:00Z"}' \
		'{"event_id":"b","event_type":"a"}' 'no json' >.events.jsonl
	run -0 ev-fsck --seal 2026-01-01
	[[ $output == '2026-01-01: SEALED: 1 line, '* ]]
	run -0 ev-fsck --verify
	[ "${#lines[@]}" -eq 1 ]
	sed -i 2d .events.jsonl
	run -0 ev-fsck --verify
}

@test "seal: a seal whose writer was killed is none, or whole" {
	three
	cp .events/2026-01-03.leaves .events/2026-01-03.leaves.new
	rm .events/2026-01-03.leaves
	run -0 ev-fsck --verify
	sed -i '$s/seal ..../seal abcd/' .events/2026-01-03.leaves.new
	run -0 ev-fsck --verify
	[[ $output == *'its leaves are lost'* ]]
	printf '{"date":"2026-' >>.events/seals.log
	run -0 ev-fsck --verify
	late 2
	run -0 ev-fsck --seal-until now
	run -0 ev-fsck --verify
	[ ! -e .events/2026-01-03.leaves.new ]
	[ "$(sed -n 4p .events/seals.log)" = '{"date":"2026-' ]
	run -0 ev-fsck
}

@test "seal: what --redact drops is noted and not missing" {
	three
	run -0 ev-fsck --redact evt-2-1
	run -0 ev-fsck --verify
	[ "${lines[1]}" = "2026-01-02: OK: 2 lines sealed at $SEALED, 1 of them dropped on purpose, 1 added since" ]
	[ "$(jq -r 'select(.dropped) | .date + " " + .reason' \
		.events/seals.log)" = '2026-01-02 redacted' ]
	sed -i '$d' .events/seals.log
	run -1 ev-fsck --verify
}

@test "seal: files of two clones, joined by git's union, verify both ways" {
	need python3 git
	run -0 "$BATS_TEST_DIRNAME/fault/seals.py" --edits 0 "$EV_BIN/ev-fsck"
	[[ $output == 'C26: 0 edits, 20 merges, '*' 0 findings' ]]
}

@test "seal: --anchor puts the newest seal into a tag, --verify compares" {
	need git
	three
	run -2 ev-fsck --anchor
	repository
	run -0 ev-fsck --anchor
	[[ $output == 'ev/seal/2026-01-03: ANCHORED: in a tag that is not signed, '* ]]
	[ "$(git cat-file -t ev/seal/2026-01-03)" = tag ]
	git tag -l --format='%(contents)' | grep -q "^root $(
		jq -r .root .events/seals.log | tail -n 1)\$"
	run -0 ev-fsck --anchor
	[ "$(git tag | wc -l)" -eq 1 ]
	late 3
	EV_NOW=2026-02-02T00:00:00Z run -0 ev-fsck --seal 2026-01-03
	run -0 ev-fsck --anchor
	[ "$(git tag | paste -sd' ')" = 'ev/seal/2026-01-03 ev/seal/2026-01-03.2' ]
	run -0 ev-fsck --verify
	# another log of the repository has nothing to do with it
	cp .events.jsonl other.jsonl
	EV_STORE=other.jsonl run -0 ev-fsck --seal-until now
	EV_STORE=other.jsonl run -0 ev-fsck --verify
	# seal and leaves go together: the tag alone tells
	rm .events/seals.log .events/*.leaves
	run -1 ev-fsck --verify -q
	[ "${#lines[@]}" -eq 2 ]
	[[ ${lines[0]} == "ev/seal/2026-01-03: ROLLED-BACK: "* ]]
}

@test "seal: --anchor signs when git has a key" {
	need git ssh-keygen
	three
	repository
	ssh-keygen -q -t ed25519 -N '' -f "$HOME/key"
	git config gpg.format ssh
	git config user.signingkey "$HOME/key"
	run -0 ev-fsck --anchor
	[[ $output == 'ev/seal/2026-01-03: ANCHORED: in a signed tag; '* ]]
	git cat-file -p ev/seal/2026-01-03 | grep -q 'BEGIN SSH SIGNATURE'
	run -0 ev-fsck --verify
}

@test "seal: a day of more lines than are held at once" {
	awk 'BEGIN { for (i = 0; i < 700000; i++)
		printf "{\"event_id\":\"%d\",\"event_type\":\"a\",\"timestamp\":\"2026-01-06T10:00:00Z\"}\n", i
	}' >.events.jsonl
	run -0 ev-fsck --seal 2026-01-06
	[[ $output == '2026-01-06: SEALED: 700000 lines, '* ]]
	run -0 ev-fsck --verify
	[[ $output == '2026-01-06: OK: 700000 lines sealed at '* ]]
	sed -i '345678s/"a"/"b"/' .events.jsonl
	run -1 ev-fsck --verify
	[[ ${lines[0]} == '2026-01-06: MISSING: 1 leaf: '* ]]
	[[ ${lines[1]} == '.events.jsonl:345678: EDITED: '* ]]
}
