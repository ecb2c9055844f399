# bash completion for the ev commands.  It names no option: it asks each
# command with --list-options.

_ev_options() {
	# one line per spelling: SPELLING TAB ARG TAB VALUES TAB HELP
	"$1" --list-options 2>/dev/null
}

_ev_argument() {
	# what may follow option $2 of command $1: sets COMPREPLY; 1 when the
	# option takes no argument of its own
	local spelling arg values _
	while IFS=$'\x1f' read -r spelling arg values _; do
		[[ $spelling == "$2" ]] || continue
		[[ -n $arg && $arg != \[* ]] || return 1
		if [[ -n $values ]]; then
			mapfile -t COMPREPLY < <(compgen -W "$values" -- "$3")
		elif [[ $arg == *FILE* || $arg == *PATH* ]]; then
			mapfile -t COMPREPLY < <(compgen -f -- "$3")
			compopt -o filenames 2>/dev/null
		fi
		return 0
	done < <(_ev_options "$1" | tr '\t' '\037')
	return 1
}

_ev() {
	local command=$1 cur=$2 prev=$3 word
	COMPREPLY=()
	# readline splits --option=value at the "="
	if [[ $cur == "=" ]]; then
		cur=
		_ev_argument "$command" "$prev" "$cur"
		return
	fi
	if [[ $prev == "=" && $COMP_CWORD -ge 2 ]]; then
		_ev_argument "$command" "${COMP_WORDS[COMP_CWORD - 2]}" "$cur"
		return
	fi
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		[[ $word == -- ]] && cur=${cur#-}
	done
	[[ $prev == -* ]] && _ev_argument "$command" "$prev" "$cur" && return
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_ev_options "$command" | cut -f1)" -- "$cur")
		return
	fi
	mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	compopt -o filenames 2>/dev/null
}

complete -F _ev ev-emit ev-tail ev-replay ev-stats ev-tree ev-fp ev-git ev-fsck
