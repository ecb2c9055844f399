#!/usr/bin/env bats
# ev-trust(7): every promise names tests that there are.

load helper

PAGE=$BATS_TEST_DIRNAME/../man/ev-trust.7

@test "each promise names a test that exists" {
	local n=0 suite name
	while IFS= read -r line; do
		suite=${line%%: *} name=${line#*: }
		grep -qxF "@test \"$name\" {" "$BATS_TEST_DIRNAME/$suite.bats" || {
			echo "no such test: $line"
			return 1
		}
		n=$((n + 1))
	done < <(sed -n 's/^\.D1 //p' "$PAGE")
	[ "$n" -ge 20 ]
}

@test "no promise is without a test" {
	run -0 awk '/^\.(Pp|Ss|Sh)/ { if (open) print NR; open = 0 }
		/^\.Ss/ { inside = !/not promised/ } /^\.Sh/ { inside = 0 }
		inside && /^[^.]/ { open = 1 } /^\.D1/ { open = 0 }' "$PAGE"
	[ -z "$output" ]
}

@test "every fault of which the suites have a sample stands in the page" {
	while read -r fault; do
		grep -q "^\.D1 .*: $fault:" "$PAGE" || {
			echo "not in the page: $fault"
			return 1
		}
	done < <(sed -n 's/^@test "\(C[0-9]*\):.*/\1/p' \
		"$BATS_TEST_DIRNAME"/*.bats | sort -u)
}
