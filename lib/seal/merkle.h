/*
 * merkle: the hash tree of RFC 6962, section 2.1, over leaves that come one by
 * one.
 *
 * A leaf is SHA-256(0x00, line), an inner node SHA-256(0x01, left, right); a
 * tree of n leaves is split at the largest power of two below n.
 */
#ifndef EV_SEAL_MERKLE_H
#define EV_SEAL_MERKLE_H

#include <stdint.h>

#include "base/hash.h"
#include "base/slice.h"

struct ev_merkle {
	uint64_t	n;	/* leaves so far */
	/* Roots of the whole trees that their number's bits stand for. */
	unsigned char	top[64][EV_SHA256_SIZE];
};

/* The leaf of a line without its LF; sha is anew after it. */
void	ev_merkle_leaf(struct ev_sha256 *sha, struct ev_slice line,
	    unsigned char leaf[EV_SHA256_SIZE]);

/* Adds a leaf to a tree, which begins as zeros. */
void	ev_merkle_add(struct ev_merkle *tree, struct ev_sha256 *sha,
	    const unsigned char leaf[EV_SHA256_SIZE]);
/* The root; of no leaves the digest of nothing. */
void	ev_merkle_root(const struct ev_merkle *tree, struct ev_sha256 *sha,
	    unsigned char root[EV_SHA256_SIZE]);

#endif
