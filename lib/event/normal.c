#include "event/normal.h"

#include <strings.h>

#include "event/address.h"
#include "event/amount.h"
#include "event/label.h"
#include "event/lex.h"
#include "event/stamp.h"
#include "text/ansi.h"

#define NAME_MOST 8 /* bytes of a token's name */

enum seen { DIGIT = 1, HYPHEN = 2, SLASH = 4, COLON = 8, DOT = 16 };
#define ANY (~0U)

/* What is done to a text, in this order; the code of a step is its index. */
static const struct {
	const char *name;
	unsigned needs;	 /* one of these must be in the text */
	unsigned also;	 /* and one of these */
	char besides[2]; /* where it may begin, besides words */
	ev_reader *read;
} step[] = {
	{ "<time>", DIGIT, ANY, { 0 }, ev_stamp_read },
	{ "<id>", DIGIT | HYPHEN, ANY, { 0 }, ev_label_id },
	{ "<hex>", DIGIT, ANY, { 0 }, ev_label_hex },
	{ "<ip>", DIGIT, COLON | DOT, { ':', '[' }, ev_address_ip },
	{ "<url>", SLASH, COLON, { 0 }, ev_address_url },
	{ "<path>", SLASH, ANY, { '/', '\xe2' }, ev_address_path },
	{ "<qty>", DIGIT, ANY, { '+', '-' }, ev_amount_quantity },
	{ "<n>", DIGIT, ANY, { '+', '-' }, ev_amount_number },
};
#define STEPS (sizeof(step) / sizeof(step[0]))

static char *
trim(char *from, char *to, size_t *n)
{
	char *p = from;

	while (p < to && ev_is_blank(*p))
		p++;
	while (to > p && ev_is_blank(to[-1]))
		to--;
	*n = (size_t)(to - p);
	return memmove(from, p, *n);
}

/* Steps 1 and 2, in place; gives what is in the text. */
static unsigned
strip(char *text, size_t *n)
{
	const char *p = text, *end = text + *n;
	unsigned seen = 0;
	char *out = text;

	while (p < end) {
		if (*p == EV_ANSI_ESC) {
			p = ev_ansi_skip(p, end);
			continue;
		}
		if (ev_is_digit(*p))
			seen |= DIGIT;
		else if (*p == '-')
			seen |= HYPHEN;
		else if (*p == '/' || *p == '\\')
			seen |= SLASH;
		else if (*p == ':')
			seen |= COLON;
		else if (*p == '.')
			seen |= DOT;
		*out++ = ev_lex_found(*p) ? '?' : *p;
		p++;
	}
	trim(text, out, n);
	return seen;
}

/* One of the steps 3 to 10, in place: a token becomes its code. */
static void
replace(char *text, size_t *n, size_t i)
{
	struct ev_lex lex = { text, text + *n, NULL };
	const char *p = text, *next;
	const char one = step[i].besides[0], other = step[i].besides[1];
	char *out = text;
	bool begins;

	while (p < lex.end) {
		/* writing keeps behind reading: p[-1] is still the text's */
		if (ev_is_word(*p))
			begins = p == text || !ev_is_word(p[-1]);
		else
			begins = (*p == one || *p == other) && *p != '\0';
		if (!begins) {
			*out++ = *p++;
			continue;
		}
		if (step[i].read(&lex, p, &next)) {
			*out++ = (char)(EV_LEX_FOUND + i);
		} else {
			/* until the first token all stays where it is */
			if (out != p)
				memmove(out, p, (size_t)(next - p));
			out += next - p;
		}
		p = next;
	}
	*n = (size_t)(out - text);
}

/* Steps 11 and 12: the names of the codes, single spaces; false: it was cut. */
static bool
spell(const char *text, size_t n, char out[EV_NORMAL_MOST + NAME_MOST],
    size_t *len)
{
	const char *p = text, *end = text + n, *name;
	size_t used = 0, more;

	while (p < end && used <= EV_NORMAL_MOST) {
		if (ev_is_blank(*p)) {
			while (p < end && ev_is_blank(*p))
				p++;
			out[used++] = ' ';
		} else if (ev_lex_found(*p)) {
			name = step[(unsigned char)*p++ - EV_LEX_FOUND].name;
			more = strlen(name);
			memcpy(out + used, name, more);
			used += more;
		} else {
			out[used++] = *p++;
		}
	}
	*len = used;
	if (used <= EV_NORMAL_MOST)
		return true;
	*len = EV_NORMAL_MOST;
	while (*len > 0 && ((unsigned char)out[*len] & 0xc0) == 0x80)
		--*len;
	return false;
}

