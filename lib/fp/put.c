#include "fp/put.h"

#include "event/asset.h"
#include "event/gepkey.h"
#include "json/quote.h"
#include "out/cells.h"
#include "out/escape.h"
#include "out/short.h"

void
ev_put_member(struct ev_buf *out, struct ev_slice line, const char *name,
    struct ev_slice json)
{
	size_t end = line.n, before;

	while (end > 0 && line.p[end - 1] != '}')
		end--;
	/* end: behind the last brace; before: behind the last member */
	for (before = end - 1; (unsigned char)line.p[before - 1] <= ' ';)
		before--;
	ev_buf_reserve(out, line.n + json.n + 64);
	ev_buf_add(out, line.p, end - 1);
	if (line.p[before - 1] != '{')
		ev_buf_addc(out, ',');
	ev_buf_addf(out, "\"%s\":", name);
	ev_buf_addslice(out, json);
	ev_buf_add(out, line.p + end - 1, line.n - end + 1);
}

void
ev_put_want(struct ev_put *put, struct ev_model *model)
{
	size_t i;

	put->env = ev_mark_field(model, "env_fingerprint");
	put->asset = ev_mark_field(model, "asset_id");
	ev_model_want(model, EV_ID);
	for (i = 0; put->people && ev_short_roles[i] != EV_ROLES; i++)
		ev_model_want(model, ev_short_roles[i]);
}

/* Ends a record; `from` is where it began. */
static void
end_record(const struct ev_put *put, struct ev_buf *out, size_t from)
{
	if (put->writer->terminal && !put->people)
		ev_escape_lines(out, from);
	ev_buf_addc(out, put->writer->nul ? '\0' : '\n');
}

/* The event in what is left of the terminal's line. */
static void
put_short(const struct ev_writer *writer, struct ev_event *ev,
    struct ev_buf *out, size_t from)
{
	struct ev_slice mark = { out->p + from, out->n - from };
	struct ev_writer rest = *writer;
	size_t used = ev_cells(mark);

	if (rest.width > 0)
		rest.width = rest.width > used ? rest.width - used : 1;
	ev_short_event(&rest, ev, out);
}

bool
ev_put_event(const void *arg, struct ev_marker *marker, struct ev_event *ev,
    struct ev_buf *out)
{
	const struct ev_put *put = arg;
	struct ev_slice mark = ev_mark(marker, ev);
	struct ev_buf json = EV_BUF_INIT;
	size_t from = out->n;

	if (put->people) {
		ev_escape(out, mark);
		ev_buf_adds(out, "  ");
		put_short(put->writer, ev, out, from);
	} else if (mark.n == 0 || ev_mark_stands(marker, ev, mark)) {
		ev_buf_addslice(out, ev->line);
	} else {
		ev_quote(&json, mark);
		ev_put_member(
		    out, ev->line, "fingerprint", ev_buf_slice(&json));
		ev_buf_clear(&json);
	}
	end_record(put, out, from);
	return true;
}

static void
put_env_key(const struct ev_put *put, struct ev_event *ev, struct ev_buf *out)
{
	struct ev_val env = ev_mark_value(ev, put->env);
	char key[EV_GEPENV_SIZE];

	if (env.kind == EV_NONE)
		return;
	ev_gepenv_key(&env, put->generation, key);
	ev_buf_adds(out, key);
}

static void
put_signal_key(
    struct ev_marker *marker, struct ev_event *ev, struct ev_buf *out)
{
	struct ev_val signals;

	if (ev->dialect != &ev_dialects[EV_GEP])
		return;
	signals = ev_mark_signals(marker->way, ev);
	ev_gepkey_signals(out, &signals);
}

static void
put_asset_id(struct ev_event *ev, struct ev_buf *out)
{
	struct ev_val whole = { ev->line.p, (uint32_t)ev->line.n, EV_OBJECT,
		0 };
	char id[EV_ASSET_SIZE];

	ev_asset_id(&whole, id);
	ev_buf_adds(out, id);
}

