#!/usr/bin/env bats
# shellcheck disable=SC2012,SC2103 # names are plain, each test has its own directory
# ev-fsck: a store is checked, and kept sound.

load helper

# Five days of one event each.
five() {
	local day
	for day in 1 2 3 4 5; do
		EV_NOW=2026-01-0${day}T10:00:00Z ev-emit -q --id "evt-$day" \
			bead.created bead_id="gt-$day" -S .events.jsonl
	done
}

ids() { # what the log has, in its order
	jq -r .event_id .events.jsonl | paste -sd' '
}

mended() { # ev-fsck --repair makes it sound
	run -0 ev-fsck --repair
	run -0 ev-fsck
}

@test "fsck: a sound store, found or named, is 0 and stays as it is" {
	five
	sums() { find . -type f -exec sha256sum {} + | sort; }
	before=$(sums)
	run -0 --separate-stderr ev-fsck
	[ "$output" = '.events.jsonl: sound: 5 events, 5 days' ]
	[ -z "$stderr" ]
	run -0 ev-fsck -q .events.jsonl
	[ -z "$output" ]
	run -0 ev-fsck -S .
	run -0 ev-fsck -o jsonl
	[ -z "$output" ]
	[ "$(ev-fsck -o json | jq '.rows | length')" -eq 0 ]
	[ "$before" = "$(sums)" ]
	run -2 ev-fsck nowhere.jsonl
	run -2 ev-fsck . .
	run -2 ev-fsck --repair --rebuild
	run -2 ev-fsck -o xml
}

@test "fsck: a log that ev never wrote, an empty one, one without time" {
	printf '{"event_id":"a","event_type":"x"}\r\n\n' >events.jsonl
	run -0 ev-fsck events.jsonl
	[ ! -e events ]
	: >.events.jsonl
	run -0 ev-fsck .events.jsonl
	[ ! -e .events ]
	run -0 ev-fsck --repair .events.jsonl
}

@test "fsck: damage in the log is named by its line, and never removed" {
	five
	printf 'no json\n{"a":"\0"}\n[1]\n' >>.events.jsonl
	cp .events.jsonl before
	run -1 ev-fsck
	[ "${lines[0]}" = '.events.jsonl:6: damaged: not JSON' ]
	[ "${lines[1]}" = '.events.jsonl:7: damaged: a NUL byte' ]
	[ "${lines[2]}" = '.events.jsonl:8: damaged: not a JSON object' ]
	run -1 ev-fsck -o jsonl
	[ "${lines[0]}" = '{"file":".events.jsonl","line":6,"grave":"problem","what":"damaged","why":"not JSON"}' ]
	run -1 ev-fsck -o csv
	[ "${lines[3]}" = '.events.jsonl,8,problem,damaged,not a JSON object' ]
	run -1 ev-fsck --repair
	cmp before .events.jsonl
}

@test "fsck: a torn last line is a problem, an old one that was ended is not" {
	five
	printf '{"event_id":"evt-6","event_ty' >>.events.jsonl
	run -1 ev-fsck
	[ "$output" = '.events.jsonl:6: torn: the last line is not finished' ]
	mended
	run -0 ev-fsck -v
	[ "${lines[0]}" = '.events.jsonl:6: torn: a line that was never finished' ]
	# one that lacks only its newline becomes an event
	printf '{"event_id":"evt-7","event_type":"x","timestamp":"2026-01-07T00:00:00Z"}' \
		>>.events.jsonl
	mended
	[ "$(wc -l <.events/2026-01-07.jsonl)" -eq 1 ]
}

