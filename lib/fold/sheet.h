/*
 * sheet: a JSON file that a person wrote, read strictly: what is wrong is said
 * with its line.
 */
#ifndef EV_FOLD_SHEET_H
#define EV_FOLD_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "json/scan.h"

struct ev_sheet {
	char		*name;		/* the file's */
	struct ev_buf	 text, flat;	/* as it stands; line ends as CR */
	char		**kept;
	size_t		 nkept;
};

/* A member that an object may have; a NULL name ends a list. */
struct ev_sheet_member {
	const char	*name;
	uint8_t		 kind;	/* EV_NONE: any; EV_TRUE: true or false */
	bool		 must;
};

/* Reads a file whole; values point into the sheet.  -1: nothing is to be
 * cleared then. */
int	ev_sheet_read(struct ev_sheet *sheet, const char *path,
	    struct ev_val *root, struct ev_err *err);
void	ev_sheet_clear(struct ev_sheet *sheet);

/* "FILE:LINE: what is wrong" at a place in the sheet.  Gives -1. */
int	ev_sheet_fail(const struct ev_sheet *sheet, struct ev_err *err,
	    const char *at, const char *fmt, ...)
	    __attribute__((format(printf, 4, 5)));
/* The same for a word that is none of a NULL-ended list: "unknown WHAT …". */
int	ev_sheet_unknown(const struct ev_sheet *sheet,
	    const struct ev_val *word, const char *what,
	    const char *const *known, struct ev_err *err);
/* The line of a place, from 1. */
unsigned ev_sheet_line(const struct ev_sheet *sheet, const char *at);

/*
 * val[i] becomes the value of known[i], EV_NONE where it is not there.  -1: no
 * object, another member, one that comes twice, is missing or not of its kind,
 * an empty string, or one with a NUL in it.
 */
int	ev_sheet_members(const struct ev_sheet *sheet,
	    const struct ev_val *object, const struct ev_sheet_member *known,
	    struct ev_val *val, struct ev_err *err);

/* A string's text, and a value's JSON, as long as the sheet; NULL of EV_NONE. */
const char *ev_sheet_words(struct ev_sheet *sheet, const struct ev_val *val);
const char *ev_sheet_json(struct ev_sheet *sheet, const struct ev_val *val);

#endif
