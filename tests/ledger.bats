#!/usr/bin/env bats
# The ledgers of Brewva: tasks, facts, schedule, WAL, tape and cost.

load helper

# row N SESSION TYPE PAYLOAD: an event, N its number and its millisecond.
row() {
	printf '{"id":"e%d","sessionId":"%s","type":"%s","timestamp":%d,"payload":%s}\n' \
		"$1" "$2" "$3" "$((1772236800000 + $1))" "$4"
}

# task N SESSION KIND MEMBERS: a task_event.
task() {
	row "$1" "$2" task_event \
		"{\"schema\":\"brewva.task.ledger.v1\",\"kind\":\"$3\",$4}"
}

# checkpoint N SESSION STATE
checkpoint() {
	row "$1" "$2" checkpoint \
		"{\"schema\":\"brewva.tape.checkpoint.v1\",\"state\":$3,\"reason\":\"r\",\"createdAt\":1}"
}

# used N SESSION TURN COST: a cost_update.
used() {
	row "$1" "$2" cost_update \
		"{\"model\":\"m\",\"skill\":\"k\",\"inputTokens\":2,\"outputTokens\":1,\"cacheReadTokens\":0,\"cacheWriteTokens\":0,\"totalTokens\":3,\"costUsd\":$4}" |
		sed "s/}\$/,\"turn\":$3}/"
}

# vectors NAME VIEW MAKE WANT: for each case MAKE (a jq program) makes of the
# rows of VIEW what WANT makes of the case's "out".
vectors() {
	local line n=0 got want file=$SHARED/vectors/brewva.$1.jsonl
	need jq
	need_shared "vectors/brewva.$1.jsonl"
	while IFS= read -r line; do
		n=$((n + 1))
		jq -c '.in[]' <<<"$line" >in.jsonl
		got=$(ev-replay --order file --project "$2" in.jsonl |
			jq -cS -s "$3")
		want=$(jq -cS ".out | $4" <<<"$line")
		[ "$got" = "$want" ] || {
			printf '%s %d\n got  %s\n want %s\n' "$1" "$n" \
				"$got" "$want"
			return 1
		}
	done <"$file"
	[ "$n" -gt 5 ]
}

@test "brewva.taskFold: items in their order, and one ledger a session" {
	vectors taskFold tasks '{items: map(select(.kind != "ledger") |
		del(.session)), blockers: [], updatedAt: null} +
		((map(select(.kind == "ledger"))[0] // {}) |
		del(.session, .kind))' .
}

@test "brewva.truthFold: facts as the runtime has them" {
	vectors truthFold facts . .facts
}

@test "brewva.scheduleFold: intents, also of events that stand late in the log" {
	vectors scheduleFold schedule 'map(del(.id))' .intents
}

@test "brewva.wal: the last sound line of each turn, by their times" {
	vectors wal wal '{current: map([.walId, .status, .attempts,
		.updatedAt]), pending: map(select(.status == "pending" or
		.status == "inflight").id)}' .
}

@test "brewva.replay: the last sound checkpoint and what follows" {
	vectors replay tape '.[0] | del(.id, .status, .turn)' 'del(.turn)'
}

@test "brewva.tapeStatus: entries since the last anchor press" {
	local line
	need jq
	need_shared vectors/brewva.tapeStatus.jsonl
	while IFS= read -r line; do
		jq -c '.in | (range(.anchors) | {id: "a\(.)", sessionId: "s",
			type: "anchor", timestamp: (. + 1), payload: {
			schema: "brewva.tape.anchor.v1", name: "ph\(.)",
			createdAt: 1}}), (range(.after) | {id: "x\(.)",
			sessionId: "s", type: "x", timestamp: (. + 100)})' \
			<<<"$line" >in.jsonl
		[ -s in.jsonl ] || continue
		diff <(jq -S .out <<<"$line") \
			<(ev-replay --order file --project tape in.jsonl |
				jq -S .status)
	done <"$SHARED/vectors/brewva.tapeStatus.jsonl"
}

@test "the real tape: all entries are counted, none is taken for another" {
	need jq
	need_shared data/brewva/hosted-session-up2.tape.jsonl
	run -0 ev-replay --project tape \
		"$SHARED/data/brewva/hosted-session-up2.tape.jsonl"
	[ "$(jq -c '[.status.totalEntries, .status.tapePressure,
		.checkpointEventId, .taskState.items]' <<<"$output")" = \
		'[132,"low",null,[]]' ]
}

