/*
 * parse_input: a whole input through lib/parse, in pieces of any size.
 */
#ifndef EV_PARSE_INPUT_H
#define EV_PARSE_INPUT_H

#include <stdlib.h>

#include "base/buf.h"
#include "parse/parse.h"
#include "parse/write.h"

/* Appends each finding as an event line. */
static inline void
input_found(void *arg, const struct ev_finding *finding)
{
	ev_finding_write(arg, finding, NULL, 1);
}

/*
 * Reads the input in pieces of `piece` bytes (0: at once) and appends the
 * events; each piece stands in memory of its own, so that a sanitizer sees
 * every byte too much.  0, or -1 when a document was damaged.
 */
static inline int
input_parse(const struct ev_parse_given *options, struct ev_slice text,
    size_t piece, struct ev_buf *out, struct ev_err *err)
{
	struct ev_parse_given given = *options;
	struct ev_parse *parse;
	size_t at, n;
	char *copy;
	int r = 0;

	given.found = input_found;
	given.arg = out;
	parse = ev_parse_new(&given, err);
	if (parse == NULL)
		return -1;
	for (at = 0; at < text.n; at += n) {
		n = piece > 0 && piece < text.n - at ? piece : text.n - at;
		copy = malloc(n);
		if (copy == NULL)
			abort();
		memcpy(copy, text.p + at, n);
		r |= ev_parse_feed(parse, copy, n, err);
		free(copy);
	}
	r |= ev_parse_end(parse, err);
	ev_parse_free(parse);
	return r;
}

#endif
