/*
 * command: a command line as text, for the log (Brewva's exec rule: a hash to
 * find equal ones by, and the text without its secrets for people).
 */
#ifndef EV_EXEC_COMMAND_H
#define EV_EXEC_COMMAND_H

#include "base/buf.h"
#include "base/hash.h"

/*
 * SHA-256 of the command as a shell would read it: its words quoted where they
 * must be, parted by blanks, byte for byte as Python's shlex.join writes it.
 */
void	ev_exec_hash(char *const *argv, char out[EV_SHA256_HEX]);

/*
 * Appends the same text without secrets: those that are told by their looks
 * (emit/secret.h), and those that are told by where they stand (exec/mask.h),
 * also in the words of a script that a shell is given.  At most 240
 * characters, then "...".  What is not UTF-8 stays.
 */
void	ev_exec_redacted(char *const *argv, struct ev_buf *out);

/* Appends a JSON array of the words as they are. */
void	ev_exec_argv_json(char *const *argv, struct ev_buf *out);

#endif
