#!/usr/bin/env bats
# Faults of other kinds than crashes (7-trust): a sample of each suite's points,
# and each suite on a build without the rule that it is about.  make trust
# takes every point.

load helper

FAULT=$BATS_TEST_DIRNAME/fault

# Says the suite's last line, its figures.
figures() {
	sed -n '$s/^/# /p' <<<"$output" >&3
}

# --- C2: system calls that fail

may_inject() {
	inject=$EV_BUILD/fault/inject
	if grep -q __asan_init "$EV_BIN/ev-emit"; then
		skip "ASan looks for leaks only where nobody traces"
	fi
	"$inject" 'trace calls' "$EV_BIN/ev-emit" --dry-run x >/dev/null ||
		skip "no process may be traced here"
}

@test "C2: a failure happens, once and for good, and so does a short write" {
	may_inject
	export EV_NOW=2026-01-06T09:00:00Z
	emit=("$EV_BIN/ev-emit" -S .events.jsonl --id evt-1 bead.created)
	rm calls
	run -0 "$inject" 'trace calls' "${emit[@]}"
	call=$(grep -n '^write .*/\.events\.jsonl$' calls | cut -d: -f1)
	rm -rf .events .events.jsonl
	run -2 "$inject" "fail $call ENOSPC" "${emit[@]}"
	[ "$output" = "ev-emit: cannot write '.events.jsonl': No space left on device" ]
	[ ! -s .events.jsonl ]
	run -2 "$inject" 'failing 1 EMFILE' "${emit[@]}"
	[[ $output == *'Too many open files' ]]
	run -0 "$inject" 'shorten 1 30' "${emit[@]}"
	[ "$(wc -l <.events.jsonl)" -eq 1 ]
}

@test "C2: at a sample of all failing and short calls nothing is lost or silent" {
	may_inject
	run -0 "$EV_BUILD/fault/kill" --errors --sample 12 "$EV_BIN/ev-emit"
	figures
	read -r _ points acked lost doubled views missing mute void _ \
		<<<"$(tail -n 1 <<<"$output")"
	[ "$points" -ge 700 ]
	[ "$acked" -ge 300 ]
	[ "$lost $doubled $views $missing $mute $void" = '0 0 0 0 0 0' ]
}

@test "C2: with short writes ignored an event is acknowledged and missing" {
	may_inject
	run -1 "$EV_BUILD/fault/kill" --errors --scenario clean --first-failure \
		"$EV_BUILD/mutant/SHORT_WRITES/bin/ev-emit"
	grep -m 1 ' call ' <<<"$output" | sed 's/^/# SHORT_WRITES: /' >&3
	grep -qF ': acknowledged but missing: ' <<<"$output"
}

# --- C7: a stopped lock holder

@test "C7: 16 hooks come back in time, and nothing is lost" {
	need flock
	run -0 "$FAULT/held.sh" --sample "$EV_BIN/ev-emit"
	figures
	[[ $output == *'0 late, 0 failed, 0 lost or doubled' ]]
}

@test "C7: with a wait for the lock that never ends they do not" {
	need flock
	run -1 "$FAULT/held.sh" --sample \
		"$EV_BUILD/mutant/NO_DEADLINE/bin/ev-emit"
	[[ $output == *'16 late'* ]]
}

# --- C8: full disks

@test "C8: what was acknowledged on a full disk is there, what a hook kept comes" {
	need unshare jq
	run -0 "$FAULT/full.sh" --rounds 1 "$EV_BIN/ev-emit"
	grep '^no user namespace' <<<"$output" | sed 's/^/# /' >&3
	figures
	[[ $output =~ C8:\ ([0-9]+)\ acknowledged,\ ([0-9]+)\ of.*,\ ([0-9]+)\ by ]]
	[ "${BASH_REMATCH[1]}" -ge 20 ]
	[ "${BASH_REMATCH[2]}" -ge 5 ]
	[ "${BASH_REMATCH[3]}" -ge 5 ]
}

@test "C8: where short writes are taken for whole ones an event is lost" {
	need unshare jq
	run -1 "$FAULT/full.sh" --first-failure \
		"$EV_BUILD/mutant/SHORT_WRITES/bin/ev-emit"
	grep -q 'acknowledged but missing' <<<"$output"
}

# --- C5: many writers at once, and kills

@test "C5: a storm of 64 writers, half of the killed ones with the lock: none lost, none twice" {
	run -0 "$EV_BUILD/fault/storm" --events 60000 --kills 200 \
		"$EV_BIN/ev-emit"
	figures
	[[ $output =~ \ ([0-9]+)\ killed,\ ([0-9]+)\ of.*\ 0\ failed,\ 0\ lost,\ 0\ duplicated,\ views\ right ]]
	[ "${BASH_REMATCH[1]}" -ge 100 ]
	# /proc/locks may be empty in a container
	grep -q FLOCK /proc/locks || return 0
	[ $((BASH_REMATCH[2] * 3)) -ge "${BASH_REMATCH[1]}" ]
}

