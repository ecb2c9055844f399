/*
 * run: one run of ev-emit or ev-tail, with or without a fault in it.
 */
#ifndef FAULT_RUN_H
#define FAULT_RUN_H

#include <stdbool.h>
#include <stddef.h>

#define RUN_TEXT 1024

/* Where the commands work. */
struct desk {
	const char	*command;	/* ev-emit */
	const char	*shim;
	const char	*inject;	/* in its place; or NULL */
	char		 dir[256];	/* of this process */
	char		 store[280];	/* the store's directory in it */
};

/* What is emitted. */
struct emit {
	const char	*id;	/* NULL: ev-emit makes one */
	const char	*now;	/* EV_NOW */
	const char	*input;	/* lines for "-", in place of TYPE; or NULL */
	const char	*sync;	/* --sync; or NULL */
	size_t		 size;	/* bytes of its title */
	const char	*reader; /* nothing is: ev-tail's arguments; or NULL */
};

struct outcome {
	int	status;		/* as wait gives it */
	bool	killed;		/* by SIGKILL */
	bool	done;		/* status 0 */
	size_t	n;
	char	text[RUN_TEXT];	/* what it printed */
	char	says[RUN_TEXT];	/* on stderr, when it failed */
};

/* Makes the desk's directory beneath `parent`. */
void	run_desk(struct desk *desk, const char *parent, unsigned number);

/* fault: of the shim or of inject (NULL: without them), text: what a foreign
 * writer appends. */
void	run_emit(const struct desk *desk, const struct emit *emit,
	    const char *fault, const char *text, struct outcome *out);

/* Was the id printed, whole and with its LF? */
bool	run_printed(const struct outcome *out, const char *id);

#endif
