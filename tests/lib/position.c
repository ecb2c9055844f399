/* Where a reader was, in a log that is another one now. */
#include "tail/position.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"
#include "test.h"

#define NEAR 65536 /* bytes of a last line that are looked at */
#define SAME \
	",\"text\":\"the last bytes of this line and of " \
	"others are the same, all the sixty-four of them\"}\n"
#define ONE "{\"id\":\"one\"" SAME
#define TWO "{\"id\":\"two\"" SAME

static struct ev_event *ev;

static struct ev_chain
file_of(const char *text)
{
	struct ev_chain file = EV_CHAIN_FILE(-1);

	scratch_put("log", text);
	file.fd = open(scratch("log"), O_RDONLY);
	CHECK(file.fd >= 0);
	return file;
}

/* Where byte `at` of what the log was is in what it is; -1: nowhere. */
static int64_t
moved(const char *was, size_t at, const char *is)
{
	struct ev_chain file = file_of(was);
	struct ev_position pos = { 0 };
	uint64_t offset;
	int r;

	CHECK_INT(ev_position_take(&pos, &file, at, ev), 0);
	close(file.fd);
	file = file_of(is);
	r = ev_position_find(&pos, &file, strlen(is), ev, &offset);
	close(file.fd);
	CHECK(r >= 0);
	return r == 1 ? (int64_t)offset : -1;
}

/* Lines with the same end are told apart by their ids. */
static void
test_same_end(void)
{
	size_t n = strlen(ONE);

	CHECK_INT(moved(ONE TWO, n, ONE), n);
	CHECK_INT(moved(ONE, n, TWO), -1);
	CHECK_INT(moved(ONE, n, TWO TWO ONE TWO), 3 * n);
}

/* Of lines with the id the same one counts, else the first. */
static void
test_same_id(void)
{
	const char *was = "{\"id\":\"a\",\"n\":1}\n";
	size_t n = strlen(was);

	CHECK_INT(
	    moved(was, n, "\n{\"id\":\"a\",\"n\":2}\n{\"id\":\"a\",\"n\":3}\n"),
	    n + 1);
	CHECK_INT(
	    moved(was, n, "\n{\"id\":\"a\",\"n\":2}\n{\"id\":\"a\",\"n\":1}\n"),
	    2 * n + 1);
}

/* Of a short line that is no event the whole is known. */
static void
test_no_event(void)
{
	CHECK_INT(moved("torn\n", 5, "x\ntorn\n"), 7);
	CHECK_INT(moved("torn\n", 5, "xtorn\nso torn\n"), -1);
}

/* The end of a long line is no event, also when it looks like one. */
static void
test_long(void)
{
	static const char head[] = "rubbish{\"id\":\"x\",\"pad\":\"";
	static char was[NEAR + 8], is[NEAR + 10];

	memset(was, 'p', sizeof(was));
	memcpy(was, head, sizeof(head) - 1);
	memcpy(was + sizeof(was) - 4, "\"}\n", 4);
	CHECK_INT(strlen(was + 7), NEAR);
	snprintf(is, sizeof(is), "x\n%s", was);
	CHECK_INT(moved(was, NEAR + 7, is), NEAR + 9);
}

int
main(void)
{
	struct ev_model *model = ev_model_new(NULL);

	scratch_begin();
	ev_model_want(model, EV_ID);
	ev_model_seal(model);
	ev = ev_event_new(model);
	test_same_end();
	test_same_id();
	test_no_event();
	test_long();
	ev_event_free(ev);
	ev_model_free(model);
	scratch_end();
	return test_end();
}
