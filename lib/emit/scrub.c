#include "emit/scrub.h"

#include <inttypes.h>

/* A text on its way to `clean`: what is before `copied` is there. */
struct copying {
	struct ev_scrub *s;
	struct ev_search search;
	const char *copied;
};

void
ev_scrub_init(struct ev_scrub *s)
{
	*s = (struct ev_scrub){ .clean = EV_BUF_INIT };
	ev_sift_init(&s->sift, true);
}

void
ev_scrub_clear(struct ev_scrub *s)
{
	ev_buf_clear(&s->clean);
}

void
ev_scrub_mark(struct ev_scrub *s, enum ev_secret_kind kind, struct ev_buf *out)
{
	s->count[kind]++;
	ev_buf_adds(out, "[REDACTED:");
	ev_buf_adds(out, ev_secret_words[kind]);
	ev_buf_addc(out, ']');
}

/* Replaces the secrets that the sieve finds in [p, end). */
static void
clean_part(struct copying *c, const char *p, const char *end)
{
	struct ev_buf *out = &c->s->clean;
	struct ev_secret found;

	while ((p = ev_sift_next(&c->s->sift, p, end)) < end) {
		if (!ev_secret_at(&c->search, p, &found) ||
		    found.begin < c->copied) {
			p++;
			continue;
		}
		/* the user of a URL can be a secret, too; no URL is in it */
		if (found.begin > p)
			clean_part(c, p + 1, found.begin);
		ev_buf_add(out, c->copied, (size_t)(found.begin - c->copied));
		ev_scrub_mark(c->s, found.kind, out);
		c->copied = p = found.end;
	}
}

bool
ev_scrub_text(struct ev_scrub *s, struct ev_slice text)
{
	const char *end = text.p + text.n;
	struct copying c = { s, { text.p, end, NULL }, text.p };

	ev_buf_reset(&s->clean);
	clean_part(&c, text.p, end);
	if (c.copied == text.p)
		return false;
	ev_buf_add(&s->clean, c.copied, (size_t)(end - c.copied));
	return true;
}

bool
ev_scrub_suspects(struct ev_scrub *s, struct ev_slice json)
{
	const char *p = json.p, *end = json.p + json.n;

	while ((p = ev_sift_next(&s->sift, p, end)) < end) {
		if (ev_secret_maybe(json.p, p, end))
			return true;
		p++;
	}
	return false;
}

bool
ev_scrub_told(const struct ev_scrub *s, struct ev_buf *out)
{
	const char *between = "";
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < EV_SECRET_KINDS; i++)
		n += s->count[i];
	if (n == 0)
		return false;
	ev_buf_addf(
	    out, "%" PRIu64 " secret%s redacted (", n, n == 1 ? "" : "s");
	for (i = 0; i < EV_SECRET_KINDS; i++)
		if (s->count[i] > 0) {
			ev_buf_addf(out, "%s%s", between, ev_secret_words[i]);
			between = ", ";
		}
	ev_buf_addf(out, "); --no-redact keeps %s", n == 1 ? "it" : "them");
	return true;
}