@test "fsck: each way in which a view can be wrong, with its line" {
	five
	EV_NOW=2026-01-05T11:00:00Z ev-emit -q --id evt-6 x.y
	EV_NOW=2026-01-05T12:00:00Z ev-emit -q --id evt-7 x.y
	cd .events
	sed -i '2s/x.y/x.z/' 2026-01-05.jsonl
	rm 2026-01-02.jsonl
	: >2026-01-03.jsonl
	echo '{}' >>2026-01-04.jsonl
	cp 2026-01-01.jsonl 2020-02-29.jsonl
	sed -i '3s/gt-3/gt-X/' feed.jsonl
	cd ..
	run -1 ev-fsck
	grep -q '^.events/2026-01-05.jsonl:2: differs: ' <<<"$output"
	grep -q '^.events/2026-01-02.jsonl: missing: ' <<<"$output"
	grep -q '^.events/2026-01-03.jsonl:1: short: ' <<<"$output"
	grep -q '^.events/2026-01-04.jsonl:2: extra: ' <<<"$output"
	grep -q '^.events/2020-02-29.jsonl:1: extra: ' <<<"$output"
	grep -q '^.events/feed.jsonl:3: differs: ' <<<"$output"
	mended
	[ ! -e .events/2020-02-29.jsonl ]
}

@test "fsck: what another day file says is kept, when the log has the id" {
	five
	sed -i 's/gt-2/gt-X/' .events/2026-01-02.jsonl
	mended
	grep -q gt-X .events/lost.jsonl
	grep -q gt-X .events/2026-01-02.jsonl.0.bad
	run -1 grep -r gt-X .events.jsonl .events/2026-01-02.jsonl
}

@test "fsck --repair: a log that was reset gets its events back, once" {
	five
	head -n 2 .events.jsonl >short && mv short .events.jsonl
	run -1 ev-fsck
	grep -q '^.events/2026-01-04.jsonl:1: lost: ' <<<"$output"
	mended
	[ "$(ids)" = 'evt-1 evt-2 evt-3 evt-4 evt-5' ]
	# also when a writer came first, who kept them in lost.jsonl
	head -n 2 .events.jsonl >short && mv short .events.jsonl
	EV_NOW=2026-01-06T10:00:00Z ev-emit -q --id evt-6 x.y 2>/dev/null
	run -1 ev-fsck
	grep -q '^.events/lost.jsonl:3: lost: ' <<<"$output"
	mended
	[ "$(ids)" = 'evt-1 evt-2 evt-6 evt-3 evt-4 evt-5' ]
	[ ! -e .events/lost.jsonl ]
	mended
	[ "$(ids)" = 'evt-1 evt-2 evt-6 evt-3 evt-4 evt-5' ]
}

@test "fsck --repair: equal lines without an id come back as often as they were" {
	line='{"type":"t","ts":"2026-01-02T10:00:00Z","visibility":"both"}'
	five
	yes "$line" | head -n 30 >>.events.jsonl
	ev-emit -q --id evt-6 --time 2026-01-06 x.y
	cp .events.jsonl whole
	head -n 15 whole >.events.jsonl
	run -1 ev-fsck
	mended
	[ "$(grep -cxF "$line" .events.jsonl)" -eq 30 ]
	[ "$(jq -r .event_id .events.jsonl | grep -c evt-)" -eq 6 ]
	mended
	[ "$(wc -l <.events.jsonl)" -eq 36 ]
	# also when a writer came first, and by what was lost twice
	for _ in 1 2; do
		head -n 15 whole >.events.jsonl
		ev-emit -q --id evt-7 --time 2026-01-07 x.y 2>/dev/null
	done
	[ "$(grep -cxF "$line" .events/lost.jsonl)" -eq 30 ]
	mended
	[ "$(grep -cxF "$line" .events.jsonl)" -eq 30 ]
	[ ! -e .events/lost.jsonl ]
	# a log that comes back has them once
	head -n 15 whole >.events.jsonl
	ev-emit -q --id evt-7 --time 2026-01-07 x.y 2>/dev/null
	cp whole .events.jsonl
	mended
	[ "$(grep -cxF "$line" .events.jsonl)" -eq 30 ]
}

@test "fsck --repair: a log that is gone is made of its day files" {
	five
	rm .events.jsonl
	run -1 ev-fsck
	[ "${lines[0]}" = '.events.jsonl: missing: there is no log' ]
	mended
	[ "$(ids)" = 'evt-1 evt-2 evt-3 evt-4 evt-5' ]
}

@test "fsck: the state, its marks, and what follows from them" {
	five
	printf '%1024s' '' >.events/state
	run -1 ev-fsck
	[ "$output" = '.events/state: damaged: no record in it is sound' ]
	mended
	rm .events/state
	mended
	rm .events/feed.jsonl
	run -0 ev-fsck
}

