#include "emit/given.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cli/conf.h"
#include "emit/check.h"
#include "emit/raw.h"
#include "git/decode.h"
#include "json/number.h"
#include "json/quote.h"
#include "text/time.h"
#include "text/when.h"

static int
quote(struct ev_buf *raw, struct ev_slice text, const char *name,
    struct ev_err *err)
{
	if (!ev_utf8_valid(text.p, text.n))
		return ev_fail(err, "%s: not UTF-8", name);
	ev_quote(raw, text);
	return 0;
}

/* A number as people write it, .5 too, as JSON has it. */
static bool
number(struct ev_buf *raw, struct ev_slice text)
{
	if (text.n > 0 && text.p[0] == '.')
		ev_buf_addc(raw, '0');
	ev_buf_addslice(raw, text);
	if (ev_num_valid(ev_buf_slice(raw)))
		return true;
	ev_buf_reset(raw);
	return false;
}

int
ev_given_say(struct ev_given *given, enum ev_say what, const char *text,
    bool ambient, struct ev_err *err)
{
	const struct ev_member *m = &ev_says[what];
	struct ev_said *said = &given->said[what];
	struct ev_slice slice = ev_slice_of(text);
	struct ev_val val;

	ev_buf_reset(&said->raw);
	said->ambient = ambient;
	if (((m->form != EV_FORM_NUMBER && m->form != EV_FORM_WHOLE) ||
		!number(&said->raw, slice)) &&
	    quote(&said->raw, slice, m->name, err) == -1)
		return -1;
	val = ev_raw_val(ev_buf_slice(&said->raw));
	return ev_check_member(m, &val, err);
}

static int
say_setting(struct ev_given *given, enum ev_say what, enum ev_setting setting,
    struct ev_err *err)
{
	const char *text = ev_setting(given->settings, setting);

	return text == NULL ? 0 : ev_given_say(given, what, text, true, err);
}

static int
choose_shape(struct ev_given *given, bool lines, struct ev_err *err)
{
	const char *name = ev_setting(given->settings, EV_SET_DIALECT);
	const struct ev_dialect *dialect = &ev_dialects[EV_VERMAS];

	if (name != NULL)
		dialect = ev_custom_named(given->custom, name);
	if (dialect == NULL && given->unsure && lines)
		return 0;
	if (dialect == NULL)
		return ev_fail(err, "no dialect is called '%s' (%s)", name,
		    ev_setting_origin(given->settings, EV_SET_DIALECT));
	given->shape = ev_shape_of(dialect);
	if (given->shape != NULL || lines)
		return 0;
	return ev_fail(err,
	    "%s: not one of the dialects that are written "
	    "(vermas govern brewva agentguard gep "
	    "gastown cloudevents)",
	    name);
}

int
ev_given_settings(struct ev_given *given, const struct ev_settings *settings,
    bool lines, struct ev_err *err)
{
	const char *level = ev_setting(settings, EV_SET_LEVEL);
	const char *most = ev_setting(settings, EV_SET_MAX_LINE);

	given->settings = settings;
	if (choose_shape(given, lines, err) == -1)
		return -1;
	given->keep_level =
	    level != NULL ? ev_level_parse(ev_slice_of(level)) : -1;
	if (ev_opt_size(most, &given->max_line, err) == -1)
		return -1;
	if (given->max_line > EV_LINE_MOST)
		given->max_line = EV_LINE_MOST;
	if (say_setting(given, EV_SAY_SESSION, EV_SET_SESSION, err) == -1)
		return -1;
	return say_setting(given, EV_SAY_CORRELATION, EV_SET_CORRELATION, err);
}

int
ev_given_time(
    struct ev_given *given, const char *text, bool utc, struct ev_err *err)
{
	struct timespec now;
	struct ev_err why;

	if (ev_now(&now, err) == -1)
		return -1;
	if (ev_when_parse(text, now, utc, &given->time, &why) == -1)
		return ev_fail(err, "--time: %s", why.text);
	given->timed = true;
	return 0;
}