bool
ev_put_one_key(const void *arg, struct ev_marker *marker, struct ev_event *ev,
    struct ev_buf *out)
{
	const struct ev_put *put = arg;
	struct ev_buf key = EV_BUF_INIT;
	size_t i, from = out->n;

	switch (put->key) {
	case EV_PUT_FP:
		ev_buf_addslice(&key, ev_mark_anew(marker, ev));
		break;
	case EV_PUT_SIGNAL_KEY:
		put_signal_key(marker, ev, &key);
		break;
	case EV_PUT_ENV_KEY:
		put_env_key(put, ev, &key);
		break;
	case EV_PUT_ASSET_ID:
		put_asset_id(ev, &key);
		break;
	case EV_PUT_ERRSIG:
		ev_mark_error(marker->way, ev, &key);
		break;
	}
	for (i = 0; i < key.n; i++) {
		if (key.p[i] == '\n')
			ev_buf_adds(out, "\\n");
		else if (key.p[i] == '\r')
			ev_buf_adds(out, "\\r");
		else if (key.p[i] == '\0')
			ev_buf_adds(out, "\\0");
		else
			ev_buf_addc(out, key.p[i]);
	}
	ev_buf_clear(&key);
	end_record(put, out, from);
	return true;
}

static void
put_mismatch(const struct ev_put *put, struct ev_event *ev, const char *what,
    const struct ev_slice pair[2], struct ev_buf *out)
{
	size_t from = out->n;

	ev_buf_adds(out, "mismatch\t");
	ev_escape(out, ev_event_id(ev));
	ev_buf_addf(out, "\t%s\t", what);
	ev_escape(out, pair[0]);
	ev_buf_addc(out, '\t');
	ev_escape(out, pair[1]);
	end_record(put, out, from);
}

static bool
check_asset(const struct ev_put *put, struct ev_event *ev, struct ev_buf *out)
{
	struct ev_buf scratch = EV_BUF_INIT, made = EV_BUF_INIT;
	struct ev_val stored = ev_mark_value(ev, put->asset);
	struct ev_slice pair[2];
	bool differs = false;

	if (stored.kind == EV_STRING && stored.n > 0) {
		put_asset_id(ev, &made);
		pair[0] = ev_val_text(&stored, &scratch);
		pair[1] = ev_buf_slice(&made);
		differs = !ev_slice_eq(pair[0], pair[1]);
		if (differs)
			put_mismatch(put, ev, "asset_id", pair, out);
	}
	ev_buf_clear(&scratch);
	ev_buf_clear(&made);
	return differs;
}

/* Which way a stored fingerprint was made, as it looks; false: another. */
static bool
way_of(
    const struct ev_event *ev, struct ev_slice stored, struct ev_mark_way *way)
{
	if (way->anew)
		return true;
	if (ev_slice_starts(stored, "fp_"))
		return true;
	way->algo = EV_MARK_AGENTGUARD;
	return ev->dialect == &ev_dialects[EV_AGENTGUARD] ||
	    ev->dialect == &ev_dialects[EV_AGENTGUARD_RUN];
}

static bool
check_mark(const struct ev_put *put, struct ev_marker *marker,
    struct ev_event *ev, struct ev_buf *out)
{
	const struct ev_mark_way *asked = marker->way;
	struct ev_mark_way way = *asked;
	struct ev_slice pair[2];
	bool differs;

	pair[0] = ev_mark_stored(marker, ev);
	if (pair[0].n == 0 || ev_mark_verdict(ev) != EV_MARK_OCCURRED ||
	    !way_of(ev, pair[0], &way))
		return false;
	marker->way = &way;
	pair[1] = ev_mark_anew(marker, ev);
	marker->way = asked;
	differs = !ev_slice_eq(pair[0], pair[1]);
	if (differs)
		put_mismatch(put, ev, "fingerprint", pair, out);
	return differs;
}

bool
ev_put_check(const void *arg, struct ev_marker *marker, struct ev_event *ev,
    struct ev_buf *out)
{
	bool asset = check_asset(arg, ev, out);

	return check_mark(arg, marker, ev, out) || asset;
}
