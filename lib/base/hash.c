#include "base/hash.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/mem.h"

struct ev_sha256 {
	struct sha256_ctx ctx;
};

struct ev_sha256 *
ev_sha256_new(void)
{
	struct ev_sha256 *sha = ev_malloc(sizeof(*sha));

	sha256_init(&sha->ctx);
	return sha;
}

void
ev_sha256_add(struct ev_sha256 *sha, const void *p, size_t n)
{
	sha256_update(&sha->ctx, n, p);
}

void
ev_sha256_end(struct ev_sha256 *sha, unsigned char out[EV_SHA256_SIZE])
{
	sha256_digest(&sha->ctx, EV_SHA256_SIZE, out);
}

void
ev_sha256_free(struct ev_sha256 *sha)
{
	free(sha);
}

void
ev_hex(const unsigned char *p, size_t n, char *out)
{
	static const char digit[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < n; i++) {
		*out++ = digit[p[i] >> 4];
		*out++ = digit[p[i] & 15];
	}
	*out = '\0';
}

void
ev_sha256_hex(const void *p, size_t n, char out[EV_SHA256_HEX])
{
	unsigned char raw[EV_SHA256_SIZE];
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	sha256_update(&ctx, n, p);
	sha256_digest(&ctx, sizeof(raw), raw);
	ev_hex(raw, sizeof(raw), out);
}

void
ev_random(void *out, size_t n)
{
	unsigned char *p = out;
	ssize_t got;

	while (n > 0) {
		got = getrandom(p, n, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			abort();
		p += got;
		n -= (size_t)got;
	}
}

static inline uint64_t
rotl(uint64_t x, int b)
{
	return x << b | x >> (64 - b);
}

static inline uint64_t
load64(const unsigned char *p)
{
	uint64_t x;

	memcpy(&x, p, 8);
	return x;
}

/* The state of SipHash; four values, so that they stay in registers. */
struct sip {
	uint64_t a, b, c, d;
};

static inline struct sip
sip_round(struct sip v)
{
	v.a += v.b;
	v.b = rotl(v.b, 13) ^ v.a;
	v.a = rotl(v.a, 32);
	v.c += v.d;
	v.d = rotl(v.d, 16) ^ v.c;
	v.a += v.d;
	v.d = rotl(v.d, 21) ^ v.a;
	v.c += v.b;
	v.b = rotl(v.b, 17) ^ v.c;
	v.c = rotl(v.c, 32);
	return v;
}

static inline struct sip
sip_word(struct sip v, uint64_t word)
{
	v.d ^= word;
	v = sip_round(v);
	v.a ^= word;
	return v;
}

static uint64_t sip_secret[2];

static void
sip_draw(void)
{
	ev_random(sip_secret, sizeof(sip_secret));
}

static const uint64_t *
sip_key(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, sip_draw);
	return sip_secret;
}

uint64_t
ev_sip(const void *from, size_t n)
{
	const uint64_t *key = sip_key();
	const unsigned char *p = from;
	struct sip v = { key[0] ^ UINT64_C(0x736f6d6570736575),
		key[1] ^ UINT64_C(0x646f72616e646f6d),
		key[0] ^ UINT64_C(0x6c7967656e657261),
		key[1] ^ UINT64_C(0x7465646279746573) };
	uint64_t last = (uint64_t)n << 56;
	size_t i;

	for (; n >= 8; n -= 8, p += 8)
		v = sip_word(v, load64(p));
	for (i = 0; i < n; i++)
		last |= (uint64_t)p[i] << (8 * i);
	v = sip_word(v, last);
	v.c ^= 0xff;
	v = sip_round(sip_round(sip_round(v)));
	return v.a ^ v.b ^ v.c ^ v.d;
}

uint32_t
ev_crc32c(uint32_t crc, const void *from, size_t n)
{
	static const uint32_t nibble[16] = { 0x00000000, 0x105ec76f, 0x20bd8ede,
		0x30e349b1, 0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
		0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9, 0xc38d26c4,
		0xd3d3e1ab, 0xe330a81a, 0xf36e6f75 };
	const unsigned char *p = from;

	crc = ~crc;
	while (n-- > 0) {
		crc ^= *p++;
		crc = crc >> 4 ^ nibble[crc & 15];
		crc = crc >> 4 ^ nibble[crc & 15];
	}
	return ~crc;
}