@test "fsck: cursors" {
	five
	ev-tail --cursor w >/dev/null
	run -0 ev-fsck
	printf '%2048s' '' >.events/cursors/w
	run -1 ev-fsck
	[ "$output" = '.events/cursors/w: damaged: no sound record of where it is' ]
	mended
	[ -e .events/cursor-w.bad ]
	ev-tail --cursor v >/dev/null
	printf '{"event_id":"n","event_type":"x"}\n' >.events.jsonl
	rm -r .events/20* .events/feed.jsonl .events/state
	run -1 ev-fsck
	grep -q '^.events/cursors/v: lost: .*ev-tail --forget=v' <<<"$output"
	ev-tail --forget v
	mended
}

@test "fsck: dialects that came later are no problem, the next writer sees to it" {
	five
	echo '[{"name":"shop","detect":["order.no"],"id":"uid"}]' >.events/dialects.json
	run -0 ev-fsck -v
	[[ ${lines[0]} == '.events/state: stale: '*dialects* ]]
	ev-emit -q x.y
	run -0 ev-fsck -v
	[ "${#lines[@]}" -eq 1 ]
}

@test "fsck: seals.log need only be such" {
	five
	echo '{"date":"2026-01-01"}' >.events/seals.log
	run -0 ev-fsck
	echo 'what' >>.events/seals.log
	run -1 ev-fsck
	[ "$output" = '.events/seals.log:2: damaged: not a seal' ]
}

@test "fsck: hostile names and bytes do not reach the terminal" {
	mkdir $'d\e[31m' && cd $'d\e[31m'
	five
	printf 'x\n' >>.events.jsonl
	run -1 ev-fsck "$PWD"
	run -1 grep -q $'\e' <<<"$output"
}

@test "fsck: wrong dialects of the user, a link in the place of a view: 2" {
	five
	echo 'x' >.events/dialects.json
	run -2 ev-fsck
	rm .events/dialects.json
	rm .events/2026-01-01.jsonl
	ln -s /etc/passwd .events/2026-01-01.jsonl
	run -2 ev-fsck
	run -2 ev-fsck --repair
	rm .events/2026-01-01.jsonl .events/feed.jsonl
	ln -s /etc/passwd .events/feed.jsonl
	run -2 --separate-stderr ev-fsck
	[ "$stderr" = "ev-fsck: '.events/feed.jsonl' is a symbolic link, refused" ]
	rm .events/feed.jsonl
	mkfifo .events/feed.jsonl
	run -2 --separate-stderr ev-fsck
	[ "$stderr" = "ev-fsck: '.events/feed.jsonl' is not a regular file, refused" ]
}

@test "fsck: no false alarm beside writers" {
	five
	(while [ ! -e stop ]; do
		EV_NOW=2026-01-0$((RANDOM % 9 + 1))T10:00:00Z ev-emit -q x.y
	done) 3>&- &
	writer=$!
	for _ in {1..40}; do
		ev-fsck -q >>said || status=1
	done
	: >stop
	wait "$writer"
	[ ! -s said ] && [ -z "${status-}" ]
}

@test "fsck --usage: the files, their lines and bytes" {
	five
	run -0 ev-fsck --usage -o jsonl
	[ "$(jq -s 'map(select(.kind == "day")) | length' <<<"$output")" -eq 5 ]
	[ "$(jq -r 'select(.kind == "log").lines' <<<"$output")" -eq 5 ]
	[ "$(jq -s 'map(select(.kind == "day").bytes) | add' <<<"$output")" \
		-eq "$(wc -c <.events.jsonl)" ]
	run -0 ev-fsck --usage
	[[ ${lines[1]} == .events.jsonl*log*5* ]]
}

