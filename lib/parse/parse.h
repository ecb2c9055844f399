/*
 * parse: a tool's output, read for failures (3-commands 3.7, --from).
 *
 *	parse = ev_parse_new(&given, &err);
 *	while ((n = read(...)) > 0)
 *		if (ev_parse_feed(parse, bytes, n, &err) == -1)
 *			... say so, go on
 *	ev_parse_end(parse, &err);
 *	ev_parse_free(parse);
 *
 * One pass in bounded memory: a finding goes out once its last line was seen.
 * Text, JSON values and XML documents may follow each other in one input.
 */
#ifndef EV_PARSE_PARSE_H
#define EV_PARSE_PARSE_H

#include <stddef.h>

#include "base/err.h"
#include "parse/finding.h"

#define EV_PARSE_LINE ((size_t)1 << 20)	/* of a longer line the rest is skipped */

struct ev_parse;

struct ev_parse_given {
	const char	*format;	/* "auto", "gcc", … (parse/format.h) */
	const char	*root;		/* the work tree, absolute; or NULL */
	const char	*dir;		/* where the tool ran; NULL: root */
	/* The finding and its texts are good until this returns. */
	void		(*found)(void *arg, const struct ev_finding *finding);
	void		*arg;
};

/* NULL: no such format. */
struct ev_parse *ev_parse_new(const struct ev_parse_given *given,
	    struct ev_err *err);
void	ev_parse_free(struct ev_parse *parse);

/*
 * Reads bytes as they come.  0, or -1: a document of XML or JSON in them was
 * damaged (the message of the last one); what it held so far went out, all else
 * was read, and reading can go on.
 */
int	ev_parse_feed(struct ev_parse *parse, const char *p, size_t n,
	    struct ev_err *err);

/* The input is at its end.  0, or -1: a document is not whole. */
int	ev_parse_end(struct ev_parse *parse, struct ev_err *err);

#endif
