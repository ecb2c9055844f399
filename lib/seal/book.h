/*
 * book: the seals of a store, seals.log in its private directory (2-store 2.6).
 *
 * A line is a JSON object, a seal
 *	{"date":"2026-01-06","n":LEAVES,"bytes":N,"root":HEX,"over":[HEX16 …],
 *	 "previous":[HEX …],"sealed_at":TIME}
 * or a note that a sealed line was dropped on purpose
 *	{"date":"2026-01-06","dropped":LEAF,"reason":TEXT,"previous":[HEX …],
 *	 "at":TIME}
 * "previous" has the SHA-256 of each line (without LF) that stood in the file
 * then and that no other line named; "over" has, by the beginnings of their
 * roots, the seals of the same day whose leaves this one has, those left out
 * that another one of these has.  So files of two clones may be joined with
 * their lines in any order, also repeated.
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
#include "seal/heap.h"
#include "store/dir.h"

struct ev_seal {
	int32_t		 day;
	bool		 note;		/* a dropped leaf, which is in root */
	bool		 covered;	/* by another seal's over */
	bool		 marked;	/* its file of leaves knows it */
	uint64_t	 n, bytes, line;
	unsigned char	 root[EV_SHA256_SIZE], hash[EV_SHA256_SIZE];
	struct ev_buf	 previous;	/* EV_SHA256_SIZE each */
	struct ev_buf	 over;		/* EV_LEAF_TAG each */
	char		 at[40];
};

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
