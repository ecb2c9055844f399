/*
 * token: the words of JSON; the scanner's inner loops.
 *
 * Every step takes the place where a token begins and gives the place behind
 * it, or NULL with `bad` and `at` set.  The sentinel (json/scan.h) stops each
 * of them: it is no white space, no digit, and below 0x20.
 *
 * Strings are searched 16 bytes at a time with SSE2, 8 at a time elsewhere;
 * -DEV_SCAN_PORTABLE forces the second, -DEV_SCAN_BYTES one byte at a time.
 */
#ifndef EV_JSON_TOKEN_H
#define EV_JSON_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if !defined(EV_SCAN_BYTES) && !defined(EV_SCAN_PORTABLE) && defined(__SSE2__)
#include <emmintrin.h>
#define SCAN_SSE2
#elif __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ && !defined(EV_SCAN_BYTES)
#define EV_SCAN_BYTES
#endif

enum ev_scan {
	EV_SCAN_OK,
	EV_SCAN_BLANK,		/* nothing but white space */
	EV_SCAN_NOT_OBJECT,	/* other sound JSON */
	EV_SCAN_SYNTAX,		/* not JSON */
	EV_SCAN_TORN,		/* ends too early */
	EV_SCAN_NUL,		/* a raw NUL */
	EV_SCAN_UTF8,		/* not UTF-8 */
	EV_SCAN_DEEP,		/* over EV_SCAN_DEPTH */
	EV_SCAN_LONG,		/* over the line limit: given by readers */
	EV_SCAN_KINDS
};

struct ev_token {
	const char	*end;	/* where the sentinel stands */
	const char	*at;	/* of what is wrong */
	enum ev_scan	 bad;
};

/* Notes what is wrong at p (why, or torn, or NUL as the byte tells); NULL. */
const char *ev_token_fail(struct ev_token *t, const char *p,
	    enum ev_scan why);
/* The same for a byte that begins no token here: EV_SCAN_SYNTAX or _UTF8. */
const char *ev_token_wrong(struct ev_token *t, const char *p);

/* The rest of a string from a byte that needs a look; gives its end quote. */
const char *ev_token_string_rest(struct ev_token *t, const char *p,
	    uint8_t *escaped);

/*
 * The character that a sound escape at *p means, *p moved behind it; of a
 * surrogate pair both; a lone surrogate as it is.
 */
uint32_t ev_token_unescape(const char **p);

static inline const char *
ev_token_blanks(const char *p)
{
	/* most logs are written without any */
	if (__builtin_expect((unsigned char)*p > ' ', 1))
		return p;
	while (*p == ' ' || *p == '\t' || *p == '\r')
		p++;
	return p;
}

/* The first quote, backslash, control character or non-ASCII byte from p. */
static inline const char *
ev_token_stop(const char *p)
{
#if defined(SCAN_SSE2)
	const __m128i quote = _mm_set1_epi8('"');
	const __m128i back = _mm_set1_epi8('\\');
	const __m128i blank = _mm_set1_epi8(0x20);
	__m128i v;
	int mask;

	for (;; p += 16) {
		v = _mm_loadu_si128((const __m128i *)(const void *)p);
		/* signed: bytes of 0x80 and over are below 0x20 too */
		mask = _mm_movemask_epi8(_mm_or_si128(
		    _mm_or_si128(_mm_cmpeq_epi8(v, quote),
		    _mm_cmpeq_epi8(v, back)), _mm_cmplt_epi8(v, blank)));
		if (mask != 0)
			return p + __builtin_ctz((unsigned)mask);
	}
#elif defined(EV_SCAN_BYTES)
	while ((unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80 &&
	    *p != '"' && *p != '\\')
		p++;
	return p;
#else
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t high = ones << 7;
	uint64_t v, quote, back, mask;

	for (;; p += 8) {
		memcpy(&v, p, sizeof(v));
		quote = v ^ ones * '"';
		back = v ^ ones * '\\';
		mask = ((quote - ones) & ~quote) | ((back - ones) & ~back) |
		    ((v - ones * 0x20) & ~v) | v;
		mask &= high;
		if (mask != 0)
			return p + __builtin_ctzll(mask) / 8;
	}
#endif
}

/* p: behind the opening quote; gives the closing one. */
static inline const char *
ev_token_string(struct ev_token *t, const char *p, uint8_t *escaped)
{
	p = ev_token_stop(p);
	return *p == '"' ? p : ev_token_string_rest(t, p, escaped);
}

static inline bool
ev_token_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline const char *
ev_token_number(struct ev_token *t, const char *p)
{
	if (*p == '-')
		p++;
	if (*p == '0')
		p++;
	else if (!ev_token_digit(*p))
		return ev_token_wrong(t, p);
	else
		while (ev_token_digit(*p))
			p++;
	if (*p == '.') {
		if (!ev_token_digit(*++p))
			return ev_token_wrong(t, p);
		while (ev_token_digit(*p))
			p++;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		if (*p == '+' || *p == '-')
			p++;
		if (!ev_token_digit(*p))
			return ev_token_wrong(t, p);
		while (ev_token_digit(*p))
			p++;
	}
	return p;
}

static inline const char *
ev_token_word(struct ev_token *t, const char *p, const char *word, size_t n)
{
	size_t i;

	if (memcmp(p, word, n) == 0)
		return p + n;
	for (i = 0; p[i] == word[i]; i++)
		continue;
	return ev_token_wrong(t, p + i);
}

#endif
