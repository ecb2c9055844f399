#!/usr/bin/env bats
# ev-tail: which events, in which order, from which inputs.

load helper

# lines FROM TO: events e<n>, one a minute from 10:00 on.
events() {
	local i
	for ((i = $1; i <= $2; i++)); do
		printf '{"event_id":"e%d","event_type":"%s","timestamp":"2026-01-06T%02d:%02d:00Z","actor":"%s","data":{"bead_id":"gt-%d"}}\n' \
			"$i" "$([ $((i % 2)) = 0 ] && echo bead.closed || echo bead.created)" \
			$((10 + i / 60)) $((i % 60)) \
			"$([ $((i % 3)) = 0 ] && echo mayor || echo deacon)" "$i"
	done
}

# The ids that a command line prints, on one line.
ids() {
	ev-tail -o id "$@" | paste -sd' '
}

@test "the last 10 events of the store that is found, as they are stored" {
	events 1 25 >.events.jsonl
	run -0 ev-tail
	[ "$output" = "$(tail -n 10 .events.jsonl)" ]
	mkdir -p a/b && cd a/b
	run -0 ev-tail
	[ "${#lines[@]}" -eq 10 ]
}

@test "no store: status 2 and where it looked" {
	run -2 --separate-stderr ev-tail
	[ "$stderr" = "ev-tail: no event log found: no .events.jsonl, .beads/events.jsonl or events.jsonl beside events/ in '$PWD' or above it up to '/'" ]
	[ -z "$output" ]
	# one directory is named once
	HOME=$PWD run -2 ev-tail
	[[ $output == *" beside events/ in '$PWD'" ]]
	mkdir -p repo/.git repo/a
	cd repo/a
	run -2 ev-tail
	[[ $output == *" in '$PWD' or above it up to '${PWD%/a}'" ]]
}

@test "no store: a directory of another user's is named, not called searched" {
	[ "$(id -u)" -eq 0 ] || skip "only root can give a directory away"
	mkdir -p theirs/ours/deep
	events 1 1 >theirs/.events.jsonl
	chown 65534 theirs
	cd theirs/ours/deep
	run -2 ev-tail
	[[ $output == *" in '$PWD' or above it up to '${PWD%/deep}'" ]]
	[ "$(ids -S ../..)" = e1 ]
	cd ../..
	run -2 ev-tail
	[ "$output" = "ev-tail: no event log found: '$PWD' belongs to another user, name the log in it with -S" ]
}

@test "-S and EV_STORE name the store" {
	mkdir s
	events 1 3 >s/.events.jsonl
	[ "$(ids -S s)" = "e1 e2 e3" ]
	[ "$(ids -S s/.events.jsonl)" = "e1 e2 e3" ]
	[ "$(EV_STORE=s ids)" = "e1 e2 e3" ]
	# named files are read whatever EV_STORE says; -S and files exclude
	# each other
	events 4 4 >l.jsonl
	[ "$(EV_STORE=s ids l.jsonl)" = "e4" ]
	run -2 ev-tail -S s l.jsonl
	[ "$output" = "ev-tail: -S names a store and 'l.jsonl' is a file to read: give one or the other" ]
}

@test "-n N, -n all, -n +N" {
	events 1 25 >l.jsonl
	[ "$(ids -n 3 l.jsonl)" = "e23 e24 e25" ]
	[ "$(ids -n 0 l.jsonl)" = "" ]
	[ "$(ids -n 100 l.jsonl | wc -w)" -eq 25 ]
	[ "$(ids -n all l.jsonl | wc -w)" -eq 25 ]
	[ "$(ids -n +24 l.jsonl)" = "e24 e25" ]
	[ "$(ids -n +26 l.jsonl)" = "" ]
	[ "$(ids -n +1 l.jsonl | wc -w)" -eq 25 ]
	# the same from a pipe
	[ "$(ids -n 3 - <l.jsonl)" = "e23 e24 e25" ]
	[ "$(cat l.jsonl | ids -n 3 -)" = "e23 e24 e25" ]
	[ "$(cat l.jsonl | ids -n 100 - | wc -w)" -eq 25 ]
	[ "$(cat l.jsonl | ids -n +24 -)" = "e24 e25" ]
	for n in -3 x 3x + '' 1e3; do
		run -2 ev-tail -n "$n" l.jsonl
		[[ $output == "ev-tail: -n '$n': not N, +N or all" ]]
	done
}

