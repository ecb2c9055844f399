/*
 * options: what ev-fsck is asked for.
 */
#ifndef EV_FSCK_OPTIONS_H
#define EV_FSCK_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/opt.h"

struct ev_fsck_options {
	bool		 repair, rebuild, usage, verify, anchor;
	const char	*seal, *seal_until;
	const char	*compress, *rotate, *keep, *redact;
	const char	*output;
	size_t		 keep_size;	/* EV_FSCK_ALL: not given */
};

#define EV_FSCK_ALL SIZE_MAX

/* The rows: what is done, and how it is told. */
#define EV_FSCK_OPTIONS 13
extern const struct ev_opt ev_fsck_options[EV_FSCK_OPTIONS];

#endif
