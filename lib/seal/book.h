/*
 * book: the seals of a store, seals.log in its private directory (2-store 2.6).
 */
#ifndef EV_SEAL_BOOK_H
#define EV_SEAL_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/map.h"
#include "seal/seal.h"
#include "store/dir.h"

struct ev_seal_bad {
	uint64_t	 line;
	bool		 torn;	/* its writer was killed */
};

struct ev_book {
	struct ev_seal	*v;		/* by day, in the file's order */
	size_t		 n, cap;
	struct ev_seal_bad *bad;	/* lines that are neither */
	size_t		 nbad;
	struct ev_buf	 heads;		/* hashes of lines that none names */
	int		 fd;		/* while it is held; else -1 */
	struct ev_map	*index;		/* by hash: 1 + number */
	char		*shown;		/* the file as people know it */
};

/* Reads the file and keeps it locked until ev_book_release; another who wants
 * it waits up to 10 seconds.  make: where it is missing, and to be written.  0
 * (also when there is none) or -1.  To be cleared in any case. */
int	ev_book_read(struct ev_book *book, const struct ev_dir *dir, bool make,
	    struct ev_err *err);
void	ev_book_release(struct ev_book *book);
void	ev_book_clear(struct ev_book *book);

/* The seal or note with this hash, or NULL. */
struct ev_seal *ev_book_find(struct ev_book *book,
	    const unsigned char hash[EV_SHA256_SIZE]);
/* Those of a day: the first, and their number. */
struct ev_seal *ev_book_day(const struct ev_book *book, int32_t day,
	    size_t *n);

#endif
