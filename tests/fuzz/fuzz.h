/*
 * fuzz: what the fuzz targets share.
 *
 * A target is a file NAME.c with LLVMFuzzerTestOneInput and its seeds,
 * seed/NAME: inputs that a line of four dashes parts.  Under libFuzzer
 * (`make fuzz`) the inputs grow out of them; main.c takes them and some
 * thousands of their neighbours (`make check`).
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "event/event.h"

int	LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* What must hold for every input. */
#define HOLDS(cond) do {						\
	if (!(cond)) {							\
		fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__,	\
		    __LINE__, #cond);					\
		abort();						\
	}								\
} while (0)

/* The input up to its next LF, without it; *p and *n move behind that. */
static inline struct ev_slice
fuzz_line(const uint8_t **p, size_t *n)
{
	struct ev_slice line = { (const char *)*p, *n };
	const uint8_t *lf = *n > 0 ? memchr(*p, '\n', *n) : NULL;

	if (lf != NULL)
		line.n = (size_t)(lf - *p);
	*p += line.n + (lf != NULL);
	*n -= line.n + (lf != NULL);
	return line;
}

/* The bytes as a string up to their first NUL, for free(). */
static inline char *
fuzz_text(struct ev_slice from)
{
	char *text = malloc(from.n + 1);

	if (text == NULL)
		abort();
	if (from.n > 0)
		memcpy(text, from.p, from.n);
	text[from.n] = '\0';
	return text;
}

#endif
