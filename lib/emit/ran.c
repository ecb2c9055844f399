#include "emit/ran.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "exec/command.h"
#include "json/quote.h"

/* An object that grows. */
struct object {
	struct ev_buf *out;
	const char *home; /* where most members go */
};

static void
begin(struct object *o, const char *at, const char *name)
{
	struct ev_buf *out = o->out;

	if (out->p[out->n - 1] != '{')
		ev_buf_addc(out, ',');
	ev_buf_addc(out, '"');
	if (at != NULL)
		ev_buf_addf(out, "%s.", at);
	ev_buf_addf(out, "%s\":", name);
}

static void
put_number(struct object *o, const char *name, int64_t n)
{
	begin(o, o->home, name);
	ev_buf_addf(o->out, "%" PRId64, n);
}

static void
put_text(
    struct object *o, const char *at, const char *name, struct ev_slice text)
{
	begin(o, at, name);
	ev_quote(o->out, text);
}

static void
put_bool(struct object *o, const char *name, bool value)
{
	begin(o, o->home, name);
	ev_buf_adds(o->out, value ? "true" : "false");
}

static void
put_signal(struct object *o, int n)
{
	begin(o, o->home, "signal");
	if (n == 0)
		ev_buf_adds(o->out, "null");
	else
		ev_quote(o->out, ev_slice_of(ev_exec_signal_name(n)));
}

/* Why it did not start; its name stays out of it. */
static void
put_reason(struct object *o, int error)
{
	struct ev_buf text = EV_BUF_INIT;

	if (error == 0)
		return;
	if (error == ENOENT)
		ev_buf_adds(&text, "command not found");
	else
		ev_buf_addf(&text, "cannot be executed: %s", strerror(error));
	put_text(o, o->home, "reason", ev_buf_slice(&text));
	ev_buf_clear(&text);
}

static void
put_command(struct object *o, const struct ev_said_ran *ran)
{
	struct ev_buf text = EV_BUF_INIT;
	char hash[EV_SHA256_HEX];

	ev_exec_hash(ran->argv, hash);
	put_text(o, o->home, "commandHash", ev_slice_of(hash));
	ev_exec_redacted(ran->argv, &text);
	put_text(o, o->home, "commandRedacted", ev_buf_slice(&text));
	ev_buf_clear(&text);
	if (!ran->raw)
		return;
	begin(o, o->home, "argv");
	ev_exec_argv_json(ran->argv, o->out);
}

/* GEP's records have members of their own for how it went. */
static void
put_gep(
    struct object *o, const struct ev_said_ran *ran, const struct ev_shape *s)
{
	struct ev_buf text = EV_BUF_INIT;
	bool well = ev_said_ran_well(ran);

	if (strcmp(s->type, "ValidationReport") != 0) {
		put_text(o, "outcome", "status",
		    ev_slice_of(well ? "success" : "failed"));
		return;
	}
	begin(o, NULL, "duration_ms");
	ev_buf_addf(o->out, "%" PRId64, ran->end.duration_ms);
	begin(o, NULL, "commands");
	ev_buf_adds(o->out, "[{\"command\":");
	ev_exec_redacted(ran->argv, &text);
	ev_quote(o->out, ev_buf_slice(&text));
	ev_buf_addf(o->out, ",\"ok\":%s}]", well ? "true" : "false");
	ev_buf_clear(&text);
}

bool
ev_said_ran_well(const struct ev_said_ran *ran)
{
	return ran->end.status == 0;
}

void
ev_said_ran_json(const struct ev_said_ran *ran, const struct ev_shape *shape,
    struct ev_buf *out)
{
	const struct ev_exec_end *end = &ran->end;
	struct object o = { out, shape->home };

	ev_buf_addc(out, '{');
	if (shape->dialect == &ev_dialects[EV_GEP])
		put_gep(&o, ran, shape);
	put_number(&o, "exit_code", end->status);
	put_signal(&o, end->signal);
	put_reason(&o, end->error);
	put_number(&o, "duration_ms", end->duration_ms);
	put_number(&o, "user_ms", end->user_ms);
	put_number(&o, "sys_ms", end->sys_ms);
	put_number(&o, "max_rss_kb", end->max_rss_kb);
	put_command(&o, ran);
	if (ran->cwd != NULL)
		put_text(&o, o.home, "cwd", ev_slice_of(ran->cwd));
	if (ran->test)
		put_bool(&o, "testsPassed", ev_said_ran_well(ran));
	ev_buf_addc(out, '}');
}
