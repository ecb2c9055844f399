#include "parse/needle.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

#define PAIRS 65536 /* values of two bytes */

struct ev_needles {
	struct {
		const char *text;
		size_t n;
		uint8_t next; /* with the same first bytes: 1 + index, or 0 */
	} needle[EV_NEEDLES_MOST];
	int count;
	uint8_t first[PAIRS]; /* by the first two bytes: 1 + index, or 0 */
};

static size_t
pair(const char *p)
{
	return (size_t)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

struct ev_needles *
ev_needles_new(void)
{
	return ev_calloc(1, sizeof(struct ev_needles));
}

void
ev_needles_free(struct ev_needles *needles)
{
	free(needles);
}

int
ev_needles_add(struct ev_needles *needles, const char *text)
{
	int i;

	for (i = 0; i < needles->count; i++)
		if (strcmp(needles->needle[i].text, text) == 0)
			return i;
	assert(needles->count < EV_NEEDLES_MOST && strlen(text) >= 2);
	needles->needle[i].text = text;
	needles->needle[i].n = strlen(text);
	needles->needle[i].next = needles->first[pair(text)];
	needles->first[pair(text)] = (uint8_t)(i + 1);
	needles->count++;
	return i;
}

void
ev_needles_find(const struct ev_needles *needles, struct ev_slice text,
    struct ev_needles_found *found)
{
	const char *p = text.p, *end = text.p + text.n;
	unsigned i;

	memset(found, 0, sizeof(*found));
	for (; end - p >= 2; p++)
		for (i = needles->first[pair(p)]; i != 0;
		     i = needles->needle[i - 1].next)
			if (needles->needle[i - 1].n <= (size_t)(end - p) &&
			    memcmp(p, needles->needle[i - 1].text,
				needles->needle[i - 1].n) == 0)
				found->bit[(i - 1) / 64] |= UINT64_C(1)
				    << ((i - 1) % 64);
}
