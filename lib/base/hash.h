/*
 * hash: the one door to digests and checksums.
 */
#ifndef EV_BASE_HASH_H
#define EV_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EV_SHA256_SIZE 32
#define EV_SHA256_HEX 65	/* with its NUL */

/* SHA-256 (FIPS 180-4) of several pieces, one after the other. */
struct ev_sha256;
struct ev_sha256 *ev_sha256_new(void);
void	ev_sha256_add(struct ev_sha256 *sha, const void *p, size_t n);
/* The digest so far; the object starts anew. */
void	ev_sha256_end(struct ev_sha256 *sha, unsigned char out[EV_SHA256_SIZE]);
void	ev_sha256_free(struct ev_sha256 *sha);

/* SHA-256 of one piece as lower-case hex. */
void	ev_sha256_hex(const void *p, size_t n, char out[EV_SHA256_HEX]);
/* 2n lower-case hex digits and a NUL. */
void	ev_hex(const unsigned char *p, size_t n, char *out);
/* The n bytes that 2n lower-case digits stand for; false: they are none. */
bool	ev_unhex(const char *digits, size_t n, unsigned char *out);

/*
 * SipHash-1-3 (Aumasson, Bernstein 2012) with a key drawn once per process:
 * for tables keyed by text of a log.  Never written anywhere.
 */
uint64_t ev_sip(const void *p, size_t n);
/* The same with a key of zeros, for hashes that are written: no place in a
 * table may depend on it alone. */
uint64_t ev_sip_open(const void *p, size_t n);

/*
 * CRC-32C (RFC 3720, Castagnoli, reflected), of crc's bytes and then these;
 * start with 0.
 */
uint32_t ev_crc32c(uint32_t crc, const void *p, size_t n);

/* n random bytes from the kernel. */
void	ev_random(void *out, size_t n);

#endif
