#!/usr/bin/env bats
# ev-emit in the dialects gep and cloudevents.

load helper

# The last line of the log.
last() {
	tail -n 1 .events.jsonl
}

# One value of the last line, as JSON.
field() { # PATH
	last | jq -c "$1"
}

# What every event of evolution needs.
outcome=(--outcome success --score 0.85 'blast_radius:={"files":1,"lines":2}')

# The asset_id of a line whose keys and numbers jq prints as JavaScript does.
asset() { # LINE
	printf 'sha256:%s\n' "$(jq -jcS 'del(.asset_id)' <<<"$1" |
		sha256sum | cut -c1-64)"
}

@test "an intent: an EvolutionEvent with all that its record has" {
	need jq
	export EV_NOW=2026-02-07T15:20:54.236Z
	run -0 ev-emit -d gep repair signals+=user_missing signals+=errsig:x \
		genes_used+=g1 "${outcome[@]}" capsule_id=c1 mutation_id=m1 \
		personality_state.rigor:=0.7 validation_report_id=vr_1 note=hi
	[ "$output" = evt_1770477654236 ]
	[ "$(field 'del(.env_fingerprint, .asset_id)')" = '{"type":"EvolutionEvent","schema_version":"1.5.0","id":"evt_1770477654236","parent":null,"intent":"repair","signals":["user_missing","errsig:x"],"genes_used":["g1"],"mutation_id":"m1","personality_state":{"rigor":0.7,"type":"PersonalityState"},"blast_radius":{"files":1,"lines":2},"outcome":{"status":"success","score":0.85},"capsule_id":"c1","validation_report_id":"vr_1","meta":{"at":"2026-02-07T15:20:54.236Z","signal_key":"errsig_norm:fd0c5087|user_missing"},"note":"hi"}' ]
	[ "$(field .asset_id)" = "\"$(asset "$(last)")\"" ]
	[ "$(field '.env_fingerprint | keys')" = '["arch","captured_at","cwd","os_release","platform"]' ]
	[ "$(field '[.env_fingerprint | .platform, .os_release, .cwd, .captured_at]')" = "[\"linux\",\"$(uname -r)\",\"$PWD\",\"2026-02-07T15:20:54.236Z\"]" ]
	cmp <(last) .events/2026-02-07.jsonl
}

@test "the sample of the format's description has the key that it prints" {
	need jq
	ev-emit -q -d gep repair "${outcome[@]}" signals:='["log_error","errsig:**TOOLRESULT**: { \"status\": \"error\", \"tool\": \"exec\", \"error\": \"error: unknown command '"'process'"'\\n\\nCommand exited with code 1\" }","user_missing","windows_shell_incompatible","perf_bottleneck"]'
	[ "$(field .meta.signal_key)" = '"errsig_norm:870c3a82|log_error|perf_bottleneck|user_missing|windows_shell_incompatible"' ]
}

@test "TYPE: the record's type or an intent, nothing else" {
	need jq
	ev-emit -q -d gep EvolutionEvent intent=optimize "${outcome[@]}"
	[ "$(field .intent)" = '"optimize"' ]
	run -2 --separate-stderr ev-emit -d gep EvolutionEvent "${outcome[@]}"
	[ "$stderr" = "ev-emit: intent: missing" ]
	run -2 --separate-stderr ev-emit -d gep fix "${outcome[@]}"
	[ "$stderr" = "ev-emit: TYPE: 'fix' is not allowed (EvolutionEvent, ValidationReport, repair, optimize, innovate)" ]
	run -2 --separate-stderr ev-emit -d gep repair intent=innovate "${outcome[@]}"
	[ "$stderr" = "ev-emit: intent: differs from TYPE, which is 'repair'" ]
	run -2 --separate-stderr ev-emit -d gep EvolutionEvent intent=break "${outcome[@]}"
	[ "$stderr" = 'ev-emit: intent: "break" is not allowed (repair, optimize, innovate)' ]
}

@test "a field that is missing or not allowed is named, nothing is written" {
	run -2 --separate-stderr ev-emit -d gep repair --outcome failed --score 0
	[ "$stderr" = "ev-emit: blast_radius: missing (give --git, or blast_radius.files:=N blast_radius.lines:=N)" ]
	run -2 --separate-stderr ev-emit -d gep repair --outcome failed --score 0 \
		blast_radius.files:=1
	[ "$stderr" = "ev-emit: blast_radius.lines: missing (give blast_radius.lines:=N)" ]
	run -2 --separate-stderr ev-emit -d gep repair "${outcome[@]}" --score 1.5
	[ "$stderr" = "ev-emit: outcome.score: 1.5 is not allowed (a number 0 to 1)" ]
	run -2 --separate-stderr ev-emit -d gep repair "${outcome[@]}" --outcome maybe
	[ "$stderr" = 'ev-emit: outcome.status: "maybe" is not allowed (success, failed)' ]
	run -2 --separate-stderr ev-emit -d gep repair "${outcome[@]}" \
		personality_state.obedience:=-0.1
	[ "$stderr" = "ev-emit: personality_state.obedience: -0.1 is not allowed (a number 0 to 1)" ]
	run -2 --separate-stderr ev-emit -d gep repair "${outcome[@]}" signals=x
	[ "$stderr" = 'ev-emit: signals: "x" is not allowed (an array of texts)' ]
	run -2 --separate-stderr ev-emit -d gep repair "${outcome[@]}" \
		--outcome failed capsule_id=c1
	[ "$stderr" = 'ev-emit: capsule_id: "c1" is not allowed (null, as outcome.status is not success)' ]
	[ ! -e .events.jsonl ]
}

