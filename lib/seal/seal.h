/*
 * seal: a line of seals.log (2-store 2.6).
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
#ifndef EV_SEAL_SEAL_H
#define EV_SEAL_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/slice.h"
#include "seal/heap.h"

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

/* Takes a line, without LF and followed by bytes as ev_scan_line wants them,
 * apart into an empty seal, which is to be cleared in any case.  False: it is
 * neither a seal nor a note. */
bool	ev_seal_parse(struct ev_slice line, struct ev_seal *seal);

/* Is such a line, that is none, one that was never finished: by a writer that
 * was killed, or (NULs alone) before the power went? */
bool	ev_seal_torn(struct ev_slice line);
void	ev_seal_clear(struct ev_seal *seal);

#endif