# --- C6: foreign writers

@test "C6: beside foreign writers none of ours is lost, their damage is counted exactly" {
	need python3 jq
	run -0 "$EV_BUILD/fault/foreign" --events 600 "$EV_BIN/ev-emit"
	figures
	[[ $output == *', 0 lost, 0 duplicated, 0 failed, '*' counted exactly, views right' ]]
}

@test "C6: without the look back after an append ours are lost" {
	need python3 jq
	run -1 "$EV_BUILD/fault/foreign" --events 1500 \
		"$EV_BUILD/mutant/NO_READBACK/bin/ev-emit"
	[[ $output =~ C6:\ [0-9]+\ events\ of\ ours,\ [1-9][0-9]*\ lost ]]
}

# --- C12: damaged logs

@test "C12: cut at every offset, each byte replaced: nothing undamaged is missed" {
	run -0 "$EV_BUILD/fault/damage" --sample 50 "$EV_BIN/ev-emit"
	figures
	[[ $output =~ C12:\ ([0-9]+)\ points,\ 0\ events\ missed,\ 0\ damaged ]]
	[ "${BASH_REMATCH[1]}" -ge 20000 ]
}

@test "C12: with raw NULs accepted a damaged line is taken for an event" {
	run -1 "$EV_BUILD/mutant/RAW_NUL/damage" --sample 1000 \
		--first-failure "$EV_BIN/ev-emit"
	[[ $output == *'is 0x00: damage is accepted'* ]]
}

