#include "cli/conflex.h"

#include <string.h>

#define END (-1)

void
ev_conflex_begin(struct ev_conflex *lex, struct ev_slice text, const char *file)
{
	*lex = (struct ev_conflex){ .text = text, .file = file, .line = 1 };
	if (ev_slice_starts(text, "\xef\xbb\xbf"))
		lex->at = 3;
}

void
ev_conflex_clear(struct ev_conflex *lex)
{
	ev_buf_clear(&lex->name);
	ev_buf_clear(&lex->value);
}

static int
fail(const struct ev_conflex *lex, struct ev_err *err, const char *what)
{
	return ev_fail(err, "%s:%d: %s", lex->file, lex->line, what);
}

/* The character there, CR LF as LF; END behind the last one. */
static int
peek(const struct ev_conflex *lex)
{
	if (lex->at >= lex->text.n)
		return END;
	if (lex->text.p[lex->at] == '\r' && lex->at + 1 < lex->text.n &&
	    lex->text.p[lex->at + 1] == '\n')
		return '\n';
	return (unsigned char)lex->text.p[lex->at];
}

static int
take(struct ev_conflex *lex)
{
	int c = peek(lex);

	if (c == END)
		return c;
	lex->at += c == '\n' && lex->text.p[lex->at] == '\r' ? 2 : 1;
	lex->line += c == '\n';
	return c;
}

static bool
is_blank(int c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static void
skip_blanks(struct ev_conflex *lex)
{
	while (is_blank(peek(lex)))
		take(lex);
}

static void
skip_line(struct ev_conflex *lex)
{
	while (peek(lex) != '\n' && peek(lex) != END)
		take(lex);
}

static bool
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A character of a key; section names may hold dots too. */
static bool
is_key(int c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

static void
add_lower(struct ev_buf *buf, int c)
{
	ev_buf_addc(buf, (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
}

static int
read_subsection(struct ev_conflex *lex, struct ev_err *err)
{
	int c;

	skip_blanks(lex);
	if (peek(lex) != '"')
		return fail(lex, err, "a subsection's name is not in quotes");
	take(lex);
	ev_buf_addc(&lex->name, '.');
	while ((c = peek(lex)) != '"') {
		if (c == '\\') {
			take(lex);
			c = peek(lex);
		}
		if (c == '\n' || c == END || c == '\0')
			return fail(lex, err, "a section's head is torn");
		take(lex);
		ev_buf_addc(&lex->name, (char)c);
	}
	take(lex);
	return 0;
}

/* "[section]", "[section "subsection"]"; its name and a dot into lex->name. */
static int
read_section(struct ev_conflex *lex, struct ev_err *err)
{
	ev_buf_reset(&lex->name);
	take(lex);
	while (is_key(peek(lex)) || peek(lex) == '.')
		add_lower(&lex->name, take(lex));
	if (lex->name.n == 0)
		return fail(lex, err, "a section without a name");
	if (is_blank(peek(lex)) && read_subsection(lex, err) < 0)
		return -1;
	if (peek(lex) != ']')
		return fail(lex, err, "a section's head is not closed");
	take(lex);
	ev_buf_addc(&lex->name, '.');
	lex->section = lex->name.n;
	return 0;
}

/* What stands behind a backslash; a line's end stands for nothing. */
static int
read_escape(struct ev_conflex *lex, struct ev_err *err)
{
	static const char written[] = "\\\"ntb", meant[] = "\\\"\n\t\b";
	const char *found;
	int c = peek(lex);

	if (c == '\n') {
		take(lex);
		return 0;
	}
	found = c == END || c == '\0' ? NULL : strchr(written, c);
	if (found == NULL)
		return fail(lex, err, "a wrong escape (\\\\ \\\" \\n \\t \\b)");
	take(lex);
	ev_buf_addc(&lex->value, meant[found - written]);
	return 0;
}

/* Up to the line's end; blanks at the end count only in quotes. */
static int
read_value(struct ev_conflex *lex, struct ev_err *err)
{
	bool quote = false;
	size_t keep = 0;
	int c;

	while ((c = peek(lex)) != '\n' && c != END) {
		if (c == '\0')
			return fail(lex, err, "a NUL");
		if (!quote && (c == '#' || c == ';')) {
			skip_line(lex);
			break;
		}
		take(lex);
		if (!quote && is_blank(c) && lex->value.n == 0)
			continue;
		if (c == '"')
			quote = !quote;
		else if (c != '\\')
			ev_buf_addc(&lex->value, (char)c);
		else if (read_escape(lex, err) < 0)
			return -1;
		if (quote || !is_blank(c))
			keep = lex->value.n;
	}
	if (quote)
		return fail(lex, err, "a quote is not closed");
	lex->value.n = keep;
	return 0;
}

static int
read_variable(struct ev_conflex *lex, struct ev_err *err)
{
	lex->name.n = lex->section;
	lex->first = lex->line;
	ev_buf_reset(&lex->value);
	while (is_key(peek(lex)))
		add_lower(&lex->name, take(lex));
	skip_blanks(lex);
	lex->bare = peek(lex) == '\n' || peek(lex) == END;
	if (!lex->bare && peek(lex) != '=')
		return fail(lex, err, "a key without its =");
	take(lex);
	if (!lex->bare && read_value(lex, err) < 0)
		return -1;
	ev_buf_str(&lex->name);
	ev_buf_str(&lex->value);
	return 1;
}

int
ev_conflex_next(struct ev_conflex *lex, struct ev_err *err)
{
	for (;;) {
		switch (peek(lex)) {
		case END:
			return 0;
		case '\n':
			take(lex);
			break;
		case '#':
		case ';':
			skip_line(lex);
			break;
		case '[':
			if (read_section(lex, err) < 0)
				return -1;
			break;
		default:
			if (is_letter(peek(lex)))
				return read_variable(lex, err);
			if (!is_blank(peek(lex)))
				return fail(
				    lex, err, "neither a section nor a key");
			skip_blanks(lex);
		}
	}
}
