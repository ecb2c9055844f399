/*
 * segment: the older parts of a log that was rotated (2-store 2.1, 2.5).
 *
 * "N.jsonl" has them beside it as "N.FIRST-END.jsonl" (a log that is not
 * called so: "NAME.FIRST-END").  FIRST and END are bytes since the log began:
 * the segment holds [FIRST, END) of it.
 */
#ifndef EV_STORE_SEGMENT_H
#define EV_STORE_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct ev_segment {
	uint64_t	from, end;	/* as its name says */
	uint64_t	size;		/* bytes that its file has */
	dev_t		dev;
	ino_t		ino;
};

/* The name of a log's segment, malloced. */
char	*ev_segment_name(const char *log, uint64_t from, uint64_t end);

/* Is `name` a segment's of this log, written as ev_segment_name does? */
bool	ev_segment_parse(const char *log, const char *name, uint64_t *from,
	    uint64_t *end);

/* The path of the log that a file's name says it is a segment of, whether or
 * not there is one; malloced.  NULL: it is no segment's name. */
char	*ev_segment_of(const char *path);

/*
 * All regular files in a directory whose names are segments' of this log; by
 * `from`, those first that are as long as their names say, the longest first.
 * *list is malloced (NULL: none).  Where a directory may not be listed there
 * are none.  0, or -1 with errno.
 */
int	ev_segment_list(int dir, const char *log, struct ev_segment **list,
	    size_t *count);

#endif
