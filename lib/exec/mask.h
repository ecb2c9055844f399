/*
 * mask: secrets of a command line, found by where they stand: behind the name
 * of an option, a variable, a header (Brewva's exec rule, packages/
 * brewva-tools).  When in doubt it is a secret.
 */
#ifndef EV_EXEC_MASK_H
#define EV_EXEC_MASK_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "exec/secretname.h"

#define EV_EXEC_MARK "[REDACTED:argument]"

enum ev_exec_next {
	EV_EXEC_PLAIN,
	EV_EXEC_SECRET,		/* it is one */
	EV_EXEC_USER,		/* it is USER:SECRET */
	EV_EXEC_SCRIPT		/* it is text for a shell */
};

/* What the words of a command so far say of the next one. */
struct ev_exec_words {
	const struct ev_exec_letters *letters;	/* of the program; or NULL */
	enum ev_exec_next next;
	bool	shell;			/* a shell was named */
	bool	set;			/* the last one was "set" or its like */
};

#define EV_EXEC_WORDS_INIT { NULL, EV_EXEC_PLAIN, false, false }

/*
 * Appends a word without its secrets; script: the word is text for a shell,
 * and nothing is appended: the caller looks at its words.
 */
void	ev_exec_mask_word(struct ev_exec_words *words, struct ev_slice word,
	    bool *script, struct ev_buf *out);

#endif
