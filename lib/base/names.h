/*
 * names: a set of texts, numbered from 0 in the order of their arrival.
 *
 * Keyed by SipHash (base/hash.h), open addressing; the texts are copied into
 * the set, which takes 8 bytes for each and 6.7 to 13.3 of an index.  At most
 * 2^32 - 2 of them.  Not for several threads at once.
 */
#ifndef EV_BASE_NAMES_H
#define EV_BASE_NAMES_H

#include <stdint.h>

#include "base/slice.h"

struct ev_names;

#define EV_NAMES_NONE UINT32_MAX

struct ev_names *ev_names_new(void);
void	ev_names_free(struct ev_names *names);

/* The hash of a text, which any thread may work out ahead. */
uint64_t ev_names_hash(struct ev_slice text);
/*
 * Says that a text is asked for soon, so that it is fetched meanwhile, with
 * some time between the steps: 0 where the text of a number stands, 1 the text.
 */
void	ev_names_expect_text(const struct ev_names *names, uint32_t number,
	    unsigned step);
/* The same of a hash: 0 its place in the index, 1 and 2 the steps above for the
 * number that is there. */
void	ev_names_expect(const struct ev_names *names, uint64_t hash,
	    unsigned step);

/* The number of a text, which is added when it is new; hash is its own. */
uint32_t ev_names_add(struct ev_names *names, struct ev_slice text,
	    uint64_t hash);
/* The number of a text, or EV_NAMES_NONE. */
uint32_t ev_names_find(const struct ev_names *names, struct ev_slice text);
uint32_t ev_names_count(const struct ev_names *names);
/* The text of a number; good until one is added. */
struct ev_slice ev_names_text(const struct ev_names *names, uint32_t number);

#endif