@test "ids: a taken millisecond is the next one's, and the digest is of the line" {
	need jq
	export EV_NOW=1770477654236
	for ms in 6 7 8 9; do
		run -0 ev-emit -d gep optimize "${outcome[@]}" n:="$ms"
		[ "$output" = "evt_177047765423$ms" ]
		[ "$(field .asset_id)" = "\"$(asset "$(last)")\"" ]
	done
	run -0 ev-emit -d gep ValidationReport
	[ "$output" = vr_1770477654236 ]
	for _ in 1 2 3; do
		echo '{"type":"EvolutionEvent","intent":"repair","signals":[],"genes_used":[],"blast_radius":{"files":0,"lines":0},"outcome":{"status":"failed","score":0}}'
	done | ev-emit - >ids
	printf 'evt_177047765424%s\n' 0 1 2 | cmp - ids
	[ "$(jq -r .id .events.jsonl | sort -u | wc -l)" -eq 8 ]
	[ "$(field .asset_id)" = "\"$(asset "$(last)")\"" ]
	run -0 ev-emit -d gep --id mine repair "${outcome[@]}"
	[ "$(field .asset_id)" = "\"$(asset "$(last)")\"" ]
	run -0 ev-emit -d gep --id mine repair "${outcome[@]}"
	[ "$(wc -l <.events.jsonl)" -eq 9 ]
}

@test "-p @last, -c, -e: parent, meta.correlationId, capsule_id; others in meta" {
	need jq
	one=$(ev-emit -d gep innovate "${outcome[@]}")
	ev-emit -q -d gep repair -p @last -c C -e c7 -s S --turn 3 "${outcome[@]}"
	[ "$(field '[.parent, .capsule_id, (.meta | .correlationId, .session, .turn, .signal_key)]')" = "[\"$one\",\"c7\",\"C\",\"S\",3,\"(none)\"]" ]
}

@test "--git: what the commit changed is the blast radius" {
	need git jq
	git init -q .
	git config user.name n
	git config user.email e
	printf 'a\nb\n' >a
	git add a
	git commit -q -m one
	printf 'a\nc\nd\n' >a
	touch b
	git add a b
	git commit -q -m two
	ev-emit -q -d gep repair --git --outcome success --score 1
	[ "$(field '[.blast_radius, .meta.commit.subject]')" = '[{"files":2,"lines":3},"two"]' ]
	[ "$(field .asset_id)" = "\"$(asset "$(last)")\"" ]
	ev-emit -q -d gep repair --git --outcome success --score 1 \
		blast_radius.files:=7
	[ "$(field .blast_radius)" = '{"files":7,"lines":3}' ]
}

@test "--time: the id and meta.at are of that time" {
	need jq
	run -0 ev-emit -d gep --time 2026-01-06T10:30:00Z repair "${outcome[@]}"
	[ "$output" = evt_1767695400000 ]
	[ "$(field .meta.at)" = '"2026-01-06T10:30:00.000Z"' ]
	cmp <(last) .events/2026-01-06.jsonl
}

@test "--dry-run: the line with its id and its asset_id" {
	need jq
	export EV_NOW=1770477654236
	line=$(ev-emit -d gep --dry-run repair "${outcome[@]}")
	[ "$(jq -r .id <<<"$line")" = evt_1770477654236 ]
	[ "$(jq -r .asset_id <<<"$line")" = "$(asset "$line")" ]
	[ ! -e .events.jsonl ]
}

