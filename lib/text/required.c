#include "text/required.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

/* Escapes of one letter that stand for a character or a place. */
#define ONE_LETTER "dDwWsSbBAzZaefnrthHvVRX"

/* The state of a walk along the top level of a pattern. */
struct walk {
	const char *p;
	struct ev_buf run; /* plain characters in a row, so far */
	size_t last;	   /* where in run its last character begins */
	struct ev_buf best;
};

static void
end_run(struct walk *w)
{
	if (w->run.n > w->best.n) {
		ev_buf_reset(&w->best);
		ev_buf_addslice(&w->best, ev_buf_slice(&w->run));
	}
	ev_buf_reset(&w->run);
	w->last = 0;
}

/* Moves p behind a class that begins there; NULL: not a simple one. */
static const char *
skip_class(const char *p)
{
	p++;
	p += *p == '^';
	p += *p == ']';
	for (; *p != ']'; p++) {
		if (*p == '\0' || *p == '[')
			return NULL;
		if (*p == '\\' && (*++p == 'Q' || *p == 'E' || *p == '\0'))
			return NULL;
	}
	return p + 1;
}

/* The same for a group; (?:...) and (...) without options are simple. */
static const char *
skip_group(const char *p)
{
	int depth = 0;

	do {
		if (*p == '(') {
			depth++;
			if (p[1] == '*' || (p[1] == '?' && p[2] != ':'))
				return NULL;
			p += p[1] == '?' ? 3 : 1;
		} else if (*p == '[') {
			p = skip_class(p);
			if (p == NULL)
				return NULL;
		} else if (*p == '\\') {
			if (isalnum((unsigned char)p[1]) &&
			    strchr(ONE_LETTER, p[1]) == NULL)
				return NULL;
			p += 2;
		} else if (*p == '\0') {
			return NULL;
		} else {
			depth -= *p++ == ')';
		}
	} while (depth > 0);
	return p;
}

/* A quantifier at w->p: what it repeats is plain no more. */
static void
quantifier(struct walk *w)
{
	size_t n;

	/* + asks for one at least; what follows that does not follow at once */
	if (*w->p != '+')
		w->run.n = w->last;
	end_run(w);
	n = *w->p == '{' ? strspn(w->p + 1, "0123456789, ") : 0;
	w->p++;
	if (n > 0 && w->p[n] == '}')
		w->p += n + 1;
	w->p += *w->p == '?' || *w->p == '+';
}

static void
plain(struct walk *w)
{
	size_t n = 1;

	while (((unsigned char)w->p[n] & 0xc0) == 0x80)
		n++;
	w->last = w->run.n;
	ev_buf_add(&w->run, w->p, n);
	w->p += n;
}

/* One item at w->p; false: the pattern is not simple. */
static bool
item(struct walk *w)
{
	switch (*w->p) {
	case '|':
		return false;
	case '(':
		end_run(w);
		w->p = skip_group(w->p);
		return w->p != NULL;
	case '[':
		end_run(w);
		w->p = skip_class(w->p);
		return w->p != NULL;
	case '.':
	case '^':
	case '$':
		end_run(w);
		w->p++;
		return true;
	case '*':
	case '+':
	case '?':
	case '{':
		quantifier(w);
		return true;
	case '\\':
		w->p++;
		if (!isalnum((unsigned char)*w->p) && *w->p != '\0')
			break;
		end_run(w);
		return *w->p != '\0' && strchr(ONE_LETTER, *w->p++) != NULL;
	default:
		break;
	}
	plain(w);
	return true;
}

char *
ev_required_run(const char *pattern, size_t min)
{
	struct walk w = { pattern, EV_BUF_INIT, 0, EV_BUF_INIT };
	char *found = NULL;
	bool simple = true;

	while (simple && *w.p != '\0')
		simple = item(&w);
	end_run(&w);
	if (simple && w.best.n >= min && w.best.n > 0)
		found = ev_memdup(w.best.p, w.best.n);
	ev_buf_clear(&w.run);
	ev_buf_clear(&w.best);
	return found;
}

/* Behind the escape whose backslash stands at p. */
static const char *
skip_escape(const char *p)
{
	const char *close;
	int n;

	p++;
	if (*p == '\0')
		return p;
	if (strchr("pPxogkN", *p) != NULL && p[1] != '\0' &&
	    strchr("{<'", p[1]) != NULL) {
		close = strchr(p + 2,
		    p[1] == '{'	    ? '}' :
			p[1] == '<' ? '>' :
				      '\'');
		return close != NULL ? close + 1 : p + 1;
	}
	if ((*p == 'p' || *p == 'P' || *p == 'c') && p[1] != '\0')
		return p + 2;
	if (*p != 'x')
		return p + 1;
	for (n = 1; n < 3 && isxdigit((unsigned char)p[n]); n++)
		;
	return p + n;
}

/* Behind a group's opening at p, with the name, verb or P in it. */
static const char *
skip_opening(const char *p)
{
	if (p[1] == '*')
		return p + 2 + strspn(p + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
	if (p[1] != '?')
		return p + 1;
	p += 2;
	p += *p == 'P';
	if (*p == '<' && p[1] != '=' && p[1] != '!')
		return p + strcspn(p, ">");
	if (*p == '\'' || *p == '>' || *p == '=' || *p == '&')
		p += 1 + strcspn(p + 1, "')");
	return p;
}

char *
ev_required_letters(const char *pattern)
{
	struct ev_buf out = EV_BUF_INIT;
	const char *p = pattern;

	while (*p != '\0') {
		if (*p == '\\')
			p = skip_escape(p);
		else if (*p == '(')
			p = skip_opening(p);
		else
			ev_buf_addc(&out, *p++);
	}
	ev_buf_str(&out);
	return out.p;
}