@test "-r: newest first, the exact reverse, from files and pipes" {
	events 1 25 >l.jsonl
	[ "$(ids -r -n 3 l.jsonl)" = "e25 e24 e23" ]
	[ "$(ids -r -n all l.jsonl)" = "$(ids -n all l.jsonl | tr ' ' '\n' | tac | paste -sd' ')" ]
	[ "$(ids -r -n +24 l.jsonl)" = "e25 e24" ]
	[ "$(cat l.jsonl | ids -r -n 3 -)" = "e25 e24 e23" ]
	[ "$(ids -r --since 2026-01-06T10:20 l.jsonl)" = "e25 e24 e23 e22 e21 e20" ]
	gzip -k l.jsonl
	[ "$(ids -r -n 3 l.jsonl.gz)" = "e25 e24 e23" ]
}

@test "all matches when --since, --until or --in is given; -n still limits" {
	events 1 25 >l.jsonl
	[ "$(ids --until 2026-01-06T10:14 l.jsonl | wc -w)" -eq 13 ]
	[ "$(ids --since 2026-01-06T10:14 l.jsonl | wc -w)" -eq 12 ]
	[ "$(ids --in 2026-01-06 l.jsonl | wc -w)" -eq 25 ]
	[ "$(ids --in 2026-01-06 -n 2 l.jsonl)" = "e24 e25" ]
	[ "$(ids --since 2026-01-06T10:05 --until 2026-01-06T10:08 l.jsonl)" = "e5 e6 e7" ]
	[ "$(EV_NOW=2026-01-06T10:25:00Z ids --since 2m l.jsonl)" = "e23 e24 e25" ]
	run -2 ev-tail --since banana l.jsonl
	[[ $output == ev-tail:*banana* ]]
}

@test "filters: type, actor, entity, expression, pattern" {
	events 1 12 >l.jsonl
	[ "$(ids -t 'bead.cl*' -n 2 l.jsonl)" = "e10 e12" ]
	[ "$(ids -t '!bead.closed' -n 2 l.jsonl)" = "e9 e11" ]
	[ "$(ids -a mayor l.jsonl)" = "e3 e6 e9 e12" ]
	[ "$(ids -e gt-7 l.jsonl)" = "e7" ]
	[ "$(ids -w 'data.bead_id=gt-7 or id=e8' l.jsonl)" = "e7 e8" ]
	[ "$(ids -g 'gt-1[01]' l.jsonl)" = "e10 e11" ]
	[ "$(ids -q -g 'gt-1[01]' l.jsonl)" = "e10 e11" ]
	[ "$(ids -d generic -t '?*' l.jsonl)" = "" ]
}

@test "a pattern that tries too much: told, status 2, never silently no match" {
	local x
	printf -v x '%0200d' 0
	printf '{"id":"hard","m":"%sz"}\n{"id":"easy","m":"z"}\n' "$x" >l.jsonl
	run -2 --separate-stderr ev-tail -o id -g '(0+0+)+Y|z"' l.jsonl
	[ "$output" = easy ]
	[ "$stderr" = "ev-tail: -g '(0+0+)+Y|z\"': gave up on 1 text, the pattern tries too much there" ]
	run -2 --separate-stderr ev-tail -o id -w 'id=x or m!~"(0+0+)+Y|z$"' l.jsonl
	[[ $stderr == "ev-tail: -w 'id=x or m!~"*"': gave up on 1 text, "* ]]
	run -0 ev-tail -o id -g '0Y|z"' l.jsonl
	[ "${#lines[@]}" -eq 2 ]
}

