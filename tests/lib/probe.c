/* Probing never skips what a window tells of, and gives up on contradiction. */
#include "test.h"

#include "input/probe.h"
#include "inputs.h"

#define LINES 700000 /* of 57 bytes: 40 MB, one per second */
#define START 1767225600

static struct ev_model *model;

/* line_of(i) is the second that line i tells. */
static void
build(struct ev_buf *text, long (*line_of)(long i))
{
	long i;

	ev_buf_reset(text);
	for (i = 0; i < LINES; i++)
		ev_buf_addf(text,
		    "{\"type\":\"tick\",\"id\":\"%08ld\","
		    "\"timestamp\":%010ld}   \n",
		    i, START + line_of(i));
}

static long
rising(long i)
{
	return i;
}

static long
late(long i)
{
	return i % 50 == 0 ? i / 2 : i;
}

static long
again(long i)
{
	return i % (LINES / 2);
}

static long
same(long i)
{
	(void)i;
	return 5;
}

/* The offset for events since START + second. */
static uint64_t
since(const struct ev_buf *text, long second)
{
	struct timespec when = { START + second, 0 };
	struct ev_source source;
	uint64_t at;

	source_of(&source, text->p, text->n, true);
	at = ev_probe_since(&source, model, when);
	ev_source_close(&source);
	CHECK(at == 0 || text->p[at - 1] == '\n');
	return at;
}

int
main(void)
{
	static const long seconds[] = { -5, 0, 1, 5000, 349999, 350000, 500001,
		699000, 699999, 700000, 900000 };
	struct ev_buf text = EV_BUF_INIT;
	uint64_t at, line;
	size_t i;

	model = ev_model_new(NULL);
	ev_model_want(model, EV_TIME);
	ev_model_seal(model);
	build(&text, rising);
	line = text.n / LINES;
	for (i = 0; i < sizeof(seconds) / sizeof(*seconds); i++) {
		at = since(&text, seconds[i]);
		if (seconds[i] <= 0)
			CHECK_INT(at, 0);
		else
			CHECK(at / line < (uint64_t)seconds[i]);
		/* and not much more than is needed is read */
		if (seconds[i] > 20000)
			CHECK(at + 512 * 1024 > line *
				(seconds[i] < LINES ? (uint64_t)seconds[i] :
						      LINES));
	}
	text.n = 1 << 20;
	CHECK_INT(since(&text, 10000), 0);
	build(&text, late);
	at = since(&text, 500001);
	CHECK(at > 0 && at / line < 500001);
	build(&text, again);
	CHECK_INT(since(&text, 300000), 0);
	build(&text, same);
	CHECK_INT(since(&text, 5), 0);
	CHECK(since(&text, 6) > (uint64_t)text.n - 512 * 1024);
	/* a part of the log that has no time tells nothing */
	build(&text, rising);
	memset(text.p + text.n / 2, ' ', text.n / 4);
	CHECK_INT(since(&text, 500001), 0);
	ev_buf_clear(&text);
	ev_model_free(model);
	return test_end();
}