@test "fsck --compress: old days, read by everybody, with late lines behind" {
	need zstd
	five
	export EV_NOW=2026-01-06T00:00:00Z
	run -0 ev-fsck --compress 2d
	[ "$(ls .events/20* | paste -sd' ')" = '.events/2026-01-01.jsonl.zst .events/2026-01-02.jsonl.zst .events/2026-01-03.jsonl.zst .events/2026-01-04.jsonl .events/2026-01-05.jsonl' ]
	run -0 ev-fsck
	cmp <(zstd -dqc .events/2026-01-02.jsonl.zst) <(sed -n 2p .events.jsonl)
	# an id is still found, a late line begins a plain file
	ev-emit -q --id evt-2 --time 2026-01-02T10:00:00Z bead.created bead_id=gt-2
	[ "$(wc -l <.events.jsonl)" -eq 5 ]
	ev-emit -q --id evt-6 --time 2026-01-02T11:00:00Z x.y
	[ "$(jq -r .event_id .events/2026-01-02.jsonl)" = evt-6 ]
	run -0 ev-fsck
	# a rebuild leaves them as they are
	sha256sum .events/*.zst >before
	run -0 ev-fsck --rebuild
	sha256sum -c --quiet before
	# late lines that are not the log's are kept apart, and the log's made
	sed -i s/evt-6/evt-x/ .events/2026-01-02.jsonl
	run -1 ev-fsck --rebuild
	sha256sum -c --quiet before
	[ "$(jq -r .event_id .events/2026-01-02.jsonl)" = evt-6 ]
	[ "$(jq -r .event_id .events/lost.jsonl)" = evt-x ]
	rm .events/lost.jsonl
	run -0 ev-fsck
	# and again
	run -0 ev-fsck --compress=2d
	[ "$output" = '.events/2026-01-02.jsonl.zst: compressed: holds the lines of its day' ]
	[ "$(zstd -dqc .events/2026-01-02.jsonl.zst | jq -r .event_id | paste -sd' ')" = 'evt-2 evt-6' ]
	run -0 ev-fsck
	run -0 ev-fsck --compress=2d
	[ -z "$output" ]
}

@test "fsck --compress: a directory of days is read as before" {
	need zstd
	five
	export EV_NOW=2026-01-06T00:00:00Z
	ev-fsck -q --compress 2d >/dev/null
	ev-emit -q --id evt-6 --time 2026-01-02T09:00:00Z x.y
	mkdir days
	cp .events/20* days
	run -0 ev-tail -n all -o id days
	[ "$(paste -sd' ' <<<"$output")" = 'evt-1 evt-6 evt-2 evt-3 evt-4 evt-5' ]
}

@test "fsck --compress: a compressed day that is damaged or another's" {
	need zstd
	five
	export EV_NOW=2026-01-06T00:00:00Z
	ev-fsck -q --compress 2d >/dev/null
	printf 'x' | dd of=.events/2026-01-01.jsonl.zst bs=1 seek=30 conv=notrunc 2>/dev/null
	cp .events/2026-01-03.jsonl.zst .events/2026-01-02.jsonl.zst
	run -1 ev-fsck
	[[ ${lines[0]} == '.events/2026-01-01.jsonl.zst: broken: '* ]]
	[[ ${lines[1]} == '.events/2026-01-02.jsonl'*': differs: '* ]]
	mended
	cmp <(sed -n 1,2p .events.jsonl) <(cat .events/2026-01-0[12].jsonl)
	[ "$(ls .events/*.bad | wc -l)" -ge 1 ]
}

@test "fsck --keep: what is older goes, and does not come back" {
	need zstd
	five
	export EV_NOW=2026-01-06T00:00:00Z
	ev-fsck -q --compress 3d >/dev/null
	cp .events.jsonl before
	cp .events/feed.jsonl feed
	run -0 ev-fsck --keep 2d
	[ "$(ls .events/20* | paste -sd' ')" = '.events/2026-01-04.jsonl .events/2026-01-05.jsonl' ]
	cmp before .events.jsonl
	cmp feed .events/feed.1.jsonl
	run -0 ev-fsck
	run -0 ev-fsck --rebuild
	run -0 ev-fsck --repair
	ev-emit -q --id evt-6 --time 2026-01-01T11:00:00Z x.y
	ev-emit -q --id evt-1 --time 2026-01-01T10:00:00Z bead.created bead_id=gt-1
	[ "$(ls .events/20* | wc -l)" -eq 2 ]
	[ "$(jq -r .event_id .events/feed.jsonl)" = evt-6 ]
	[ "$(wc -l <.events.jsonl)" -eq 6 ]
	run -0 ev-fsck
	# a feed that was set aside goes when all of it is old
	run -0 ev-fsck --keep 1d
	[ -e .events/feed.1.jsonl ]
	run -0 ev-fsck --keep 0d
	[ ! -e .events/feed.1.jsonl ]
	run -0 ev-fsck
	[ ! -e .events/lost.jsonl ]
	# who wants them again
	rm .events/state
	run -0 ev-fsck --rebuild
	[ "$(ls .events/20* | wc -l)" -eq 5 ]
}

@test "fsck --keep-size: the newest stay" {
	five
	size=$(wc -c <.events/2026-01-05.jsonl)
	run -0 ev-fsck --keep-size $((2 * size))
	[ "$(ls .events/20* | paste -sd' ')" = '.events/2026-01-04.jsonl .events/2026-01-05.jsonl' ]
	[ ! -s .events/feed.jsonl ]
	run -0 ev-fsck
	run -0 ev-fsck --keep-size 1G
	[ -z "$output" ]
	run -0 ev-fsck --keep-size 0
	[ "$(find .events -name '20*' | wc -l)" -eq 0 ]
}

@test "fsck: the open layout, whose feeds stand beside the log" {
	mkdir events
	: >events.jsonl
	for day in 1 2 3; do
		EV_NOW=2026-01-0${day}T10:00:00Z ev-emit -q --id "evt-$day" \
			bead.created pad=hush-hush-hush-hush-hush-hush-hush-hush
	done
	run -0 env EV_NOW=2026-01-05T00:00:00Z ev-fsck --keep 3d
	[ "$(wc -l <feed.1.jsonl)" -eq 3 ]
	[ ! -s feed.jsonl ]
	run -0 ev-fsck --redact evt-1
	[ "$(grep -c hush feed.1.jsonl)" -eq 2 ]
	run -0 ev-fsck --usage -o jsonl
	grep -q '"file":"feed.1.jsonl","kind":"feed","lines":3' <<<"$output"
	run -0 ev-fsck
}

@test "fsck --keep: not what a cursor has still to read" {
	five
	export EV_NOW=2026-01-06T00:00:00Z
	ev-tail --cursor w -q >/dev/null
	EV_NOW=2026-01-02T12:00:00Z ev-emit -q --id evt-6 x.y
	run -1 ev-fsck --keep 1d
	[ "${lines[0]}" = ".events/2026-01-02.jsonl: needed: cursor 'w' has not read it to its end" ]
	[ "$(ls .events/20* | wc -l)" -eq 4 ]
	run -0 ev-fsck
	ev-tail --cursor w >/dev/null
	run -0 ev-fsck --keep 1d
	[ "$(ls .events/20*)" = .events/2026-01-05.jsonl ]
	# a cursor of the day file itself
	EV_NOW=2026-01-05T12:00:00Z ev-emit -q --id evt-7 x.y
	ev-tail --cursor w >/dev/null
	head -c 0 /dev/null >>.events/2026-01-05.jsonl
	ev-tail --cursor mine .events/2026-01-05.jsonl >/dev/null
	EV_NOW=2026-01-05T13:00:00Z ev-emit -q --id evt-8 x.y
	ev-tail --cursor w >/dev/null
	run -1 ev-fsck --compress 0d
	[[ $output == *"needed: cursor 'mine'"* ]]
	run -1 ev-fsck --keep 0d
	[ -e .events/2026-01-05.jsonl ]
}

@test "fsck --keep: what the log lacks is not dropped" {
	five
	export EV_NOW=2026-01-06T00:00:00Z
	cp .events/2026-01-01.jsonl old
	sed 's/evt-1/evt-x/' old >>.events/2026-01-01.jsonl
	run -0 ev-fsck --keep 2d
	grep -q evt-x .events/lost.jsonl
	run -1 ev-fsck
	mended
	[ "$(ids)" = 'evt-1 evt-2 evt-3 evt-4 evt-5 evt-x' ]
}

@test "fsck --redact: a tombstone everywhere, nothing moves" {
	need zstd
	five
	EV_NOW=2026-01-02T11:00:00Z ev-emit -q --id evt-s x.y pad=hush-hush-hush-hush-hush-hush-hush-hush-hush-hush
	export EV_NOW=2026-01-06T00:00:00Z
	sum=$(tail -n 1 .events.jsonl | tr -d '\n' | sha256sum | cut -d' ' -f1)
	size=$(wc -c <.events.jsonl)
	cp .events.jsonl import
	ev-fsck -q --compress 2d >/dev/null
	run -0 ev-fsck --redact evt-s
	[ "${lines[0]}" = '.events.jsonl:6: redacted: is a tombstone now' ]
	run -1 grep -r hush .events.jsonl .events
	[ "$(wc -c <.events.jsonl)" -eq "$size" ]
	[ "$(tail -n 1 .events.jsonl | jq -c 'keys')" = '["event_id","event_type","redacted","timestamp"]' ]
	[ "$(tail -n 1 .events.jsonl | jq -r .redacted)" = "$sum" ]
	run -0 ev-fsck
	run -0 ev-fsck --redact evt-s
	[ -z "$output" ]
	run -1 ev-fsck --redact nobody
	# the same lines again are nothing new
	ev-emit -q - <import
	[ "$(wc -c <.events.jsonl)" -eq "$size" ]
}

@test "fsck --redact: every copy of a line, one line, the last, with BOM and CR" {
	line='{"event_id":"e","event_type":"x","data":"hush-hush-hush-hush-hush-hush"}'
	printf '\xef\xbb\xbf%s\r\n%s\n%s\nrest\n' "$line" "$line" "$line" >.events.jsonl
	ev-emit -q --id f x.y
	run -0 ev-fsck --redact e
	[ "$(grep -c '^.events.jsonl:' <<<"$output")" -eq 3 ]
	run -1 grep -r hush .events.jsonl .events
	[ "$(ev-tail -n all -o id -q | paste -sd' ')" = 'e e e f' ]
	# an id with escapes; too short a line
	printf '{"id":"1"}\n{"event_id":"\\u0061b","event_type":"x","data":"hush-hush-hush-hush"}\n' >>.events.jsonl
	run -0 ev-fsck --redact ab
	run -2 ev-fsck --redact 1
	run -1 grep hush .events.jsonl
	# an id must be one still when the type has no room
	printf '{"event_id":"e14","event_type":"x","pad":"","timestamp":"2026-01-06T10:00:00Z"}\n' >>.events.jsonl
	run -2 ev-fsck --redact e14
	[[ $output == 'ev-fsck: a line of 79 bytes is too short to be redacted: '* ]]
}

@test "fsck --redact: cursors stay where they are, without the line's end" {
	five
	EV_NOW=2026-01-05T12:00:00Z ev-emit -q --id evt-s x.y pad=hush-hush-hush-hush-hush-hush-hush-hush-hush
	ev-tail -q --cursor w >/dev/null
	hex=$(printf hush-hush | od -An -tx1 | tr -d ' \n')
	grep -q "$hex" .events/cursors/w
	run -0 ev-fsck --redact evt-s
	run -1 grep -q "$hex" .events/cursors/w
	run -0 ev-tail --cursor w
	[ -z "$output" ]
	EV_NOW=2026-01-05T13:00:00Z ev-emit -q --id evt-t x.y
	[ "$(ev-tail --cursor w -o id)" = evt-t ]
}

# An event with a long text; hex: how a cursor has its line's end.
secret() { # ID
	ev-emit -q --id "$1" x.y pad=hush-hush-hush-hush-hush-hush-hush-hush-hush
	hex=$(printf hush-hush | od -An -tx1 | tr -d ' \n')
}

@test "fsck --redact: both records of a cursor, one that was set aside, one without an id" {
	five
	export EV_NOW=2026-01-05T12:00:00Z
	secret evt-s
	ev-tail -q --cursor w >/dev/null
	ev-emit -q --id evt-t x.y
	# the older record is behind the secret, the newer one is not
	[ "$(ev-tail --cursor w -o id)" = evt-t ]
	grep -q "$hex" .events/cursors/w
	cp .events/cursors/w .events/cursor-old.bad
	run -0 ev-fsck --redact evt-s
	[[ $output == *'cursor-old.bad: redacted: is removed'* ]]
	run -1 grep -rq "$hex" .events
	run -0 ev-tail --cursor w
	[ -z "$output" ]
	# lines without an id, by the one that is made for them
	echo '{"type":"u","timestamp":"2026-01-05T12:00:00Z","pad":"hush-hush-hush-hush-hush-hush-hush-hush-hush-hush-hush-hush-hush-hush-hush"}' >>.events.jsonl
	ev-emit -q --id evt-u x.y
	[ "$(ev-tail --cursor w -n 1 | wc -l)" -eq 1 ]
	id=$(ev-tail -n 2 -o id | head -n 1)
	[[ $id == '~'* ]]
	grep -q "$hex" .events/cursors/w
	run -0 ev-fsck --redact "$id"
	run -1 grep -rq "$hex" .events
	run -1 grep -rq hush .events .events.jsonl
	[ "$(ev-tail --cursor w -o id)" = evt-u ]
}

@test "fsck --redact: cursors at other events, with like ids and ends, stay as they are" {
	five
	for id in evt-s evt-s1 evt-s2; do
		ev-emit -q --id $id x.y pad=hush-hush-hush-hush-hush-hush-hush-hush-hush
	done
	ev-tail -q --cursor w >/dev/null
	: >out
	ev-tail -f --cursor used -o id >>out 2>>err 3>&- &
	pid=$!
	wait_for grep -q evt-s2 out
	wait_for test -s .events/cursors/used
	cp -R .events/cursors before
	run -0 ev-fsck --redact evt-s
	diff -r before .events/cursors
	# a line without an id that any other may end as
	long=$(printf 'x%.0s' {1..70000})
	echo '{"event_type":"t","event_id":"evt-long","data":"'"$long"'","end":"hush-hush-hush-hush-hush-hush"}' >>.events.jsonl
	ev-emit -q --id evt-end x.y
	wait_for grep -q evt-end out
	kill -TERM "$pid"
	wait "$pid" || :
	ev-tail --cursor w -n 1 >/dev/null
	run -0 ev-fsck --redact evt-long
	run -1 grep -rq "$(printf 'hush","end' | od -An -tx1 | tr -d ' \n')" .events
	[ "$(ev-tail --cursor w -o id)" = evt-end ]
}

@test "fsck --redact: a cursor that is in use is told while it has the line's end" {
	five
	secret evt-s
	: >out
	ev-tail -f --cursor w -o id >>out 2>>err 3>&- &
	pid=$!
	wait_for grep -q evt-s out
	wait_for grep -q "$hex" .events/cursors/w
	run -1 ev-fsck --redact evt-s
	[[ $output == *'cursors/w: left: it is in use'* ]]
	kill -TERM "$pid"
	wait "$pid" || :
	run -0 ev-fsck --redact evt-s
	run -1 grep -rq "$hex" .events
	[ -z "$(ev-tail --cursor w -o id)" ]
}

@test "fsck --redact: an event that waits in the spool, and what nobody will write" {
	five
	spool=$XDG_STATE_HOME/ev/spool
	mv .events.jsonl log
	mkdir .events.jsonl
	ev-emit -q --best-effort --id evt-s x.y pad=hush-hush-hush-hush-hush-hush-hush
	ev-emit -q --best-effort --id evt-t x.y
	rmdir .events.jsonl
	mv log .events.jsonl
	grep -rq hush "$spool"
	run -0 ev-fsck --redact evt-s
	run -1 grep -rq hush .events .events.jsonl "$spool"
	[ "$(tail -n 1 .events.jsonl | jq -r .event_id)" = evt-t ]
	run -0 ev-fsck
	# a file that is not understood
	mkdir .e && mv .events* .e && mkdir .events.jsonl
	ev-emit -q --best-effort --id evt-z x.y
	rmdir .events.jsonl && mv .e/.events* .
	echo rubbish >>"$spool"/*/*
	ev-emit -q --id evt-z x.y pad=long-enough-to-be-redacted-by-a-tombstone
	run -1 ev-fsck --redact evt-z
	[[ $output == *".bad: left: it has the event and cannot be written to the log; remove it"* ]]
}