@test "--count prints the number; all of them unless -n is given" {
	events 1 25 >l.jsonl
	[ "$(ev-tail --count l.jsonl)" = 25 ]
	[ "$(ev-tail --count -a mayor l.jsonl)" = 8 ]
	[ "$(ev-tail --count -n 3 l.jsonl)" = 3 ]
	[ "$(ev-tail --count -n +24 l.jsonl)" = 2 ]
	[ "$(ev-tail --count -n +99 l.jsonl)" = 0 ]
	[ "$(ev-tail --count l.jsonl l.jsonl)" = 50 ]
	[ "$(ev-tail --count -u l.jsonl l.jsonl)" = 25 ]
	: >empty.jsonl
	[ "$(ev-tail --count empty.jsonl)" = 0 ]
}

@test "-u drops byte-equal repeats and keeps the first" {
	{
		events 1 3
		events 2 4
		events 1 1
	} >l.jsonl
	[ "$(ids -n all l.jsonl)" = "e1 e2 e3 e2 e3 e4 e1" ]
	[ "$(ids -u -n all l.jsonl)" = "e1 e2 e3 e4" ]
	[ "$(ids -u -n 2 l.jsonl)" = "e3 e4" ]
	[ "$(ids -u -n +3 l.jsonl)" = "e3 e4" ]
	[ "$(ids -u -r -n all l.jsonl)" = "e4 e3 e2 e1" ]
	[ "$(cat l.jsonl | ids -u -n 3 -)" = "e2 e3 e4" ]
	[ "$(ev-tail -u --count l.jsonl)" = 4 ]
	# one blank more is another line
	{
		events 1 1
		events 1 1 | sed 's/,/, /'
	} >m.jsonl
	[ "$(ids -u m.jsonl)" = "e1 e1" ]
}

@test "-x: status 1 when nothing matched, 0 otherwise" {
	events 1 3 >l.jsonl
	run -0 ev-tail -x l.jsonl
	run -1 ev-tail -x -t nothing l.jsonl
	[ -z "$output" ]
	run -0 ev-tail -t nothing l.jsonl
	run -1 ev-tail -x --count -t nothing l.jsonl
	[ "$output" = 0 ]
	run -0 ev-tail -x -n 0 l.jsonl
	run -1 ev-tail -x -t nothing l.jsonl l.jsonl
	run -1 ev-tail -x -n all -t nothing - <l.jsonl
}

@test "several inputs merge in replay order, also reversed and limited" {
	events 1 12 | awk 'NR % 2' >odd.jsonl
	events 1 12 | awk 'NR % 2 == 0' | tac >even.jsonl
	[ "$(ids -n all odd.jsonl even.jsonl)" = "$(events 1 12 | ids -n all -)" ]
	[ "$(ids -n 3 odd.jsonl even.jsonl)" = "e10 e11 e12" ]
	[ "$(ids -r -n 3 odd.jsonl even.jsonl)" = "e12 e11 e10" ]
	[ "$(ids -n +11 odd.jsonl even.jsonl)" = "e11 e12" ]
	[ "$(ids -r -n +11 odd.jsonl even.jsonl)" = "e12 e11" ]
	[ "$(ids -n all -a mayor odd.jsonl even.jsonl)" = "e3 e6 e9 e12" ]
	[ "$(ids -n 3 -u odd.jsonl even.jsonl odd.jsonl)" = "e10 e11 e12" ]
	[ "$(ids -n 3 odd.jsonl even.jsonl odd.jsonl)" = "e11 e11 e12" ]
	[ "$(ids -u -n +11 odd.jsonl even.jsonl odd.jsonl)" = "e11 e12" ]
	# one input keeps its own order
	[ "$(ids -n all even.jsonl)" = "e12 e10 e8 e6 e4 e2" ]
	# events without a time come last
	echo '{"event_id":"none","event_type":"x"}' >timeless.jsonl
	[ "$(ids -n 2 timeless.jsonl odd.jsonl)" = "e11 none" ]
	# equal times: by id, as numbers where they stand alone
	for i in 10 9 2; do
		echo '{"event_id":"evt_1_'$i'","event_type":"x","timestamp":"2026-01-06T10:00:00Z"}' >t$i.jsonl
	done
	[ "$(ids -n all t10.jsonl t2.jsonl t9.jsonl)" = "evt_1_2 evt_1_9 evt_1_10" ]
}

