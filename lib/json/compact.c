#include "json/compact.h"

#include "json/span.h"

static inline bool
is_open(char c)
{
	return c == '{' || c == '[';
}

static inline bool
is_close(char c)
{
	return c == '}' || c == ']';
}

/* True for a byte of a number or of true, false, null. */
static inline bool
is_word(char c)
{
	return !is_open(c) && !is_close(c) && c != ':' && c != ',' && c != '"';
}

/*
 * Copies a piece of a string up to its end, behind its closing quote.  A line
 * end or an RS in it cannot be JSON: *at stays there.
 */
static enum ev_compacted
copy_string(
    struct ev_compact *s, const char **at, const char *end, struct ev_buf *out)
{
	const char *from = *at, *p = from, *stop, *rs;

	while (p < end && s->string) {
		if (s->escape) {
			s->escape = false;
			p++;
		}
		p = ev_span_plain(p, end);
		if (p == end)
			break;
		s->escape = *p == '\\';
		s->string = *p++ != '"';
	}
	stop = memchr(from, '\n', (size_t)(p - from));
	if (stop == NULL)
		stop = p;
	rs = memchr(from, EV_JSON_RS, (size_t)(stop - from));
	if (rs != NULL)
		stop = rs;
	ev_buf_add(out, from, (size_t)(stop - from));
	*at = stop;
	if (stop == p)
		return EV_COMPACT_MORE;
	s->string = true;
	s->escape = false;
	return EV_COMPACT_BROKEN;
}

enum ev_compacted
ev_compact_piece(
    struct ev_compact *s, const char **at, const char *end, struct ev_buf *out)
{
	const char *p = *at;
	enum ev_compacted r = EV_COMPACT_MORE;

	/* what a byte gives, and one blank of a gap before this piece */
	ev_buf_reserve(out, (size_t)(end - p) + 1);
	while (p < end && r == EV_COMPACT_MORE) {
		if (s->string) {
			r = copy_string(s, &p, end, out);
			continue;
		}
		if (ev_compact_blank(*p)) {
			s->gap = true;
			s->lines += *p++ == '\n';
			continue;
		}
		if (*p == EV_JSON_RS) {
			r = EV_COMPACT_BROKEN;
			break;
		}
		/* "1 2" is not JSON and must not become 12 */
		if (s->gap && s->word && is_word(*p))
			out->p[out->n++] = ' ';
		s->gap = false;
		s->word = is_word(*p);
		out->p[out->n++] = *p;
		if (*p == '"')
			s->string = true;
		else if (is_open(*p))
			s->depth++;
		else if (is_close(*p) && (s->depth == 0 || --s->depth == 0))
			r = EV_COMPACT_WHOLE;
		p++;
	}
	*at = p;
	return r;
}

void
ev_compact(struct ev_buf *out, struct ev_slice json)
{
	const char *p = json.p, *end = p + json.n;
	struct ev_compact s = { .depth = 0 };

	while (p < end)
		if (ev_compact_piece(&s, &p, end, out) == EV_COMPACT_BROKEN)
			ev_buf_addc(out, *p++);
}
