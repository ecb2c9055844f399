#include "emit/sift.h"

#include <stddef.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <tmmintrin.h>
#define SIFT_WIDE
#endif

#define ASK_AFTER 4096 /* bytes */

/*
 * Three bytes of each prefix, of a kind that is rare in logs.  A set takes any
 * byte of each of its rows' three texts, so rows share one only where what
 * else that takes is rare, too.
 */
static const struct {
	unsigned set;
	const char *at[EV_SIFT_BYTES];
} rows[] = {
	{ 0, { "s", "k", "-" } },     /* sk- */
	{ 0, { "A", "I", "z" } },     /* AIza */
	{ 1, { "KS", "I", "A" } },    /* AKIA, ASIA */
	{ 2, { "e", "y", "J" } },     /* eyJ: {" in base64 */
	{ 2, { "x", "o", "x" } },     /* xox?- */
	{ 3, { "B", "e", "a" } },     /* Bearer */
	{ 3, { "-", "B", "E" } },     /* -----BEGIN */
	{ 4, { ":", "/\\", "/" } },   /* ://, and :\/ in JSON */
	{ 5, { "h", "pousr", "_" } }, /* ghp_, gho_, … */
	{ 6, { "g", "l", "p" } },     /* glpat- */
	{ 7, { "b", "_", "p" } },     /* github_pat_ */
	{ 7, { "\\", "u", "0" } },    /* what JSON may spell in escapes */
};

void
ev_sift_init(struct ev_sift *sift, bool wide)
{
	const char *c;
	uint8_t bit, byte;
	size_t i, k;

	*sift = (struct ev_sift){ .ask_after = wide ? ASK_AFTER : 0 };
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (k = 0; k < EV_SIFT_BYTES; k++)
			for (c = rows[i].at[k]; *c != '\0'; c++) {
				bit = (uint8_t)(1u << rows[i].set);
				byte = (uint8_t)*c;
				sift->set[k][byte] |= bit;
				sift->low[k][byte & 15] |= bit;
				sift->high[k][byte >> 4] |= bit;
			}
}

static inline bool
taken(const struct ev_sift *sift, const char *p)
{
	const unsigned char *c = (const unsigned char *)p;

	return (sift->set[0][c[0]] & sift->set[1][c[1]] & sift->set[2][c[2]]) !=
	    0;
}

static const char *
next_byte(const struct ev_sift *sift, const char *p, const char *end)
{
	for (; end - p >= EV_SIFT_BYTES; p++)
		if (taken(sift, p))
			return p;
	return end;
}

#ifdef SIFT_WIDE
/*
 * On a virtual machine the answer takes a twentieth of a short command's time,
 * and __builtin_cpu_supports asks at the start of every command.
 */
static bool
has_shuffle(void)
{
	unsigned a, b, c, d;

	return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSSE3) != 0;
}

#define STEP 16 /* places that are looked at together */

/* The sets that take the bytes from p on at place k, for 16 places. */
__attribute__((target("ssse3"), always_inline)) static inline __m128i
sets(const struct ev_sift *sift, size_t k, const char *p)
{
	const __m128i half = _mm_set1_epi8(15);
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + k));
	__m128i low, high;

	low = _mm_loadu_si128((const __m128i *)(const void *)sift->low[k]);
	high = _mm_loadu_si128((const __m128i *)(const void *)sift->high[k]);
	low = _mm_shuffle_epi8(low, _mm_and_si128(v, half));
	v = _mm_and_si128(_mm_srli_epi16(v, 4), half);
	return _mm_and_si128(low, _mm_shuffle_epi8(high, v));
}

/* For 16 places from p on, a bit each: may it be one? */
__attribute__((target("ssse3"), always_inline)) static inline unsigned
look(const struct ev_sift *sift, const char *p)
{
	__m128i v =
	    _mm_and_si128(_mm_and_si128(sets(sift, 0, p), sets(sift, 1, p)),
		sets(sift, 2, p));

	v = _mm_cmpeq_epi8(v, _mm_setzero_si128());
	return (unsigned)_mm_movemask_epi8(v) ^ 0xffffu;
}

/* The first place of 16 from p on, or NULL. */
__attribute__((target("ssse3"), always_inline)) static inline const char *
first(const struct ev_sift *sift, const char *p)
{
	unsigned mask;

	for (mask = look(sift, p); mask != 0; mask &= mask - 1)
		if (taken(sift, p + __builtin_ctz(mask)))
			return p + __builtin_ctz(mask);
	return NULL;
}

__attribute__((target("ssse3"))) static const char *
next_wide(const struct ev_sift *sift, const char *p, const char *end)
{
	char rest[STEP + EV_SIFT_BYTES - 1] = { 0 }; /* NUL is in no set */
	const char *at;

	for (; end - p >= (ptrdiff_t)sizeof(rest); p += STEP)
		if ((at = first(sift, p)) != NULL)
			return at;
	if (end - p < EV_SIFT_BYTES)
		return end;
	memcpy(rest, p, (size_t)(end - p));
	at = first(sift, rest);
	return at != NULL ? p + (at - rest) : end;
}
#endif

const char *
ev_sift_next(struct ev_sift *sift, const char *p, const char *end)
{
#ifdef SIFT_WIDE
	size_t n = (size_t)(end - p);

	if (sift->ask_after > n)
		sift->ask_after -= n;
	else if (sift->ask_after > 0) {
		sift->ask_after = 0;
		sift->wide = has_shuffle();
	}
	if (sift->wide)
		return next_wide(sift, p, end);
#endif
	return next_byte(sift, p, end);
}
