# What the suites share that follow: an ev-tail in the background, which ends
# with its test.

teardown() {
	local pid
	for pid in "${pids[@]}"; do
		kill -CONT "$pid" 2>/dev/null || :
		kill -KILL "$pid" 2>/dev/null || :
	done
}
pids=()

# Runs ev-tail in the background: its output in out, its errors in err.
follow() { # ARG …
	# what an earlier one printed is gone at once
	: >out
	: >err
	ev-tail "$@" >>out 2>>err 3>&- &
	pid=$!
	pids+=("$pid")
}

# Ends it as a user would; gives its status in $status.
# shellcheck disable=SC2034 # for the tests
finish() {
	kill -TERM "$pid"
	status=0
	wait "$pid" || status=$?
}

# Is this all that was printed?  (ids, on one line)
printed() { # IDS
	[ "$(paste -sd' ' out)" = "$*" ]
}
