# What the suites share: the built commands on PATH, a fixed world around them,
# a directory of its own for each test.

bats_require_minimum_version 1.5.0

ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
EV_BIN=${EV_BIN:-$ROOT/build/bin}
EV_BUILD=${EV_BUILD:-$ROOT/build}
SHARED=$ROOT/../shared

setup() {
	local name
	for name in $(compgen -e); do
		case $name in
		EV_BIN | EV_BUILD) ;;
		EV_* | BD_ACTOR | GIT_* | XDG_* | PAGER | LESS | NO_COLOR | \
			CLICOLOR_FORCE | COLUMNS) unset "$name" ;;
		esac
	done
	export PATH=$EV_BIN:$PATH TZ=UTC LC_ALL=C TERM=dumb
	export HOME=$BATS_TEST_TMPDIR/home
	export XDG_CONFIG_HOME=$HOME/.config XDG_STATE_HOME=$HOME/.state
	export GIT_CONFIG_NOSYSTEM=1 EV_ACTOR=tester
	# script runs it; others leave off after an interrupt
	SHELL=$(command -v bash)
	export SHELL
	mkdir -p "$HOME" "$BATS_TEST_TMPDIR/work"
	cd "$BATS_TEST_TMPDIR/work" || return
}

# Skips, by name, what needs the real logs and vectors beside the repository.
need_shared() { # FILE
	[ -e "$SHARED/$1" ] || skip "../shared/$1 is not there"
}

# Skips, by name, what needs a program that is not there.
need() { # PROGRAM …
	local program
	for program; do
		command -v "$program" >/dev/null || skip "$program is not there"
	done
}

# Polls until a command is true, at most 10 s: no sleep decides a result.
wait_for() { # COMMAND …
	for _ in {1..1000}; do
		"$@" && return
		read -r -t 0.01 <> <(:) || :
	done
	echo "waited in vain for: $*" >&2
	return 1
}
