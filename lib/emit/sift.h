/*
 * sift: where in a text a secret may begin, told by three bytes of its prefix.
 *
 * The first pass of redaction: nearly all text is none, and an import must not
 * slow down for it.  Where the processor has the shuffle of SSSE3, 16 bytes
 * are looked up at once, by the halves of a byte ("Teddy", of Hyperscan);
 * elsewhere one byte at a time.
 */
#ifndef EV_EMIT_SIFT_H
#define EV_EMIT_SIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EV_SIFT_BYTES 3

/*
 * The bytes that one look compares: bit b of set[i][c] says that set b takes
 * byte c at place i.
 */
struct ev_sift {
	uint8_t	set[EV_SIFT_BYTES][256];
	uint8_t	low[EV_SIFT_BYTES][16], high[EV_SIFT_BYTES][16];
	bool	wide;			/* 16 bytes at once */
	size_t	ask_after;		/* so many bytes the processor is asked
					 * whether it can; 0: not again */
};

/* Fills the tables; wide: use the processor's shuffle when it has one and
 * there is text enough. */
void	ev_sift_init(struct ev_sift *sift, bool wide);

/*
 * The first place from p on where the three bytes of a prefix stand, or end.
 * What the three bytes are of every prefix is told by ev_secret_at.
 */
const char *ev_sift_next(struct ev_sift *sift, const char *p,
	    const char *end);

#endif
