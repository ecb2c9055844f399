/*
 * finding: what a check found, told to people and to programs.
 */
#ifndef EV_FSCK_FINDING_H
#define EV_FSCK_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "grid/grid.h"

enum ev_grave {
	EV_FINDING_NOTE,	/* good to know, nothing is wrong */
	EV_FINDING_PROBLEM,
	EV_FINDING_MENDED	/* was a problem */
};

struct ev_finding {
	enum ev_grave	 grave;
	char		*file;	/* as people know it */
	uint64_t	 line;	/* 0: none, it is the file */
	const char	*what;	/* one word: "damaged", "torn", "differs" … */
	char		*why;	/* the rest of the sentence */
};

struct ev_findings {
	struct ev_finding *v;
	size_t		   n, cap;
	uint64_t	   problems;	/* all there were, also beyond v */
	uint64_t	   unsaid;	/* of them and of notes: not in v */
};

#define EV_FINDINGS_INIT { NULL, 0, 0, 0, 0 }
#define EV_FINDINGS_MOST 1000	/* of one kind in one file */

/* Adds one; file and why are copied, what is static text.  Beyond
 * EV_FINDINGS_MOST in one go they are only counted. */
void	ev_finding_add(struct ev_findings *findings, enum ev_grave grave,
	    const char *file, uint64_t line, const char *what,
	    const char *fmt, ...) __attribute__((format(printf, 6, 7)));
void	ev_findings_clear(struct ev_findings *findings);

/* Appends "FILE:LINE: WHAT: WHY" for people: problems and what was mended,
 * notes too when notes is true; escaped as for a terminal. */
void	ev_findings_text(const struct ev_findings *findings, bool notes,
	    struct ev_buf *out);
/* Adds the columns file, line, grave, what and why to a new grid. */
void	ev_findings_columns(struct ev_grid *grid);
/* Adds all of them as rows. */
void	ev_findings_rows(const struct ev_findings *findings,
	    struct ev_grid *grid);

#endif
