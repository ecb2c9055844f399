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

static bool
is_utc(struct ev_slice name)
{
	static const char *const utc[] = { "utc", "uct", "gmt", "gmt0", "gmt+0",
		"gmt-0", "zulu", "universal", "greenwich" };
	size_t i;

	if (name.n > 4 && strncasecmp(name.p, "etc/", 4) == 0) {
		name.p += 4;
		name.n -= 4;
	}
	for (i = 0; i < sizeof(utc) / sizeof(utc[0]); i++)
		if (name.n == strlen(utc[i]) &&
		    strncasecmp(name.p, utc[i], name.n) == 0)
			return true;
	return false;
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
	    ev_cron_next(&cron, (int64_t)floor(after / 1000), &sec))
		next = ev_node_int(sec * 1000);
	ev_buf_clear(&scratch);
	return next;
}
