#include "input/unpack.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/file.h"
#include "base/mem.h"

#define CHUNK 65536

/* clang-format off */
#define GZIP_CALLS(X) X(inflate) X(inflateEnd) X(inflateInit2_) X(inflateReset)
#define ZSTD_CALLS(X) \
	X(ZSTD_CCtx_setParameter) X(ZSTD_compressStream2) \
	X(ZSTD_createCStream) X(ZSTD_createDStream) X(ZSTD_decompressStream) \
	X(ZSTD_freeCStream) X(ZSTD_freeDStream) X(ZSTD_getErrorName) \
	X(ZSTD_isError)
/* clang-format on */

/* NOLINTNEXTLINE(bugprone-macro-parentheses): it declares a member */
#define FIELD(name) __typeof__(name) *name##_;
#define ROW(name) { #name, offsetof(struct api, name##_) },

/* Loaded when something packed is read or made: to load them takes as long as
 * to write an event, which every command would pay at its start. */
static struct api {
	GZIP_CALLS(FIELD)
	ZSTD_CALLS(FIELD)
} api;

struct call {
	const char *name;
	size_t at; /* in api */
};

struct ev_unpack {
	int fd;
	const char *name;
	enum ev_packed format;
	z_stream gzip;
	ZSTD_DStream *zstd;
	bool within; /* a member or frame is not over yet */
	bool eof;
	const char *broken; /* what is wrong with the packed data */
	size_t at, n;	    /* what is left of in */
	unsigned char in[CHUNK];
};

enum ev_packed
ev_unpack_format(const void *head, size_t n)
{
	static const struct {
		unsigned char mask, magic[EV_UNPACK_HEAD];
		size_t n;
		enum ev_packed format;
	} formats[] = {
		{ 0xff, { 0x1f, 0x8b }, 2, EV_PACKED_GZIP },
		{ 0xff, { 0x28, 0xb5, 0x2f, 0xfd }, 4, EV_PACKED_ZSTD },
		/* a skippable frame, as pzstd puts in front */
		{ 0xf0, { 0x50, 0x2a, 0x4d, 0x18 }, 4, EV_PACKED_ZSTD },
	};
	const unsigned char *p = head;
	enum ev_packed found = EV_PACKED_NOT;
	size_t i, m;

	if (n == 0)
		return EV_PACKED_OPEN;
	for (i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		m = n < formats[i].n ? n : formats[i].n;
		if ((p[0] & formats[i].mask) != formats[i].magic[0] ||
		    memcmp(p + 1, formats[i].magic + 1, m - 1) != 0)
			continue;
		if (m == formats[i].n)
			return formats[i].format;
		found = EV_PACKED_OPEN;
	}
	return found;
}

static int
load(const char *soname, const struct call *calls, size_t n, struct ev_err *err)
{
	void *handle = dlopen(soname, RTLD_LAZY | RTLD_LOCAL), *sym;
	size_t i;

	if (handle == NULL)
		return ev_fail(err, "cannot load %s", soname);
	for (i = 0; i < n; i++) {
		sym = dlsym(handle, calls[i].name);
		if (sym == NULL)
			return ev_fail(
			    err, "%s has no %s", soname, calls[i].name);
		memcpy((char *)&api + calls[i].at, &sym, sizeof(sym));
	}
	return 0;
}

static int
load_gzip(struct ev_err *err)
{
	static const struct call calls[] = { GZIP_CALLS(ROW) };

	return load("libz.so.1", calls, sizeof(calls) / sizeof(calls[0]), err);
}

static int
load_zstd(struct ev_err *err)
{
	static const struct call calls[] = { ZSTD_CALLS(ROW) };

	return load(
	    "libzstd.so.1", calls, sizeof(calls) / sizeof(calls[0]), err);
}

struct ev_unpack *
ev_unpack_new(int fd, const char *name)
{
	struct ev_unpack *unpack = ev_malloc(sizeof(*unpack));

	memset(unpack, 0, offsetof(struct ev_unpack, in));
	unpack->fd = fd;
	unpack->name = name;
	return unpack;
}

void
ev_unpack_free(struct ev_unpack *unpack)
{
	if (unpack == NULL)
		return;
	if (unpack->format == EV_PACKED_GZIP)
		api.inflateEnd_(&unpack->gzip);
	if (unpack->zstd != NULL)
		api.ZSTD_freeDStream_(unpack->zstd);
	free(unpack);
}

