/*
 * scratch: files of a test in a directory of their own.
 */
#ifndef EV_SCRATCH_H
#define EV_SCRATCH_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char scratch_dir[32] = "/tmp/ev-test.XXXXXX";

/* Makes the directory, or ends the test. */
static inline void
scratch_begin(void)
{
	if (mkdtemp(scratch_dir) == NULL) {
		perror(scratch_dir);
		exit(1);
	}
}

/* The same in memory, where there is such a place. */
static inline void
scratch_begin_fast(void)
{
	if (access("/dev/shm", W_OK | X_OK) == 0)
		strcpy(scratch_dir, "/dev/shm/ev-test.XXXXXX");
	scratch_begin();
}

/* The path of a name in it; the last four asked for are good. */
static inline const char *
scratch(const char *name)
{
	static char text[4][300];
	static unsigned turn;
	char *p = text[turn++ % 4];

	snprintf(p, sizeof(text[0]), "%s/%s", scratch_dir, name);
	return p;
}

/* Writes a file, or ends the test. */
static inline void
scratch_put(const char *name, const char *text)
{
	FILE *f = fopen(scratch(name), "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0) {
		perror(scratch(name));
		exit(1);
	}
}

static inline int
scratch_remove(const char *name, const struct stat *st, int flag,
    struct FTW *where)
{
	(void)st;
	(void)flag;
	(void)where;
	return remove(name);
}

/* Removes the directory with all that is in it. */
static inline void
scratch_end(void)
{
	nftw(scratch_dir, scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