@test "directories, gz, zst and pipes are inputs like files" {
	need zstd gzip
	mkdir logs
	events 1 2 >logs/a.jsonl
	events 3 4 | gzip >logs/b.jsonl.gz
	events 5 6 | zstd -q >logs/c.jsonl.zst
	[ "$(ids -n all logs)" = "e1 e2 e3 e4 e5 e6" ]
	[ "$(events 7 7 | ids -n all logs/c.jsonl.zst -)" = "e5 e6 e7" ]
	mkdir store
	events 1 3 >store/.events.jsonl
	[ "$(ids store)" = "e1 e2 e3" ]
	mkfifo fifo
	events 1 3 >fifo &
	[ "$(ids fifo)" = "e1 e2 e3" ]
	wait "$!"
	run -2 ev-tail - -
	[[ $output == *"standard input ('-') can be read only once"* ]]
}

@test "a directory of day files: the feed repeats them and is not read" {
	for id in a b c; do
		ev-emit -q --time "2026-01-0$((++day))" x.y id="$id"
	done
	[ -e .events/feed.jsonl ]
	[ "$(ev-tail --count -n all .events)" = 3 ]
	cp .events/feed.jsonl .events/feed.1.jsonl
	[ "$(ev-tail --count -n all .events)" = 3 ]
	mkdir alone
	cp .events/feed.jsonl alone
	[ "$(ev-tail --count -n all alone)" = 3 ]
}

@test "a directory: its files alone, and no store that is refused" {
	mkdir -p d/sub.jsonl
	events 1 2 >d/a.jsonl
	mkfifo d/fifo.jsonl
	ln -s /dev/zero d/zero.jsonl
	ln -s a.jsonl d/b.jsonl
	run -0 timeout 10 "$EV_BIN/ev-tail" -o id d
	[ "$output" = $'e1\ne1\ne2\ne2' ]
	ln -s nowhere d/c.jsonl
	run -2 ev-tail -o id d
	[[ $output == *"cannot open 'd/c.jsonl': No such file"* ]]
	ln -s a.jsonl d/.events.jsonl
	run -2 ev-tail -o id d
	[ "$output" = "ev-tail: 'd/.events.jsonl' is a symbolic link, refused" ]
	rm d/.events.jsonl
	mkfifo d/.events.jsonl
	run -2 timeout 10 "$EV_BIN/ev-tail" d
	[ "$output" = "ev-tail: 'd/.events.jsonl' is not a regular file, refused" ]
}

@test "an input that breaks off: what came before it, told, status 2" {
	local file
	need zstd
	events 1 3000 | tee l.jsonl | gzip >l.gz
	zstd -q l.jsonl -o l.zst
	for file in l.gz l.zst; do
		head -c -2000 "$file" >"cut.$file"
		run -2 --separate-stderr ev-tail -n all -o id "cut.$file"
		[ "$stderr" = "ev-tail: cannot unpack 'cut.$file': ends too early" ]
		[ "${#lines[@]}" -gt 1000 ]
		printf '%s\n' "$output" >all
		run -2 --separate-stderr ev-tail -o id "cut.$file"
		[ "$output" = "$(tail -n 10 all)" ]
		run -2 --separate-stderr ev-tail -o id -r -n 3 "cut.$file"
		[ "$output" = "$(tail -n 3 all | tac)" ]
		run -2 --separate-stderr ev-tail -o id -u "cut.$file"
		[ "$output" = "$(tail -n 10 all)" ]
		# without a time: the last of all
		echo '{"event_id":"z","event_type":"x"}' >more.jsonl
		run -2 --separate-stderr ev-tail -o id -n 2 "cut.$file" more.jsonl
		[ "$output" = $'e999\nz' ]
	done
}

@test "a missing input is told, the others are printed, status 2" {
	events 1 3 >l.jsonl
	run -2 --separate-stderr ev-tail -o id nope.jsonl l.jsonl
	[ "$stderr" = "ev-tail: cannot open 'nope.jsonl': No such file or directory" ]
	[ "$output" = $'e1\ne2\ne3' ]
	run -2 --separate-stderr ev-tail -o id l.jsonl nope.jsonl l.jsonl
	[ "$output" = $'e1\ne1\ne2\ne2\ne3\ne3' ]
	run -2 --separate-stderr ev-tail nope.jsonl
	[ -z "$output" ]
	run -2 --separate-stderr ev-tail --count l.jsonl nope.jsonl
	[ "$output" = 3 ]
}

