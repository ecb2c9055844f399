/*
 * scrub: a text without its secrets, each replaced by [REDACTED:kind], and
 * how many there were.
 */
#ifndef EV_EMIT_SCRUB_H
#define EV_EMIT_SCRUB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "emit/secret.h"
#include "emit/sift.h"

struct ev_scrub {
	struct ev_sift	sift;
	uint64_t	count[EV_SECRET_KINDS];
	struct ev_buf	clean;	/* of ev_scrub_text */
};

void	ev_scrub_init(struct ev_scrub *scrub);
void	ev_scrub_clear(struct ev_scrub *scrub);

/* May there be secrets in raw JSON?  False only when there are none. */
bool	ev_scrub_suspects(struct ev_scrub *scrub, struct ev_slice json);

/* True: the text (no JSON, decoded) holds secrets; `clean` has it without. */
bool	ev_scrub_text(struct ev_scrub *scrub, struct ev_slice text);

/* Appends what stands for a secret, and counts it. */
void	ev_scrub_mark(struct ev_scrub *scrub, enum ev_secret_kind kind,
	    struct ev_buf *out);

/* As ev_redact_told. */
bool	ev_scrub_told(const struct ev_scrub *scrub, struct ev_buf *out);

#endif
