/*
 * opt: option tables.
 *
 * A command's options are rows of a table; the parsing (cli/argv), --help,
 * --list-options, the tests and the check of the man page all read the rows.
 * Rows that several commands share stand beside the struct that they fill; a
 * group joins rows with the struct at hand.
 */
#ifndef EV_CLI_OPT_H
#define EV_CLI_OPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum ev_opt_kind {
	EV_OPT_FLAG,	/* bool: set to true */
	EV_OPT_COUNT,	/* int: one more each time */
	EV_OPT_TEXT,	/* const char *: the argument, argv's */
	EV_OPT_LIST,	/* struct ev_list: one more argument each time */
	EV_OPT_PAIR,	/* const char *[2]: two arguments, argv's; arg names
			 * both: "T1 T2" */
	EV_OPT_NUMBER,	/* long: a whole number */
	EV_OPT_POSITIVE, /* long: a whole number from 1 on */
	EV_OPT_SIZE,	/* size_t: 64M, 1GiB, 4096 */
	EV_OPT_CALL	/* set() does it */
};

struct ev_opt {
	const char	*name;		/* long name without dashes */
	char		 letter;	/* 0: none */
	enum ev_opt_kind kind;
	bool		 optional;	/* the argument may be left out (=ARG) */
	const char	*arg;		/* "GLOBS"; NULL: takes none */
	const char	*values;	/* "audit ops debug": the words that may
					 * stand there; NULL: free text */
	const char	*help;		/* one line, no full stop */
	size_t		 offset;	/* of the field in the struct */
	/* EV_OPT_CALL: field is at offset; arg NULL when left out. */
	int		(*set)(void *field, const char *arg,
			    struct ev_err *err);
};

struct ev_list {
	const char	**v;
	size_t		  n;
};

struct ev_opt_group {
	const char		*title;	/* heading in --help */
	const struct ev_opt	*opt;
	size_t			 count;
	void			*fill;	/* the struct that the rows fill */
};

#define EV_OPT_GROUP(title, rows, fill) \
	{ (title), (rows), sizeof(rows) / sizeof((rows)[0]), (fill) }

/*
 * Sets the field of an option in the struct that its row fills: arg is the
 * argument, NULL when it has none.  0, or -1: the message says what the
 * argument is not.
 */
int	ev_opt_fill(const struct ev_opt *opt, void *fill, const char *arg,
	    struct ev_err *err);

/* A size with K, M, G (powers of 1024; KiB and KB the same). */
int	ev_opt_size(const char *text, size_t *out, struct ev_err *err);

#endif
