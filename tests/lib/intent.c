/* What a wide step meant to do: read back, or not taken for it. */
#include "base/hash.h"
#include "store/intent.h"
#include "storing.h"

static struct ev_place place = EV_PLACE_INIT;
static struct ev_dir dir;
static struct ev_state state;

static int
read_back(struct ev_intent *intent)
{
	return ev_intent_read(intent, &dir, &state, &last_err);
}

static void
test_there_and_back(void)
{
	struct ev_intent intent = EV_INTENT_INIT, back = EV_INTENT_INIT;
	const int32_t days[] = { 20459, 20460, 20461 };
	uint64_t n;

	CHECK_INT(read_back(&back), 0);
	ev_intent_set(&intent, days[0], 0);
	ev_intent_set(&intent, days[2], 1234567890123);
	CHECK_INT(
	    ev_intent_write(&intent, &dir, &state, days, 3, &last_err), 0);
	CHECK_INT(read_back(&back), 1);
	CHECK(ev_intent_had(&back, days[0], &n));
	CHECK_INT(n, 0);
	CHECK(!ev_intent_had(&back, days[1], &n));
	CHECK(ev_intent_had(&back, days[2], &n));
	CHECK_INT(n, 1234567890123);
	/* it is of one state alone */
	state.m++;
	CHECK_INT(read_back(&back), 0);
	CHECK(!ev_intent_had(&back, days[0], &n));
	state.m--;
	ev_intent_clear(&intent);
	ev_intent_clear(&back);
}

/* The file with rows of our own, and a checksum that fits. */
static int
with_rows(const char *rows)
{
	struct ev_intent intent = EV_INTENT_INIT;
	struct ev_buf text = EV_BUF_INIT;
	uint64_t n;
	int r;

	ev_buf_addf(&text, "%s %llu %llu\n%s", state.log,
	    (unsigned long long)state.gen, (unsigned long long)state.m, rows);
	ev_buf_addf(&text, "end %08x\n", ev_crc32c(0, text.p, text.n));
	scratch_put(".events/intent", ev_buf_str(&text));
	r = read_back(&intent);
	CHECK_INT(ev_intent_had(&intent, 20459, &n), r);
	ev_intent_clear(&intent);
	ev_buf_clear(&text);
	return r;
}

static void
test_rows(void)
{
	struct ev_intent none = EV_INTENT_INIT;

	CHECK_INT(with_rows("2026-01-06 5\n"), 1);
	CHECK_INT(with_rows("2026-01-06 5\nrejected 7\n"), 1);
	CHECK_INT(with_rows("2026-01-06\n"), 0);
	CHECK_INT(with_rows("2026-01-06 \n"), 0);
	CHECK_INT(with_rows("2026-01-06 -5\n"), 0);
	CHECK_INT(with_rows("2026-01-06 x\n"), 0);
	CHECK_INT(with_rows("2026-01-06 1.5\n"), 0);
	CHECK_INT(with_rows("../../etc/x 5\n"), 0);
	CHECK_INT(with_rows("2026-01-06 5\n\n"), 0);
	CHECK_INT(with_rows("2026-01-06 5"), 0);
	scratch_put(".events/intent", "");
	CHECK_INT(read_back(&none), 0);
}

/* A store that began a wide step, and whose intent is gone: made anew. */
static void
test_gone(void)
{
	struct ev_entry e[24];
	size_t i;

	start_anew();
	for (i = 0; i < 12; i++)
		emit((int)i, "x");
	CHECK(
	    rename(scratch(".events/2026-01-17.jsonl"), scratch("kept")) == 0);
	CHECK(symlink("x", scratch(".events/2026-01-17.jsonl")) == 0);
	for (i = 0; i < 24; i++)
		e[i] = entry(EV_NEW_UUID, NULL, (int)i % 12, "y");
	CHECK_INT(write_entries(e, 24), 0);
	for (i = 0; i < 24; i++)
		entry_clear(&e[i]);
	CHECK(there(".events/intent"));
	CHECK(unlink(scratch(".events/intent")) == 0);
	CHECK(
	    rename(scratch("kept"), scratch(".events/2026-01-17.jsonl")) == 0);
	CHECK_INT(emit(0, "z"), EV_WRITTEN);
	CHECK(strstr(said, "made anew: they were damaged") != NULL);
	CHECK(views_hold());
	CHECK(!there(".events/lost.jsonl"));
}

int
main(void)
{
	scratch_begin();
	emit(0, "x");
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	CHECK_INT(ev_dir_open(&dir, &place, &last_err), 0);
	ev_state_new(&state);
	state.m = 17;
	test_there_and_back();
	test_rows();
	ev_dir_close(&dir);
	ev_place_clear(&place);
	test_gone();
	scratch_end();
	return test_end();
}
