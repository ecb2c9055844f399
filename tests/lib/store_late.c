/* A lock that is held for long: each part of a long input goes on without. */
#include <signal.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "store/store.h"
#include "storing.h"

#define DEADLINE 500
#define PARTS 10

static bool
write_part(struct ev_store *store)
{
	struct ev_entry e = entry(EV_NEW_UUID, NULL, 0, "x");
	bool done = ev_store_write(store, &e, 1, &last_err) == 0;

	entry_clear(&e);
	return done;
}

/* The first part waits for the whole deadline, the others are brief. */
static void
test_held(struct ev_store *store)
{
	int64_t start = ev_clock_mono();
	int i;

	for (i = 0; i < PARTS; i++)
		CHECK(write_part(store));
	CHECK(ev_clock_mono() - start >= DEADLINE);
	CHECK(ev_clock_mono() - start < 2 * DEADLINE);
	CHECK_INT(count_of(ev_store_notes(store, true), "without the lock"), 1);
}

int
main(void)
{
	struct ev_store_options options = {
		.sync = EV_SYNC_NONE, .on_conflict = 0, .deadline_ms = DEADLINE
	};
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;
	pid_t pid;

	scratch_begin();
	emit(0, "first");
	pid = hold_lock(".events/lock");
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &options, &last_err);
	test_held(store);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	CHECK(write_part(store));
	CHECK(views_hold());
	ev_store_close(store);
	ev_place_clear(&place);
	scratch_end();
	return test_end();
}
