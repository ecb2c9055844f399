#!/usr/bin/env bats
# The user's own dialects: dialects.json in the store's private directory.

load helper

teardown() {
	[ -z "${OPEN:-}" ] || rm -rf "$OPEN"
}

# A store with one event of a built-in dialect, and the user's rows on stdin.
store() {
	mkdir -p .events
	cat >.events/dialects.json
	echo '{"event_id":"e1","event_type":"x.y","timestamp":"2026-01-05T10:00:00Z","actor":"mayor"}' >.events.jsonl
}

shop() {
	store <<'X'
[ { "name": "shop",
    "detect": [ "order.no", "v=2" ],
    "id": "uid",
    "time": "when ms, at",
    "type": [ "my\\ kind", "k\\.ind" ],
    "actor": "who.name",
    "entity": "order.no",
    "message": "items[].t",
    "skill": "skills",
    "level": "%level",
    "payload": "order" } ]
X
}

sale='{"uid":"u1","when":1767695401999,"k.ind":"anchor","v":2,"who":{"name":"ann"},"order":{"no":7,"n":1.10},"items":[{"t":"a"},{"t":"b"}],"skills":["s","t"]}'

day_files() {
	(cd .events && sha256sum -- 20*.jsonl rejected.log 2>/dev/null) || :
}

views() {
	cat .events/state
	day_files
}

@test "a mixed file: the user's rows say where their roles stand" {
	shop
	{
		echo "$sale"
		echo '{"order":{"no":8},"v":"2","at":"2026-01-07T00:00:00Z","my kind":"refund","event_id":"q","event_type":"t"}'
		echo '{"order":{"no":9},"v":3,"type":"plain"}'
	} >>.events.jsonl
	run -0 ev-tail -o csv --columns dialect,time,id,type,actor,entity,message,skill,level,category
	[ "${lines[1]}" = "vermas,2026-01-05T10:00:00.000Z,e1,x.y,mayor,,,,ops,other" ]
	[ "${lines[2]}" = 'shop,2026-01-06T10:30:01.999Z,u1,anchor,ann,7,a,"[""s"",""t""]",audit,state' ]
	# a string is a value, too; and the row stands before vermas
	[[ ${lines[3]} == "shop,2026-01-07T00:00:00.000Z,~"*",refund,,8,,,ops,other" ]]
	[[ ${lines[4]} == generic,* ]]
	[ "$(ev-tail -o id -w 'dialect = shop and skill = t')" = u1 ]
	[ "$(ev-tail -o id --since 2026-01-06 --until 2026-01-07)" = u1 ]
	# the stored bytes
	[ "$(ev-tail -a ann)" = "$sale" ]
	[ "$(ev-tail -a ann -o structured)" = '{"schema":"brewva.event.v1","id":"u1","sessionId":null,"type":"anchor","category":"state","timestamp":1767695401999,"isoTime":"2026-01-06T10:30:01Z","payload":{"no":7,"n":1.10}}' ]
}

@test "-d NAME forces one of them" {
	shop
	echo '{"uid":"u2","when":1767695401999}' >>.events.jsonl
	[ "$(ev-tail -d shop -o csv --columns dialect,time,id -n 1 | tail -n 1)" = "shop,2026-01-06T10:30:01.999Z,u2" ]
	run -2 --separate-stderr ev-tail -d nope
	[ "$stderr" = "ev-tail: no dialect 'nope', see ev-event(5)" ]
	[ "$(ev-tail -d beads -o csv --columns dialect -n 1 | tail -n 1)" = beads ]
}

@test "operands: the store named first, else the one found, says which there are" {
	shop
	echo "$sale" >>.events.jsonl
	echo "$sale" >plain.jsonl
	mkdir -p ../other/.events
	sed 's/shop/foreign/' .events/dialects.json >../other/.events/dialects.json
	cp .events.jsonl ../other
	dialect() {
		ev-tail "$@" -n 1 -o csv --columns dialect | tail -n 1
	}
	[ "$(dialect .events.jsonl)" = shop ]
	[ "$(dialect plain.jsonl)" = shop ]
	[ "$(dialect - <plain.jsonl)" = shop ]
	[ "$(dialect plain.jsonl ../other)" = foreign ]
	[ "$(dialect -S ../other)" = foreign ]
	[ "$(EV_STORE=../other dialect plain.jsonl)" = foreign ]
	mkdir -p ../none
	cd ../none
	[ "$(dialect ../work/plain.jsonl)" = generic ]
	[ "$(dialect ../work/.events.jsonl)" = shop ]
	[ "$(dialect ../work/.events.jsonl ../other/.events.jsonl)" = shop ]
}

