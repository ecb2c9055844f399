#include "filter/lex.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "json/number.h"

/* What ends a field, and what ends a value that is not quoted. */
#define FIELD_ENDS " \t\r\n(),'\"=!<>~*?"
#define VALUE_ENDS " \t\r\n(),=!<>"

static const struct {
	const char *sign;
	enum ev_lex_op op;
	bool negate;
} operators[] = {
	/* clang-format off */
	/* the longer ones first */
	{ "!=", EV_LEX_EQ,	true },
	{ "!~", EV_LEX_REGEX,	true },
	{ "<=", EV_LEX_LE,	false },
	{ ">=", EV_LEX_GE,	false },
	{ "*=", EV_LEX_GLOB,	false },
	{ "=",  EV_LEX_EQ,	false },
	{ "<",  EV_LEX_LT,	false },
	{ ">",  EV_LEX_GT,	false },
	{ "~",  EV_LEX_REGEX,	false },
	{ "?",  EV_LEX_EXISTS,	false },
	/* clang-format on */
};

static void
skip_blanks(struct ev_lex *lex)
{
	lex->at += strspn(lex->text + lex->at, " \t\r\n");
}

static size_t
column(const struct ev_lex *lex)
{
	size_t i, n = 1;

	for (i = 0; i < lex->at; i++)
		n += ((unsigned char)lex->text[i] & 0xc0) != 0x80;
	return n;
}

int
ev_lex_fail(struct ev_lex *lex, struct ev_err *err, const char *expected)
{
	skip_blanks(lex);
	return ev_fail(err, "column %zu: expected %s", column(lex), expected);
}

bool
ev_lex_end(struct ev_lex *lex)
{
	skip_blanks(lex);
	return lex->text[lex->at] == '\0';
}

bool
ev_lex_sign(struct ev_lex *lex, char sign)
{
	skip_blanks(lex);
	if (lex->text[lex->at] != sign)
		return false;
	lex->at++;
	return true;
}

bool
ev_lex_keyword(struct ev_lex *lex, const char *word)
{
	size_t n = strlen(word);

	skip_blanks(lex);
	if (strcspn(lex->text + lex->at, FIELD_ENDS) != n ||
	    strncasecmp(lex->text + lex->at, word, n) != 0)
		return false;
	lex->at += n;
	return true;
}

bool
ev_lex_operator(struct ev_lex *lex, enum ev_lex_op *op, bool *negate)
{
	size_t i, n;

	skip_blanks(lex);
	for (i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		n = strlen(operators[i].sign);
		if (strncmp(lex->text + lex->at, operators[i].sign, n) != 0)
			continue;
		lex->at += n;
		*op = operators[i].op;
		*negate = operators[i].negate;
		return true;
	}
	return false;
}

static int
quoted(struct ev_lex *lex, struct ev_lex_word *out, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	const char *p = lex->text + lex->at;
	char quote = *p++;

	while (*p != quote && *p != '\0') {
		if (*p == '\\' && p[1] != '\0' && strchr("\\'\"", p[1]))
			p++;
		ev_buf_addc(&text, *p++);
	}
	if (*p == '\0') {
		ev_buf_clear(&text);
		return ev_fail(err, "column %zu: the %c is never closed",
		    column(lex), quote);
	}
	ev_buf_str(&text);
	*out = (struct ev_lex_word){ text.p, column(lex), true };
	lex->at = (size_t)(p + 1 - lex->text);
	return 0;
}

static void
bare(struct ev_lex *lex, struct ev_lex_word *out, size_t n)
{
	*out = (struct ev_lex_word){ ev_memdup(lex->text + lex->at, n),
		column(lex), false };
	lex->at += n;
}

/* A path's backslash keeps the character behind it in the field. */
static size_t
field_length(const char *p)
{
	size_t n;

	for (n = 0; p[n] != '\0'; n++) {
		if (p[n] == '\\' && p[n + 1] != '\0')
			n++;
		else if (strchr(FIELD_ENDS, p[n]) != NULL)
			break;
	}
	return n;
}

static bool
at_quote(const struct ev_lex *lex)
{
	return lex->text[lex->at] == '\'' || lex->text[lex->at] == '"';
}

int
ev_lex_field(struct ev_lex *lex, struct ev_lex_word *out, struct ev_err *err)
{
	size_t n;

	skip_blanks(lex);
	if (at_quote(lex))
		return quoted(lex, out, err);
	n = field_length(lex->text + lex->at);
	if (n == 0)
		return ev_lex_fail(lex, err, "a field");
	bare(lex, out, n);
	return 0;
}

int
ev_lex_value(struct ev_lex *lex, struct ev_lex_word *out, struct ev_err *err)
{
	size_t n, operator_end = lex->at;

	skip_blanks(lex);
	if (at_quote(lex))
		return quoted(lex, out, err);
	/* "=~" is no operator here; a derived id, "= ~0123", is a value. */
	n = strcspn(lex->text + lex->at, VALUE_ENDS);
	if (n == 0 ||
	    (lex->text[lex->at] == '~' && lex->at > 0 &&
		lex->at == operator_end && lex->text[lex->at - 1] == '='))
		return ev_lex_fail(lex, err, "a value");
	bare(lex, out, n);
	return 0;
}

char *
ev_lex_number(const struct ev_lex_word *word)
{
	const char *p = word->text;
	char *number = NULL;
	struct ev_buf text = EV_BUF_INIT;

	if (word->quoted)
		return NULL;
	if (*p == '-')
		ev_buf_addc(&text, *p++);
	if (*p == '.')
		ev_buf_addc(&text, '0');
	ev_buf_adds(&text, p);
	if (ev_num_valid(ev_buf_slice(&text)))
		number = ev_strdup(ev_buf_str(&text));
	ev_buf_clear(&text);
	return number;
}