@test "ValidationReport: commands, overall_ok, the key of the machine" {
	need jq
	export EV_NOW=2026-02-07T15:20:54.236Z
	run -0 ev-emit -d gep ValidationReport gene_id=g1 duration_ms:=80 \
		commands:='[{"command":"make","ok":true,"stdout":"ok\n","stderr":""}]' \
		env_fingerprint:='{"node_version":"v22.22.0","platform":"linux","arch":"x64","evolver_version":"1.7.0"}'
	[ "$output" = vr_1770477654236 ]
	[ "$(field 'del(.asset_id, .env_fingerprint)')" = '{"type":"ValidationReport","schema_version":"1.5.0","id":"vr_1770477654236","gene_id":"g1","env_fingerprint_key":"b98472b2ef785976","commands":[{"command":"make","ok":true,"stdout":"ok\n","stderr":""}],"overall_ok":true,"duration_ms":80,"created_at":"2026-02-07T15:20:54.236Z"}' ]
	[ "$(field .asset_id)" = "\"$(asset "$(last)")\"" ]
	ev-emit -q -d gep ValidationReport
	[ "$(field '[.commands, .overall_ok]')" = '[[],false]' ]
	ev-emit -q -d gep ValidationReport \
		commands:='[{"command":"a","ok":true},{"command":"b","ok":false}]'
	[ "$(field .overall_ok)" = false ]
	run -2 --separate-stderr ev-emit -d gep ValidationReport --outcome true
	[ "$stderr" = "ev-emit: overall_ok: true is not allowed (false, as not every command is ok, or there is none)" ]
	run -2 --separate-stderr ev-emit -d gep ValidationReport \
		commands:='[{"command":"a"}]'
	[ "$stderr" = "ev-emit: commands[].ok: missing" ]
	run -2 --separate-stderr ev-emit -d gep ValidationReport commands:='["a"]'
	[ "$stderr" = 'ev-emit: commands: ["a"] is not allowed (an array of objects)' ]
}

@test "-: a record of the past is validated and stays as it is" {
	need jq
	echo '{"type":"EvolutionEvent","id":"evt_a","intent":"repair","signals":["b","a"],"genes_used":[],"outcome":{"status":"success","score":0.80},"blast_radius":{"files":1,"lines":2},"timestamp":"2026-03-17T12:00:00Z"}' >in
	run -0 ev-emit - <in
	[ "$output" = evt_a ]
	cmp in .events.jsonl
	cmp <(last) .events/2026-03-17.jsonl
	run -0 ev-emit - <in
	[ "$(wc -l <.events.jsonl)" -eq 1 ]
	sed 's/"id":"evt_a",//' in | ev-emit -q -
	[[ $(field .id) =~ ^\"[0-9a-f]{32}\"$ ]]
	[ "$(field 'has("asset_id")')" = false ]
	run -2 --separate-stderr ev-emit - <<<'{"type":"ValidationReport","id":"vr_1","commands":[],"overall_ok":true}'
	[[ $stderr == "ev-emit: -:1: overall_ok: true is not allowed"* ]]
}

@test "-: real logs are taken as they are, and once" {
	need jq
	need_shared data/gep
	ev-emit -q - <"$SHARED/data/gep/evolver.events.jsonl"
	grep . "$SHARED/data/gep/evolver.events.jsonl" | cmp - .events.jsonl
	ev-emit -q - <"$SHARED/data/gep/thriller.events.jsonl"
	cat "$SHARED"/data/gep/{evolver,thriller}.events.jsonl | tee both |
		ev-emit -q -
	grep . both | cmp - .events.jsonl
	grep MemoryGraphEvent "$SHARED/data/gep/evolver-py.memory_graph.jsonl" >graph
	ev-emit -q - <graph
	tail -n "$(wc -l <graph)" .events.jsonl | cmp - graph
}

@test "cloudevents: the shape, and where options go" {
	need jq
	export EV_NOW=2026-01-06T10:30:00Z
	id=$(ev-emit -d cloudevents -a /build -e main -c C -p P --severity 3 -s S \
		com.example.built ok:=true)
	[[ $id =~ ^[0-9a-f]{8}-[0-9a-f]{4}-7 ]]
	[ "$(last)" = "{\"specversion\":\"1.0\",\"id\":\"$id\",\"source\":\"/build\",\"type\":\"com.example.built\",\"subject\":\"main\",\"time\":\"2026-01-06T10:30:00.000Z\",\"data\":{\"session\":\"S\",\"ok\":true},\"correlationid\":\"C\",\"causationid\":\"P\",\"severitynumber\":3}" ]
	ev-emit -q -d cloudevents x
	[ "$(field 'del(.id)')" = '{"specversion":"1.0","source":"tester","type":"x","time":"2026-01-06T10:30:00.000Z"}' ]
	[ "$(ev-tail -n 1 -o csv --columns dialect,type,actor | tail -n 1)" = "cloudevents,x,tester" ]
}

@test "cloudevents: lines are completed, their data may be anything" {
	need jq
	echo '{"specversion":"1.0","id":"7","source":"/s","type":"t","time":"2026-01-06T10:30:00Z","data":"text","traceparent":"00-1"}' >in
	run -0 ev-emit - <in
	cmp in .events.jsonl
	ev-emit -q - <<<'{"specversion":"1.0","type":"t","data_base64":"AA=="}'
	[ "$(field '[.source, has("id"), has("time"), has("data")]')" = '["tester",true,true,false]' ]
	run -2 --separate-stderr ev-emit - <<<'{"specversion":"0.3","type":"t"}'
	[[ $stderr == 'ev-emit: -:1: specversion: "0.3" is not allowed (1.0)'* ]]
}
