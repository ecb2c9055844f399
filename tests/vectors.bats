#!/usr/bin/env bats
# What ev-tail shows of the vectors in ../shared/vectors: what other readers of
# the same files take, and in which form.

load helper

# Writes case N (from 1) of a vector file to ./in as the text of its file, and
# its expected output to ./out.
vector_text() { # FILE N
	sed -n "$2p" "$SHARED/vectors/$1" >case
	jq -rj '.in' case >in
	jq -c '.out' case >out
}

cases() { # FILE
	wc -l <"$SHARED/vectors/$1"
}

@test "brewva.structured: -o structured is toStructuredEvent" {
	need jq
	need_shared vectors/brewva.structured.jsonl
	jq -c .in "$SHARED/vectors/brewva.structured.jsonl" >log.jsonl
	jq -c .out "$SHARED/vectors/brewva.structured.jsonl" >want
	ev-tail -n all -o structured log.jsonl >got
	diff want got
}

@test "brewva.store: the events of dialect brewva are those that it lists" {
	need jq
	need_shared vectors/brewva.store.jsonl
	for ((n = 1; n <= $(cases brewva.store.jsonl); n++)); do
		vector_text brewva.store.jsonl "$n"
		ev-tail -q -n all -o id -w dialect=brewva in | jq -Rc . |
			jq -sc . >got
		diff out got || {
			echo "case $n"
			false
		}
	done
}

