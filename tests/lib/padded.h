/*
 * padded: JSON for the scanner in memory that is exactly as long as it may
 * read, so that a sanitizer sees every byte too much.
 */
#ifndef EV_PADDED_H
#define EV_PADDED_H

#include <stdio.h>
#include <stdlib.h>

#include "json/scan.h"

/* A copy with its sentinel and its padding, for free(). */
static inline char *
padded(const void *from, size_t n)
{
	char *p = malloc(n + EV_SCAN_PAD);

	if (p == NULL)
		abort();
	if (n > 0)
		memcpy(p, from, n);
	memset(p + n, 0xa5, EV_SCAN_PAD);
	p[n] = '\0';
	return p;
}

/* The value of a sound JSON text; *keep is for free(). */
static inline struct ev_val
padded_val(const char *json, char **keep)
{
	struct ev_val val = { .kind = EV_NONE };

	*keep = padded(json, strlen(json));
	if (ev_scan_value(*keep, strlen(json), &val, NULL) != EV_SCAN_OK) {
		printf("not JSON: %s\n", json);
		abort();
	}
	return val;
}

#endif