@test "C12: no command is ended by a signal, whatever the log holds" {
	local event='{"event_id":"eN","event_type":"t","timestamp":"2026-01-06T08:00:00Z","actor":"a","data":{}}'
	{
		printf '\357\273\277'
		printf '%s\r\n' "${event/N/1}"
		printf '<<<<<<< HEAD\n'
		echo "${event/N/2}"
		printf '=======\n'
		echo "${event/N/3}"
		printf '>>>>>>> theirs\n\0\0\0\0\n[]\n\377\n'
		head -c 5000 /dev/zero
		printf '\n%s\n' "${event/N/4}"
		printf '{"event_id":"torn'
	} >.events.jsonl
	run -0 --separate-stderr ev-tail -o id -n all
	[ "$output" = $'e1\ne2\ne3\ne4' ]
	[ "$stderr" = 'ev-tail: .events.jsonl: 7 damaged lines skipped (first: line 2: not JSON)' ]
	for path in "$EV_BIN"/ev-*; do
		command=${path##*/}
		formats=$("$command" --list-options |
			sed -n "s/^-o\t[^\t]*\t\([^\t]*\).*/\1/p")
		for format in '' $formats; do
			status=0
			"$command" ${format:+-o "$format"} .events.jsonl \
				>out 2>err </dev/null || status=$?
			[ "$status" -le 2 ]
		done
	done
}

# --- C21: hostile bytes before a terminal

@test "C21: no byte of any field, option, name or setting acts on a terminal" {
	need python3
	run -0 "$FAULT/terminal.py" "$EV_BIN"
	figures
	[[ $output =~ C21:\ ([0-9]+)\ runs,\ 0\ bytes ]]
	[ "${BASH_REMATCH[1]}" -ge 500 ]
}

@test "C21: without the escaper they do" {
	need python3
	run -1 "$FAULT/terminal.py" --sample 7 --first-failure \
		"$EV_BUILD/mutant/NO_ESCAPER/bin"
	[[ $output =~ C21:\ [0-9]+\ runs,\ [1-9][0-9]*\ bytes ]]
}

# --- C22: hostile stores

@test "C22: links, FIFOs, devices, directories, .. in times, another user's store: nothing outside is touched" {
	run -0 "$FAULT/outside.sh" --sample 23 "$EV_BIN"
	figures
	[[ $output =~ C22:\ ([0-9]+)\ points,\ 0\ touched ]]
	[ "${BASH_REMATCH[1]}" -ge 100 ]
}

@test "C22: without RESOLVE_BENEATH what is outside is touched" {
	run -1 "$FAULT/outside.sh" --first-failure \
		"$EV_BUILD/mutant/NO_BENEATH/bin"
	[[ $output == *', 1 touched outside, 0 shown, 0 hung' ]]
}

# --- C10: readers that are killed and stopped

@test "C10: readers killed and stopped lose nothing, whatever becomes of the log" {
	need python3
	shim=$EV_BUILD/fault/shim.so
	# a sanitizer wants to be loaded before everything else
	if grep -q __asan_init "$EV_BIN/ev-tail"; then shim=; fi
	run -0 "$FAULT/follow.py" --rounds 12 "$EV_BIN" ${shim:+"$shim"}
	sed 's/^/# /' <<<"$output" >&3
	run -1 grep -E ' lost [1-9]' <<<"$output"
}

@test "C10: a reader that reads to the end of the file loses lines" {
	need python3
	run -1 "$FAULT/follow.py" --rounds 3 --first-failure --scene halves \
		"$EV_BUILD/mutant/READ_EOF/bin"
	sed -n '$s/^/# READ_EOF: /p' <<<"$output" >&3
	grep -q ' lost [1-9]' <<<"$output"
}

@test "C10: a follower that does not read a rotated log to its end loses lines" {
	need python3
	run -1 "$FAULT/follow.py" --rounds 3 --first-failure --scene turned \
		--tools "$EV_BIN" "$EV_BUILD/mutant/SKIP_OLD/bin"
	sed -n '$s/^/# SKIP_OLD: /p' <<<"$output" >&3
	grep -q ' lost [1-9]' <<<"$output"
}

@test "C10: a cursor that moves before the output was written loses events" {
	need python3
	if grep -q __asan_init "$EV_BIN/ev-tail"; then
		skip "no library can be preloaded into a build with ASan"
	fi
	run -1 "$FAULT/follow.py" --first-failure --scene killed \
		"$EV_BUILD/mutant/MOVE_FIRST/bin" "$EV_BUILD/fault/shim.so"
	sed -n '$s/^/# MOVE_FIRST: /p' <<<"$output" >&3
	grep -q ' lost [1-9]' <<<"$output"
}

@test "C10: writers, readers and ev-fsck at all its works, killed at once: none lost, none twice" {
	need python3 zstd
	run -0 "$FAULT/havoc.py" --writers 4 --events 100 "$EV_BIN"
	figures
	[[ $output == *' 400 events, '*' killed, 0 lost, 0 doubled, 0 missed by reader, 0 missed by deliverer' ]]
}

@test "C10: in such a storm a cursor that moves before the output was written loses events" {
	need python3 zstd
	run -1 "$FAULT/havoc.py" --rounds 8 --writers 4 --events 100 --only reader \
		--over "$EV_BUILD/mutant/MOVE_FIRST/bin" "$EV_BIN"
	sed -n '$s/^/# MOVE_FIRST: /p' <<<"$output" >&3
	[[ $output == *'missed by reader '[1-9]* ]]
}

# --- C13: two clones that share a log

@test "C13: whatever two clones do with a tracked log, no event is lost" {
	need python3 git
	run -0 "$FAULT/histories.py" --histories 3 "$EV_BIN"
	figures
	[[ $output == *', 0 histories lost events or went wrong' ]]
}

@test "C13: with a merge that drops a side they are" {
	need python3 git
	run -1 "$FAULT/histories.py" --first-failure "$EV_BIN" \
		"$EV_BUILD/mutant/MERGE_SIDE/bin"
	# the ids that are gone, or the leaves that a seal misses first
	grep -m 1 'lost evt-\|MISSING' <<<"$output" |
		sed 's/^/# MERGE_SIDE: /' >&3
	grep -q 'lost evt-\|MISSING' <<<"$output"
}

# --- C23: hooks

@test "C23: no commit fails or is held up by the hooks, none is missing" {
	need git flock
	run -0 "$FAULT/hooks.sh" --sample "$EV_BIN/ev-git" "$EV_BIN/ev-emit"
	figures
	[[ $output == *', 0 failed, 0 held up, 0 events missing, 0 twice' ]]
}

@test "C23: without a time limit a stopped lock holder holds them up" {
	need git flock
	run -1 "$FAULT/hooks.sh" --sample --first-failure \
		"$EV_BUILD/mutant/NO_HOOK_LIMIT/bin/ev-git" "$EV_BIN/ev-emit"
	figures
	[[ $output == *'a stopped lock holder: git commit'*' ms'* ]]
}

# --- C26: seals

@test "C26: of random edits of a sealed log each is judged rightly" {
	need python3 git
	run -0 "$FAULT/seals.py" --edits 300 --merges 5 "$EV_BIN/ev-fsck"
	figures
	[[ $output == 'C26: 300 edits, 5 merges, '*' 0 findings' ]]
}

@test "C26: with leaves not compared a dropped line is not found" {
	need python3
	run -1 "$FAULT/seals.py" --edits 20 --first-failure \
		"$EV_BUILD/mutant/NO_LEAVES/bin/ev-fsck"
	[[ $output == 'drop: status 0, not 1: '* ]]
}
