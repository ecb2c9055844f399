/*
 * The seeds of a fuzz target and some thousands of their neighbours, where
 * there is no libFuzzer: each seed, each of its beginnings, and copies that are
 * broken in a few places.
 *
 *	TARGET SEEDS [ROUNDS [SEED]]
 *
 * A file without seeds in it is one input: what libFuzzer has found.
 */
#include <inttypes.h>

#include "fuzz.h"

#define BEGINNINGS 2000 /* of a longer seed not all of them are taken */

struct seeds {
	struct ev_slice *v;
	size_t n;
};

static uint64_t state;
static unsigned long taken;

/* xorshift64* (Vigna 2016). */
static size_t
draw(size_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (size_t)((state * UINT64_C(0x2545f4914f6cdd1d)) >> 33) % below;
}

/* Each input stands in memory of its own: sanitizers see a byte too much. */
static void
take(const char *p, size_t n)
{
	uint8_t *copy = malloc(n > 0 ? n : 1);

	if (copy == NULL)
		abort();
	if (n > 0)
		memcpy(copy, p, n);
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
	taken++;
}

static void
read_all(const char *path, struct ev_buf *out)
{
	FILE *file = fopen(path, "rb");
	size_t n;

	if (file == NULL) {
		perror(path);
		exit(2);
	}
	do {
		ev_buf_reserve(out, 65536);
		n = fread(out->p + out->n, 1, 65536, file);
		out->n += n;
	} while (n > 0);
	fclose(file);
}

static struct seeds
part(const struct ev_buf *text)
{
	struct seeds seeds = { NULL, 0 };
	const char *p = text->p, *end = text->p + text->n, *to;

	while (p < end) {
		to = memmem(p, (size_t)(end - p), "\n----\n", 6);
		seeds.v = realloc(seeds.v, (seeds.n + 1) * sizeof(*seeds.v));
		if (seeds.v == NULL)
			abort();
		seeds.v[seeds.n++] = (struct ev_slice){ p,
			(size_t)((to != NULL ? to : end) - p) };
		p = to != NULL ? to + 6 : end;
	}
	return seeds;
}

static void
break_once(struct ev_buf *b, const struct seeds *seeds)
{
	size_t at = draw(b->n + 1), n = b->n - at;
	struct ev_slice other = seeds->v[draw(seeds->n)];
	char byte = (char)draw(256);

	switch (n > 0 ? draw(6) : 0) {
	case 0:
		ev_buf_insert(b, at, &byte, 1);
		break;
	case 1:
		b->p[at] = byte;
		break;
	case 2:
		b->p[at] ^= (char)(1 << draw(8));
		break;
	case 3:
		n = 1 + draw(n < 16 ? n : 16);
		memmove(b->p + at, b->p + at + n, b->n - at - n);
		b->n -= n;
		break;
	case 4:
		b->n = at;
		break;
	default:
		if (other.n > 0) {
			n = draw(other.n);
			ev_buf_insert(
			    b, at, other.p + n, 1 + draw(other.n - n));
		}
	}
}

static void
take_neighbours(const struct seeds *seeds, unsigned long rounds)
{
	struct ev_buf b = EV_BUF_INIT;
	size_t i, k;

	for (i = 0; i < seeds->n; i++)
		for (k = 0; k < seeds->v[i].n && k < BEGINNINGS; k++)
			take(seeds->v[i].p, k);
	for (; rounds > 0; rounds--) {
		ev_buf_reset(&b);
		ev_buf_addslice(&b, seeds->v[draw(seeds->n)]);
		for (k = 1 + draw(4); k > 0; k--)
			break_once(&b, seeds);
		take(b.p, b.n);
	}
	ev_buf_clear(&b);
}

int
main(int argc, char **argv)
{
	struct ev_buf text = EV_BUF_INIT;
	struct seeds seeds;
	size_t i;

	if (argc < 2) {
		fprintf(stderr, "usage: %s SEEDS [ROUNDS [SEED]]\n", argv[0]);
		return 2;
	}
	read_all(argv[1], &text);
	state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	state = state * UINT64_C(0x9e3779b97f4a7c15) | 1;
	seeds = part(&text);
	for (i = 0; i < seeds.n; i++)
		take(seeds.v[i].p, seeds.v[i].n);
	if (argc > 2 && seeds.n > 0)
		take_neighbours(&seeds, strtoul(argv[2], NULL, 10));
	printf("%lu inputs, 0 crashes\n", taken);
	free(seeds.v);
	ev_buf_clear(&text);
	return taken == 0;
}
