/*
 * color: what stands out on a terminal, and whether anything may.
 */
#ifndef EV_OUT_COLOR_H
#define EV_OUT_COLOR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

enum ev_style {
	EV_STYLE_NONE,
	EV_STYLE_DIM,		/* what is the same in line after line */
	EV_STYLE_NAME,		/* types, headings */
	EV_STYLE_GOOD,
	EV_STYLE_WARN,
	EV_STYLE_BAD,
	EV_STYLE_WORST,
	EV_STYLES
};

/*
 * True when output should be coloured.  when: "always" and "never" decide;
 * "auto" or NULL: never with NO_COLOR, always with CLICOLOR_FORCE, else when
 * the output is a terminal other than TERM=dumb.
 */
bool	ev_color_wanted(const char *when, bool terminal);

/* Append what begins and ends a style; nothing for EV_STYLE_NONE. */
void	ev_color_begin(struct ev_buf *out, enum ev_style style);
void	ev_color_end(struct ev_buf *out, enum ev_style style);

/* The style of an outcome's word ("failed", "PASS", …). */
enum ev_style ev_color_outcome(struct ev_slice word);
/* The style of a severity 0..5, as a number's or label's text. */
enum ev_style ev_color_severity(struct ev_slice severity);

#endif
