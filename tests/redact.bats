#!/usr/bin/env bats
# ev-emit keeps secrets out of the log (3-commands 3.2): by arguments and from
# standard input, told once, switched off by --no-redact.

load helper

AWS=AKIAABCDEFGHIJKLMNOP
SK=sk-abcdefghijklmnopqrst
LINE='{"event_id":"evt-1","event_type":"a","timestamp":"2026-01-06T10:30:00Z","actor":"x","correlation_id":null,"data":{"k":"'$AWS'"}}'

# No secret of these tests is in any file of the store.
clean() {
	run -1 grep -rE 'AKIA|abcdefghijkl|s3cret' .events.jsonl .events
}

@test "arguments: fields, JSON, files and options" {
	printf '%s\n' -----BEGIN\ PRIVATE\ KEY----- s3cret \
		-----END\ PRIVATE\ KEY----- >pem
	run -0 --separate-stderr ev-emit -m "see $SK" -a "$AWS" note \
		url=https://u:s3cret@h/ o:='{"a":["'$AWS'"]}' key=@pem \
		list+="Bearer abcdefghijklmnop"
	[ "$stderr" = "ev-emit: 6 secrets redacted (private-key, aws-key, api-key, bearer-token, url-password); --no-redact keeps them" ]
	clean
	[ "$(jq -c '[.actor, .data]' .events.jsonl)" = '["[REDACTED:aws-key]",{"title":"see [REDACTED:api-key]","url":"https://u:[REDACTED:url-password]@h/","o":{"a":["[REDACTED:aws-key]"]},"key":"[REDACTED:private-key]\n","list":["Bearer [REDACTED:bearer-token]"]}]' ]
}

@test "the actor of the environment" {
	EV_ACTOR=$SK run -0 ev-emit a
	clean
	echo '{"event_type":"b"}' | EV_ACTOR=$SK ev-emit -
	clean
}

@test "standard input: one secret, said once" {
	run -0 --separate-stderr ev-emit - <<<"$LINE"
	[ "$output" = evt-1 ]
	[ "$stderr" = "ev-emit: 1 secret redacted (aws-key); --no-redact keeps it" ]
	clean
	cmp .events.jsonl - <<<"${LINE/$AWS/[REDACTED:aws-key]}"
}

@test "standard input: options, sequences and escapes" {
	echo '{"event_type":"a"}' | ev-emit -q -m "$SK" -
	printf '{\n "event_type": "b",\n "data": {"k": "\\u0041%s"}\n}\n' \
		"${AWS#A}" | ev-emit -q -
	clean
	[ "$(jq -r '.data | .title // .k' .events.jsonl)" = $'[REDACTED:api-key]\n[REDACTED:aws-key]' ]
}

@test "lines that are stored byte for byte, too; their other bytes stay" {
	echo '{"id": "i1" ,"issue_id":"bd-1","event_type":"created","actor":"a","new_value":"\u003c '$SK'","created_at":"2026-01-06T10:30:00Z"}' >in
	ev-emit -q - <in
	clean
	grep -qF '"id": "i1" ,"issue_id"' .events.jsonl
	[ "$(tail -n 1 .events.jsonl | jq -r .new_value)" = '< [REDACTED:api-key]' ]
}

@test "a second import adds nothing, with ids and without" {
	for id in '"event_id":"evt-1",' ''; do
		for secret in "$AWS" "$SK" "$SK"; do
			echo "{$id\"event_type\":\"a\",\"timestamp\":\"2026-01-06T10:30:00Z\",\"data\":{\"k\":\"$secret\"}}"
			[ -z "$id" ] || break
		done
	done >in
	ev-emit -q - <in
	cp .events.jsonl first
	[ "$(wc -l <first)" -eq 4 ]
	run -0 --separate-stderr ev-emit - <in
	cmp first .events.jsonl
	clean
	# nor does what was redacted before
	ev-emit -q - <first
	cmp first .events.jsonl
}

@test "--no-redact: what came in is in the log" {
	run -0 --separate-stderr ev-emit --no-redact - <<<"$LINE"
	[ -z "$stderr" ]
	cmp .events.jsonl - <<<"$LINE"
	run -0 --separate-stderr ev-emit --no-redact a k="$SK"
	[ -z "$stderr" ]
	[ "$(tail -n 1 .events.jsonl | jq -r .data.k)" = "$SK" ]
}

@test "the keys that the user's and the store's config name" {
	mkdir -p "$XDG_CONFIG_HOME/ev" .events
	printf '[redact]\n\tkey = pin\n\tkey = Token\n' >"$XDG_CONFIG_HOME/ev/config"
	: >.events.jsonl
	chmod 700 .events
	printf '[redact]\nkey = inner\n' >.events/config
	run -0 --separate-stderr ev-emit a pin:=1234 token=x tokens=y \
		o:='{"inner":{"b":"s3cret"},"c":1}'
	[ "$stderr" = "ev-emit: 3 secrets redacted (listed-key); --no-redact keeps them" ]
	[ "$(jq -c .data .events.jsonl)" = '{"pin":"[REDACTED:listed-key]","token":"[REDACTED:listed-key]","tokens":"y","o":{"inner":"[REDACTED:listed-key]","c":1}}' ]
	ev-emit --show-config | grep '^redact.key' >shown
	[ "$(cut -f 2 shown | tr '\n' ' ')" = 'pin Token inner ' ]
	ev-emit --no-redact -q b pin:=1234
	[ "$(tail -n 1 .events.jsonl | jq -c .data)" = '{"pin":1234}' ]
}

@test "-q: redacted, not told; nothing told without a secret" {
	run -0 --separate-stderr ev-emit -q - <<<"$LINE"
	[ -z "$stderr$output" ]
	clean
	run -0 --separate-stderr ev-emit a k=task-abcdefghij u=http://h:80/x@y
	[ -z "$stderr" ]
}

@test "--dry-run, -o json: the line as it would be written" {
	run -0 --separate-stderr ev-emit --dry-run - <<<"$LINE"
	[ "$output" = "${LINE/$AWS/[REDACTED:aws-key]}" ]
	run -0 --separate-stderr ev-emit -o json - <<<"$LINE"
	[ "$output" = "${LINE/$AWS/[REDACTED:aws-key]}" ]
}

@test "a line that redaction makes too long is refused" {
	line='{"event_type":"a","timestamp":"2026-01-06T10:30:00Z","data":{"u":"a://b:c@d"}}'
	EV_MAX_LINE=90 run -2 --separate-stderr ev-emit - <<<"$line"
	[[ $stderr == *"-:1: longer than 90 bytes when redacted"* ]]
}
