#include "exec/mask.h"

#include <string.h>

#include "emit/word.h"

#define NAME (EV_WORD_ALNUM | EV_WORD_DASH | EV_WORD_UNDER | EV_WORD_DOT)

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *
pass_blanks(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

static struct ev_slice
between(const char *p, const char *end)
{
	return (struct ev_slice){ p, (size_t)(end - p) };
}

/* A quote, which may be escaped; gives what is behind it, or p. */
static const char *
pass_quote(const char *p, const char *end)
{
	const char *q = p;

	if (q < end && *q == '\\')
		q++;
	return q < end && (*q == '"' || *q == '\'') ? q + 1 : p;
}

static void
mark(struct ev_slice value, struct ev_buf *out)
{
	/* what is none already stays */
	if (value.n > 0 && ev_slice_starts(value, "[REDACTED:") &&
	    value.p[value.n - 1] == ']')
		ev_buf_addslice(out, value);
	else if (value.n > 0)
		ev_buf_adds(out, EV_EXEC_MARK);
}

/*
 * The end of the value that stands behind a name in the midst of a text; line:
 * it may hold blanks, as that of a header does.
 */
static const char *
value_end(const char *p, const char *end, bool line)
{
	const char *open = pass_quote(p, end);

	if (open > p) {
		for (p = open; p < end && *p != open[-1]; p++)
			if (*p == '\\' && p + 1 < end && p[1] != open[-1])
				p++;
		return p > open && p[-1] == '\\' ? p - 1 : p;
	}
	while (p < end && *p != '"' && *p != '\'' && *p != '\n' &&
	    (line || (!is_blank(*p) && *p != '&')))
		p++;
	return p;
}

/*
 * Behind a name: the value that it has in the same word, or nothing.  whole:
 * the name begins the word, so that all of the rest is its value.
 */
static struct ev_slice
value_of(struct ev_slice name, const char *p, const char *end, bool whole)
{
	const char *q = pass_blanks(pass_quote(p, end), end), *last;
	bool option = *name.p == '-', line = q < end && *q == ':';

	if (q < end && (*q == ':' || *q == '=')) {
		while (q < end && (*q == ':' || *q == '='))
			q++;
		q = pass_blanks(q, end);
		if (whole)
			return between(q, end);
	} else if (!(option || ev_slice_is(name, "Bearer")) || p == end ||
	    !is_blank(*p))
		return between(p, p);
	last = value_end(q, end, line);
	if (ev_exec_secret_scheme(between(q, last)) && last < end)
		last = value_end(pass_blanks(last, end), end, false);
	return between(pass_quote(q, last), last);
}

/* A word in which names may have values. */
static void
mask_text(struct ev_slice word, struct ev_buf *out)
{
	const char *p = word.p, *end = word.p + word.n, *next;
	struct ev_slice name, value;

	while (p < end) {
		next = ev_word_pass(p, end, NAME);
		if (next == p) {
			ev_buf_addc(out, *p++);
			continue;
		}
		name = between(p, next);
		value = (struct ev_slice){ next, 0 };
		if (ev_exec_secret_name(name))
			value = value_of(name, next, end, p == word.p);
		ev_buf_add(out, p, (size_t)(value.p - p));
		mark(value, out);
		p = value.p + value.n;
	}
}

/* USER:SECRET; of two numbers none is a secret. */
static void
mask_user(struct ev_slice word, struct ev_buf *out)
{
	const char *end = word.p + word.n, *colon;

	colon = word.n > 0 ? memchr(word.p, ':', word.n) : NULL;
	if (colon == NULL && word.n > 0)
		colon = memchr(word.p, '%', word.n);
	if (colon == NULL ||
	    ev_word_pass(colon + 1, end, EV_WORD_DIGIT) == end) {
		ev_buf_addslice(out, word);
		return;
	}
	ev_buf_add(out, word.p, (size_t)(colon + 1 - word.p));
	mark(between(colon + 1, end), out);
}

static bool
is_shell(struct ev_slice word)
{
	static const char *const shells[] = { "sh", "bash", "dash", "zsh",
		"ksh", "ash", "fish", "su" };
	const char *slash = memrchr(word.p, '/', word.n);
	size_t i;

	if (slash != NULL)
		word = between(slash + 1, word.p + word.n);
	for (i = 0; i < sizeof(shells) / sizeof(shells[0]); i++)
		if (ev_slice_is(word, shells[i]))
			return true;
	return false;
}

/* -c, -lc, …: behind it stands what a shell is to run. */
static bool
is_dash_c(struct ev_slice word)
{
	return word.n >= 2 && word.p[0] == '-' && word.p[1] != '-' &&
	    word.p[word.n - 1] == 'c';
}

/* Ends the word in a secret's name and a colon or =, or without them behind
 * "set", so that the value is next? */
static bool
awaits_value(struct ev_slice word, bool set)
{
	const char *begin, *end = word.p + word.n;

	if (word.n == 0)
		return false;
	if (end[-1] == ':' || end[-1] == '=')
		end--;
	else if (!set)
		return false;
	for (begin = end; begin > word.p && ev_word_has(begin[-1], NAME);)
		begin--;
	return begin < end && ev_exec_secret_name(between(begin, end));
}

/* config set NAME VALUE, git config NAME VALUE */
static bool
is_set(struct ev_slice word)
{
	return ev_slice_is(word, "set") || ev_slice_is(word, "config") ||
	    ev_slice_is(word, "configure") || ev_slice_is(word, "put");
}

/* An option of one letter that the program's row names; true: it is done. */
static bool
mask_letter(struct ev_exec_words *w, struct ev_slice word, struct ev_buf *out)
{
	const struct ev_exec_letters *row = w->letters;
	struct ev_slice rest;

	if (row == NULL || word.n < 2 || word.p[0] != '-' ||
	    word.p[1] != row->letter)
		return false;
	rest = between(word.p + 2, word.p + word.n);
	ev_buf_add(out, word.p, 2);
	if (rest.n == 0 && !row->attached)
		w->next = row->user ? EV_EXEC_USER : EV_EXEC_SECRET;
	else if (row->user)
		mask_user(rest, out);
	else
		mark(rest, out);
	return true;
}

/* What a word says of the one behind it. */
static void
look_ahead(struct ev_exec_words *w, struct ev_slice word)
{
	bool option = word.n > 1 && *word.p == '-' &&
	    ev_word_pass(word.p, word.p + word.n, NAME) == word.p + word.n;
	bool set = w->set && !option;

	w->set = is_set(word) || (w->set && option);
	if (ev_exec_letters(word) != NULL)
		w->letters = ev_exec_letters(word);
	w->shell = w->shell || is_shell(word);
	if (w->shell && is_dash_c(word))
		w->next = EV_EXEC_SCRIPT;
	else if ((option && ev_exec_secret_name(word)) ||
	    awaits_value(word, set) || ev_slice_is(word, "Bearer"))
		w->next = EV_EXEC_SECRET;
	else if (option && ev_exec_user_name(word))
		w->next = EV_EXEC_USER;
}

/* --user=USER:SECRET */
static bool
mask_user_option(struct ev_slice word, struct ev_buf *out)
{
	const char *eq = word.n > 0 ? memchr(word.p, '=', word.n) : NULL;

	if (eq == NULL || !ev_exec_user_name(between(word.p, eq)))
		return false;
	ev_buf_add(out, word.p, (size_t)(eq + 1 - word.p));
	mask_user(between(eq + 1, word.p + word.n), out);
	return true;
}

void
ev_exec_mask_word(struct ev_exec_words *w, struct ev_slice word, bool *script,
    struct ev_buf *out)
{
	enum ev_exec_next is = w->next;

	*script = is == EV_EXEC_SCRIPT;
	w->next = EV_EXEC_PLAIN;
	if (is == EV_EXEC_SECRET) {
		/* Authorization: Bearer SECRET, in words of their own */
		if (ev_exec_secret_scheme(word))
			w->next = EV_EXEC_SECRET;
		mark(word, out);
	} else if (is == EV_EXEC_USER)
		mask_user(word, out);
	else if (is == EV_EXEC_PLAIN && !mask_letter(w, word, out)) {
		look_ahead(w, word);
		if (!mask_user_option(word, out))
			mask_text(word, out);
	}
}
