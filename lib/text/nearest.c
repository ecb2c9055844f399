#include "text/nearest.h"

#include <ctype.h>

#define LONGEST 32

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment (Damerau 1964), rows of a table one by one. */
static size_t
distance(struct ev_slice a, struct ev_slice b)
{
	size_t rows[3][LONGEST + 1], i, j;
	size_t *prev2 = rows[0], *prev = rows[1], *row = rows[2], *spare;

	for (j = 0; j <= b.n; j++)
		prev[j] = j;
	for (i = 1; i <= a.n; i++) {
		int c = tolower((unsigned char)a.p[i - 1]);

		row[0] = i;
		for (j = 1; j <= b.n; j++) {
			row[j] = least(least(prev[j], row[j - 1]) + 1,
			    prev[j - 1] + (c != b.p[j - 1]));
			if (i > 1 && j > 1 && c == b.p[j - 2] &&
			    tolower((unsigned char)a.p[i - 2]) == b.p[j - 1])
				row[j] = least(row[j], prev2[j - 2] + 1);
		}
		spare = prev2;
		prev2 = prev;
		prev = row;
		row = spare;
	}
	return prev[b.n];
}

const char *
ev_nearest(struct ev_slice text, const char *const *words)
{
	const char *best = NULL;
	size_t d, bound = least(2, text.n / 3) + 1;

	if (text.n > LONGEST)
		return NULL;
	for (; *words != NULL; words++) {
		struct ev_slice word = ev_slice_of(*words);

		if (word.n > LONGEST)
			continue;
		d = distance(text, word);
		if (d < bound) {
			bound = d;
			best = *words;
		}
	}
	return best;
}