@test "a wrong file: a reader ends with 2, a writer says so and writes" {
	store <<<'[{"name":"a","detect":["k"],"tipe":"x"}]'
	run -2 --separate-stderr ev-tail
	[ "$stderr" = "ev-tail: .events/dialects.json: row 1 ('a'), tipe: no such column, did you mean 'type'?" ]
	[ -z "$output" ]
	run -2 ev-tail .events.jsonl
	run -0 --separate-stderr ev-emit x.y
	[ "${stderr_lines[0]}" = "ev-emit: .events/dialects.json: row 1 ('a'), tipe: no such column, did you mean 'type'?; no dialect of it is known" ]
	[ "${stderr_lines[1]}" = "ev-emit: day files and feed of '.events.jsonl' are behind: the dialects are wrong" ]
	[ "$(wc -l <.events.jsonl)" = 2 ]
	# a line that may be one of theirs is kept as it is
	run -0 --separate-stderr ev-emit - <<<'{"k":1,"time":"2026-01-06T00:00:00Z"}'
	[[ $stderr == *"no dialect of it is known"* ]]
	[ "$(tail -n 1 .events.jsonl)" = '{"k":1,"time":"2026-01-06T00:00:00Z"}' ]
	run -0 ev-emit -d a - <<<'{"k":2}'
	[ "$(tail -n 1 .events.jsonl)" = '{"k":2}' ]
	run -2 ev-emit -d a TYPE
	# the views are left alone until somebody can make them
	[ ! -e .events/state ]
	sed -i 's/tipe/type/' .events/dialects.json
	run -0 --separate-stderr ev-emit x.y
	[ -z "$stderr" ]
	[ "$(cat .events/20*.jsonl .events/rejected.log | sort)" = "$(sort .events.jsonl)" ]
	# and not touched when it is wrong again, with a conflict's marks, say
	before=$(views)
	sed -i '1i <<<<<<< HEAD' .events/dialects.json
	run -0 --separate-stderr ev-emit x.y
	[[ $stderr == *"line 1: not JSON; no dialect of it is known"* ]]
	[ "$before" = "$(views)" ]
	sed -i 1d .events/dialects.json
	run -0 --separate-stderr ev-emit -v x.y
	[ -z "$stderr" ]
	[ "$(cat .events/20*.jsonl .events/rejected.log | sort)" = "$(sort .events.jsonl)" ]
}

@test "what is no file, or too long, is refused" {
	shop
	mv .events/dialects.json ..
	for bad in 'ln -s ../../dialects.json .events/dialects.json' \
		'mkfifo .events/dialects.json' 'mkdir .events/dialects.json' \
		'head -c 1048577 /dev/zero >.events/dialects.json'; do
		eval "$bad"
		run -2 --separate-stderr timeout 10 ev-tail
		[[ $stderr == "ev-tail: "*"'.events/dialects.json'"* ]]
		run -0 --separate-stderr timeout 10 ev-emit x.y
		[[ $stderr == *"no dialect of it is known"* ]]
		rm -rf .events/dialects.json
	done
	run -0 --separate-stderr ev-tail
	[ -z "$stderr" ]
	# an empty list is one; an empty file is not
	echo '[]' >.events/dialects.json
	run -0 ev-tail
	: >.events/dialects.json
	run -2 ev-tail
}

@test "a file that we may not read counts as not there (as another user)" {
	local other=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	need setpriv
	[ "$(id -u)" -eq 0 ] || skip "not root"
	"${other[@]}" test -x "$EV_BIN/ev-tail" ||
		skip "the other user cannot reach the commands"
	OPEN=$(mktemp -d /tmp/ev-dialects.XXXXXX)
	chmod 755 "$OPEN"
	cd "$OPEN" || return
	shop
	chmod 600 .events/dialects.json
	run -0 --separate-stderr "${other[@]}" "$EV_BIN/ev-tail" -S "$PWD" -o id
	[ "$output" = e1 ]
	[ -z "$stderr" ]
}

