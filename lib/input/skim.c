#include "input/skim.h"

#include <stdbool.h>
#include <string.h>

#include "json/scan.h"

#define PROBE_MOST (EV_SCAN_PAD / 2) /* so far into the text a probe may lie */

/* How common a byte is in logs: its place from behind here, else 0. */
static size_t
commonness(char c)
{
	static const char order[] = "\"eta:sonir,_0d1c2lp-mu3.45678gh9Tbv{}y";
	const char *found = memchr(order, c, sizeof(order) - 1);

	return found == NULL ? 0 : sizeof(order) - 1 - (size_t)(found - order);
}

void
ev_skim_init(struct ev_skim *skim, const char *text)
{
	size_t i, most;

	*skim = (struct ev_skim){ .text = text, .n = strlen(text) };
	most = skim->n < PROBE_MOST ? skim->n : PROBE_MOST;
	for (i = 1; i < most; i++)
		if (commonness(text[i]) < commonness(text[skim->one]))
			skim->one = i;
	skim->two = skim->one == 0 && most > 1 ? 1 : 0;
	for (i = 0; i < most; i++)
		if (i != skim->one &&
		    commonness(text[i]) < commonness(text[skim->two]))
			skim->two = i;
}

static bool
is_hit(const struct ev_skim *skim, const char *p, const char *end)
{
	size_t left = (size_t)(end - p);

	return (left >= 2 && p[0] == '\\' && p[1] == 'u') ||
	    (left >= skim->n && memcmp(p, skim->text, skim->n) == 0);
}

#ifdef __SSE2__

#include <emmintrin.h>

#define STEP 16
#define ROUND (4 * STEP)

static inline __m128i
load(const char *p)
{
	__m128i v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline unsigned
mask_of(__m128i v)
{
	return (unsigned)_mm_movemask_epi8(v);
}

/* The bytes to compare with, in every lane. */
struct lanes {
	__m128i one, two, slash, u, lf;
};

static inline __m128i
candidates(const struct ev_skim *skim, const struct lanes *want, const char *p)
{
	return _mm_or_si128(
	    _mm_and_si128(_mm_cmpeq_epi8(load(p + skim->one), want->one),
		_mm_cmpeq_epi8(load(p + skim->two), want->two)),
	    _mm_and_si128(_mm_cmpeq_epi8(load(p), want->slash),
		_mm_cmpeq_epi8(load(p + 1), want->u)));
}

/* -1 in every lane that is an LF. */
static inline __m128i
is_lf(const struct lanes *want, const char *p)
{
	return _mm_cmpeq_epi8(load(p), want->lf);
}

/* The sum of 16 counts of 0 to 255. */
static inline uint64_t
sum(__m128i counts)
{
	__m128i both = _mm_sad_epu8(counts, _mm_setzero_si128());

	return (uint64_t)(uint32_t)_mm_cvtsi128_si32(both) +
	    (uint64_t)(uint32_t)_mm_cvtsi128_si32(_mm_srli_si128(both, 8));
}

/* Steps over whole rounds without a candidate, counting LFs. */
static const char *
glide(const struct ev_skim *skim, const struct lanes *want, const char *p,
    const char *end, uint64_t *lines)
{
	__m128i counts = _mm_setzero_si128(), here, behind;
	unsigned rounds = 0;

	for (; end - p >= ROUND; p += ROUND) {
		here = _mm_or_si128(candidates(skim, want, p),
		    candidates(skim, want, p + STEP));
		behind = _mm_or_si128(candidates(skim, want, p + 2 * STEP),
		    candidates(skim, want, p + 3 * STEP));
		if (mask_of(_mm_or_si128(here, behind)) != 0)
			break;
		here = _mm_add_epi8(is_lf(want, p), is_lf(want, p + STEP));
		behind = _mm_add_epi8(
		    is_lf(want, p + 2 * STEP), is_lf(want, p + 3 * STEP));
		counts = _mm_sub_epi8(counts, _mm_add_epi8(here, behind));
		if (++rounds == 255 / (ROUND / STEP)) {
			*lines += sum(counts);
			counts = _mm_setzero_si128();
			rounds = 0;
		}
	}
	*lines += sum(counts);
	return p;
}

/* The first hit in the step at p, of which `valid` has a bit per byte. */
static const char *
step(const struct ev_skim *skim, const struct lanes *want, const char *p,
    const char *end, uint64_t *lines)
{
	unsigned valid = end - p >= STEP ? 0xffffu : (1u << (end - p)) - 1;
	unsigned lf = mask_of(is_lf(want, p)) & valid;
	unsigned found = mask_of(candidates(skim, want, p)) & valid;
	unsigned bit;

	for (; found != 0; found &= found - 1) {
		bit = found & -found;
		if (!is_hit(skim, p + __builtin_ctz(found), end))
			continue;
		*lines += (unsigned)__builtin_popcount(lf & (bit - 1));
		return p + __builtin_ctz(found);
	}
	*lines += (unsigned)__builtin_popcount(lf);
	return NULL;
}

const char *
ev_skim_next(
    const struct ev_skim *skim, const char *p, const char *end, uint64_t *lines)
{
	const struct lanes want = {
		_mm_set1_epi8(skim->text[skim->one]),
		_mm_set1_epi8(skim->text[skim->two]),
		_mm_set1_epi8('\\'),
		_mm_set1_epi8('u'),
		_mm_set1_epi8('\n'),
	};
	const char *hit, *round;

	while (p < end) {
		p = glide(skim, &want, p, end, lines);
		round = p + ROUND;
		for (; p < round && p < end; p += STEP) {
			hit = step(skim, &want, p, end, lines);
			if (hit != NULL)
				return hit;
		}
	}
	return NULL;
}

uint64_t
ev_skim_lines(const char *p, size_t n)
{
	const char *end = p + n;
	const __m128i lf = _mm_set1_epi8('\n');
	uint64_t lines = 0;
	unsigned valid;
	__m128i counts;
	int i;

	while (end - p >= STEP) {
		counts = _mm_setzero_si128();
		for (i = 0; i < 255 && end - p >= STEP; i++, p += STEP)
			counts =
			    _mm_sub_epi8(counts, _mm_cmpeq_epi8(load(p), lf));
		lines += sum(counts);
	}
	valid = (1u << (end - p)) - 1;
	return lines +
	    (unsigned)__builtin_popcount(
		mask_of(_mm_cmpeq_epi8(load(p), lf)) & valid);
}

#else

uint64_t
ev_skim_lines(const char *p, size_t n)
{
	const char *end = p + n;
	uint64_t lines = 0;

	for (; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		lines++;
	return lines;
}

/* Line by line, so that a frequent text costs no more than a rare one. */
const char *
ev_skim_next(
    const struct ev_skim *skim, const char *p, const char *end, uint64_t *lines)
{
	const char *lf;

	for (; p < end; p = lf + 1, ++*lines) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL)
			lf = end;
		for (; p < lf; p++)
			if ((*p == '\\' || *p == *skim->text) &&
			    is_hit(skim, p, lf))
				return p;
		if (lf == end)
			break;
	}
	return NULL;
}

#endif
