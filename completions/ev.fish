# fish completion for the ev commands.  It names no option: it asks each
# command with --list-options (SPELLING TAB ARG TAB VALUES TAB HELP).

function __ev_complete
    set -l command $argv[1]
    command -q $command; or return
    for line in ($command --list-options 2>/dev/null)
        set -l field (string split \t -- $line)
        set -l how
        switch $field[1]
            case '--*'
                set how -l (string sub -s 3 -- $field[1])
            case '-*'
                set how -s (string sub -s 2 -- $field[1])
        end
        if test -n "$field[2]"
            if not string match -q '[*' -- $field[2]
                set how $how -r
            end
            if test -n "$field[3]"
                set how $how -f -a "$field[3]"
            else if not string match -qr 'FILE|PATH' -- $field[2]
                set how $how -f
            end
        end
        complete -c $command $how -d "$field[4]"
    end
end

for command in ev-emit ev-tail ev-replay ev-stats ev-tree ev-fp ev-git ev-fsck
    __ev_complete $command
end
functions -e __ev_complete
