#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/guard.h"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/* Late by at most this when the first ring of the timer was missed. */
#define AGAIN_NS 10000000L
#define POLL_NS 5000000L

#ifndef EV_MUTANT_NO_DEADLINE
static void
ring(int signal)
{
	(void)signal;
}

/* A timer that interrupts this thread's flock at the deadline and, should it
 * ring just before the call, again and again.  Waiters so queue in the kernel
 * and the lock goes round in their order. */
static bool
set_timer(timer_t *timer, int64_t until)
{
	struct sigevent event = { 0 };
	struct itimerspec when = { { 0, AGAIN_NS }, { 0, 1 } };
	int64_t left = until - ev_clock_mono();

	event.sigev_notify = SIGEV_THREAD_ID;
	event.sigev_signo = SIGRTMIN;
	event.sigev_notify_thread_id = gettid();
	if (timer_create(CLOCK_MONOTONIC, &event, timer) < 0)
		return false;
	if (left > 0) {
		when.it_value.tv_sec = left / 1000;
		when.it_value.tv_nsec = left % 1000 * 1000000;
	}
	if (timer_settime(*timer, 0, &when, NULL) == 0)
		return true;
	timer_delete(*timer);
	return false;
}

/* Where no timer is to be had. */
static int
lock_by_polling(int fd, int64_t until)
{
	struct timespec pause = { 0, POLL_NS };

	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -1;
		if (ev_clock_mono() >= until) {
			errno = ETIMEDOUT;
			return -1;
		}
		nanosleep(&pause, NULL);
	}
	return 0;
}

static int
lock_by_queueing(int fd, int64_t until)
{
	struct sigaction act = { .sa_handler = ring }, old;
	sigset_t rung, mask;
	timer_t timer;
	int r, why;

	sigaction(SIGRTMIN, &act, &old);
	sigemptyset(&rung);
	sigaddset(&rung, SIGRTMIN);
	pthread_sigmask(SIG_UNBLOCK, &rung, &mask);
	if (set_timer(&timer, until)) {
		do
			r = flock(fd, LOCK_EX);
		while (r < 0 && errno == EINTR && ev_clock_mono() < until);
		why = errno == EINTR ? ETIMEDOUT : errno;
		timer_delete(timer);
	} else {
		r = lock_by_polling(fd, until);
		why = errno;
	}
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGRTMIN, &old, NULL);
	errno = why;
	return r;
}
#endif

/* 0, or -1 with errno; ETIMEDOUT: another has it. */
static int
lock_until(int fd, int64_t until)
{
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno != EWOULDBLOCK && errno != EINTR)
		return -1;
#ifdef EV_MUTANT_NO_DEADLINE
	(void)until;
	while (flock(fd, LOCK_EX) < 0)
		if (errno != EINTR)
			return -1;
	return 0;
#else
	return lock_by_queueing(fd, until);
#endif
}

/* A group may read a lock file that it may not write. */
static int
open_lock(
    const struct ev_dir *dir, int make, struct stat *st, struct ev_err *err)
{
	int fd = ev_dir_inside(dir, "lock", O_RDWR | make, st, err);

	if (fd < 0 && (errno == EACCES || errno == EROFS))
		fd = ev_dir_inside(dir, "lock", O_RDONLY, st, err);
	return fd;
}

/* 1, 0 it cannot be opened, -1 it is refused. */
static int
prepare(struct ev_lock *lock, struct ev_dir *dir, struct ev_err *err)
{
	struct stat st;

	if (lock->fd >= 0)
		return 1;
	lock->fd = open_lock(dir, 0, NULL, err);
	if (lock->fd < 0 && errno == ENOENT && ev_dir_make(dir, err) == 0)
		lock->fd = open_lock(dir, O_CREAT, &st, err);
	if (lock->fd >= 0)
		return 1;
	return ev_guard_refused(errno) ? -1 : 0;
}

/*
 * What is locked: 1 the lock file; 0 one that was removed meanwhile and locks
 * nobody out; -1 something that is no file.
 */
static int
inspect(
    const struct ev_lock *lock, const struct ev_dir *dir, struct ev_err *err)
{
	struct stat st;

	if (fstat(lock->fd, &st) < 0)
		return ev_dir_fail(dir, "look at", "lock", err);
	if (!S_ISREG(st.st_mode))
		return ev_fail(err, "'%s/lock' is not a regular file, refused",
		    dir->place->priv);
	return st.st_nlink > 0;
}

static int
fail_lock(struct ev_lock *lock, const struct ev_dir *dir, const char *name,
    struct ev_err *err)
{
	lock->late = errno == ETIMEDOUT;
	if (lock->late)
		return ev_fail(err, "another process holds the lock of '%s'%s",
		    dir->place->shown, name);
	return ev_fail_errno(
	    err, "cannot lock '%s'%s", dir->place->shown, name);
}

/* The lock of another family of writers, when they left one there.  1 taken
 * or none, 0 not had, -1 refused. */
static int
take_peer(struct ev_lock *lock, const struct ev_dir *dir, int64_t until,
    struct ev_err *err)
{
	struct stat st;

	lock->peer = ev_dir_beside(dir, dir->place->peer, O_RDWR, &st, NULL);
	if (lock->peer < 0 && errno == EACCES)
		lock->peer =
		    ev_dir_beside(dir, dir->place->peer, O_RDONLY, &st, NULL);
	if (lock->peer < 0 && errno == ENOENT)
		return 1;
	if (lock->peer < 0) {
		ev_guard_fail(dir->place->peer, err);
		return ev_guard_refused(errno) ? -1 : 0;
	}
	if (lock_until(lock->peer, until) == 0)
		return 1;
	fail_lock(lock, dir, " (.lock beside it)", err);
	return 0;
}

/* The store's own lock file, the one that is there when it is had. */
static int
take_own(
    struct ev_lock *lock, struct ev_dir *dir, int64_t until, struct ev_err *err)
{
	bool had;
	int r;

	for (;;) {
		r = prepare(lock, dir, err);
		if (r != 1)
			return r;
		had = lock_until(lock->fd, until) == 0;
		if (!had)
			fail_lock(lock, dir, "", err);
		r = inspect(lock, dir, err);
		if (r != 0)
			return r < 0 ? -1 : had;
		ev_lock_close(lock);
	}
}

int
ev_lock_take(
    struct ev_lock *lock, struct ev_dir *dir, int64_t until, struct ev_err *err)
{
	int r;

	lock->late = false;
	r = take_own(lock, dir, until, err);
	if (r != 1)
		return r;
	r = take_peer(lock, dir, until, err);
	if (r != 1)
		ev_lock_give(lock);
	return r;
}

int
ev_lock_borrow(
    struct ev_lock *lock, struct ev_dir *dir, int64_t until, struct ev_err *err)
{
	struct stat st;

	lock->fd = open_lock(dir, 0, &st, err);
	return lock->fd < 0 ? 0 : ev_lock_take(lock, dir, until, err);
}

void
ev_lock_give(struct ev_lock *lock)
{
	if (lock->peer >= 0)
		close(lock->peer);
	lock->peer = -1;
	flock(lock->fd, LOCK_UN);
}

void
ev_lock_close(struct ev_lock *lock)
{
	if (lock->peer >= 0)
		close(lock->peer);
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = lock->peer = -1;
}
