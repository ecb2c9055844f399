#!/bin/bash
# The fuzz targets with their seeds and so many neighbours of them (7-trust,
# C18).
#
#	seeds.sh BUILD COUNT
#
# 0 all holds for all of them, 1 not.
set -u
here=$(cd "$(dirname "$0")/../fuzz" && pwd)
total=0 crashes=0
for seed in "$here"/seed/*; do
	target=$1/${seed##*/}
	if said=$("$target" "$seed" "$2" 2>&1) &&
		[[ $said =~ ^([0-9]+)\ inputs,\ 0\ crashes$ ]]; then
		total=$((total + BASH_REMATCH[1]))
	else
		crashes=$((crashes + 1))
		echo "${seed##*/}: $said"
	fi
done
echo "C18: $total inputs, $crashes targets crashed"
[ "$crashes" -eq 0 ] && [ "$total" -gt 0 ]
