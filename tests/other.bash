# What the suites share that become somebody else.

teardown() {
	[ -z "${OPEN:-}" ] || rm -rf "$OPEN"
}

# Root passes every permission check: a directory, ours, that somebody else can
# reach as well, and the command to become that somebody.
meet_other() {
	[ "$(id -u)" -eq 0 ] || skip "only root can become somebody else"
	need setpriv
	OTHER=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	"${OTHER[@]}" test -x "$EV_BIN/ev-emit" ||
		skip "somebody else cannot reach $EV_BIN"
	OPEN=$(mktemp -d /tmp/ev-other.XXXXXX)
	chmod 755 "$OPEN"
	cd "$OPEN" || return
}
