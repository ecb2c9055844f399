/*
 * err: why something failed, for the caller to print.
 *
 * A function that can fail takes a `struct ev_err *` last and returns -1 (or
 * what its comment says).  The library never prints and never exits.
 */
#ifndef EV_BASE_ERR_H
#define EV_BASE_ERR_H

struct ev_err {
	char text[1024];	/* lower case, no full stop, may hold raw data */
};

/* Writes the message into *err (NULL: nowhere).  Gives -1, always. */
int	ev_fail(struct ev_err *err, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

/* As ev_fail, then ": " and the text of the present errno.  Keeps errno. */
int	ev_fail_errno(struct ev_err *err, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

#endif
