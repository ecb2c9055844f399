/* Each system call of a cursor's life fails: its record is the old one or the
 * new one, what failed says of what, and the same once more goes on. */
#include "faulty.h"

#include "event/event.h"
#include "storing.h"
#include "tail/cursor.h"
#include "tail/position.h"
#include "tail/shelf.h"

static const char *operand; /* of a file that is no store's; or NULL */
static uint64_t first, second;

static struct ev_event *
event_new(struct ev_model **model)
{
	*model = ev_model_new(NULL);
	ev_model_want(*model, EV_ID);
	ev_model_seal(*model);
	return ev_event_new(*model);
}

/* Opens what the cursor is of. */
static int
open_shelf(struct ev_shelf *shelf, struct ev_place *place)
{
	*place = (struct ev_place)EV_PLACE_INIT;
	if (operand != NULL)
		return ev_shelf_open(shelf, operand, NULL, &last_err);
	if (ev_place_find(place, scratch(""), true, &last_err) < 0)
		return -1;
	return ev_shelf_open(shelf, scratch(".events.jsonl"), place, &last_err);
}

/* Moves the cursor to an offset; *was: where it was. */
static int
take(struct ev_cursor *cursor, uint64_t to, uint64_t *was)
{
	struct ev_model *model;
	struct ev_event *ev = event_new(&model);
	struct ev_chain in;
	int r,
	    fd = open(
		operand != NULL ? operand : scratch(".events.jsonl"), O_RDONLY);

	in = EV_CHAIN_FILE(fd);
	*was = cursor->mark.seq > 0 ? cursor->mark.pos.offset : 0;
	if (fd < 0 || ev_position_take(&cursor->mark.pos, &in, to, ev) < 0)
		r = ev_fail_errno(&last_err, "cannot read '%s'", "log");
	else
		r = ev_cursor_save(cursor, &last_err);
	if (fd >= 0)
		close(fd);
	ev_event_free(ev);
	ev_model_free(model);
	return r;
}

static int
advance(uint64_t to, uint64_t *was)
{
	struct ev_cursor cursor;
	struct ev_shelf shelf;
	struct ev_place place;
	int r;

	last_err.text[0] = '\0';
	r = open_shelf(&shelf, &place);
	if (r == 0) {
		r = ev_cursor_open(&cursor, &shelf, "reader", &last_err);
		if (r == 0) {
			r = take(&cursor, to, was);
			ev_cursor_close(&cursor);
		}
		ev_shelf_close(&shelf);
	}
	ev_place_clear(&place);
	return r;
}

static int
forget(void)
{
	struct ev_shelf shelf;
	struct ev_place place;
	int r;

	last_err.text[0] = '\0';
	r = open_shelf(&shelf, &place);
	if (r == 0) {
		r = ev_cursor_forget(&shelf, "reader", &last_err);
		ev_shelf_close(&shelf);
	}
	ev_place_clear(&place);
	return r;
}

/* How many cursors there are, or -1. */
static int
count(void)
{
	struct ev_shelf shelf;
	struct ev_place place;
	char **names = NULL;
	int i, n = -1;

	last_err.text[0] = '\0';
	if (open_shelf(&shelf, &place) == 0) {
		n = ev_shelf_list(&shelf, &names, &last_err);
		for (i = 0; i < n; i++)
			free(names[i]);
		free(names);
		ev_shelf_close(&shelf);
	}
	ev_place_clear(&place);
	return n;
}

static void
begin(bool there)
{
	struct stat st;
	uint64_t was;

	start_anew();
	mkdir(scratch("home"), 0755);
	emit(0, "x");
	CHECK(stat(scratch(".events.jsonl"), &st) == 0);
	first = (uint64_t)st.st_size;
	emit(0, "y");
	CHECK(stat(scratch(".events.jsonl"), &st) == 0);
	second = (uint64_t)st.st_size;
	CHECK(link(scratch(".events.jsonl"), scratch("home/a.jsonl")) == 0);
	if (there)
		CHECK_INT(advance(first, &was), 0);
}

