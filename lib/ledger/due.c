#include "ledger/due.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "json/number.h"
#include "ledger/cron.h"
#include "ledger/form.h"

#define INTERVAL 60000	  /* ms */
#define TIME_MOST 8.64e15 /* ms, of JavaScript's dates */

static const struct ev_form zone = { "timeZone", EV_FORM_TEXT, EV_FORM_MAY,
	NULL, NULL };

/* clang-format off */
static const char *const universal[] = {
	"utc", "uct", "gmt", "gmt0", "gmt+0", "gmt-0", "zulu", "universal",
	"greenwich", NULL
};
static const char *const etc[] = { "Etc", NULL };
/* What names of the tz database begin with, up to the slash. */
static const char *const areas[] = {
	"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic",
	"Australia", "Brazil", "Canada", "Chile", "Etc", "Europe", "Indian",
	"Mexico", "Pacific", "US", NULL
};
/* Those without a slash, and the abbreviations that JavaScript knows. */
static const char *const alone[] = {
	"CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire",
	"GB", "GB-Eire", "HST", "Hongkong", "Iceland", "Iran", "Israel",
	"Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT",
	"NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal",
	"ROC", "ROK", "Singapore", "Turkey", "W-SU", "WET",
	"ACT", "AET", "AGT", "ART", "AST", "BET", "BST", "CAT", "CNT", "CST",
	"CTT", "EAT", "ECT", "IET", "IST", "JST", "MIT", "NET", "NST", "PLT",
	"PNT", "PRT", "PST", "SST", "VST", NULL
};
/* clang-format on */

static bool
is_one_of(struct ev_slice name, const char *const *words)
{
	for (; *words != NULL; words++)
		if (name.n == strlen(*words) &&
		    strncasecmp(name.p, *words, name.n) == 0)
			return true;
	return false;
}

/* Is UTC meant?  So it is, too, by what can be no name of a time zone. */
static bool
is_utc(struct ev_slice name)
{
	const char *slash = memchr(name.p, '/', name.n);
	struct ev_slice area = { name.p, 0 };

	if (slash == NULL)
		return is_one_of(name, universal) || !is_one_of(name, alone);
	area.n = (size_t)(slash - name.p);
	name.p += area.n + 1;
	name.n -= area.n + 1;
	if (is_one_of(area, etc) && is_one_of(name, universal))
		return true;
	return name.n == 0 || !is_one_of(area, areas);
}

struct ev_node
ev_due_zone(struct ev_node *payload)
{
	struct ev_node name = ev_form_member(&zone, payload);
	struct ev_buf scratch = EV_BUF_INIT;
	bool utc =
	    name.kind == EV_NONE || is_utc(ev_node_words(&name, &scratch));

	ev_buf_clear(&scratch);
	if (!utc)
		return name;
	ev_node_clear(&name);
	return ev_form_json("\"UTC\"");
}

struct ev_node
ev_due_next(struct ev_node *record, const struct ev_node *time)
{
	double after = ev_num_double(ev_leaf_raw(time)) + INTERVAL - 1;
	const struct ev_node *line = ev_form_get(record, "cron");
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_node next = EV_NODE_NONE;
	struct ev_cron cron;
	int64_t sec;

	if (line != NULL && ev_form_is(record, "timeZone", "UTC") &&
	    fabs(after) < TIME_MOST &&
	    ev_cron_read(&cron, ev_node_words(line, &scratch)) &&
	    ev_cron_next(&cron, (int64_t)floor(after / 1000), &sec) &&
	    (double)sec * 1000 <= TIME_MOST)
		next = ev_node_int(sec * 1000);
	ev_buf_clear(&scratch);
	return next;
}