int
ev_given_list(struct ev_given *given, enum ev_say what,
    const struct ev_list *list, struct ev_err *err)
{
	struct ev_buf *raw = &given->said[what].raw;
	const char *p, *end;
	size_t i;

	ev_buf_reset(raw);
	for (i = 0; i < list->n; i++)
		for (p = list->v[i];; p = end + 1) {
			end = p + strcspn(p, ",");
			if (end > p)
				ev_buf_addc(raw, raw->n == 0 ? '[' : ',');
			if (end > p &&
			    quote(raw,
				(struct ev_slice){ p, (size_t)(end - p) },
				ev_says[what].name, err) == -1)
				return -1;
			if (*end == '\0')
				break;
		}
	if (raw->n == 0 && list->n > 0)
		ev_buf_addc(raw, '[');
	if (raw->n > 0)
		ev_buf_addc(raw, ']');
	return 0;
}

struct ev_slice
ev_given_for(const struct ev_given *given, const struct ev_shape *shape,
    enum ev_say what)
{
	struct ev_slice raw = ev_buf_slice(&given->said[what].raw);
	struct ev_target target;
	const struct ev_member *m;

	if (raw.n == 0)
		return raw;
	target = ev_shape_target(shape, what, EV_SLICE(""));
	m = target.inner != NULL ? NULL : ev_shape_named(shape, target.member);
	if (m == NULL)
		return raw;
	if (m->role == EV_LEVEL && shape->level_else != NULL &&
	    !ev_slice_is(raw, "\"audit\""))
		return ev_slice_of(shape->level_else);
	if (m->form == EV_FORM_BOOL &&
	    (ev_slice_is(raw, "\"true\"") || ev_slice_is(raw, "\"false\"")))
		return (struct ev_slice){ raw.p + 1, raw.n - 2 };
	return raw;
}

static const char *
login_name(void)
{
	const char *name = getenv("LOGNAME");
	const struct passwd *pw;

	if (name == NULL || *name == '\0')
		name = getenv("USER");
	if (name != NULL && *name != '\0')
		return name;
	pw = getpwuid(geteuid());
	return pw != NULL ? pw->pw_name : NULL;
}

/* The name by git or the login, else the number that stands for one, looked up
 * once.  Nobody wrote it for us: no byte of it makes an event be lost. */
static const char *
who(struct ev_given *given)
{
	struct ev_buf text = EV_BUF_INIT;
	const char *login;
	char *name;

	if (given->who != NULL)
		return given->who;
	name = ev_conf_git_user(given->dir);
	login = name == NULL ? login_name() : name;
	if (login != NULL)
		ev_git_decode(ev_slice_of(login), EV_SLICE(""), &text);
	else
		ev_buf_addf(&text, "%lu", (unsigned long)geteuid());
	free(name);
	ev_buf_str(&text);
	given->who = text.p;
	return given->who;
}

bool
ev_given_redact(
    const struct ev_given *given, const char *member, struct ev_buf *json)
{
	struct ev_buf clean = EV_BUF_INIT;

	if (given->redact == NULL ||
	    !ev_redact_value(
		given->redact, ev_slice_of(member), ev_buf_slice(json), &clean))
		return false;
	ev_buf_clear(json);
	*json = clean;
	return true;
}

int
ev_given_actor(struct ev_given *given, struct ev_slice *raw, struct ev_err *err)
{
	const struct ev_buf *said = &given->said[EV_SAY_ACTOR].raw;
	const char *name;
	int r = 0;

	*raw = ev_buf_slice(said->n > 0 ? said : &given->actor);
	if (raw->n > 0)
		return 0;
	name = ev_setting(given->settings, EV_SET_ACTOR);
	if (name == NULL)
		name = who(given);
	r = quote(&given->actor, ev_slice_of(name), "actor", err);
	if (r == 0)
		ev_given_redact(given, "actor", &given->actor);
	*raw = ev_buf_slice(&given->actor);
	return r;
}
