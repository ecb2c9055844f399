/*
 * skim: where a text stands in a run of lines, and how many lines went by.
 */
#ifndef EV_INPUT_SKIM_H
#define EV_INPUT_SKIM_H

#include <stddef.h>
#include <stdint.h>

/* A text to look for.  It is borrowed: good as long as the skim. */
struct ev_skim {
	const char	*text;
	size_t		 n;
	size_t		 one, two;	/* offsets of its two rarest bytes */
};

/* text: not empty, without LF. */
void	ev_skim_init(struct ev_skim *skim, const char *text);

/*
 * The first place in [p, end) where the text or "\u" (an escape that may stand
 * for any of its characters) begins and ends, or NULL.  Adds to *lines the LFs
 * before that place (NULL: all).  EV_SCAN_PAD bytes behind end can be read.
 */
const char *ev_skim_next(const struct ev_skim *skim, const char *p,
	    const char *end, uint64_t *lines);

/* The LFs in n bytes; EV_SCAN_PAD bytes behind them can be read. */
uint64_t ev_skim_lines(const char *p, size_t n);

#endif
