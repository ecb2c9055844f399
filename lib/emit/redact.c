#include "emit/redact.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "emit/scrub.h"
#include "json/quote.h"
#include "json/span.h"

struct ev_redact {
	struct ev_scrub scrub;
	char **key;
	size_t keys;
	struct ev_buf plain; /* a string, decoded */
};

struct ev_redact *
ev_redact_new(void)
{
	struct ev_redact *r = ev_calloc(1, sizeof(*r));

	ev_scrub_init(&r->scrub);
	return r;
}

void
ev_redact_free(struct ev_redact *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->keys; i++)
		free(r->key[i]);
	free(r->key);
	ev_buf_clear(&r->plain);
	ev_scrub_clear(&r->scrub);
	free(r);
}

void
ev_redact_key(struct ev_redact *r, const char *name)
{
	r->key = ev_realloc(r->key, r->keys + 1, sizeof(*r->key));
	r->key[r->keys++] = ev_strdup(name);
}

static bool
is_listed(const struct ev_redact *r, struct ev_slice name)
{
	size_t i;

	for (i = 0; i < r->keys; i++)
		if (strlen(r->key[i]) == name.n &&
		    strncasecmp(r->key[i], name.p, name.n) == 0)
			return true;
	return false;
}

static const char *
blanks(const char *p, const char *end)
{
	while (p < end && (unsigned char)*p <= ' ')
		p++;
	return p;
}

/* Behind the object or array that begins at p. */
static const char *
pass_container(const char *p, const char *end)
{
	size_t depth = 0;
	bool escaped;

	for (; p < end; p++) {
		if (*p == '"')
			p = ev_span_string(p + 1, end, &escaped);
		else if (*p == '{' || *p == '[')
			depth++;
		else if ((*p == '}' || *p == ']') && --depth == 0)
			return p + 1;
	}
	return end;
}

/* The end of the value at p if a listed key may not have it, else p. */
static const char *
pass_listed(const char *p, const char *end)
{
	static const char done[] = "\"[REDACTED:listed-key]\"";
	const char *q = p;
	bool escaped;

	switch (*p) {
	case '"':
		q = ev_span_string(p + 1, end, &escaped);
		if (q == p + 1 || q == end ||
		    (q + 1 - p == sizeof(done) - 1 &&
			memcmp(p, done, sizeof(done) - 1) == 0))
			return p;
		return q + 1;
	case '{':
	case '[':
		return pass_container(p, end);
	case 't':
	case 'f':
	case 'n':
		return p;
	default:
		while (q < end && strchr(",]} \t\r", *q) == NULL)
			q++;
		return q;
	}
}

/* Sound JSON that is rewritten: what is before `copied` is in *out. */
struct rewriting {
	struct ev_redact *r;
	const char *copied, *end;
	struct ev_buf *out;
	bool suspect; /* its texts must be looked at, not only its keys */
};

static void
copy_until(struct rewriting *w, const char *p)
{
	ev_buf_add(w->out, w->copied, (size_t)(p - w->copied));
	w->copied = p;
}

/* The value of a listed key at p; gives the place to go on. */
static const char *
hide_listed(struct rewriting *w, const char *p)
{
	const char *behind = p < w->end ? pass_listed(p, w->end) : p;

	if (behind == p)
		return p;
	copy_until(w, p);
	ev_buf_addc(w->out, '"');
	ev_scrub_mark(&w->r->scrub, EV_LISTED_KEY, w->out);
	ev_buf_addc(w->out, '"');
	w->copied = behind;
	return behind;
}

/* The string that is a value and whose closing quote is at close. */
static void
hide_text(struct rewriting *w, const struct ev_val *val, const char *close)
{
	struct ev_slice clean;

	if (!ev_scrub_text(&w->r->scrub, ev_val_text(val, &w->r->plain)))
		return;
	clean = ev_buf_slice(&w->r->scrub.clean);
	copy_until(w, val->p - 1);
	w->copied = close + 1;
	if (val->escaped) {
		ev_quote(w->out, clean);
		return;
	}
	ev_buf_addc(w->out, '"');
	ev_buf_addslice(w->out, clean);
	ev_buf_addc(w->out, '"');
}

/* The string whose opening quote is at p; gives the place to go on. */
static const char *
hide_string(struct rewriting *w, const char *p)
{
	struct ev_val val = { .p = p + 1, .kind = EV_STRING };
	const char *close, *next;
	bool escaped;

	close = ev_span_string(p + 1, w->end, &escaped);
	if (close == w->end)
		return close;
	val.n = (uint32_t)(close - val.p);
	val.escaped = escaped;
	next = blanks(close + 1, w->end);
	if (next == w->end || *next != ':') {
		if (w->suspect)
			hide_text(w, &val, close);
		return close + 1;
	}
	next = blanks(next + 1, w->end);
	if (w->r->keys > 0 && is_listed(w->r, ev_val_text(&val, &w->r->plain)))
		return hide_listed(w, next);
	return next;
}

static bool
finish(struct rewriting *w)
{
	if (w->out->n == 0)
		return false;
	copy_until(w, w->end);
	ev_buf_reserve(w->out, EV_SCAN_PAD);
	memset(w->out->p + w->out->n, '\0', EV_SCAN_PAD);
	return true;
}

bool
ev_redact_line(struct ev_redact *r, struct ev_slice json, struct ev_buf *out)
{
	struct rewriting w = { r, json.p, json.p + json.n, out, false };
	const char *p = json.p;

	w.suspect = ev_scrub_suspects(&r->scrub, json);
	if (!w.suspect && r->keys == 0)
		return false;
	ev_buf_reset(out);
	while ((p = memchr(p, '"', (size_t)(w.end - p))) != NULL)
		p = hide_string(&w, p);
	return finish(&w);
}

bool
ev_redact_value(struct ev_redact *r, struct ev_slice key, struct ev_slice json,
    struct ev_buf *out)
{
	struct rewriting w = { r, json.p, json.p + json.n, out, false };

	if (!is_listed(r, key))
		return ev_redact_line(r, json, out);
	ev_buf_reset(out);
	hide_listed(&w, json.p);
	return finish(&w);
}

bool
ev_redact_told(const struct ev_redact *r, struct ev_buf *out)
{
	return ev_scrub_told(&r->scrub, out);
}

void
ev_redact_forget(struct ev_redact *r)
{
	memset(r->scrub.count, 0, sizeof(r->scrub.count));
}
