/* The text of a spool's file: what is put in comes out, all else is refused. */
#include "event/ident.h"
#include "json/scan.h"
#include "store/parcel.h"
#include "test.h"

#define HEAD "ev-spool 1 /tmp/a%20b/.events.jsonl\n"
#define EVENT \
	"{\"event_id\":\"e1\",\"event_type\":\"t\"," \
	"\"timestamp\":\"2026-01-06T00:00:00Z\",\"actor\":\"a\",\"data\":{}}"
#define RAW "{\"note\":1}"

static struct ev_parcels parcels = EV_PARCELS_INIT;
static struct ev_err err;

static int
take(const char *text)
{
	struct ev_place place = EV_PLACE_INIT;
	char dir[] = "/tmp/a b", log[] = ".events.jsonl";

	place.dir = dir;
	place.log = log;
	ev_parcels_reset(&parcels);
	err.text[0] = '\0';
	return ev_parcel_read(&place, ev_slice_of(text), &parcels, &err);
}

static void
test_kinds(void)
{
	const struct ev_entry *e;

	CHECK_INT(take(HEAD), 0);
	CHECK_INT(parcels.n, 0);
	CHECK_INT(take(HEAD "id vermas " EVENT "\nline vermas " EVENT
			    "\n3 generic " RAW "\n"),
	    0);
	CHECK_INT(parcels.n, 3);
	e = parcels.entry;
	CHECK_INT(e[0].identity, EV_HAND_ID);
	CHECK(ev_slice_is(e[0].own_id, "e1"));
	CHECK(e[0].has_time);
	CHECK_INT(e[0].time.tv_sec, 1767657600);
	CHECK(ev_slice_is(ev_buf_slice(&e[0].line), EVENT));
	CHECK_INT(e[1].identity, EV_LINE_ID);
	CHECK_INT(e[1].given.n, 0);
	CHECK_INT(e[2].identity, EV_NO_ID);
	CHECK_INT(e[2].ordinal, 3);
	CHECK(!e[2].has_time);
}

/* "given" belongs to the line behind it, and to no other. */
static void
test_given(void)
{
	CHECK_INT(take(HEAD "given vermas {\"x\":1}\nline vermas " EVENT
			    "\nline vermas " EVENT "\n"),
	    0);
	CHECK_INT(parcels.n, 2);
	CHECK(ev_slice_is(parcels.entry[0].given, "{\"x\":1}"));
	CHECK_INT(parcels.entry[1].given.n, 0);
}

/* A dialect that is gone is none; what has no id is told by its bytes. */
static void
test_less(void)
{
	CHECK_INT(take(HEAD "line lost " EVENT "\nid generic " RAW "\n"), 0);
	CHECK_INT(parcels.n, 2);
	CHECK(parcels.entry[0].dialect == &ev_dialects[EV_GENERIC]);
	CHECK_INT(parcels.entry[1].identity, EV_NO_ID);
	CHECK_INT(parcels.entry[1].ordinal, 1);
}

static void
test_refused(void)
{
	static const char *const texts[] = {
		"",
		"id vermas " EVENT "\n",
		"ev-spool 1 /tmp/other/.events.jsonl\nid vermas " EVENT "\n",
		HEAD "id vermas " EVENT,
		HEAD "id\n",
		HEAD "id vermas\n",
		HEAD "what vermas " EVENT "\n",
		HEAD "0 generic " RAW "\n",
		HEAD "1x generic " RAW "\n",
		HEAD "-1 generic " RAW "\n",
		HEAD "id vermas  " EVENT "\n",
		HEAD "9999999999999999999 generic " RAW "\n",
		HEAD "id vermas [1]\n",
		HEAD "id vermas {\"a\":1,\"a\":2}\n",
		HEAD "id vermas {\n",
		HEAD "id vermas " EVENT "\n\n",
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		CHECK_INT(take(texts[i]), -1);
		CHECK(err.text[0] != '\0');
		CHECK_INT(parcels.n, 0);
	}
}

/* What a place is called is written in letters that every line may have. */
static void
test_head(void)
{
	struct ev_place place = EV_PLACE_INIT;
	char dir[] = "/tmp/\xc3\xa9%\n\x7f", log[] = "a b.jsonl";
	struct ev_buf text = EV_BUF_INIT;

	place.dir = dir;
	place.log = log;
	ev_parcel_head(&place, &text);
	CHECK_STR(
	    ev_buf_str(&text), "ev-spool 1 /tmp/%C3%A9%25%0A%7F/a%20b.jsonl\n");
	ev_buf_clear(&text);
}

/* As many as there is room for at first, and one more: each has what was given
 * for it, and nothing of what stood there before. */
static void
test_many(void)
{
	struct ev_buf text = EV_BUF_INIT;
	size_t turn, i;

	ev_buf_adds(&text, HEAD);
	for (i = 0; i < 17; i++)
		ev_buf_adds(
		    &text, "given vermas {\"x\":1}\nline vermas " EVENT "\n");
	for (turn = 0; turn < 2; turn++) {
		CHECK_INT(take(ev_buf_str(&text)), 0);
		CHECK_INT(parcels.n, 17);
		for (i = 0; i < 17; i++)
			CHECK(ev_slice_is(parcels.entry[i].given, "{\"x\":1}"));
	}
	CHECK_INT(take(HEAD "line vermas " EVENT "\n"), 0);
	CHECK_INT(parcels.entry[0].given.n, 0);
	ev_buf_clear(&text);
}

static void
test_there_and_back(void)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_entry e = { .identity = EV_NO_ID, .ordinal = 12 };

	e.dialect = &ev_dialects[EV_GENERIC];
	ev_buf_adds(&text, HEAD);
	ev_buf_adds(&e.line, RAW);
	ev_parcel_add(&e, &text);
	e.identity = EV_LINE_ID;
	e.dialect = &ev_dialects[EV_VERMAS];
	e.given = ev_slice_of("{}");
	ev_buf_reset(&e.line);
	ev_buf_adds(&e.line, EVENT);
	ev_parcel_add(&e, &text);
	CHECK_INT(take(ev_buf_str(&text)), 0);
	CHECK_INT(parcels.n, 2);
	CHECK_INT(parcels.entry[0].ordinal, 12);
	CHECK(ev_slice_is(parcels.entry[1].given, "{}"));
	CHECK_STR(text.p,
	    HEAD "12 generic " RAW "\ngiven vermas {}\nline vermas " EVENT
		 "\n");
	ev_buf_clear(&text);
	ev_buf_clear(&e.line);
}

int
main(void)
{
	test_kinds();
	test_given();
	test_less();
	test_refused();
	test_head();
	test_many();
	test_there_and_back();
	ev_parcels_clear(&parcels);
	return test_end();
}