@test "ev-event(5): its example is one" {
	sed -n '/^\.Ss Dialects of/,/^\.Ss Roles/{/^\.Bd/,/^\.Ed/p}' \
		"$ROOT/man/ev-event.5" | sed '/^\./d; s/\\e/\\/g' | store
	grep -q '"my\\\\ kind"' .events/dialects.json
	echo "$sale" >>.events.jsonl
	[ "$(ev-tail -d shop -n 1 -o csv --columns time,type,level | tail -n 1)" = "2026-01-06T10:30:01.999Z,anchor,audit" ]
}

@test "share/dialects: each row finds what it is for, and nothing of ours" {
	store <"$ROOT/share/dialects/dialects.json"
	cat >log <<'X'
{"parentUuid":null,"sessionId":"s1","type":"user","message":{"role":"user","content":"Why is it red?"},"uuid":"u1","timestamp":"2026-01-06T10:00:00.000Z"}
{"parentUuid":"u1","sessionId":"s1","type":"assistant","message":{"role":"assistant","content":[{"type":"text","text":"A test fails."}]},"uuid":"u2","timestamp":"2026-01-06T10:00:05.000Z"}
{"type":"item.completed","item":{"id":"item_0","type":"command_execution","command":"ls","status":"completed"}}
{"level":30,"time":1767693610000,"pid":7,"hostname":"h","name":"api","msg":"listening"}
{"event":"user logged in","level":"info","timestamp":"2026-01-06T10:00:20Z","logger":"auth"}
{"@timestamp":"2026-01-06T10:00:30Z","message":"slow query","service.name":"db","event":{"action":"query"}}
{"Time":"2026-01-06T10:00:40Z","Action":"fail","Package":"a/b","Test":"TestX"}
{"reason":"compiler-message","package_id":"p 0.1.0","message":{"message":"unused variable"}}
{"id":"9","type":"PushEvent","actor":{"login":"ann"},"repo":{"name":"ann/x"},"payload":{"ref":"refs/heads/main"},"created_at":"2026-01-06T10:00:50Z"}
X
	ev-tail -n all -o tsv --columns dialect,type,actor,entity,message log >got
	diff - got <<'X'
dialect	type	actor	entity	message
claude-code	user	user		Why is it red?
claude-code	assistant	assistant		A test fails.
codex	item.completed		item_0	ls
pino	api	api		listening
structlog	info	auth		user logged in
ecs	query	db		slow query
go-test	fail	a/b	TestX	
cargo	compiler-message		p 0.1.0	unused variable
github	PushEvent	ann	ann/x	refs/heads/main
X
	[ "$(ev-tail -n all -o tsv --columns time log | grep -c '^2026-01-06T10:00')" = 7 ]
	[ "$(ev-tree -o jsonl log | jq -r 'select(.id == "u2").parent')" = u1 ]
	[ "$(ev-stats --by dialect -o jsonl log | wc -l)" = \
		"$(jq length .events/dialects.json)" ]
	# each native line stays what it is
	while read -ra words; do
		EV_SESSION=s ev-emit -q -d "${words[@]}"
		[ "$(ev-tail -n 1 -o csv --columns dialect | tail -n 1)" = "${words[0]}" ]
	done <<'X'
vermas bead.created bead_id=b
govern qa -m m
agentguard TypeError -m m
brewva tool_call level=info
gep repair blast_radius.files:=1 blast_radius.lines:=2 --outcome failed --score 0
gastown sling bead=b
cloudevents x.y n=1
X
}