@test "several sessions: each has its ledger, one id may stand in two" {
	{
		task 1 s1 spec_set '"spec":{"schema":"brewva.task.v1","goal":"g"}'
		task 2 s1 item_added '"item":{"id":"t","text":" one "}'
		task 3 s2 item_added '"item":{"id":"t","text":"\u0074wo"}'
		task 4 s2 item_updated '"item":{"id":"t","status":"done"}'
	} >l.jsonl
	run -0 ev-replay --project tasks l.jsonl
	[ "$output" = '{"id":"t","session":"s1","text":"one","status":"todo","createdAt":1772236800002,"updatedAt":1772236800002}
{"session":"s1","kind":"ledger","spec":{"schema":"brewva.task.v1","goal":"g"},"blockers":[],"updatedAt":1772236800002}
{"id":"t","session":"s2","text":"\u0074wo","status":"done","createdAt":1772236800003,"updatedAt":1772236800004}
{"session":"s2","kind":"ledger","blockers":[],"updatedAt":1772236800004}' ]
	run -0 ev-replay --project tasks -e t l.jsonl
	[ "${#lines[@]}" -eq 2 ]
	run -0 ev-replay --state -e t l.jsonl
	[ "$output" = '{"id":"t","text":"one","status":"todo","createdAt":1772236800002,"updatedAt":1772236800002}' ]
	run -0 ev-replay --state -s s2 -e t l.jsonl
	[[ $output == *'"status":"done"'* ]]
	# of a session its tape comes first; a view says which is meant
	run -0 ev-replay --state -e s2 l.jsonl
	[[ $output == '{"turn":0,"latestEventId":"e4",'* ]]
	run -0 ev-replay --project tasks -e s2 l.jsonl
	[[ $output == '{"session":"s2","kind":"ledger",'* ]]
	run -1 ev-replay --state -e nope l.jsonl
}

@test "--at and --diff: the ledgers at a time, and what changed" {
	{
		task 1 s item_added '"item":{"id":"t","text":"one"}'
		task 2 s item_updated '"item":{"id":"t","status":"doing"}'
		task 3 s item_updated '"item":{"id":"t","status":"done"}'
	} >l.jsonl
	run -0 ev-replay --state --at 2026-02-28T00:00:00.002Z -e t l.jsonl
	[[ $output == *'"status":"doing"'* ]]
	run -1 ev-replay --diff 2026-02-28T00:00:00.001Z \
		2026-02-28T00:00:00.003Z -e t l.jsonl
	[ "$output" = '-status "todo"
+status "done"
-updatedAt 1772236800001
+updatedAt 1772236800003' ]
	run -1 ev-replay --project tasks -o patch l.jsonl \
		--diff 2026-02-28T00:00:00.001Z 2026-02-28T00:00:00.003Z
	[ "$output" = '{"entity":"s","patch":{"updatedAt":1772236800003}}
{"entity":"t","patch":{"status":"done","updatedAt":1772236800003}}' ]
}

@test "facts of several sessions say of which they are" {
	fact='"kind":"fact_upserted","fact":{"id":"f","kind":"k","status":"active","severity":"info","summary":"s","firstSeenAt":1.10,"lastSeenAt":9007199254740993}}'
	row 1 s1 truth_event "{\"schema\":\"brewva.truth.ledger.v1\",$fact" >l.jsonl
	run -0 ev-replay --project facts l.jsonl
	[ "$output" = '{"id":"f","kind":"k","status":"active","severity":"info","summary":"s","evidenceIds":[],"firstSeenAt":1.10,"lastSeenAt":9007199254740993}' ]
	row 2 s2 truth_event "{\"schema\":\"brewva.truth.ledger.v1\",$fact" >>l.jsonl
	run -0 ev-replay --project facts l.jsonl
	[[ ${lines[0]} == '{"id":"f","session":"s1","kind":'* ]]
	[[ ${lines[1]} == '{"id":"f","session":"s2","kind":'* ]]
}

@test "a broken newest checkpoint falls back to the one before" {
	sound='{"task":{"items":[{"id":"k","text":"kept","status":"todo","createdAt":1,"updatedAt":2}],"blockers":[],"updatedAt":2},"truth":{"facts":[],"updatedAt":null}}'
	{
		task 1 s item_added '"item":{"id":"gone","text":"x"}'
		checkpoint 2 s "$sound"
		task 3 s item_added '"item":{"id":"new","text":"y"}'
	} >l.jsonl
	for broken in '{"task":{"items":[],"blockers":[]}}' \
		'{"task":{"items":[{"id":"k"}],"blockers":[]},"truth":{"facts":[]}}' \
		"${sound%\}},\"cost\":null}" "${sound%\}},\"evidence\":{}}" null; do
		cp l.jsonl b.jsonl
		checkpoint 4 s "$broken" >>b.jsonl
		run -0 ev-replay --project tape b.jsonl
		[[ $output == *'"latestEventId":"e4","checkpointEventId":"e2"'* ]]
		[[ $output == *'"items":[{"id":"k",'*'{"id":"new",'* ]]
		[[ $output != *gone* ]]
		[[ $output == *'"totalEntries":4,'*'"entriesSinceCheckpoint":0,'* ]]
	done
	# an old one without cost, evidence and memory is sound
	checkpoint 4 s "$sound" >>l.jsonl
	run -0 ev-replay --project tape l.jsonl
	[[ $output == *'"checkpointEventId":"e4"'* ]]
	[[ $output != *'"new"'* ]]
	# the tasks view is of the task events alone
	run -0 ev-replay --project tasks l.jsonl
	[[ $output == *'{"id":"gone",'* ]]
}

@test "cost: a skill's turns are counted once, sums are exact or doubles" {
	{
		used 1 s 1 0.1
		used 2 s 1 0.2
		used 3 s 2 0.3
		used 4 s 2 '"free"'
	} >l.jsonl
	run -0 ev-replay --project cost l.jsonl
	[[ $output == '{"id":"s","summary":{"inputTokens":6,"outputTokens":3,'* ]]
	[[ $output == *'"skills":{"k":{'*'"totalCostUsd":0.6000000000000001,"usageCount":3,"turns":2}}'* ]]
	[[ $output == *'"skillLastTurnByName":{"k":2}}' ]]
}

@test "schedule: a new intent with a cron line runs when that is due in UTC" {
	local zone
	for zone in '' ',"timeZone":"utc"' ',"timeZone":"etc/gmt+0"' \
		',"timeZone":"Z"' ',"timeZone":"Moon/Base"' \
		',"timeZone":"Europe/"' ',"timeZone":"/Berlin"' \
		',"timeZone":"+02:00"'; do
		row 1 s schedule_intent "{\"schema\":\"brewva.schedule.v1\",\"kind\":\"intent_created\",\"intentId\":\"i\",\"parentSessionId\":\"s\",\"reason\":\"r\",\"continuityMode\":\"fresh\",\"maxRuns\":2.7,\"cron\":\" 30 6 * * 1-5 \"$zone}" >l.jsonl
		TZ=Asia/Tokyo run -0 ev-replay --project schedule l.jsonl
		[[ $output == *'"cron":"30 6 * * 1-5","timeZone":"UTC","maxRuns":2,'* ]]
		[[ $output == *'"nextRunAt":1772433000000'* ]]
	done
	# what walls show elsewhere stands in no log
	for zone in Europe/Berlin asia/tokyo Japan PST8PDT Etc/GMT-9; do
		sed "s|+02:00|$zone|" l.jsonl >zone.jsonl
		run -0 ev-replay --project schedule zone.jsonl
		[[ $output == *"\"timeZone\":\"$zone\""* ]]
		[[ $output != *nextRunAt* ]]
	done
}

@test "schedule: no run behind the last day that JavaScript knows" {
	local minute
	for minute in '*' 1; do
		row 8638227763140000 s schedule_intent "{\"schema\":\"brewva.schedule.v1\",\"kind\":\"intent_created\",\"intentId\":\"i$minute\",\"parentSessionId\":\"s\",\"reason\":\"r\",\"continuityMode\":\"fresh\",\"maxRuns\":3,\"cron\":\"$minute * * * *\"}"
	done >l.jsonl
	run -0 ev-replay --project schedule l.jsonl
	[[ ${lines[0]} == *'"nextRunAt":8640000000000000,'* ]]
	[[ ${lines[1]} == *'"cron":"1 * * * *"'* ]]
	[[ ${lines[1]} != *nextRunAt* ]]
}

@test "WAL: recoveries are summed; what is not sound does not count" {
	{
		for n in 1 2; do
			row "$n" turn_wal:recovery turn_wal_recovery_completed \
				'{"scanned":2,"retried":1,"expired":1,"failed":0,"skipped":0,"compacted":3,"bySource":{"channel":{"scanned":2,"retried":1}}}'
		done
		echo '{"schema":"brewva.turn-wal.v1","walId":"w","status":"done","updatedAt":1}'
	} >l.jsonl
	run -0 ev-replay --project wal l.jsonl
	[ "$output" = '{"id":"turn_wal:recovery","kind":"recovery","recoveries":2,"scanned":4,"retried":2,"expired":2,"failed":0,"skipped":0,"compacted":6,"bySource":{"channel":{"scanned":4,"retried":2,"expired":0,"failed":0,"skipped":0}},"recoveredAt":1772236800002}' ]
}

@test "other events about an intent stay with the entities" {
	row 1 s schedule_wakeup '{"intentId":"i","x":1}' >l.jsonl
	run -0 ev-replay --project entities l.jsonl
	[ "$output" = '{"id":"i","intentId":"i","x":1}' ]
	task 2 s item_added '"item":{"id":"t","text":"x"}' >>l.jsonl
	run -0 ev-replay --project entities l.jsonl
	[ "${#lines[@]}" -eq 1 ]
}

@test "among events of other dialects a ledger is what it is alone" {
	{
		task 1 s item_added '"item":{"id":"t","text":"x"}'
		used 2 s 1 0.1
		row 3 s truth_event '{"schema":"brewva.truth.ledger.v1","kind":"fact_upserted","fact":{"id":"f","kind":"k","status":"active","severity":"info","summary":"s","firstSeenAt":1,"lastSeenAt":2}}'
		row 4 s schedule_intent '{"schema":"brewva.schedule.v1","kind":"intent_created","intentId":"i","parentSessionId":"s","reason":"r","continuityMode":"fresh","maxRuns":3,"runAt":5}'
		row 5 s turn_wal_recovery_completed '{"scanned":1}'
		row 6 s budget_alert '{"kind":"skill_cap","scope":"skill","costUsd":1,"thresholdUsd":1}'
		row 7 s x null
	} >l.jsonl
	{
		cat l.jsonl
		echo '{"event_id":"a","event_type":"bead.created","timestamp":"2026-02-28T00:00:00.003Z","data":{"bead_id":"t"}}'
		echo '{"issue_id":"f","event_type":"closed","created_at":"2026-02-28T00:00:00.004Z"}'
	} >mixed.jsonl
	for view in tape tasks facts schedule wal cost; do
		run -0 ev-replay --project "$view" l.jsonl
		[ -n "$output" ]
		[ "$output" = "$(ev-replay --project "$view" mixed.jsonl)" ]
	done
	# an id that a ledger and a table know is the ledger's, without a view
	run -0 ev-replay --state -e t mixed.jsonl
	[[ $output == '{"id":"t","text":"x",'* ]]
	run -0 ev-replay --project issues -e t mixed.jsonl
	[ "$output" = '{"id":"t","bead_id":"t"}' ]
}

@test "a payload that is not sound changes nothing, whatever it is" {
	for payload in null '[]' '"x"' '{}' '{"schema":1,"kind":2}' \
		'{"schema":"brewva.task.ledger.v1","kind":"item_added","item":[]}' \
		'{"schema":"brewva.task.ledger.v1","kind":"item_added","item":{"id":"\ud800"}}' \
		'{"schema":"brewva.task.ledger.v1","kind":"checkpoint_set","state":{"items":{},"blockers":[]}}'; do
		for type in task_event truth_event schedule_intent anchor \
			checkpoint cost_update budget_alert tool_result_recorded \
			memory_crystal_compiled turn_wal_recovery_completed; do
			row 1 s "$type" "$payload"
		done >l.jsonl
		run -0 ev-replay --state l.jsonl
		[[ $output == *'"entity":"s","state":{"turn":0,'* ]]
		[[ $output != *'"items":[{'* ]]
		[[ $output == *'"totalRecords":0,'* ]]
	done
}

@test "--checkpoint keeps the ledgers" {
	{
		task 1 s item_added '"item":{"id":"t","text":"x"}'
		used 2 s 1 0.1
		row 3 s schedule_intent '{"schema":"brewva.schedule.v1","kind":"intent_created","intentId":"i","parentSessionId":"s","reason":"r","continuityMode":"fresh","maxRuns":3,"runAt":5}'
	} >l.jsonl
	ev-replay --checkpoint c --state l.jsonl >/dev/null
	{
		task 4 s item_updated '"item":{"id":"t","status":"done"}'
		used 5 s 1 0.2
		row 6 s schedule_intent '{"schema":"brewva.schedule.v1","kind":"intent_cancelled","intentId":"i","parentSessionId":"s","reason":"r","continuityMode":"fresh","maxRuns":3}'
	} >>l.jsonl
	run -0 --separate-stderr ev-replay -v --checkpoint c --state l.jsonl
	[ "$stderr" = "ev-replay: l.jsonl: 3 lines read" ]
	[ "$output" = "$(ev-replay --state l.jsonl)" ]
	[[ $output == *'"status":"cancelled"'*'"eventOffset":2'* ]]
}