@test "an unreadable input is told (as another user)" {
	need setpriv
	[ "$(id -u)" -eq 0 ] || skip "not root"
	events 1 3 >l.jsonl
	chmod 600 l.jsonl
	setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$EV_BIN/ev-tail" ||
		skip "the other user cannot reach the commands"
	chmod 755 "$BATS_TEST_TMPDIR" . || :
	run -2 setpriv --reuid=65534 --regid=65534 --clear-groups \
		"$EV_BIN/ev-tail" "$PWD/l.jsonl"
	[[ $output == "ev-tail: cannot open '$PWD/l.jsonl': Permission denied" ]]
}

@test "damaged lines: skipped, counted in one line per file, status 0" {
	{
		events 1 2
		echo '{"event_id":"torn","event_'
		echo
		echo '[1]'
		echo not json
		printf '{"a":"\xff"}\n'
		printf '{"a":"\0"}\n'
		events 3 3
	} >l.jsonl
	run -0 --separate-stderr ev-tail -n all -o id l.jsonl
	[ "$output" = $'e1\ne2\ne3' ]
	[ "$stderr" = "ev-tail: l.jsonl: 5 damaged lines skipped (first: line 3: torn)" ]
	run -0 --separate-stderr ev-tail -n all -o id - <l.jsonl
	[ "$stderr" = "ev-tail: -: 5 damaged lines skipped (first: line 3: torn)" ]
	run -0 --separate-stderr ev-tail --count l.jsonl l.jsonl
	[ "$output" = 6 ]
	[ "$(grep -c '5 damaged lines' <<<"$stderr")" -eq 2 ]
	run -0 --separate-stderr ev-tail -q -n all -o id l.jsonl
	[ "$output" = $'e1\ne2\ne3' ]
	[ -z "$stderr" ]
	run -2 --separate-stderr ev-tail --strict -n all -o id l.jsonl
	[ "$stderr" = "ev-tail: l.jsonl:3: torn" ]
	run -2 --separate-stderr ev-tail --strict -n 10 l.jsonl
	[ -n "$stderr" ]
	run -2 --separate-stderr ev-tail --strict -n all -o id l.jsonl l.jsonl
	[ "$stderr" = "ev-tail: l.jsonl:3: torn" ]
	[ -z "$output" ]
}

@test "from behind only what was passed is counted" {
	{
		echo broken
		events 1 2
		echo broken
		events 3 3
	} >l.jsonl
	run -0 --separate-stderr ev-tail -n 1 -o id l.jsonl
	[ "$output" = e3 ]
	[ -z "$stderr" ]
	run -0 --separate-stderr ev-tail -n 2 -o id l.jsonl
	[[ $stderr == "ev-tail: l.jsonl: 1 damaged line skipped (first: "* ]]
	[[ $stderr != *"line 4"* ]]
}

@test "lines over --max-line are damage; a long line is no trouble" {
	need python3
	{
		events 1 1
		python3 -c 'print("{\"id\":\"long\",\"x\":\"%s\"}" % ("y" * 3000000))'
		events 2 2
	} >l.jsonl
	[ "$(ids -n all l.jsonl)" = "e1 long e2" ]
	[ "$(ids -n 2 l.jsonl)" = "long e2" ]
	[ "$(ev-tail -n 2 l.jsonl | wc -c)" -eq "$(tail -n 2 l.jsonl | wc -c)" ]
	run -0 --separate-stderr ev-tail --max-line 1M -n all -o id l.jsonl
	[ "$output" = $'e1\ne2' ]
	[[ $stderr == *"1 damaged line skipped (first: line 2: "* ]]
	run -0 --separate-stderr ev-tail --max-line 1M -n 5 -o id l.jsonl
	[ "$output" = $'e1\ne2' ]
	run -0 --separate-stderr env EV_MAX_LINE=1M ev-tail --count l.jsonl
	[ "$output" = 2 ]
}

