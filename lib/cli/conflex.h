/*
 * conflex: the variables of a text in git-config syntax, one after the other.
 *
 * Subsections, quoting, escapes, continued lines, comments, a byte order mark
 * and CRLF as git reads them.
 */
#ifndef EV_CLI_CONFLEX_H
#define EV_CLI_CONFLEX_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct ev_conflex {
	struct ev_slice	 text;
	const char	*file;	/* for messages */
	size_t		 at;
	int		 line;	/* of the text, from 1 */
	size_t		 section; /* bytes of name that are the section's */
	/* the variable, good until the next one */
	struct ev_buf	 name;	/* section.key, section.subsection.key */
	struct ev_buf	 value;
	bool		 bare;	/* a key alone: it has no value */
	int		 first;	/* the line on which it begins */
};

/* text and file are borrowed. */
void	ev_conflex_begin(struct ev_conflex *lex, struct ev_slice text,
	    const char *file);
/* 1, 0 at the end, -1: what is wrong, with file and line. */
int	ev_conflex_next(struct ev_conflex *lex, struct ev_err *err);
void	ev_conflex_clear(struct ev_conflex *lex);

#endif
