/*
 * work: what the readers of lines share while an input is read: the finding
 * that is being made, and what was said before that later lines mean.
 */
#ifndef EV_PARSE_WORK_H
#define EV_PARSE_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "parse/frame.h"
#include "parse/note.h"
#include "parse/where.h"

/* What is read behind the last line of an input: an empty heading. */
#define EV_WORK_END "==="

/* Whose rules are asked; a format asks for several. */
enum ev_tool {
	EV_TOOL_LINES	= 1 << 0,
	EV_TOOL_TAP	= 1 << 1,
	EV_TOOL_JUNIT	= 1 << 2,
	EV_TOOL_SARIF	= 1 << 3,
	EV_TOOL_GCC	= 1 << 4,	/* and clang, ld, make */
	EV_TOOL_GO	= 1 << 5,
	EV_TOOL_CARGO	= 1 << 6,
	EV_TOOL_TSC	= 1 << 7,
	EV_TOOL_ESLINT	= 1 << 8,
	EV_TOOL_JEST	= 1 << 9,
	EV_TOOL_PYTEST	= 1 << 10,
	EV_TOOL_NODE	= 1 << 11,
	EV_TOOL_PYTHON	= 1 << 12,
	EV_TOOL_RUST	= 1 << 13,
	EV_TOOL_JAVA	= 1 << 14,
	EV_TOOL_GITHUB	= 1 << 15,
	EV_TOOL_SHELL	= 1 << 16,	/* shellcheck, crashes a shell tells */
	EV_TOOL_OTHER	= 1 << 17	/* git, npm, pip, builds in general */
};
#define EV_TOOL_ANY 0x3ffff

/* Patterns of lines inside a finding; their groups. */
enum ev_inner {
	EV_INNER_PYTHON_END,	/* class, message */
	EV_INNER_PYTEST_AT,	/* file, line, function, class, message */
	EV_INNER_RUST_AT,	/* file, line, column */
	EV_INNER_RUST_FN,	/* function */
	EV_INNER_GO_FN,		/* function */
	EV_INNER_GO_LOG,	/* file, line, message */
	EV_INNER_BATS_AT,	/* file, line */
	EV_INNER_PERL_AT,	/* file, line */
	EV_INNER_CAUSE,		/* class, message */
	EV_INNERS
};

struct ev_work;
struct ev_regex;

/* What an open finding makes of the next line. */
enum ev_take {
	EV_TAKE_MINE,	/* it belongs to it */
	EV_TAKE_LAST,	/* it belongs to it, which is whole now */
	EV_TAKE_OVER,	/* it does not: the finding is whole */
	EV_TAKE_DROP	/* it does not, and there was no finding */
};
typedef enum ev_take ev_block(struct ev_work *work, struct ev_slice line);

struct ev_work {
	unsigned	 tools;		/* of enum ev_tool */
	struct ev_where	*where;
	struct ev_frames *frames;
	void		(*found)(void *arg, const struct ev_finding *finding);
	void		*arg;

	struct ev_note	 note;
	ev_block	*block;		/* who reads on; NULL: none is open */
	bool		 sure;		/* it stands, should the input end here */
	int		 step;		/* the block's own */
	size_t		 indent;	/* of its first line */
	unsigned	 blank;		/* blank lines since its last other one */

	struct ev_buf	 header;	/* the last line that may name a file */
	bool		 header_live;	/* and what it heads goes on */
	struct ev_buf	 source;	/* the last line "file:line" */
	unsigned	 source_age;	/* lines since */
	struct ev_buf	 suite;		/* jest: the file under test */
	struct ev_buf	 test;		/* the test that next failure is of */
	struct ev_buf	 function;	/* a line that may name a frame's */
	uint32_t	 script_line;	/* shellcheck: of `header` */
	bool		 nested;	/* TAP: a test inside the next failed */
	struct ev_buf	 owed;		/* its line, until a test of it is told */
	bool		 again;		/* jest tells all failures once more */
	struct ev_map	*told;		/* types and tests that were told */
	size_t		 names;		/* tests among them */
	bool		 section;	/* pytest, cargo: failures are told */
	bool		 failing;	/* mocha: what has a number failed */
	struct ev_buf	 package;	/* go test -json: whose lines these are */
	struct ev_golog	*golog;		/* logs of tests that run; or NULL */
	struct ev_regex	*inner[EV_INNERS];
};

void	ev_work_init(struct ev_work *work);
void	ev_work_clear(struct ev_work *work);

/* Begins a finding; another one that is open goes out first. */
struct ev_note *ev_work_open(struct ev_work *work, const char *tool,
	    const char *type);
/* Hands the finding on; nothing when none was begun. */
void	ev_work_close(struct ev_work *work);
/* Forgets the finding. */
void	ev_work_drop(struct ev_work *work);

/* Was a finding of this type told in this input? */
bool	ev_work_told(const struct ev_work *work, const char *type);
/* Notes that a test's failure was told; true: it was already. */
bool	ev_work_told_test(struct ev_work *work, struct ev_slice name);

/* Does a line have one of those patterns?  Fills its groups. */
bool	ev_work_inner(struct ev_work *work, enum ev_inner which,
	    struct ev_slice line, struct ev_slice *group, size_t count);

/* Takes a frame that stands in the line; EV_TONGUE_NONE: there is none. */
enum ev_tongue ev_work_frame(struct ev_work *work, struct ev_slice line);

/* Nothing but blanks? */
bool	ev_work_blank(struct ev_slice line);
/* How many blanks stand in front. */
size_t	ev_work_indent(struct ev_slice line);
/* The line without blanks at its ends. */
struct ev_slice ev_work_trim(struct ev_slice line);

#endif
