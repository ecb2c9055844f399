#include "event/ident.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"

#define DERIVED_HEX 16
#define IMPORT_HEX 32
#define GIT_HEX 32
#define GUARD_HEX 8

/* An id read as a row of tokens: bytes, and runs of digits that count. */
struct cursor {
	const char *start, *p, *end;
	const char *plain; /* up to here every byte is itself: a UUID */
};

struct token {
	struct ev_slice digits; /* without leading zeros, when number */
	bool number;
	unsigned char byte;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alnum(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool
ends_at(const struct cursor *c, const char *p)
{
	return p == c->end || !is_alnum(*p);
}

static struct token
next(struct cursor *c)
{
	struct token t = { { NULL, 0 }, false, 0 };
	const char *p = c->p;
	bool first = p == c->start || !is_alnum(p[-1]);

	if (first && p >= c->plain &&
	    ev_uuid_starts((struct ev_slice){ p, (size_t)(c->end - p) }) &&
	    ends_at(c, p + EV_UUID_CHARS))
		c->plain = p + EV_UUID_CHARS;
	if (first && p >= c->plain && is_digit(*p)) {
		while (p < c->end && is_digit(*p))
			p++;
		t.number = ends_at(c, p);
	}
	if (!t.number) {
		t.byte = (unsigned char)*c->p++;
		return t;
	}
	while (c->p < p - 1 && *c->p == '0')
		c->p++;
	t.digits = (struct ev_slice){ c->p, (size_t)(p - c->p) };
	c->p = p;
	return t;
}

/*
 * Numbers by value, bytes as bytes.  A number stands before every byte of '0'
 * and over: with "as its first digit" instead, 9 < 10 < 5a < 9.
 */
static int
token_cmp(const struct token *a, const struct token *b)
{
	if (a->number && b->number) {
		if (a->digits.n != b->digits.n)
			return a->digits.n < b->digits.n ? -1 : 1;
		return ev_slice_cmp(a->digits, b->digits);
	}
	if (a->number)
		return b->byte >= '0' ? -1 : 1;
	if (b->number)
		return a->byte >= '0' ? 1 : -1;
	return (a->byte > b->byte) - (a->byte < b->byte);
}

/*
 * Where the letters and digits begin in which two texts differ first: the
 * tokens in front of them are the same, when no UUID can be among them.
 * *bytes: a letter among these stands before the difference, at *at, which is
 * in no number then.
 */
static size_t
same_front(struct ev_slice a, struct ev_slice b, size_t *at, bool *bytes)
{
	size_t n = a.n < b.n ? a.n : b.n, i = 0, front;

	*bytes = false;
	if (a.n >= EV_UUID_CHARS || b.n >= EV_UUID_CHARS)
		return 0;
	while (i < n && a.p[i] == b.p[i])
		i++;
	*at = i;
	for (front = i; front > 0 && is_alnum(a.p[front - 1]); front--)
		*bytes |= !is_digit(a.p[front - 1]);
	return front;
}

/* Of texts that are the same in front of a place. */
static int
byte_cmp(struct ev_slice a, struct ev_slice b, size_t at)
{
	if (at == a.n || at == b.n)
		return (a.n > b.n) - (a.n < b.n);
	return (unsigned char)a.p[at] < (unsigned char)b.p[at] ? -1 : 1;
}

int
ev_ident_cmp(struct ev_slice a, struct ev_slice b)
{
	bool bytes;
	size_t same, at = 0;
	struct cursor x, y;
	struct token s, t;
	int diff;

	same = same_front(a, b, &at, &bytes);
	if (bytes)
		return byte_cmp(a, b, at);
	x = (struct cursor){ a.p, a.p + same, a.p + a.n, a.p };
	y = (struct cursor){ b.p, b.p + same, b.p + b.n, b.p };
	if (ev_slice_eq(a, b))
		return 0;
	while (x.p < x.end && y.p < y.end) {
		s = next(&x);
		t = next(&y);
		diff = token_cmp(&s, &t);
		if (diff != 0)
			return diff;
	}
	if (x.p < x.end || y.p < y.end)
		return x.p < x.end ? 1 : -1;
	return ev_slice_cmp(a, b);
}

void
ev_ident_derived(struct ev_slice line, char out[EV_IDENT_SIZE])
{
	char hex[EV_SHA256_HEX];

	ev_sha256_hex(line.p, line.n, hex);
	snprintf(out, EV_IDENT_SIZE, "~%.*s", DERIVED_HEX, hex);
}

void
ev_ident_import(const char *prefix, struct ev_slice line, uint64_t ordinal,
    char out[EV_IDENT_SIZE])
{
	struct ev_sha256 *sha = ev_sha256_new();
	unsigned char digest[EV_SHA256_SIZE];
	char hex[EV_SHA256_HEX], number[24];
	int n;

	n = snprintf(number, sizeof(number), "%" PRIu64, ordinal);
	ev_sha256_add(sha, line.p, line.n);
	ev_sha256_add(sha, "", 1);
	ev_sha256_add(sha, number, (size_t)n);
	ev_sha256_end(sha, digest);
	ev_sha256_free(sha);
	ev_hex(digest, sizeof(digest), hex);
	snprintf(out, EV_IDENT_SIZE, "%s%.*s", prefix, IMPORT_HEX, hex);
}

void
ev_ident_git(const char *kind, const char *hash, const char *other,
    char out[EV_IDENT_SIZE])
{
	struct ev_sha256 *sha = ev_sha256_new();
	unsigned char digest[EV_SHA256_SIZE];
	char hex[EV_SHA256_HEX];

	ev_sha256_add(sha, kind, strlen(kind) + 1);
	ev_sha256_add(sha, hash, strlen(hash));
	if (other != NULL) {
		ev_sha256_add(sha, "", 1);
		ev_sha256_add(sha, other, strlen(other));
	}
	ev_sha256_end(sha, digest);
	ev_sha256_free(sha);
	ev_hex(digest, sizeof(digest), hex);
	snprintf(out, EV_IDENT_SIZE, "evt-%.*s", GIT_HEX, hex);
}

void
ev_ident_agentguard(struct timespec now, const char *fingerprint, unsigned n,
    char out[EV_IDENT_SIZE])
{
	char again[16] = "";

	if (strncmp(fingerprint, "fp_", 3) == 0)
		fingerprint += 3;
	if (n > 1)
		snprintf(again, sizeof(again), "_%u", n);
	snprintf(out, EV_IDENT_SIZE, "evt_%" PRId64 "_%.*s%s", ev_time_ms(now),
	    GUARD_HEX, fingerprint, again);
}

void
ev_ident_stamp(const char *prefix, struct timespec now, unsigned n,
    char out[EV_IDENT_SIZE])
{
	snprintf(out, EV_IDENT_SIZE, "%s%" PRId64, prefix,
	    ev_time_ms(now) + (int64_t)n - 1);
}
