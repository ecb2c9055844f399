#include "out/escape.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

static const char *
short_form(uint32_t cp)
{
	switch (cp) {
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	case 0x1b:
		return "\\e";
	default:
		return NULL;
	}
}

size_t
ev_escape_one(struct ev_buf *out, const char *p, const char *end)
{
	const char *form;
	uint32_t cp;
	int len;

#ifdef EV_MUTANT_NO_ESCAPER
	ev_buf_addc(out, *p);
	return 1;
#endif
	len = ev_utf8_next(p, end, &cp);
	if (len == 0) {
		ev_buf_addf(out, "\\x%02x", (unsigned char)*p);
		return 1;
	}
	form = short_form(cp);
	if (!ev_utf8_unsafe(cp))
		ev_buf_add(out, p, (size_t)len);
	else if (form != NULL)
		ev_buf_adds(out, form);
	else if (cp < 0x80)
		ev_buf_addf(out, "\\x%02x", (unsigned)cp);
	else
		ev_buf_addf(out, "\\u{%04x}", (unsigned)cp);
	return (size_t)len;
}

size_t
ev_escape_plain(const char *p, const char *end)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const char *from = p;
	uint64_t v;

	/* eight bytes of which none is over 0x7e or below 0x20 */
	for (; end - p >= 8; p += 8) {
		memcpy(&v, p, 8);
		if (((v | (v + ones) | (v - ones * 0x20)) & ones << 7) != 0)
			break;
	}
	while (p < end && *p >= 0x20 && *p < 0x7f)
		p++;
	return (size_t)(p - from);
}

void
ev_escape(struct ev_buf *out, struct ev_slice text)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t n;

	while (text.n > 0 && p < end) {
		n = ev_escape_plain(p, end);
		ev_buf_add(out, p, n);
		p += n;
		if (p < end)
			p += ev_escape_one(out, p, end);
	}
}

/* True when the character at p (of length *len, 1 for a wrong byte) may stay
 * in a line of JSON or a table. */
static bool
may_stay(const char *p, const char *end, uint32_t *cp, size_t *len)
{
	int n = ev_utf8_next(p, end, cp);

	*len = n > 0 ? (size_t)n : 1;
#ifdef EV_MUTANT_NO_ESCAPER
	return true;
#endif
	return n > 0 && (!ev_utf8_unsafe(*cp) || *cp == '\n' || *cp == '\t');
}

void
ev_escape_lines(struct ev_buf *out, size_t from)
{
	struct ev_buf copy = EV_BUF_INIT;
	const char *p, *end = out->p + out->n;
	uint32_t cp = 0;
	size_t len = 0;

	for (p = out->p + from; p < end; p += len) {
		if (!may_stay(p, end, &cp, &len))
			break;
	}
	if (p >= end)
		return;
	from = (size_t)(p - out->p);
	ev_buf_add(&copy, p, (size_t)(end - p));
	out->n = from;
	end = copy.p + copy.n;
	for (p = copy.p; p < end; p += len) {
		if (may_stay(p, end, &cp, &len))
			ev_buf_add(out, p, len);
		else if (ev_utf8_next(p, end, &cp) > 0)
			ev_buf_addf(out, "\\u%04x", (unsigned)cp);
		else
			ev_buf_addf(out, "\\x%02x", (unsigned char)*p);
	}
	ev_buf_clear(&copy);
}
