#!/usr/bin/env bats
# The order of the modules (lib/LAYERS), and the sizes that 5-house sets.

bats_require_minimum_version 1.5.0

setup() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
}

@test "every module stands in lib/LAYERS once, and the other way round" {
	cd "$ROOT/lib"
	grep -v '^#' LAYERS | sort >"$BATS_TEST_TMPDIR/listed"
	find . -name '*.[ch]' | sed 's|^\./||; s|\.[ch]$||' | sort -u \
		>"$BATS_TEST_TMPDIR/there"
	diff "$BATS_TEST_TMPDIR/listed" "$BATS_TEST_TMPDIR/there"
}

@test "a module includes its own header first, then only modules above it" {
	cd "$ROOT/lib"
	mapfile -t files < <(find . -name '*.[ch]' | sed 's|^\./||')
	run -0 awk '
		FILENAME == "LAYERS" { if (!/^#/) rank[$1] = ++n; next }
		FNR == 1 {
			self = FILENAME
			sub(/\.[ch]$/, "", self)
			first = 1
		}
		/^#include "/ {
			name = $2
			gsub(/"/, "", name)
			sub(/\.h$/, "", name)
			if (!(name in rank))
				print FILENAME ": includes unknown " name
			else if (name == self && !first)
				print FILENAME ": its own header is not first"
			else if (name != self && rank[name] >= rank[self])
				print FILENAME ": includes " name \
				    ", which is not above it"
			first = 0
		}' LAYERS "${files[@]}"
	[ -z "$output" ] || { echo "$output"; false; }
}

@test "no library module prints, exits or reads the environment at large" {
	cd "$ROOT/lib"
	# mem ends the process when memory is out; it alone may
	run -1 grep -nE '\b(printf|puts|fprintf|perror|exit|_exit|abort)\(' \
		-r . --include='*.c' --exclude=mem.c --exclude=hash.c
}

@test "one door per foreign library" {
	cd "$ROOT/lib"
	[ "$(grep -rl 'cjson/' . --include='*.c')" = ./json/doc.c ]
	[ "$(grep -rl 'pcre2.h' . --include='*.c')" = ./text/regex.c ]
	[ "$(grep -rl '<nettle/' . --include='*.c')" = ./base/hash.c ]
	[ "$(grep -rl '<git2' . --include='*.[ch]')" = ./git/library.c ]
	[ "$(grep -rl '<expat.h>' . --include='*.c')" = ./parse/xml.c ]
	[ "$(grep -rl 'utf8proc.h' . --include='*.c' | wc -l)" -eq 1 ]
	[ "$(grep -rlE '<z(lib|std).h>' . --include='*.c' | wc -l)" -eq 1 ]
}

@test "no file is over 400 lines" {
	cd "$ROOT"
	mapfile -t files < <(find lib cmd -name '*.[ch]')
	run -0 awk 'FNR > 400 { print FILENAME; nextfile }' "${files[@]}"
	[ -z "$output" ] || { echo "$output"; false; }
}

@test "no function is over 60 lines" {
	cd "$ROOT"
	mapfile -t files < <(find lib cmd -name '*.c')
	run -0 awk '/^{/ { start = FNR }
		/^}/ { if (start && FNR - start > 61)
			print FILENAME ":" start ": " FNR - start - 1 " lines"
			start = 0 }' "${files[@]}"
	[ -z "$output" ] || { echo "$output"; false; }
}

@test "no two modules have a function of one name" {
	# a program that comes to need both cannot be linked
	cd "$ROOT/lib"
	run -0 bash -c "grep -o '^ev_[a-z0-9_]*(' */*.c | sort -u | cut -d: -f2 | sort | uniq -d"
	[ -z "$output" ]
}