@test "CRLF, BOM, blank lines, no last newline: events all the same" {
	printf '\xef\xbb\xbf{"id":"a"}\r\n\r\n  \n{"id":"b"}\r\n{"id":"c"}' >l.jsonl
	[ "$(ids l.jsonl)" = "a b c" ]
	[ "$(ids -n 2 l.jsonl)" = "b c" ]
	[ "$(ids - <l.jsonl)" = "a b c" ]
	[ "$(cat l.jsonl | ids -)" = "a b c" ]
	# the bytes of a line are printed as they stand, its CR too
	[ "$(ev-tail -n 2 l.jsonl | od -An -c | tr -d ' \n')" = '{"id":"b"}\r\n{"id":"c"}\n' ]
	# a store's unfinished line is not there yet
	printf '{"id":"a"}\n{"id":"b"}' >.events.jsonl
	mkdir .events
	[ "$(ids -n all)" = a ]
	[ "$(ids)" = a ]
}

@test "bytes pass unchanged: numbers, escapes, order, white space, repeated keys" {
	cat >l.jsonl <<'X'
{"b":9007199254740993,"a":1.10,"c":1e400, "d" : [ 1 , 2 ] ,"e":"\u00e9\ud800\u0000","a":2}
  {"id":"x"}  
X
	run -0 ev-tail l.jsonl
	[ "$output" = "$(cat l.jsonl)" ]
	run -0 ev-tail -n all l.jsonl
	[ "$output" = "$(cat l.jsonl)" ]
	run -0 bash -c 'cat l.jsonl | ev-tail -'
	[ "$output" = "$(cat l.jsonl)" ]
}

@test "--out: whole or not at all, mode kept, links followed" {
	events 1 20 >l.jsonl
	run -0 ev-tail -o id -n 2 --out x l.jsonl
	[ -z "$output" ]
	[ "$(cat x)" = $'e19\ne20' ]
	[ "$(stat -c %a x)" = "$(printf %o $((0666 & ~$(umask))))" ]
	chmod 640 x
	ln -s x y
	run -0 ev-tail -o id -n 1 --out y l.jsonl
	[ -L y ]
	[ "$(cat x)" = e20 ]
	[ "$(stat -c %a x)" = 640 ]
	# the input itself
	cp l.jsonl same.jsonl
	run -0 ev-tail -n all -t bead.closed --out same.jsonl same.jsonl
	[ "$(wc -l <same.jsonl)" -eq 10 ]
	# a failure leaves the file as it was, and nothing beside it
	run -2 ev-tail -o id --out x l.jsonl nope.jsonl
	[ "$(cat x)" = e20 ]
	run -2 ev-tail --out nope/x l.jsonl
	[[ $output == "ev-tail: cannot write 'nope/x': No such file or directory" ]]
	run -2 ev-tail -o csv --columns 'a..b' --out z l.jsonl
	[ ! -e z ]
	[ "$(find . -name '.[xz].*' | wc -l)" -eq 0 ]
	# what is no regular file is written to
	run -0 ev-tail --out /dev/null l.jsonl
	[ -c /dev/null ]
	run -0 ev-tail -o id -n 1 --out /dev/stdout l.jsonl
	[ "$output" = e20 ]
}

@test "--out: a signal leaves no temporary" {
	mkfifo fifo
	exec {feed}<>fifo
	echo old >x
	ev-tail -n all --out x fifo &
	pid=$!
	there() { compgen -G '.x.*' >/dev/null; }
	wait_for there
	kill -TERM "$pid"
	status=0
	wait "$pid" || status=$?
	[ "$status" -eq 143 ]
	exec {feed}>&-
	run ! there
	[ "$(cat x)" = old ]
}

@test "lost output is status 2; a reader that goes away is no error" {
	events 1 2000 >l.jsonl
	run -2 bash -c 'ev-tail -n all l.jsonl >/dev/full'
	[ "$output" = "ev-tail: cannot write to standard output: No space left on device" ]
	run -2 bash -c 'ev-tail -n 1 l.jsonl >/dev/full'
	run -2 bash -c 'ev-tail --count l.jsonl >/dev/full'
	run -2 bash -c 'ev-tail -n all l.jsonl l.jsonl >/dev/full'
	run -2 bash -c 'ev-tail l.jsonl >&-'
	run -0 bash -c 'ev-tail -n all l.jsonl | head -n 1'
	[ "${#lines[@]}" -eq 1 ]
	run -0 --separate-stderr bash -c 'ev-tail -n all l.jsonl l.jsonl | head -n 1'
	[ -z "$stderr" ]
}