/* Who wants to see the steps; step NULL: nobody does, which costs nothing. */
struct watch {
	void (*step)(void *arg, const char *name, struct ev_slice text);
	void *arg;
};

static void
show(const struct watch *watch, const char *name, const char *text, size_t n)
{
	struct ev_buf plain = EV_BUF_INIT;
	size_t i;

	for (i = 0; i < n; i++)
		if (ev_lex_found(text[i]))
			ev_buf_adds(&plain,
			    step[(unsigned char)text[i] - EV_LEX_FOUND].name);
		else
			ev_buf_addc(&plain, text[i]);
	watch->step(watch->arg, name, ev_buf_slice(&plain));
	ev_buf_clear(&plain);
}

static inline void
tell(const struct watch *watch, const char *name, const char *text, size_t n)
{
	if (watch->step != NULL)
		show(watch, name, text, n);
}

static void
normalise(
    struct ev_buf *out, struct ev_slice message, const struct watch *watch)
{
	char result[EV_NORMAL_MOST + NAME_MOST];
	size_t at = out->n, n, i;
	unsigned seen;
	bool whole;

	ev_buf_addslice(out, message);
	/* each turn spells out digits that the last one's cut laid bare */
	do {
		n = out->n - at;
		if (n == 0)
			return;
		seen = strip(out->p + at, &n);
		tell(watch, "escapes, ends", out->p + at, n);
		for (i = 0; i < STEPS; i++) {
			if ((seen & step[i].needs) != 0 &&
			    (seen & step[i].also) != 0)
				replace(out->p + at, &n, i);
			tell(watch, step[i].name, out->p + at, n);
		}
		whole = spell(out->p + at, n, result, &n);
		out->n = at;
		ev_buf_add(out, result, n);
		tell(watch, "blanks, length", out->p + at, n);
	} while (!whole);
}

void
ev_normal_message(struct ev_buf *out, struct ev_slice message)
{
	const struct watch nobody = { NULL, NULL };

	normalise(out, message, &nobody);
}

void
ev_normal_explain(struct ev_buf *out, struct ev_slice message,
    void (*fn)(void *arg, const char *name, struct ev_slice text), void *arg)
{
	const struct watch watch = { fn, arg };

	normalise(out, message, &watch);
}

/* Where directories for temporary files are, and how deep a random one is. */
static const struct {
	const char *root;
	int depth;
} temporary[] = {
	{ "/tmp/", 1 },
	{ "/var/tmp/", 1 },
	{ "/private/tmp/", 1 },
	{ "/var/folders/", 4 },
	{ "/private/var/folders/", 4 },
};

static bool
is_slash(char c)
{
	return c == '/' || c == '\\';
}

/* Behind \Temp\ in C:\...\Temp\..., or 0. */
static size_t
windows_root(struct ev_slice file)
{
	size_t i;

	if (file.n < 3 || !ev_is_letter(file.p[0]) || file.p[1] != ':')
		return 0;
	for (i = 2; i + 6 <= file.n; i++)
		if (is_slash(file.p[i]) && is_slash(file.p[i + 5]) &&
		    strncasecmp(file.p + i + 1, "temp", 4) == 0)
			return i + 6;
	return 0;
}

void
ev_normal_file(struct ev_buf *out, struct ev_slice file)
{
	size_t i, from = windows_root(file), cut = from > 0 ? from - 1 : 0;
	int depth = 1;

	for (i = 0; i < sizeof(temporary) / sizeof(temporary[0]); i++)
		if (from == 0 && ev_slice_starts(file, temporary[i].root)) {
			from = strlen(temporary[i].root);
			cut = from - 1;
			depth = temporary[i].depth;
		}
	for (i = from; from > 0 && i < file.n && depth > 0; i++)
		if (file.p[i] == '/' ||
		    (is_slash(file.p[i]) && file.p[0] != '/')) {
			cut = i;
			depth--;
		}
	if (cut > 0)
		ev_buf_adds(out, "<path>");
	ev_buf_add(out, file.p + cut, file.n - cut);
}
