/*
 * reader: a reader of stores for the fault tests, written from the store's
 * description alone: it shares no code with the library that it judges.
 */
#ifndef FAULT_READER_H
#define FAULT_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "tree.h"

#define READER_LOG ".events.jsonl"
#define READER_PRIVATE ".events/"
#define READER_STATE READER_PRIVATE "state"
#define READER_TEXT 80

/* A whole line, without its LF. */
struct line {
	const char	*p;	/* the tree's */
	size_t		 n;
	bool		 sound;	/* one JSON object, nothing else */
	char		 id[READER_TEXT];	/* event_id, or "" */
	char		 time[READER_TEXT];	/* timestamp, or "" */
};

/* The next whole line of a log from *at on, which moves behind it; false:
 * there is none. */
bool	reader_next(const struct file *log, size_t *at, struct line *line);

/* How many sound whole lines of the log have the id. */
size_t	reader_count(const struct tree *tree, const char *id);

/*
 * Are the views what they should be of the log up to its last LF, with a feed
 * that begins at byte `base` or before?  NULL: yes; else what is not (good
 * until the next call).
 */
const char *reader_views(const struct tree *tree, size_t base);

#endif
