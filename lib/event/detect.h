/*
 * detect: which dialect a line has (1-events 1.1).
 *
 * A rule is a list of tests of keys that a plan wants; the first rule whose
 * tests all hold names the dialect.
 */
#ifndef EV_EVENT_DETECT_H
#define EV_EVENT_DETECT_H

#include <stddef.h>

#include "base/err.h"
#include "event/dialect.h"
#include "json/scan.h"

/* What a test asks of the value at a path; null counts as present. */
enum ev_test_kind {
	EV_TEST_END,		/* no test: ends a list */
	EV_TEST_PRESENT,
	EV_TEST_STRING,
	EV_TEST_NUMBER,
	EV_TEST_FINITE,		/* a number that a double can hold */
	EV_TEST_IS,		/* the string `text` */
	EV_TEST_TEXT,		/* a string, number or word of this text */
	EV_TEST_STARTS		/* a string that begins with `text` */
};

struct ev_test {
	enum ev_test_kind	 kind;
	const char		*path;
	const char		*text;
};

struct ev_detector;

struct ev_detector *ev_detector_new(void);
void	ev_detector_free(struct ev_detector *detector);

/*
 * Appends a rule: a line for which the tests up to EV_TEST_END hold has the
 * caller's row.  What they ask is added to plan; their texts stay the
 * caller's.  The rarest key should stand first, it is asked first.  0, or -1:
 * a path is wrong or not of object keys only; nothing is appended.
 */
int	ev_detector_add(struct ev_detector *detector, struct ev_plan *plan,
	    const struct ev_test *tests, size_t row, struct ev_err *err);

/*
 * Appends the rules of 1.1 in their order; row[i] is the caller's row of
 * ev_dialects[i].  generic has none: it is what no rule fits.
 */
void	ev_detector_builtin(struct ev_detector *detector, struct ev_plan *plan,
	    const size_t row[EV_DIALECTS]);

/* The row of the first rule that fits a line's slots, or otherwise. */
size_t	ev_detect(const struct ev_detector *detector,
	    const struct ev_val *slots, size_t otherwise);

#endif
