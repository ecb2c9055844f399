#include "stats/distinct.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define BITS 14
#define REGISTERS (1u << BITS)

struct ev_distinct {
	/* open addressing, 0 is an empty place; NULL: registers it is */
	uint64_t *hash;
	size_t mask, count;
	uint8_t *reg; /* the longest run of zeros, + 1 */
};

struct ev_distinct *
ev_distinct_new(void)
{
	struct ev_distinct *d = ev_calloc(1, sizeof(*d));

	d->mask = 7;
	d->hash = ev_calloc(d->mask + 1, sizeof(*d->hash));
	return d;
}

void
ev_distinct_free(struct ev_distinct *d)
{
	if (d == NULL)
		return;
	free(d->hash);
	free(d->reg);
	free(d);
}

static void
note(struct ev_distinct *d, uint64_t hash)
{
	uint8_t *reg = &d->reg[hash >> (64 - BITS)];
	uint64_t rest = hash << BITS | UINT64_C(1) << (BITS - 1);
	uint8_t run = (uint8_t)(__builtin_clzll(rest) + 1);

	if (run > *reg)
		*reg = run;
}

/* The hashes are known to all: where they stand is not. */
static size_t
place(const struct ev_distinct *d, uint64_t hash)
{
	size_t i = (size_t)ev_sip(&hash, sizeof(hash)) & d->mask;

	while (d->hash[i] != 0 && d->hash[i] != hash)
		i = (i + 1) & d->mask;
	return i;
}

static void
grow(struct ev_distinct *d)
{
	uint64_t *old = d->hash;
	size_t i, n = d->mask + 1;

	d->mask = n * 2 - 1;
	d->hash = ev_calloc(n * 2, sizeof(*d->hash));
	for (i = 0; i < n; i++)
		if (old[i] != 0)
			d->hash[place(d, old[i])] = old[i];
	free(old);
}

static void
to_registers(struct ev_distinct *d)
{
	size_t i;

	d->reg = ev_calloc(REGISTERS, 1);
	for (i = 0; i <= d->mask; i++)
		if (d->hash[i] != 0)
			note(d, d->hash[i]);
	free(d->hash);
	d->hash = NULL;
}

static void
add(struct ev_distinct *d, uint64_t hash)
{
	size_t i;

	if (hash == 0)
		hash = 1;
	if (d->reg != NULL) {
		note(d, hash);
		return;
	}
	i = place(d, hash);
	if (d->hash[i] == hash)
		return;
	d->hash[i] = hash;
	if (++d->count >= EV_DISTINCT_EXACT)
		to_registers(d);
	else if (d->count * 2 > d->mask)
		grow(d);
}

void
ev_distinct_add(struct ev_distinct *d, char kind, struct ev_slice text)
{
	add(d,
	    ev_sip_open(text.p, text.n) +
		(uint64_t)(unsigned char)kind * UINT64_C(0x9e3779b97f4a7c15));
}

void
ev_distinct_merge(struct ev_distinct *d, const struct ev_distinct *more)
{
	size_t i;

	if (more->reg == NULL) {
		for (i = 0; i <= more->mask; i++)
			if (more->hash[i] != 0)
				add(d, more->hash[i]);
		return;
	}
	if (d->reg == NULL)
		to_registers(d);
	for (i = 0; i < REGISTERS; i++)
		if (more->reg[i] > d->reg[i])
			d->reg[i] = more->reg[i];
}

uint64_t
ev_distinct_count(const struct ev_distinct *d)
{
	const double m = REGISTERS;
	double sum = 0, estimate;
	unsigned i, empty = 0;

	if (d->reg == NULL)
		return d->count;
	for (i = 0; i < REGISTERS; i++) {
		sum += ldexp(1, -d->reg[i]);
		empty += d->reg[i] == 0;
	}
	estimate = 0.7213 / (1 + 1.079 / m) * m * m / sum;
	/* below, counting the empty registers is nearer */
	if (estimate <= 2.5 * m && empty > 0)
		estimate = m * log(m / empty);
	return (uint64_t)(estimate + 0.5);
}

/* "e" and 16 hex for each value, or "r" and a letter for each register. */
void
ev_distinct_save(const struct ev_distinct *d, struct ev_buf *out)
{
	size_t i;

	if (d->reg != NULL) {
		ev_buf_adds(out, "\"r");
		for (i = 0; i < REGISTERS; i++)
			ev_buf_addc(out, (char)('@' + d->reg[i]));
		/* a backslash would be an escape */
		for (i = out->n - REGISTERS; i < out->n; i++)
			if (out->p[i] == '\\')
				out->p[i] = '!';
	} else {
		ev_buf_adds(out, "\"e");
		for (i = 0; i <= d->mask; i++)
			if (d->hash[i] != 0)
				ev_buf_addf(out, "%016" PRIx64, d->hash[i]);
	}
	ev_buf_addc(out, '"');
}

static int
load_hashes(struct ev_distinct *d, const char *p, const char *end)
{
	static const char digits[] = "0123456789abcdef";
	const char *digit;
	uint64_t hash;
	int i;

	for (; p < end; p += 16) {
		for (hash = 0, i = 0; i < 16; i++) {
			digit = end - p < 16 ? NULL : memchr(digits, p[i], 16);
			if (digit == NULL)
				return -1;
			hash = hash << 4 | (uint64_t)(digit - digits);
		}
		add(d, hash);
	}
	return 0;
}

static int
load_registers(struct ev_distinct *d, const char *p, size_t n)
{
	uint8_t run;
	size_t i;

	if (n != REGISTERS)
		return -1;
	if (d->reg == NULL)
		to_registers(d);
	for (i = 0; i < n; i++) {
		run = (uint8_t)((p[i] == '!' ? '\\' : p[i]) - '@');
		if (run > 64 - BITS + 1)
			return -1;
		if (run > d->reg[i])
			d->reg[i] = run;
	}
	return 0;
}

int
ev_distinct_load(
    struct ev_distinct *d, const struct ev_val *text, struct ev_err *err)
{
	int r = -1;

	if (text->kind == EV_STRING && text->n > 0 && text->p[0] == 'e')
		r = load_hashes(d, text->p + 1, text->p + text->n);
	else if (text->kind == EV_STRING && text->n > 0 && text->p[0] == 'r')
		r = load_registers(d, text->p + 1, text->n - 1);
	return r == 0 ? 0 : ev_fail(err, "a count of values is none");
}