@test "brewva.query: -t TYPE and -n LAST are list(session, {type, last})" {
	need jq
	need_shared vectors/brewva.query.jsonl
	while read -r line; do
		jq -c '.in.rows[]' <<<"$line" >in
		type=$(jq -r '.in.query.type // empty' <<<"$line")
		# there 0 and less mean no limit
		last=$(jq -r '.in.query.last // 0 | floor |
			if . > 0 then . else "all" end' <<<"$line")
		ev-tail -n "$last" ${type:+-t "$type"} -o id in | jq -Rc . |
			jq -sc . >got
		diff <(jq -c .out <<<"$line") got || {
			echo "$line"
			false
		}
	done <"$SHARED/vectors/brewva.query.jsonl"
}

@test "brewva.bytes: a file with newlines before its records reads back" {
	need jq
	need_shared vectors/brewva.bytes.jsonl
	jq -rj .out "$SHARED/vectors/brewva.bytes.jsonl" >in
	[ "$(ev-tail --count in)" -eq 4 ]
	ev-tail in | cmp - <(cat in && echo)
	[ "$(cat in | ev-tail --count -)" -eq 4 ]
}

@test "brewva.incremental: an unfinished last line waits for its end" {
	need jq
	need_shared vectors/brewva.incremental.jsonl
	while read -r line; do
		: >in
		for ((i = 0; i < $(jq '.in | length' <<<"$line"); i++)); do
			jq -rj ".in[$i]" <<<"$line" >>in
			ev-tail -q -n all -o id -w dialect=brewva in |
				jq -Rc . | jq -sc . >got
			diff <(jq -c ".out[$i]" <<<"$line") got || {
				echo "step $i of $line"
				false
			}
		done
	done <"$SHARED/vectors/brewva.incremental.jsonl"
}

@test "brewva.level: the level and category of every type" {
	need jq
	need_shared vectors/brewva.level.jsonl
	jq -c '{id: "x", sessionId: "s", type: .in, timestamp: 1}' \
		"$SHARED/vectors/brewva.level.jsonl" >in
	jq -r '[.in, .out.level, .out.category] | @tsv' \
		"$SHARED/vectors/brewva.level.jsonl" >want
	ev-tail -n all -o tsv --columns type,level,category in | tail -n +2 >got
	diff want got
	for level in audit ops debug; do
		ev-tail -n all -l "$level" -o tsv --columns type in |
			tail -n +2 | sort -u >got
		awk -F '\t' -v l="$level" '$2 == "audit" ||
			($2 == "ops" && l != "audit") || l == "debug" {
				print $1 }' want | sort -u | diff - got
	done
}

@test "gep.reader: objects as readAllEvents has them, the last id" {
	need jq
	need_shared vectors/gep.reader.jsonl
	for ((n = 1; n <= $(cases gep.reader.jsonl); n++)); do
		vector_text gep.reader.jsonl "$n"
		if [ "$(jq -r .fn case)" = readAllEvents ]; then
			# other JSON than objects is damage to us
			ev-tail -q -n all in | jq -c . >got
			jq -c '.[] | objects' out | diff - got
		elif [ "$(cat out)" != null ]; then
			[ "$(ev-tail -q -n 1 -w 'id?' -o id in)" = "$(jq -r . out)" ]
		fi
	done
}

@test "vermas.typeGlob: -t is shell-style over the whole name" {
	need jq
	need_shared vectors/vermas.typeGlob.jsonl
	while read -r line; do
		jq -c '.in.types[] | {event_id: ., event_type: .}' <<<"$line" >in
		ev-tail -n all -t "$(jq -r .in.pattern <<<"$line")" -o id in |
			jq -Rc . | jq -sc . >got
		diff <(jq -c .out <<<"$line") got || {
			echo "$line"
			false
		}
	done <"$SHARED/vectors/vermas.typeGlob.jsonl"
}

@test "the real logs: every line that jq takes for an object, in its bytes" {
	need jq
	need_shared data/README.md
	for log in "$SHARED"/data/*/*.jsonl; do
		ev-tail -n all "$log" | cmp - <(grep . "$log") || {
			echo "$log"
			false
		}
		[ "$(ev-tail --count "$log")" -eq "$(jq -c objects "$log" | wc -l)" ]
		for o in structured cloudevents; do
			ev-tail -n all -o "$o" "$log" | jq -es 'all(.id != null)' >/dev/null
		done
	done
}

@test "agentguard.simpleHash, agentguard.fingerprint: through the library" {
	need_shared vectors/agentguard.simpleHash.jsonl
	run -0 "$EV_BUILD/tests/finger" \
		"$SHARED/vectors/agentguard.simpleHash.jsonl" \
		"$SHARED/vectors/agentguard.simpleHash.edge.jsonl" \
		"$SHARED/vectors/agentguard.fingerprint.jsonl"
	[[ $output == *", 0 failed"* ]]
	[[ $output != *skipped* ]]
}

@test "agentguard.fingerprint.edge: those that are no coercion" {
	need_shared vectors/agentguard.fingerprint.edge.jsonl
	# a null, missing or array part is text only to JavaScript
	jq -c 'select((.in.message | type == "string" or type == "number") and
		.in.type != null)' \
		"$SHARED/vectors/agentguard.fingerprint.edge.jsonl" >edge.jsonl
	[ -s edge.jsonl ]
	run -0 "$EV_BUILD/tests/finger" edge.jsonl
	[[ $output == *", 0 failed"* ]]
}

@test "brewva.level: through the library" {
	need_shared vectors/brewva.level.jsonl
	run -0 "$EV_BUILD/tests/level" "$SHARED/vectors/brewva.level.jsonl"
	[[ $output == *", 0 failed"* ]]
	[[ $output != *skipped* ]]
}

# Runs a library test over vector files: every case must hold.
through() { # TEST FILE …
	local test=$1
	shift
	run -0 "$EV_BUILD/tests/$test" "$@"
	[[ $output == *", 0 failed"* ]]
	[[ $output != *skipped* ]]
}

@test "gep.stableHash, gep.envFingerprintKey, gep.normalizeErrorSignature" {
	need_shared vectors/gep.stableHash.jsonl
	cd "$SHARED/vectors"
	through gepkey gep.stableHash.jsonl gep.stableHash.edge.jsonl \
		gep.envFingerprintKey.jsonl gep.normalizeErrorSignature.jsonl
}

@test "gep.signalKey: but for an array in an array, which is no signal" {
	need_shared vectors/gep.signalKey.jsonl
	grep -vE '"in":\[.*\[.*"out"' "$SHARED/vectors/gep.signalKey.jsonl" >cases
	[ -s cases ]
	through gepkey cases
}

@test "gep.*.edge: but for what is text, or an object, to JavaScript alone" {
	need_shared vectors/gep.signalKey.edge.jsonl
	cd "$SHARED/vectors"
	grep -vE '"in":\[.*[[{].*"out"' gep.signalKey.edge.jsonl >"$OLDPWD/cases"
	grep -vE '"in":(0|false|\{|\[)' gep.normalizeErrorSignature.edge.jsonl \
		>>"$OLDPWD/cases"
	grep -vF '"fp":[' gep.envFingerprintKey.edge.jsonl >>"$OLDPWD/cases"
	[ -s "$OLDPWD/cases" ]
	through gepkey "$OLDPWD/cases"
}

@test "gep.canonicalize, gep.assetId: with their edges" {
	need_shared vectors/gep.canonicalize.jsonl
	cd "$SHARED/vectors"
	through canon gep.canonicalize.jsonl gep.canonicalize.edge.jsonl
	through asset gep.assetId.jsonl gep.assetId.edge.jsonl
}

@test "brewva.redact: the texts that are changed; the marker is our own" {
	need_shared vectors/brewva.redact.jsonl
	run -0 "$EV_BUILD/tests/redact" "$SHARED/vectors/brewva.redact.jsonl"
	[[ $output == *", 0 failed"* ]]
	[[ $output != *skipped* ]]
}
