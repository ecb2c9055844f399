#!/usr/bin/env bats
# State of events: the real logs with their tables, and ev-rules(5).

load helper

@test "beads: every status of logs whose table is at hand, but two" {
	need jq
	need_shared data/beads/axiom.backup-events.jsonl
	for name in axiom tribal-village gastown; do
		ev-replay --project issues \
			"$SHARED/data/beads/$name.backup-events.jsonl" |
			jq -r '[.id, .status] | @tsv' | sort >got
		jq -r '[.id, .status] | @tsv' \
			"$SHARED/data/beads/$name.backup-issues.jsonl" | sort >table
		comm -23 got table >differ
		wc -l <got >>counts
		cut -f1 differ >>differences
	done
	diff - counts <<<$'184\n86\n970'
	# closed in the table, open in the log
	diff - differences <<<$'gt-5659\ngt-8neb'
}

@test "ev-rules(5): the worked example gives what the page says" {
	need jq
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh DIAG/p' "$ROOT/man/ev-rules.5" |
		awk '/^\.Bd/ { n++; on = 1; next } /^\.Ed/ { on = 0 }
			on { print >("block" n) }'
	jq -c . block1 >log
	[ "$(wc -l <log)" -eq 2 ]
	run -0 ev-replay --rules=block2 --project=environments log
	[ "$output" = "$(tr -d '\n' <block4)" ]
}

@test "ev-rules(5): every operation, member and view of the code, no other" {
	sed -n '/^\.Ss Operations/,/^\.Ss/s/^\.It Li //p' \
		"$ROOT/man/ev-rules.5" | sort >page
	sed -n 's/^\t\[EV_RULE_.*{ "\([a-z]*\)", EV_RULE.*/\1/p' \
		"$ROOT/lib/fold/rules.c" | sort >code
	[ "$(wc -l <code)" -eq 10 ]
	diff page code
	sed -n '/^A rule has/,/^The rules of a table/s/^\.It Li //p' \
		"$ROOT/man/ev-rules.5" | sort >page
	sed -n '/in_rule\[/,/};/s/^.*{ "\([a-z]*\)", EV_.*/\1/p' \
		"$ROOT/lib/fold/rulefile.c" | sort >code
	[ "$(wc -l <code)" -eq 10 ]
	diff page code
	sed -n '/^\.Ss Built-in views/,/^\.Ss Led/s/^\.It Li //p' \
		"$ROOT/man/ev-rules.5" | sort >page
	sed -n '/ev_rule_table builtin\[/,/};/s/^\t{ "\([a-z]*\)",.*/\1/p' \
		"$ROOT/lib/fold/builtin.c" | sort -u >code
	diff page code
	sed -n '/^\.Ss Ledgers/,/^\.Sh/s/^\.It Li //p' \
		"$ROOT/man/ev-rules.5" | sort >page
	sed -n 's/^\t\[EV_PART_.*{ "\([a-z]*\)", EV.*/\1/p' \
		"$ROOT/lib/ledger/parts.c" | sort >code
	[ "$(wc -l <code)" -eq 6 ]
	diff page code
}
