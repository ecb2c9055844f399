/* Sources: plain, packed, from a pipe, and what is none. */
#include <errno.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <zlib.h>
#include <zstd.h>

#include "test.h"

#include "input/operand.h"
#include "input/source.h"
#include "inputs.h"

static char dir[] = "/tmp/ev-test-XXXXXX";

static void
add_gzip(struct ev_buf *out, const void *p, size_t n)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)p, .avail_in = (uInt)n };

	deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	ev_buf_reserve(out, n + 1000);
	z.next_out = (Bytef *)out->p + out->n;
	z.avail_out = (uInt)n + 1000;
	CHECK_INT(deflate(&z, Z_FINISH), Z_STREAM_END);
	out->n += z.total_out;
	deflateEnd(&z);
}

static void
add_zstd(struct ev_buf *out, const void *p, size_t n)
{
	ev_buf_reserve(out, ZSTD_compressBound(n));
	out->n +=
	    ZSTD_compress(out->p + out->n, ZSTD_compressBound(n), p, n, 3);
}

/* Reads all in steps of `step`: 0 or -1. */
static int
read_all(struct ev_source *source, size_t step, struct ev_buf *out,
    struct ev_err *err)
{
	ssize_t got;

	ev_buf_reset(out);
	do {
		ev_buf_reserve(out, step);
		got = ev_source_read(source, out->p + out->n, step, err);
		if (got > 0)
			out->n += (size_t)got;
	} while (got > 0);
	return got < 0 ? -1 : 0;
}

/* The file with these bytes gives `want` when it is read and when settled. */
static void
gives(const struct ev_buf *file, const struct ev_buf *want)
{
	static const size_t steps[] = { 1, 7, 70000 };
	struct ev_buf out = EV_BUF_INIT;
	struct ev_source source;
	struct ev_err err;
	size_t i;

	for (i = 0; i < 3; i++) {
		source_of(&source, file->p, file->n, false);
		CHECK_INT(read_all(&source, steps[i], &out, &err), 0);
		CHECK(ev_slice_eq(ev_buf_slice(&out), ev_buf_slice(want)));
		ev_source_close(&source);
	}
	if (file->n <= 65536) {
		pipe_of(&source, file->p, file->n);
		CHECK(!source.seekable);
		CHECK_INT(ev_source_settle(&source, &err), 0);
		CHECK(source.seekable);
		CHECK_INT(source.size, want->n);
		ev_buf_reserve(&out, want->n);
		CHECK_INT(ev_pread_all(source.fd, out.p, want->n, 0), want->n);
		CHECK(want->n == 0 || memcmp(out.p, want->p, want->n) == 0);
		ev_source_close(&source);
	}
	ev_buf_clear(&out);
}

static void
packed(void)
{
	struct ev_buf text = EV_BUF_INIT, file = EV_BUF_INIT;
	uint32_t state = 5;
	size_t half;

	gives(&file, &text);
	ev_buf_adds(&file, "(");
	gives(&file, &file);
	ev_buf_adds(&file, "\xb5/ is not zstd");
	gives(&file, &file);

	add_odd(&text, 300000, 100000, &state);
	half = text.n / 2;
	ev_buf_reset(&file);
	add_gzip(&file, text.p, half);
	add_gzip(&file, text.p, 0);
	add_gzip(&file, text.p + half, text.n - half);
	ev_buf_add(&file, "\0\0\0", 3);
	gives(&file, &text);

	ev_buf_reset(&file);
	ev_buf_add(&file, "\x50\x2a\x4d\x18\2\0\0\0xx", 10);
	add_zstd(&file, text.p, half);
	add_zstd(&file, text.p, 0);
	add_zstd(&file, text.p + half, text.n - half);
	gives(&file, &text);
	ev_buf_clear(&text);
	ev_buf_clear(&file);
}

/* What stands before the damage comes, then the message. */
static void
broken(const struct ev_buf *file, size_t least, const char *why)
{
	struct ev_buf out = EV_BUF_INIT;
	struct ev_source source;
	struct ev_err err = { "" };

	source_of(&source, file->p, file->n, false);
	source.seekable = false;
	CHECK_INT(read_all(&source, 100, &out, &err), -1);
	CHECK(strstr(err.text, why) != NULL);
	CHECK(strncmp(err.text, "cannot unpack '", 15) == 0);
	CHECK(out.n >= least);
	CHECK_INT(ev_source_settle(&source, &err), -1);
	ev_source_close(&source);
	ev_buf_clear(&out);
}

