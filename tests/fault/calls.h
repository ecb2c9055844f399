/*
 * calls: the system calls that can be made to fail, and how (7-trust, C2).
 */
#ifndef FAULT_CALLS_H
#define FAULT_CALLS_H

#include <stdbool.h>
#include <stddef.h>

#define CALLS_ERRORS 6

struct error {
	const char	*name;	/* "ENOSPC" */
	int		 number;
};

/* Which argument of a call is what; -1: none of them. */
struct calls_row {
	long		 nr;
	const char	*name;
	int		 fd, path, size;
	unsigned	 errors;	/* a bit for each error it may give */
};

extern const struct error calls_errors[CALLS_ERRORS];

/* The row of a system call, or NULL; `creates`: of an open that may make a
 * file. */
const struct calls_row *calls_find(long nr, bool creates);
/* The row of that name, or NULL. */
const struct calls_row *calls_named(const char *name);

/* The index in calls_errors, or -1. */
int	calls_error(const char *name);

#endif