static void
arm(size_t at, enum faulty_how how, int error)
{
	faulty.at = at;
	faulty.how = how;
	faulty.error = error;
	faulty.count = faulty.interrupts = 0;
	faulty.armed = true;
}

static void
check_why(void)
{
	CHECK(strchr(last_err.text, '\'') != NULL);
	CHECK(strstr(last_err.text, strerror(faulty.error)) != NULL);
}

/* The cursor moves on while a call fails. */
static void
test_move(bool there, enum faulty_how how, int error)
{
	uint64_t was = 0, now = 0;
	size_t at;
	bool over = false;
	int r;

	for (at = 0; !over; at++) {
		begin(there);
		arm(at, how, error);
		r = advance(second, &was);
		faulty.armed = false;
		over = r == 0 && faulty.count <= at;
		if (r < 0)
			check_why();
		CHECK_INT(advance(second, &now), 0);
		CHECK(now == second || (r < 0 && now == (there ? first : 0)));
		CHECK_INT(count(), 1);
	}
	CHECK(at > 10);
}

/* It is counted, then forgotten. */
static void
test_forget(enum faulty_how how, int error)
{
	bool over = false;
	size_t at;
	int n, r;

	for (at = 0; !over; at++) {
		begin(true);
		arm(at, how, error);
		n = count();
		faulty.armed = false;
		over = faulty.count <= at;
		CHECK(n == 1 || n == -1);
		if (n < 0)
			check_why();
		arm(at, how, error);
		r = forget();
		faulty.armed = false;
		over = over && faulty.count <= at;
		if (r < 0)
			check_why();
		n = count();
		CHECK(r == 0 ? n == 0 : n >= 0);
		if (n == 1)
			CHECK_INT(forget(), 0);
		CHECK_INT(forget(), -1);
		CHECK(last_err.text[0] != '\0');
	}
}

/* Where a position is now, while reads fail: there, or it is said why not. */
static void
test_find(void)
{
	struct ev_model *model;
	struct ev_event *ev = event_new(&model);
	struct ev_position pos;
	struct ev_chain in;
	uint64_t offset = 0;
	char id[EV_POSITION_ID + 1];
	size_t at, way, good = 0;
	int fd, r;

	begin(false);
	fd = open(scratch(".events.jsonl"), O_RDWR);
	in = EV_CHAIN_FILE(fd);
	for (way = 0; way < 3; way++) {
		CHECK_INT(ev_position_take(&pos, &in, first, ev), 0);
		if (way > 0)
			pos.offset += 3; /* behind its line */
		strcpy(id, pos.id);
		if (way > 1)
			ev_position_of_id(&pos, id);
		for (at = 0; at < 12; at++) {
			arm(at, FAULTY_ONCE, EIO);
			r = ev_position_find(&pos, &in, second, ev, &offset);
			faulty.armed = false;
			CHECK(r == -1 || (r == 1 && offset == first));
			good += r == 1;
		}
	}
	CHECK(good > 3);
	close(fd);
	ev_event_free(ev);
	ev_model_free(model);
}

int
main(void)
{
	static const char *file;
	char path[300];
	int turn;

	scratch_begin_fast();
	snprintf(path, sizeof(path), "%s", scratch("home"));
	setenv("XDG_STATE_HOME", path, 1);
	snprintf(path, sizeof(path), "%s", scratch("home/a.jsonl"));
	file = path;
	for (turn = 0; turn < 2; turn++) {
		operand = turn == 0 ? NULL : file;
		test_move(false, FAULTY_ONCE, EIO);
		test_move(true, FAULTY_ONCE, EIO);
		test_move(true, FAULTY_ON, EIO);
		test_move(false, FAULTY_ONCE, ENOSPC);
		test_forget(FAULTY_ONCE, EIO);
		test_forget(FAULTY_ON, EIO);
	}
	operand = NULL;
	test_find();
	scratch_end();
	return test_end();
}