@test "fsck --redact: feeds that were set aside, lost.jsonl, rejected.log" {
	five
	export EV_NOW=2026-01-05T12:00:00Z
	secret evt-s
	EV_NOW=2026-01-20T00:00:00Z ev-fsck -q --keep-size 1k || :
	line=$(tail -n 1 .events.jsonl)
	for name in feed.7.jsonl lost.jsonl rejected.log 2026-01-05.jsonl.bad; do
		echo "$line" >>.events/$name
	done
	run -0 ev-fsck --redact evt-s
	run -1 grep -rq hush .events .events.jsonl
}

@test "fsck --redact, --compress, --keep beside a follower: every event once" {
	five
	export EV_NOW=2026-01-06T00:00:00Z
	: >out
	ev-tail -f -n all -o id >>out 2>>err 3>&- &
	pid=$!
	wait_for grep -q evt-5 out
	ev-fsck -q --redact evt-5 >/dev/null
	ev-emit -q --id evt-6 x.y
	wait_for grep -q evt-6 out
	ev-fsck -q --compress 1d >/dev/null
	ev-fsck -q --keep 3d >/dev/null
	ev-fsck -q --redact evt-2 >/dev/null
	ev-emit -q --id evt-7 x.y
	wait_for grep -q evt-7 out
	kill -TERM "$pid"
	wait "$pid" || :
	[ "$(paste -sd' ' out)" = 'evt-1 evt-2 evt-3 evt-4 evt-5 evt-6 evt-7' ]
	[ ! -s err ]
}

