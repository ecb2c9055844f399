/* The report escalation: AgentGuard's states, per session (1-events 1.5). */
#include "event/finger.h"
#include "json/number.h"
#include "json/quote.h"
#include "stats/ledger.h"
#include "stats/reports.h"

#define HIGH 4
#define CRITICAL 5
#define MANY 3 /* as many of HIGH or worse */

static void *
open_escalation(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	static const enum ev_role roles[] = { EV_ID, EV_TYPE, EV_TIME,
		EV_SESSION, EV_SEVERITY, EV_MESSAGE, EV_FILE, EV_LINE,
		EV_FINGERPRINT };
	struct ev_study *study = ev_ledger_open(scope, NULL, err);
	size_t i;

	if (study == NULL)
		return NULL;
	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		ev_model_want(model, roles[i]);
	ev_ledger_field(study, 0, model, "resolved");
	return study;
}

/* The stored fingerprint, or the one that ev-fp would give. */
static struct ev_slice
fingerprint(struct ev_event *ev, char made[EV_FINGER_SIZE])
{
	struct ev_slice stored = ev_event_text(ev, EV_FINGERPRINT);
	struct ev_finger parts = { .type = ev_event_text(ev, EV_TYPE),
		.message = ev_event_text(ev, EV_MESSAGE),
		.file = ev_event_text(ev, EV_FILE),
		.line = ev_event_text(ev, EV_LINE) };

	if (stored.n > 0)
		return stored;
	ev_finger_print(&parts, made);
	return ev_slice_of(made);
}

/* The finding is resolved, or reopened; table 1 keeps which was last. */
static bool
is_turn(struct ev_ledger *ledger, struct ev_event *ev)
{
	struct ev_val type = ev_event_role(ev, EV_TYPE);
	struct ev_val resolved = ev_ledger_value(ledger, 0, ev);
	bool reopened = ev_val_is(&type, "FindingReopened");
	char made[EV_FINGER_SIZE];
	struct ev_slice key;

	if (!reopened && resolved.kind != EV_TRUE)
		return false;
	key = fingerprint(ev, made);
	ev_mark_last(&ev_bins_at(&ledger->table[1], &key, 1)->mark, ev,
	    reopened ? EV_SLICE("reopened") : EV_SLICE(""));
	return true;
}

static bool
is_said(struct ev_event *ev)
{
	struct ev_val type = ev_event_role(ev, EV_TYPE);

	return ev_val_is(&type, "FindingReopened") ||
	    ev_val_is(&type, "FindingResolved");
}

/* Table 0: by session, fingerprint and critical or high when it was so last;
 * by the session alone that there is one. */
static void
event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct ev_ledger *ledger = arg;
	struct ev_slice key[3], text = ev_event_text(ev, EV_SEVERITY);
	bool turn = is_turn(ledger, ev);
	char made[EV_FINGER_SIZE];
	double severity;
	struct ev_bin *bin;

	(void)at;
	if (!ev_num_valid(text) || is_said(ev))
		return;
	severity = ev_num_double(text);
	key[0] = ev_ledger_key(ev, EV_SESSION);
	if (key[0].n == 0)
		key[0] = EV_SLICE("-");
	if (turn || severity < HIGH) {
		ev_bins_at(&ledger->table[0], key, 1);
		return;
	}
	key[1] = fingerprint(ev, made);
	key[2] = severity >= CRITICAL ? EV_SLICE("critical") : EV_SLICE("high");
	bin = ev_bins_at(&ledger->table[0], key, 3);
	ev_mark_last(&bin->mark, ev, EV_SLICE(""));
}

/* What happened after it was resolved, or when it was reopened, counts. */
static bool
is_open(struct ev_ledger *ledger, const struct ev_bin *bin)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_slice finger = ev_bin_text(bin, 1, &text);
	const struct ev_bin *turn = ev_bins_find(&ledger->table[1], &finger, 1);

	ev_buf_clear(&text);
	return bin->mark.set &&
	    (turn == NULL || turn->mark.text.n > 0 ||
		ev_mark_cmp(&bin->mark, &turn->mark) > 0);
}

static int
by_finding(const void *pa, const void *pb)
{
	int diff = ev_bin_cmp(pa, pb, 0);

	if (diff == 0)
		diff = ev_bin_cmp(pa, pb, 1);
	/* critical before high */
	return diff != 0 ? diff : ev_bin_cmp(pa, pb, 2);
}

static int
by_worst(const void *pa, const void *pb)
{
	const struct ev_bin *a = pa, *b = pb;
	int diff = (a->count[1] < b->count[1]) - (a->count[1] > b->count[1]);

	if (diff == 0)
		diff =
		    (a->count[0] < b->count[0]) - (a->count[0] > b->count[0]);
	return diff != 0 ? diff : ev_bin_cmp(a, b, 0);
}

static bool
is_critical(const struct ev_bin *finding)
{
	return ev_slice_is(ev_bin_part(finding, 2), "\"critical\"");
}

/* By session the distinct open findings: count[0] high, count[1] critical. */
static void
sum_up(struct ev_ledger *ledger, struct ev_bins *sessions)
{
	struct ev_buf text = EV_BUF_INIT;
	const struct ev_bin *finding, *last = NULL;
	struct ev_bins *bins = &ledger->table[0];
	struct ev_slice name;
	struct ev_bin *bin;
	size_t i;

	ev_bins_sort(bins, by_finding);
	for (i = 0; i < bins->count; i++) {
		finding = &bins->bin[i];
		name = ev_bin_text(finding, 0, &text);
		bin = ev_bins_at(sessions, &name, 1);
		if (!is_open(ledger, finding))
			continue;
		/* what is critical is not high besides */
		if (last == NULL || ev_bin_cmp(last, finding, 0) != 0 ||
		    ev_bin_cmp(last, finding, 1) != 0)
			bin->count[is_critical(finding)]++;
		last = finding;
	}
	ev_bins_sort(sessions, by_worst);
	ev_buf_clear(&text);
}

static const char *
state_of(const struct ev_bin *bin)
{
	if (bin->count[1] > 0)
		return "LOCKDOWN";
	if (bin->count[0] >= MANY)
		return "HIGH";
	return bin->count[0] > 0 ? "ELEVATED" : "NORMAL";
}

static int
finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	struct ev_bins sessions;
	size_t i;

	ev_grid_group(grid, "session", EV_GRID_TEXT);
	ev_grid_column(grid, "state", EV_GRID_TEXT);
	ev_grid_draw(grid, EV_GRID_NONE,
	    ev_grid_column(grid, "high", EV_GRID_COUNT), -1);
	ev_grid_column(grid, "critical", EV_GRID_COUNT);
	ev_bins_init(&sessions);
	sum_up(ledger, &sessions);
	for (i = 0; i < sessions.count; i++) {
		ev_grid_raw(grid, ev_bin_part(&sessions.bin[i], 0));
		ev_grid_text(grid, ev_slice_of(state_of(&sessions.bin[i])));
		ev_grid_count(grid, sessions.bin[i].count[0]);
		ev_grid_count(grid, sessions.bin[i].count[1]);
	}
	ev_bins_clear(&sessions);
	return ev_ledger_end(ledger, 0, grid, err);
}

const struct ev_report ev_report_escalation = { "escalation",
	"NORMAL, ELEVATED, HIGH or LOCKDOWN per session (AgentGuard)",
	open_escalation, .event = event, .finish = finish, EV_REPORT_LEDGER };