@test "wrong usage is status 2 and says what is wrong" {
	events 1 3 >l.jsonl
	run -2 ev-tail -o xml l.jsonl
	run -2 ev-tail -d nosuch l.jsonl
	[[ $output == *"nosuch"* ]]
	run -2 ev-tail --columns type l.jsonl
	[ "$output" = "ev-tail: --columns is for -o csv, tsv, md, pgcopy and sql, not for jsonl" ]
	run -2 ev-tail -o csv -0 l.jsonl
	run -2 ev-tail -o csv --columns 'time,,type' l.jsonl
	run -2 ev-tail -w 'a =' l.jsonl
	run -2 ev-tail -g '(' l.jsonl
	run -2 ev-tail --threads x l.jsonl
	for n in -1 10000; do
		run -2 ev-tail --threads "$n" l.jsonl
		[ "$output" = "ev-tail: --threads: '$n' is not a number from 0 to 9999" ]
	done
	run -2 ev-tail --since 2026-01-08 --until 2026-01-06 l.jsonl
	[ "$output" = "ev-tail: --since 2026-01-08 comes after --until 2026-01-06" ]
	run -0 ev-tail --since 2026-01-06 --until 2026-01-06 l.jsonl
	[ -z "$output" ]
	mkdir empty
	run -2 ev-tail empty
	[ "$output" = "ev-tail: no event log in 'empty'" ]
}

@test "wrong usage is told whether there is a store or not" {
	local option
	run -2 ev-tail -w 'a ='
	[ "$output" = "ev-tail: -w 'a =': column 4: expected a value" ]
	for option in -gX\( --since=banana --until=2026-13-01 --in=never \
		-nx -oxml -dnosuch --columns=type -lhigh --severity=9; do
		run -2 ev-tail "$option"
		[[ $output != *"no event log"* ]]
		run -2 ev-tail "$option" nosuch.jsonl
		[[ $output != *"nosuch.jsonl"* ]]
	done
}

@test "--show-config prints the settings and where they came from" {
	events 1 3 >.events.jsonl
	run -0 env EV_MAX_LINE=1M ev-tail --show-config --color never
	[[ $output == *$'max-line\t1M\tenvironment EV_MAX_LINE'* ]]
	[[ $output == *$'color\tnever\toption'* ]]
	run -0 ev-tail --show-config nosuch.jsonl
}

@test "-v says how much was read" {
	events 1 25 >l.jsonl
	run -0 --separate-stderr ev-tail -v --count l.jsonl
	[ "$stderr" = "ev-tail: l.jsonl: 25 lines read" ]
	run -0 --separate-stderr ev-tail -v --count - <<<'{"a":1}'
	[ "$stderr" = "ev-tail: -: 1 line read" ]
}

@test "one thread and many give the same, in order" {
	need python3
	python3 - >l.jsonl <<'X'
import random
random.seed(1)
for i in range(300000):
    print('{"id":"x%d","type":"t%d","timestamp":%d,"pad":"%s"}' %
          (i, i % 7, 1767225600000 + i, "z" * random.randrange(400)))
X
	[ "$(stat -c %s l.jsonl)" -gt $((65 << 20)) ]
	ev-tail -n all -t 't[135]' --threads 1 l.jsonl >one
	ev-tail -n all -t 't[135]' --threads 4 l.jsonl >four
	cmp one four
	[ "$(ev-tail --count -t t3 --threads 4 l.jsonl)" = "$(grep -c '"t3"' l.jsonl)" ]
	ids -n +100000 --threads 4 l.jsonl | tr ' ' '\n' | head -n 1 >first
	[ "$(cat first)" = x99999 ]
	# --since begins near the end, and misses nothing
	ids --since @1767225899.990 --threads 4 l.jsonl | wc -w >number
	[ "$(cat number)" -eq 10 ]
}
