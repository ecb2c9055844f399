#include "event/uuid.h"

#include <stdint.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"

#define UUID_BYTES 16
#define MS_BITS 48

/* The value of a hexadecimal digit, or -1. */
static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
ev_uuid_starts(struct ev_slice text)
{
	const char *p = text.p;
	size_t i;

	if (text.n < EV_UUID_CHARS)
		return false;
	for (i = 0; i < EV_UUID_CHARS; i++) {
		if (i == 8 || i == 13 || i == 18 || i == 23) {
			if (p[i] != '-')
				return false;
		} else if (hex_value(p[i]) == -1) {
			return false;
		}
	}
	return true;
}

bool
ev_uuid7_is(struct ev_slice text)
{
	return text.n == EV_UUID_CHARS && ev_uuid_starts(text) &&
	    text.p[14] == '7' && (hex_value(text.p[19]) & 0xc) == 0x8;
}

static void
uuid_read(const char *p, unsigned char out[UUID_BYTES])
{
	size_t i;

	for (i = 0; i < UUID_BYTES; i++) {
		p += *p == '-';
		out[i] =
		    (unsigned char)(hex_value(p[0]) * 16 + hex_value(p[1]));
		p += 2;
	}
}

static void
uuid_write(const unsigned char id[UUID_BYTES], char out[EV_UUID_SIZE])
{
	static const unsigned char group[] = { 4, 2, 2, 2, 6 };
	size_t i;

	for (i = 0; i < sizeof(group); i++) {
		ev_hex(id, group[i], out);
		id += group[i];
		out += 2 * group[i];
		*out++ = '-';
	}
	out[-1] = '\0';
}

static int64_t
uuid_ms(const unsigned char id[UUID_BYTES])
{
	int64_t ms = 0;
	size_t i;

	for (i = 0; i < MS_BITS / 8; i++)
		ms = ms << 8 | id[i];
	return ms;
}

/*
 * One more: the 74 free bits count, and carry into the milliseconds; version
 * and variant, set again afterwards, are stepped over.
 */
static void
uuid_add_one(unsigned char id[UUID_BYTES])
{
	size_t i;

	id[6] |= 0xf0;
	id[8] |= 0xc0;
	for (i = UUID_BYTES; i-- > 0;)
		if (++id[i] != 0)
			break;
}

/* One to 2^48 more, by chance. */
static void
uuid_add_some(unsigned char id[UUID_BYTES])
{
	unsigned char some[6], *low = id + UUID_BYTES - sizeof(some);
	unsigned sum = 0x100; /* one is carried in */
	size_t i;

	ev_random(some, sizeof(some));
	for (i = sizeof(some); i-- > 0;) {
		sum = (sum >> 8) + low[i] + some[i];
		some[i] = (unsigned char)sum;
	}
	if (sum >> 8 != 0) {
		memset(low, 0xff, sizeof(some));
		uuid_add_one(id);
	}
	memcpy(low, some, sizeof(some));
}

static void
uuid_draw(int64_t ms, unsigned char id[UUID_BYTES])
{
	size_t i;

	ev_random(id, UUID_BYTES);
	for (i = 0; i < MS_BITS / 8; i++)
		id[i] = (unsigned char)(ms >> (MS_BITS - 8 - 8 * i));
}

static void
uuid_seal(unsigned char id[UUID_BYTES], char out[EV_UUID_SIZE])
{
	id[6] = (id[6] & 0x0f) | 0x70;
	id[8] = (id[8] & 0x3f) | 0x80;
	uuid_write(id, out);
}

void
ev_uuid7(struct timespec now, const char *last, char out[EV_UUID_SIZE])
{
	const int64_t most = (INT64_C(1) << MS_BITS) - 1;
	unsigned char id[UUID_BYTES];
	int64_t ms = ev_time_ms(now), before = -1;

	ms = ms < 0 ? 0 : ms > most ? most : ms;
	if (last != NULL && ev_uuid7_is(ev_slice_of(last))) {
		uuid_read(last, id);
		before = uuid_ms(id);
	}
	if (ms > before)
		uuid_draw(ms, id);
	else
		uuid_add_one(id);
	uuid_seal(id, out);
}

void
ev_uuid7_skip(char last[EV_UUID_SIZE])
{
	unsigned char id[UUID_BYTES];

	if (!ev_uuid7_is(ev_slice_of(last)))
		return;
	uuid_read(last, id);
	uuid_add_some(id);
	uuid_seal(id, last);
}

void
ev_uuid7_early(struct timespec now, const char *last, char out[EV_UUID_SIZE])
{
	/* the first of the random digits, behind the version */
	static const size_t at = 15, n = 3;
	char early[EV_UUID_SIZE], from[EV_UUID_SIZE] = "";

	if (last != NULL && strlen(last) == EV_UUID_CHARS)
		memcpy(from, last, EV_UUID_SIZE);
	ev_uuid7_skip(from);
	ev_uuid7(now, from, out);
	memcpy(early, out, EV_UUID_SIZE);
	memset(early + at, '0', n);
	if (last == NULL || strcmp(early, last) > 0)
		memcpy(out, early, EV_UUID_SIZE);
}
