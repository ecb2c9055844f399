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

static inline void
sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[1] = rotl(v[1], 13) ^ v[0];
	v[0] = rotl(v[0], 32);
	v[2] += v[3];
	v[3] = rotl(v[3], 16) ^ v[2];
	v[0] += v[3];
	v[3] = rotl(v[3], 21) ^ v[0];
	v[2] += v[1];
	v[1] = rotl(v[1], 17) ^ v[2];
	v[2] = rotl(v[2], 32);
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
	uint64_t v[4] = { key[0] ^ 0x736f6d6570736575ull,
		key[1] ^ 0x646f72616e646f6dull, key[0] ^ 0x6c7967656e657261ull,
		key[1] ^ 0x7465646279746573ull };
	uint64_t m, last = (uint64_t)n << 56;
	size_t i;

	for (; n >= 8; n -= 8, p += 8) {
		m = load64(p);
		v[3] ^= m;
		sip_round(v);
		v[0] ^= m;
	}
	for (i = 0; i < n; i++)
		last |= (uint64_t)p[i] << (8 * i);
	v[3] ^= last;
	sip_round(v);
	v[0] ^= last;
	v[2] ^= 0xff;
	for (i = 0; i < 3; i++)
		sip_round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
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