static void
damaged(void)
{
	struct ev_buf file = EV_BUF_INIT;
	size_t n;

	add_gzip(&file, "{\"a\":1}\n", 8);
	n = file.n;
	ev_buf_adds(&file, "rubbish");
	broken(&file, 8, "incorrect header");
	file.n = n - 1;
	broken(&file, 8, "ends too early");
	file.n = 2;
	broken(&file, 0, "ends too early");
	ev_buf_reset(&file);
	add_zstd(&file, "{\"a\":1}\n", 8);
	file.n--;
	broken(&file, 0, "ends too early");
	file.n++;
	ev_buf_adds(&file, "rubbish");
	broken(&file, 8, "nknown frame");
	ev_buf_clear(&file);
}

static char *
path_of(const char *name)
{
	struct ev_buf path = EV_BUF_INIT;

	ev_buf_addf(&path, "%s/%s", dir, name);
	ev_buf_str(&path);
	return path.p;
}

static void
make(const char *name)
{
	char *path = path_of(name);
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	CHECK(fd >= 0);
	CHECK_INT(ev_write_all(fd, "{}\n", 3), 0);
	close(fd);
	free(path);
}

static void
none(void)
{
	char *fifo = path_of("fifo"), want[200];
	struct ev_source source;
	struct ev_err err;

	CHECK_INT(ev_source_open(&source, "/nonexistent/x", &err), -1);
	CHECK_STR(err.text,
	    "cannot open '/nonexistent/x': No such file or directory");
	CHECK_INT(ev_source_open(&source, dir, &err), -1);
	snprintf(want, sizeof(want), "cannot read '%s': Is a directory", dir);
	CHECK_STR(err.text, want);
	/* as a store's log a FIFO must not hang */
	CHECK_INT(mkfifo(fifo, 0600), 0);
	CHECK_INT(ev_source_open_log(&source, fifo, fifo, &err), -1);
	CHECK(strstr(err.text, "not a regular file") != NULL);
	unlink(fifo);
	free(fifo);
	/* a file of /proc says it is empty */
	CHECK_INT(ev_source_open(&source, "/proc/self/stat", &err), 0);
	CHECK(!source.seekable);
	CHECK_INT(ev_source_settle(&source, &err), 0);
	CHECK(source.size > 0);
	ev_source_close(&source);
}

static void
operands(void)
{
	static const char *const names[] = { "b.jsonl", "a.jsonl.gz",
		"c.jsonl.zst", ".hidden.jsonl", "d.json", ".jsonl" };
	char self[] = "-", *args[2] = { dir, self }, *twice[2] = { self, self };
	struct ev_operands list;
	struct ev_err err;
	char want[100];
	size_t i;

	CHECK_INT(ev_operands_find(&list, args, 1, NULL, &err), -1);
	CHECK(strstr(err.text, "no event log in") != NULL);
	for (i = 0; i < 6; i++)
		make(names[i]);
	CHECK_INT(ev_operands_find(&list, args, 2, NULL, &err), 0);
	CHECK_INT(list.count, 4);
	for (i = 0; i < list.count; i++)
		CHECK(list.list[i].log == NULL);
	if (list.count == 4) {
		snprintf(want, sizeof(want), "%s/a.jsonl.gz", dir);
		CHECK_STR(list.list[0].name, want);
		CHECK_STR(list.list[3].name, "-");
	}
	ev_operands_clear(&list);
	CHECK_INT(ev_operands_find(&list, twice, 2, NULL, &err), -1);
	CHECK(strstr(err.text, "only once") != NULL);
	make(".events.jsonl");
	CHECK_INT(ev_operands_find(&list, args, 1, NULL, &err), 0);
	CHECK_INT(list.count, 1);
	CHECK(list.count == 1 && list.list[0].log != NULL);
	ev_operands_clear(&list);
	CHECK_INT(ev_operands_find(&list, NULL, 0, dir, &err), 0);
	CHECK_INT(list.count, 1);
	CHECK(list.count == 1 && list.list[0].log != NULL);
	ev_operands_clear(&list);
	for (i = 0; i < 7; i++) {
		char *path = path_of(i < 6 ? names[i] : ".events.jsonl");

		unlink(path);
		free(path);
	}
}

int
main(void)
{
	if (mkdtemp(dir) == NULL)
		abort();
	packed();
	damaged();
	none();
	operands();
	rmdir(dir);
	return test_end();
}
