#include "emit/gep.h"

#include <string.h>

#include "emit/machine.h"
#include "emit/rule.h"
#include "event/gepenv.h"
#include "event/gepkey.h"
#include "json/member.h"
#include "json/quote.h"
#include "text/time.h"

int
ev_gep_machine(struct ev_draft *d, size_t i, struct ev_err *err)
{
	struct ev_buf json = EV_BUF_INIT;
	struct timespec now;

	if (ev_now(&now, err) == -1)
		return -1;
	ev_machine(&json, now);
	ev_draft_raw(d, i, ev_buf_slice(&json));
	ev_buf_clear(&json);
	return 0;
}

void
ev_gep_env_key(struct ev_draft *d, size_t i)
{
	struct ev_val env = ev_draft_named(d, "env_fingerprint");
	char key[EV_GEPENV_SIZE];

	if (env.kind == EV_NONE)
		return;
	ev_gepenv_key(&env, EV_GEPENV_1_5_0, key);
	ev_draft_text(d, i, key);
}

void
ev_gep_all_ok(struct ev_draft *d, size_t i)
{
	struct ev_val commands = ev_draft_named(d, "commands");
	bool ok = ev_rule_all_ok(&commands);

	ev_draft_raw(d, i, ok ? EV_SLICE("true") : EV_SLICE("false"));
}

/* Appends the value of a member inside an object, if something fills it. */
static int
inner_value(struct ev_buf *json, const struct ev_draft *d,
    const struct ev_member *m, const struct ev_given *given, struct ev_err *err)
{
	struct ev_buf key = EV_BUF_INIT;
	struct ev_val signals;
	char text[EV_TIME_SIZE];
	struct timespec t;

	if (m->fill == EV_FILL_LITERAL) {
		ev_buf_adds(json, m->literal);
	} else if (m->fill == EV_FILL_NOW) {
		if (ev_draft_time(given, &t, err) == -1)
			return -1;
		ev_time_format(t, text);
		ev_quote(json, ev_slice_of(text));
	} else if (m->fill == EV_FILL_SIGNALS) {
		signals = ev_draft_named(d, "signals");
		ev_gepkey_signals(&key, &signals);
		ev_quote(json, ev_buf_slice(&key));
		ev_buf_clear(&key);
	}
	return 0;
}

int
ev_gep_inner(struct ev_draft *d, size_t i, const struct ev_given *given,
    struct ev_err *err)
{
	const struct ev_member *m = d->shape->member[i].inner;
	struct ev_buf json = EV_BUF_INIT;
	const char *name;
	int r = 0;

	for (; r == 0 && m->name != NULL; m++) {
		name = strrchr(m->name, '.') + 1;
		if (ev_member_of(&d->val[i], name).kind != EV_NONE)
			continue;
		ev_buf_reset(&json);
		r = inner_value(&json, d, m, given, err);
		if (json.n > 0)
			ev_draft_inside(d, i, name, ev_buf_slice(&json));
	}
	ev_buf_clear(&json);
	return r;
}

bool
ev_gep_lacks(const struct ev_draft *d, size_t i)
{
	return d->val[i].kind == EV_OBJECT &&
	    d->shape->member[i].inner != NULL && (d->ours || d->filled[i]);
}
