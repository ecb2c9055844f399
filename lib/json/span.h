/*
 * span: the strings of sound JSON, skipped and read quickly.
 *
 * These trust what the scanner accepted; nothing behind `end` is read.
 */
#ifndef EV_JSON_SPAN_H
#define EV_JSON_SPAN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && !defined(EV_SCAN_PORTABLE)
#include <emmintrin.h>
#endif

/* The first quote or backslash in [p, end), or end. */
static inline const char *
ev_span_plain(const char *p, const char *end)
{
#if defined(__SSE2__) && !defined(EV_SCAN_PORTABLE)
	const __m128i quote = _mm_set1_epi8('"');
	const __m128i back = _mm_set1_epi8('\\');
	__m128i v;
	int mask;

	for (; end - p >= 16; p += 16) {
		v = _mm_loadu_si128((const __m128i *)(const void *)p);
		mask = _mm_movemask_epi8(_mm_or_si128(
		    _mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, back)));
		if (mask != 0)
			return p + __builtin_ctz((unsigned)mask);
	}
#else
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t v, quote, back;

	for (; end - p >= 8; p += 8) {
		memcpy(&v, p, 8);
		quote = v ^ ones * '"';
		back = v ^ ones * '\\';
		if ((((quote - ones) & ~quote) | ((back - ones) & ~back)) &
		    ones << 7)
			break;
	}
#endif
	while (p < end && *p != '"' && *p != '\\')
		p++;
	return p;
}

/*
 * The closing quote of the string whose first byte, behind its quote, is p; or
 * end when there is none.  *escaped becomes true when a backslash stands in it.
 */
static inline const char *
ev_span_string(const char *p, const char *end, bool *escaped)
{
	*escaped = false;
	for (;;) {
		p = ev_span_plain(p, end);
		if (p == end || *p == '"')
			return p;
		*escaped = true;
		p = end - p > 2 ? p + 2 : end;
	}
}

#endif