@test "fsck: wrong lengths of time and sizes, two modes: 2, nothing is done" {
	five
	run -2 ev-fsck --keep
	run -2 --separate-stderr ev-fsck --keep yesterday
	[ "$stderr" = "ev-fsck: --keep: 'yesterday' is not a length of time such as 30d" ]
	for mode in compress keep rotate seal seal-until; do
		run -2 --separate-stderr ev-fsck --$mode ''
		[[ $stderr == "ev-fsck: --$mode: "* ]]
	done
	run -2 ev-fsck --keep-size -1
	run -2 ev-fsck --keep 1d --compress 1d
	[ "$(ls .events/20* | wc -l)" -eq 5 ]
}

@test "C1: ev-fsck killed at a sample of its calls loses nothing" {
	need zstd python3
	if grep -q __asan_init "$EV_BIN/ev-fsck"; then
		skip "no library can be preloaded into a build with ASan"
	fi
	run -0 "$ROOT/tests/fault/upkeep.py" --sample 8 "$EV_BIN" \
		"$EV_BUILD/fault/shim.so"
	sed 's/^/# /' <<<"$output" >&3
}

# The sample of a mutant's points ends at the first that shows it.
caught() { # MUTANT SCENE FINDING
	need zstd python3
	if grep -q __asan_init "$EV_BIN/ev-fsck"; then
		skip "no library can be preloaded into a build with ASan"
	fi
	run -1 "$ROOT/tests/fault/upkeep.py" --first-failure --scene "$2" \
		"$EV_BUILD/mutant/$1/bin" "$EV_BUILD/fault/shim.so"
	grep -F "$3" <<<"$output" | sed "s/^/# $1: /" >&3
}

@test "C1: without a mark in the state a compressed day's lines are there twice" {
	caught NO_PACKING Compress 'is not what the log says'
}

@test "C1: a line that is half written over stays so without its mark" {
	caught NO_TOMBS Redact 'not a tombstone'
}

@test "ev-fsck(1): the examples run" {
	five
	sed -n 's/^\.Dl \$ //p' "$ROOT/man/ev-fsck.1" |
		sed 's/\\(dq/"/g' >examples.sh
	[ "$(wc -l <examples.sh)" -ge 3 ]
	run -0 bash -eu examples.sh
}
