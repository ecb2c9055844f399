#!/usr/bin/env bats
# Options: the table, the help, the pages and the completions tell the same.

load helper

commands() {
	(cd "$EV_BIN" && echo ev-*)
}

@test "--help shows every option, fits 80 columns and ends with 0" {
	for c in $(commands); do
		run -0 "$c" --help
		[ -z "$(awk 'length > 79' <<<"$output")" ]
		help=$output
		while IFS=$'\t' read -r spelling _; do
			grep -qE -- "(^| )$spelling([ =,[]|\$)" <<<"$help" || {
				echo "$c --help lacks $spelling"
				false
			}
		done < <("$c" --list-options)
	done
}

@test "--version names the command and the version" {
	for c in $(commands); do
		run -0 "$c" --version
		[[ $output =~ ^$c\ \(ev\)\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
	done
}

@test "every option stands in the command's page or in ev-filter.7, no other" {
	pages=$BATS_TEST_DIRNAME/../man
	for c in $(commands); do
		"$c" --list-options | cut -f1 | sort -u >listed
		# the items that are options: .It Fl S Ar PATH , Fl -store Ns = …
		sed -n 's/^\.It Fl //p' "$pages/$c.1" | tr -d '"' |
			sed 's/ , Fl / , /g; s/ , -/\n-/g' |
			sed 's/ .*//; s/^/-/' | sort -u >own
		sed -n 's/^\.It Fl //p' "$pages/ev-filter.7" |
			sed 's/ , Fl / , /g; s/ , -/\n-/g' |
			sed 's/ .*//; s/^/-/' | sort -u >shared
		echo "$c: in the page, but no option:"
		run -1 grep -vxF -f listed own
		echo "$c: an option in no page:"
		run -1 bash -c 'sort -u own shared | grep -vxF -f - listed'
	done
}

@test "the pages give each option's argument the name of the table" {
	pages=$BATS_TEST_DIRNAME/../man
	for c in $(commands); do
		while IFS=$'\x1f' read -r spelling arg _; do
			[[ $spelling == --* && -n $arg ]] || continue
			# an argument that may be left out stands as [REV] in both
			eq='Ns ='
			[[ $arg != "["* ]] || eq='Ns Op ='
			arg=${arg#[}
			grep -qF -- "Fl ${spelling#-} $eq Ns Ar ${arg%%[^A-Z]*}" \
				"$pages/$c.1" "$pages/ev-filter.7" || {
				echo "$c $spelling $arg"
				false
			}
		done < <("$c" --list-options | tr '\t' '\037')
	done
}

@test "one letter has one meaning in all commands" {
	for c in $(commands); do
		# a letter is followed by its long name
		"$c" --list-options | cut -f1 | awk '
			/^-[^-]/ { letter = $1; next }
			letter != "" { print letter, $1; letter = "" }'
	done | sort -u | cut -d' ' -f1 | uniq -d >twice
	[ ! -s twice ] || { cat twice; false; }
}

@test "an unknown option ends with 2 and names the nearest" {
	for c in $(commands); do
		run -2 --separate-stderr "$c" --versoin
		[[ $stderr == "$c: unknown option '--versoin', did you mean '--version'?" ]]
		[ -z "$output" ]
		run -2 --separate-stderr "$c" -@
		[[ $stderr == "$c: unknown option '-@', see --help" ]]
	done
}

@test "a missing argument, one too many, a wrong word, a wrong number" {
	run -2 --separate-stderr ev-tail --type
	[[ $stderr == "ev-tail: option '--type' needs GLOBS" ]]
	run -2 --separate-stderr ev-tail -t
	[[ $stderr == "ev-tail: option '-t' needs GLOBS" ]]
	run -2 --separate-stderr ev-tail --utc=yes
	[[ $stderr == "ev-tail: option '--utc' takes no argument" ]]
	run -2 --separate-stderr ev-tail --color pink
	[[ $stderr == "ev-tail: --color: 'pink' is not one of: auto always never" ]]
	run -2 --separate-stderr ev-tail --threads many
	[[ $stderr == "ev-tail: --threads: 'many' is not a whole number" ]]
	run -2 --separate-stderr ev-tail --max-line 12Q
	[[ $stderr == *"'12Q' is not a size"* ]]
}

@test "unique prefixes of long options do, ambiguous ones do not" {
	echo '{"event_type":"a"}' >log.jsonl
	run -0 ev-tail --uniq log.jsonl
	run -2 --separate-stderr ev-tail --se log.jsonl
	[ "$stderr" = "ev-tail: option '--se' is ambiguous: --session, --severity" ]
}

@test "-NUM is -n NUM" {
	seq 12 | sed 's/.*/{"id":&}/' >log.jsonl
	[ "$(ev-tail -3 -o id log.jsonl | tr '\n' ' ')" = '10 11 12 ' ]
	[ "$(ev-tail -q -11 log.jsonl | wc -l)" -eq 11 ]
	[ "$(ev-tail -o id -S log.jsonl -1)" = 12 ]
	[ "$(ev-replay -2 log.jsonl | wc -l)" -eq 2 ]
	for bad in -3x -q3; do
		run -2 --separate-stderr ev-tail $bad log.jsonl
		[ "$stderr" = "ev-tail: unknown option '-3', see --help" ]
	done
	run -2 --separate-stderr ev-emit -3 a
	[ "$stderr" = "ev-emit: unknown option '-3', see --help" ]
}

@test "a value that is one of several words is one of them" {
	run -2 --separate-stderr ev-emit --sync 'data full' a
	[ "$stderr" = "ev-emit: --sync: 'data full' is not one of: none data full" ]
	[ ! -e .events.jsonl ]
}

@test "help to a full disk is no success" {
	for c in $(commands); do
		run -2 --separate-stderr bash -c "$c --help >/dev/full"
		[[ $stderr == *"No space left on device" ]]
	done
}

@test "--show-config names every setting and its origin" {
	echo '{"event_type":"a"}' >.events.jsonl
	mkdir -p "$XDG_CONFIG_HOME/ev"
	printf '[ev]\n\tactor = filed\n' >"$XDG_CONFIG_HOME/ev/config"
	unset EV_ACTOR
	EV_COLOR=never run -0 ev-tail --threads 3 --show-config
	[[ $output == *$'actor\tfiled\tfile '*'/ev/config:2'* ]]
	[[ $output == *$'color\tnever\tenvironment EV_COLOR'* ]]
	[[ $output == *$'threads\t3\toption'* ]]
}