static ssize_t
raw_read(struct ev_unpack *unpack, void *to, size_t n, struct ev_err *err)
{
	ssize_t got;

	do
		got = read(unpack->fd, to, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		ev_fail_errno(err, "cannot read '%s'", unpack->name);
	return got;
}

/* Reads more behind what is left in `in`, which must have room. */
static int
fill(struct ev_unpack *unpack, struct ev_err *err)
{
	ssize_t got;

	if (unpack->at == unpack->n)
		unpack->at = unpack->n = 0;
	got = raw_read(unpack, unpack->in + unpack->n, CHUNK - unpack->n, err);
	if (got < 0)
		return -1;
	unpack->eof = got == 0;
	unpack->n += (size_t)got;
	return 0;
}

static int
begin(struct ev_unpack *unpack, struct ev_err *err)
{
	enum ev_packed format;

	while ((format = ev_unpack_format(unpack->in, unpack->n)) ==
	    EV_PACKED_OPEN) {
		if (fill(unpack, err) < 0)
			return -1;
		if (unpack->eof) {
			format = EV_PACKED_NOT;
			break;
		}
	}
	/* 15 bits of window, + 16: gzip only */
	if (format == EV_PACKED_GZIP) {
		if (load_gzip(err) == -1)
			return -1;
		if (api.inflateInit2__(&unpack->gzip, 15 + 16, ZLIB_VERSION,
			(int)sizeof(unpack->gzip)) != Z_OK)
			ev_no_memory();
	}
	if (format == EV_PACKED_ZSTD && load_zstd(err) == -1)
		return -1;
	if (format == EV_PACKED_ZSTD &&
	    (unpack->zstd = api.ZSTD_createDStream_()) == NULL)
		ev_no_memory();
	unpack->format = format;
	return 0;
}

static ssize_t
plain(struct ev_unpack *unpack, void *to, size_t n, struct ev_err *err)
{
	size_t left = unpack->n - unpack->at;

	if (left == 0)
		return unpack->eof ? 0 : raw_read(unpack, to, n, err);
	if (left > n)
		left = n;
	memcpy(to, unpack->in + unpack->at, left);
	unpack->at += left;
	return (ssize_t)left;
}

/* One step of inflate; gives the bytes made. */
static size_t
gunzip(struct ev_unpack *unpack, void *to, size_t n)
{
	z_stream *z = &unpack->gzip;
	int r;

	while (!unpack->within) {
		if (unpack->at == unpack->n)
			return 0;
		if (unpack->in[unpack->at] != 0)
			unpack->within = true;
		else
			unpack->at++;
	}
	z->next_in = unpack->in + unpack->at;
	z->avail_in = (uInt)(unpack->n - unpack->at);
	z->next_out = to;
	z->avail_out = n < CHUNK * 16 ? (uInt)n : CHUNK * 16;
	n = z->avail_out;
	r = api.inflate_(z, Z_NO_FLUSH);
	unpack->at = unpack->n - z->avail_in;
	if (r == Z_MEM_ERROR)
		ev_no_memory();
	if (r == Z_STREAM_END) {
		unpack->within = false;
		api.inflateReset_(z);
	} else if (r != Z_OK && r != Z_BUF_ERROR) {
		unpack->broken = z->msg != NULL ? z->msg : "not gzip";
	}
	return n - z->avail_out;
}

/* One step of zstd; gives the bytes made. */
static size_t
unzstd(struct ev_unpack *unpack, void *to, size_t n)
{
	ZSTD_inBuffer in = { unpack->in, unpack->n, unpack->at };
	ZSTD_outBuffer out = { to, n, 0 };
	size_t r;

	if (!unpack->within && in.pos == in.size)
		return 0;
	r = api.ZSTD_decompressStream_(unpack->zstd, &out, &in);
	unpack->at = in.pos;
	if (api.ZSTD_isError_(r))
		unpack->broken = api.ZSTD_getErrorName_(r);
	else
		unpack->within = r != 0;
	return out.pos;
}

ssize_t
ev_unpack_read(struct ev_unpack *unpack, void *to, size_t n, struct ev_err *err)
{
	size_t made, at;

	if (unpack->format == EV_PACKED_OPEN && begin(unpack, err) < 0)
		return -1;
	if (unpack->format == EV_PACKED_NOT)
		return plain(unpack, to, n, err);
	while (unpack->broken == NULL) {
		if (unpack->at == unpack->n && !unpack->eof &&
		    fill(unpack, err) < 0)
			return -1;
		at = unpack->at;
		made = unpack->format == EV_PACKED_GZIP ?
		    gunzip(unpack, to, n) :
		    unzstd(unpack, to, n);
		if (made > 0)
			return (ssize_t)made;
		if (unpack->eof && unpack->at == at) {
			if (!unpack->within)
				return 0;
			unpack->broken = "ends too early";
		}
	}
	return ev_fail(
	    err, "cannot unpack '%s': %s", unpack->name, unpack->broken);
}

/* One block, or the end when it is empty; goes on until all of it is taken. */
static int
pack_block(ZSTD_CStream *zstd, const void *block, size_t n, int to,
    const char *name, struct ev_err *err)
{
	ZSTD_inBuffer in = { block, n, 0 };
	ZSTD_EndDirective how = n == 0 ? ZSTD_e_end : ZSTD_e_continue;
	unsigned char made[CHUNK];
	ZSTD_outBuffer out;
	size_t left;

	do {
		out = (ZSTD_outBuffer){ made, sizeof(made), 0 };
		left = api.ZSTD_compressStream2_(zstd, &out, &in, how);
		if (api.ZSTD_isError_(left))
			return ev_fail(err, "cannot pack '%s': %s", name,
			    api.ZSTD_getErrorName_(left));
		if (ev_write_all(to, made, out.pos) < 0)
			return ev_fail_errno(err, "cannot pack '%s'", name);
	} while (in.pos < in.size || (n == 0 && left > 0));
	return 0;
}

int
ev_pack(int from, int to, const char *name, struct ev_err *err)
{
	ZSTD_CStream *zstd;
	char block[CHUNK];
	off_t at = 0;
	ssize_t got;
	int r = 0;

	if (load_zstd(err) == -1)
		return -1;
	zstd = api.ZSTD_createCStream_();
	if (zstd == NULL)
		ev_no_memory();
	api.ZSTD_CCtx_setParameter_(zstd, ZSTD_c_checksumFlag, 1);
	do {
		got = ev_pread_all(from, block, sizeof(block), at);
		if (got < 0)
			r = ev_fail_errno(err, "cannot read '%s'", name);
		else
			r = pack_block(zstd, block, (size_t)got, to, name, err);
		at += got;
	} while (r == 0 && got > 0);
	api.ZSTD_freeCStream_(zstd);
	return r;
}
