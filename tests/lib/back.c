/* Reading from behind stops early and says which line was damaged. */
#include "test.h"

#include "input/back.h"
#include "inputs.h"

static struct ev_model *model;

struct last {
	int left;
	uint64_t offset;
};

static int
event(void *arg, struct ev_event *ev, uint64_t offset)
{
	struct last *last = arg;

	(void)ev;
	last->offset = offset;
	return --last->left == 0;
}

static void
stops(void)
{
	struct ev_slice text =
	    EV_SLICE("rubbish\n{\"a\":1}\n\n{\"a\":2}\nmore\n{\"a\":3}");
	struct last last = { .left = 2 };
	struct ev_source source;
	struct ev_tally tally;
	char want[100];
	struct ev_err err;

	source_of(&source, text.p, text.n, false);
	CHECK_INT(
	    ev_back_run(&source, model, 0, false, event, &last, &tally, &err),
	    0);
	CHECK_INT(last.offset, 17);
	CHECK_INT(tally.lines, 3);
	CHECK_INT(tally.first, 0);
	CHECK_INT(ev_tally_damaged(&tally), 1);
	last.left = 9;
	CHECK_INT(
	    ev_back_run(&source, model, 0, false, event, &last, &tally, &err),
	    0);
	CHECK_INT(last.offset, 8);
	CHECK_INT(tally.bytes, text.n);
	CHECK_INT(tally.first, 1);
	CHECK_INT(tally.kind[EV_SCAN_BLANK], 1);
	CHECK_INT(
	    ev_back_run(&source, model, 0, true, event, &last, &tally, &err),
	    -1);
	snprintf(want, sizeof(want), "%s:5: %s", source.name,
	    ev_scan_word(EV_SCAN_SYNTAX));
	CHECK_STR(err.text, want);
	/* a store's unfinished line does not count */
	source.store = true;
	last.left = 1;
	CHECK_INT(
	    ev_back_run(&source, model, 0, false, event, &last, &tally, &err),
	    0);
	CHECK_INT(last.offset, 17);
	ev_source_close(&source);
}

/* Memory and time of a line over the limit, and of one that is not. */
static void
long_lines(void)
{
	struct ev_buf text = EV_BUF_INIT;
	struct last last = { .left = 3 };
	struct ev_source source;
	struct ev_tally tally;
	struct ev_err err;
	size_t n = 3000000;

	ev_buf_adds(&text, "{\"first\":1}\n{\"x\":\"");
	ev_buf_reserve(&text, n);
	memset(text.p + text.n, 'x', n);
	text.n += n;
	ev_buf_adds(&text, "\"}\n{\"last\":1}\n");
	source_of(&source, text.p, text.n, false);
	CHECK_INT(
	    ev_back_run(&source, model, 0, false, event, &last, &tally, &err),
	    0);
	CHECK_INT(tally.kind[EV_SCAN_OK], 3);
	last.left = 3;
	CHECK_INT(
	    ev_back_run(&source, model, n, false, event, &last, &tally, &err),
	    0);
	CHECK_INT(tally.kind[EV_SCAN_OK], 2);
	CHECK_INT(tally.kind[EV_SCAN_LONG], 1);
	CHECK_INT(tally.first, 2);
	CHECK_INT(tally.bytes, text.n);
	ev_source_close(&source);
	ev_buf_clear(&text);
}

int
main(void)
{
	model = ev_model_new(NULL);
	ev_model_seal(model);
	stops();
	long_lines();
	ev_model_free(model);
	return test_end();
}