@test "ev-emit: lines of theirs are stored byte for byte, by their own day" {
	shop
	printf '%s\n' "$sale" '{"event_type":"z"}' >in
	run -0 --separate-stderr ev-emit - <in
	[ "${lines[0]}" = u1 ]
	[ "$(sed -n 2p .events.jsonl)" = "$sale" ]
	[ "$(cat .events/2026-01-06.jsonl)" = "$sale" ]
	# again: nothing is added; the same id with other content is told
	run -0 ev-emit - <<<"$sale"
	[ "$(wc -l <.events.jsonl)" = 3 ]
	run -0 --separate-stderr ev-emit - <<<"${sale/1.10/2}"
	[[ $stderr == *"id u1 is in the log with other content"* ]]
	# validation stays
	run -2 --separate-stderr ev-emit - <<<'{"order":{"no":1},"v":2,"v":2}'
	[[ $stderr == *'duplicate key "v"'* ]]
	# causes are found by their ids
	ev-emit -q -p @last c.d
	[ "$(ev-tail -n 1 -o csv --columns parent | tail -n 1)" = u1 ]
	# level filter by their cell
	run -0 ev-emit -v --keep-level audit - <<<'{"uid":"u9","order":{"no":1},"v":2,"k.ind":"viewport_x"}'
	[[ $output == *"below the level to keep"* ]]
	# a dialect that is not written
	run -2 --separate-stderr ev-emit -d shop TYPE
	[[ $stderr == *"shop: not one of the dialects that are written"* ]]
	run -2 --separate-stderr ev-emit -d nope TYPE
	[ "$stderr" = "ev-emit: no dialect is called 'nope' (option)" ]
	run -0 ev-emit -d shop - <<<"${sale/u1/u3}"
	[ "$(tail -n 1 .events.jsonl)" = "${sale/u1/u3}" ]
}

@test "a change of where times stand: the day files are made anew" {
	shop
	ev-emit -q - <<<"$sale"
	[ -s .events/2026-01-06.jsonl ]
	# another writer appends a line of theirs
	echo '{"order":{"no":8},"v":2,"at":"2026-01-07T00:00:00Z"}' >>.events.jsonl
	ev-emit -q --time 2026-01-05 x.y
	[ "$(cat .events/2026-01-07.jsonl)" = "$(sed -n 3p .events.jsonl)" ]
	before=$(day_files)
	# what says nothing about times changes nothing
	sed -i 's/"uid"/"uuid"/' .events/dialects.json
	run -0 --separate-stderr ev-emit -v --time 2026-01-04 x.y
	[[ $stderr != *anew* ]]
	# no row: both have no time that is known
	rm .events/dialects.json
	run -0 --separate-stderr ev-emit -v --time 2026-01-04 x.y
	[[ $stderr == *"made anew: they were stale"* ]]
	[ ! -e .events/2026-01-06.jsonl ]
	[ "$(wc -l <.events/rejected.log)" = 2 ]
	run -0 --separate-stderr ev-emit -v --time 2026-01-04 x.y
	[[ $stderr != *anew* ]]
	# and back
	shop_again=$(mktemp -p .)
	cp .events.jsonl "$shop_again"
	shop
	mv "$shop_again" .events.jsonl
	ev-emit -q --time 2026-01-05 x.y
	[ "$(cat .events/2026-01-06.jsonl)" = "$sale" ]
	[ ! -s .events/rejected.log ]
	[ "$(day_files | grep -c 2026-01-07)" = 1 ]
	[ -n "$before" ]
}

@test "a thousand rows, the last one fits" {
	{
		echo '['
		for ((i = 1; i < 1000; i++)); do
			echo "{\"name\":\"n$i\",\"detect\":[\"k$i\"],\"id\":\"i$i\"},"
		done
		echo '{"name":"last","detect":["z"],"id":"zid"}]'
	} | store
	echo '{"z":1,"zid":"found","k":1}' >>.events.jsonl
	echo '{"k999":1,"i999":"nine"}' >>.events.jsonl
	run -0 ev-tail -o csv --columns dialect,id
	[ "${lines[1]}" = vermas,e1 ]
	[ "${lines[2]}" = last,found ]
	[ "${lines[3]}" = n999,nine ]
	sed -i '2i {"name":"more","detect":["m"]},' .events/dialects.json
	run -2 --separate-stderr ev-tail
	[ "$stderr" = "ev-tail: .events/dialects.json: more than 1000 rows" ]
}
