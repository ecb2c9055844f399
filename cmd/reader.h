/*
 * reader: what the mains of the reading commands share: what is to be read,
 * which of it, and where the output goes.
 *
 *	struct reader r = { .cmd = { .name = "ev-tail", .usage = usage } };
 *	first = reader_options(&r, argc, argv);
 *	reader_compile(&r);			-- more wants of r.model
 *	reader_inputs(&r, argv + first, n, false);
 *	reader_settle(&r);			-- r.reading is ready
 *	reader_open(&r);
 *	…					-- to r.sink
 *	return reader_finish(&r, status);
 */
#ifndef EV_CMD_READER_H
#define EV_CMD_READER_H

#include "cmd.h"
#include "out/format.h"
#include "out/sink.h"
#include "read/inputs.h"
#include "read/reading.h"
#include "store/place.h"

struct reader {
	struct cmd		 cmd;
	/* filled by the options */
	struct ev_filter	 filter;
	const char		*out;		/* --out */
	bool			 exit_status;	/* -x */
	const char		*output, *columns;
	bool			 nul;		/* -0 */
	/* filled on the way */
	struct ev_model		*model;
	struct ev_inputs	*inputs;
	struct ev_place		 place;		/* when a store was looked for */
	struct ev_place		 beside;	/* whose dialects operands have */
	struct ev_progress	 progress;
	struct ev_say		 say;
	struct ev_reading	 reading;
	struct ev_writer	 writer;	/* of reader_format */
	struct ev_sink		 sink;
	bool			 failed;	/* status 2 in the end */
};

/* The rows: --out -x. */
#define READER_OUTPUT_OPTIONS 2
extern const struct ev_opt reader_output_options[READER_OUTPUT_OPTIONS];
/* The rows of those that print events: -o --columns -0. */
#define READER_EVENT_OPTIONS 3
extern const struct ev_opt reader_event_options[READER_EVENT_OPTIONS];

/*
 * cmd_start and cmd_options; -S beside operands is wrong usage (ends with 2).
 * Gives the index of the first operand.
 */
int	reader_options(struct reader *r, int argc, char **argv);

/* The model and the filter; wrong usage ends with 2, whatever there is to
 * read.  Only -d may name a dialect of the user's, see reader_inputs. */
void	reader_compile(struct reader *r);

/* The way of printing events, by -o and where they go; behind reader_compile.
 * Wrong usage ends with 2. */
void	reader_format(struct reader *r);

/*
 * The settings, and what is to be read: the operands, or the store that is
 * found (none: ends with 2).  coming: what is not there yet counts too.  A
 * wrong operand is told (r->failed), the others stay.  The user's dialects and
 * -d, too: wrong ones end with 2.
 */
void	reader_inputs(struct reader *r, char **args, size_t n, bool coming);

/* Seals the model; r->reading is ready. */
void	reader_settle(struct reader *r);

/* Opens the sink; ends with 2 when that fails. */
void	reader_open(struct reader *r);

/* How events look where the open sink goes; paged: there may be more of them
 * than a screen holds. */
void	reader_looks(struct reader *r, bool paged);

/* On a terminal, where silence could mean anything, and without -q: that there
 * is nothing of `what`. */
void	reader_none(const struct reader *r, const char *what);

/* Tells what went wrong: status 2 in the end. */
void	reader_fail(struct reader *r, const struct ev_err *err);

/*
 * Closes the sink and stdout and frees all; gives the exit status: `status`,
 * or 2 when anything failed.  broken: the sink's failure was told already.
 */
int	reader_finish(struct reader *r, int status, bool broken);

#endif
