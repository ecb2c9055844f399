#!/usr/bin/env bats
# make install: commands, pages and completions, staged and used from there.

load helper

stage() {
	make -s -C "$ROOT" B="$EV_BUILD" install DESTDIR="$PWD/stage" \
		PREFIX=/usr
}

@test "install puts everything below DESTDIR, uninstall takes it away" {
	stage
	[ -x stage/usr/bin/ev-emit ]
	[ -f stage/usr/share/man/man1/ev-emit.1 ]
	[ -f stage/usr/share/man/man7/ev.7 ]
	[ -f stage/usr/share/ev/sql/events.sql ]
	[ -f stage/usr/share/ev/dialects/dialects.json ]
	make -s -C "$ROOT" B="$EV_BUILD" uninstall DESTDIR="$PWD/stage" \
		PREFIX=/usr
	run -0 find stage -type f
	[ -z "$output" ]
}

@test "man finds the installed pages" {
	need man
	stage
	for page in ev ev-event ev-store ev-filter ev-emit ev-stats ev-tail \
		ev-tree ev-fsck ev-git; do
		run -0 env MANPATH="$PWD/stage/usr/share/man" man -P cat "$page"
		[[ $output == *"NAME"* ]]
	done
}

@test "bash completes options, their words and file names" {
	need bash
	stage
	cat >try.bash <<-'EOF'
		source "$1"
		try() {
			COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
			_ev "$1" "${COMP_WORDS[COMP_CWORD]}" \
				"${COMP_WORDS[COMP_CWORD - 1]}"
			printf '%s\n' "${COMPREPLY[@]}"
		}
		try ev-tail --rev
		try ev-tail --color ''
		try ev-tail --color = al
		try ev-emit --capt
	EOF
	run -0 bash try.bash stage/usr/share/bash-completion/completions/ev-tail
	[ "${lines[0]}" = --reverse ]
	[ "${lines[1]}" = auto ]
	[ "${lines[2]}" = always ]
	[ "${lines[3]}" = never ]
	[ "${lines[4]}" = always ]
	[ "${#lines[@]}" -eq 5 ]
}

@test "bash: the real loader of bash-completion finds them" {
	[ -r /usr/share/bash-completion/bash_completion ] ||
		skip "bash-completion is not there"
	stage
	cat >try.bash <<-'EOF'
		export XDG_DATA_DIRS=$PWD/stage/usr/share
		source /usr/share/bash-completion/bash_completion
		_completion_loader ev-emit
		complete -p ev-emit
	EOF
	run -0 bash --norc try.bash
	[[ $output == *"-F _ev ev-emit"* ]]
}

@test "fish completes options and their words" {
	need fish
	stage
	run -0 fish --no-config -c '
		source stage/usr/share/fish/vendor_completions.d/ev-tail.fish
		complete -C "ev-tail --rev"
		complete -C "ev-tail --color "
		complete -C "ev-tail -"'
	[[ ${lines[0]} == --reverse* ]]
	[[ $output == *$'\n'never* ]]
	[[ $output == *$'\n'-t* ]]
}

@test "zsh completes options and their words" {
	need zsh
	stage
	# a real zsh on a terminal, driven with TAB
	cat >try.py <<-'EOF'
		import os, pty, select, sys, time
		pid, fd = pty.fork()
		if pid == 0:
		    os.environ.update(TERM="vt100", PS1="", PROMPT="")
		    os.execvp("zsh", ["zsh", "-f", "-i"])
		def talk(text, until, bound=20):
		    os.write(fd, text.encode())
		    seen, end = b"", time.monotonic() + bound
		    while until.encode() not in seen:
		        left = end - time.monotonic()
		        if left <= 0 or not select.select([fd], [], [], left)[0]:
		            sys.exit("no %r in %r" % (until, seen))
		        seen += os.read(fd, 4096)
		    return seen.decode(errors="replace")
		talk("PROMPT='READY>'; fpath=($PWD/stage/usr/share/zsh/site-functions"
		     " $fpath); autoload -U compinit; compinit -u -D;"
		     " echo sta''rted\n", "started")
		talk("ev-tail --rev\t", "--reverse")
		talk("\x15ev-tail --color=nev\t", "never")
		talk("\x15exit\n", "exit")
		os.waitpid(pid, 0)
		print("all completed")
	EOF
	run -0 python3 try.py
	[ "$output" = "all completed" ]
}
