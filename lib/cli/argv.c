#include "cli/argv.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/nearest.h"

#define FIRST_VALUE 256 /* getopt's values of options: this + row */
#define LONGEST_NAME 63
#define NUMBERS "1::2::3::4::5::6::7::8::9::" /* see is_number */

struct row {
	const struct ev_opt *opt;
	void *fill;
};

struct table {
	struct row *row;
	size_t n;
	struct option *longs;
	char *shorts;
};

static void
table_make(struct table *t, const struct ev_opt_group *groups, size_t count,
    bool in_order)
{
	size_t i, j;
	char *s;

	memset(t, 0, sizeof(*t));
	for (i = 0; i < count; i++)
		t->n += groups[i].count;
	t->row = ev_calloc(t->n, sizeof(*t->row));
	t->longs = ev_calloc(t->n + 1, sizeof(*t->longs));
	t->shorts = s = ev_calloc(t->n * 3 + sizeof(NUMBERS) + 3, 1);
	*s++ = in_order ? '+' : '-';
	*s++ = ':';
	t->n = 0;
	for (i = 0; i < count; i++)
		for (j = 0; j < groups[i].count; j++) {
			const struct ev_opt *o = &groups[i].opt[j];
			int has = o->arg == NULL ? no_argument :
			    o->optional		 ? optional_argument :
						   required_argument;

			t->row[t->n] = (struct row){ o, groups[i].fill };
			t->longs[t->n] = (struct option){ o->name, has, NULL,
				FIRST_VALUE + (int)t->n };
			t->n++;
			if (o->letter == '\0')
				continue;
			*s++ = o->letter;
			for (has = 0; o->arg != NULL && has <= (int)o->optional;
			     has++)
				*s++ = ':';
			if (o->letter == 'n' && o->arg != NULL) {
				memcpy(s, NUMBERS, sizeof(NUMBERS) - 1);
				s += sizeof(NUMBERS) - 1;
			}
		}
}

static void
table_free(struct table *t)
{
	free(t->row);
	free(t->longs);
	free(t->shorts);
}

static const struct row *
table_find(const struct table *t, int value)
{
	size_t i;

	if (value >= FIRST_VALUE)
		return &t->row[value - FIRST_VALUE];
	for (i = 0; i < t->n; i++)
		if (t->row[i].opt->letter == value)
			return &t->row[i];
	return NULL;
}

/* "--type" or "-t", as the user wrote it. */
static const char *
spelled(const struct row *row, int value, char room[LONGEST_NAME + 3])
{
	room[0] = room[1] = '-';
	room[2] = '\0';
	if (value >= FIRST_VALUE && row != NULL)
		strncat(room, row->opt->name, LONGEST_NAME);
	else
		room[1] = (char)value;
	return room;
}

/* The beginning of several names. */
static bool
ambiguous(const struct table *t, struct ev_slice bare, struct ev_err *err)
{
	const char *name[2] = { NULL, NULL };
	size_t i, n = 0;

	for (i = 0; i < t->n && n < 2; i++)
		if (bare.n > 0 &&
		    strncmp(t->row[i].opt->name, bare.p, bare.n) == 0)
			name[n++] = t->row[i].opt->name;
	if (n == 2)
		ev_fail(err, "option '--%.*s' is ambiguous: --%s, --%s",
		    (int)bare.n, bare.p, name[0], name[1]);
	return n == 2;
}

static int
unknown_long(const struct table *t, const char *word, struct ev_err *err)
{
	const char **names;
	struct ev_slice bare = { word + 2, strcspn(word + 2, "=") };
	const char *near;
	size_t i;

	if (ambiguous(t, bare, err))
		return -1;
	names = ev_calloc(t->n + 1, sizeof(*names));
	for (i = 0; i < t->n; i++)
		names[i] = t->row[i].opt->name;
	near = ev_nearest(bare, names);
	ev_fail(err, "unknown option '--%.*s', %s%s%s", (int)bare.n, bare.p,
	    near != NULL ? "did you mean '--" : "see --help",
	    near != NULL ? near : "", near != NULL ? "'?" : "");
	free(names);
	return -1;
}

/* getopt's '?' and ':', told in our words. */
static int
complain(
    const struct table *t, int got, char **argv, int word, struct ev_err *err)
{
	const struct row *row = table_find(t, optopt);
	char room[LONGEST_NAME + 3];

	if (got == ':' && row != NULL)
		return ev_fail(err, "option '%s' needs %s",
		    spelled(row, optopt, room), row->opt->arg);
	if (optopt >= FIRST_VALUE)
		return ev_fail(err, "option '%s' takes no argument",
		    spelled(row, optopt, room));
	if (optopt == 0)
		return unknown_long(t, argv[word], err);
	return ev_fail(err, "unknown option '-%c', see --help", optopt);
}

/* The second argument of an option, which getopt does not know of. */
static int
fill_second(const struct row *row, int argc, char **argv, struct ev_err *err)
{
	const char **pair = (void *)((char *)row->fill + row->opt->offset);

	if (optind >= argc)
		return ev_fail(err, "option '--%s' needs %s", row->opt->name,
		    row->opt->arg);
	pair[1] = argv[optind++];
	return 0;
}

/* -20 is -n 20, as tail(1) and git-log(1) have it. */
static bool
is_number(int got, const char *word)
{
	return word[0] == '-' && word[1] == got &&
	    word[1 + strspn(word + 1, "0123456789")] == '\0';
}

static int
take(const struct table *t, int got, int argc, char **argv, int word,
    struct ev_err *err)
{
	const struct row *row;
	const char *text = optarg;
	char room[LONGEST_NAME + 3];
	struct ev_err why;

	if (got == '?' || got == ':')
		return complain(t, got, argv, word, err);
	if (got >= '1' && got <= '9') {
		if (!is_number(got, argv[word]))
			return ev_fail(
			    err, "unknown option '-%c', see --help", got);
		got = 'n';
		text = argv[word] + 1;
	}
	row = table_find(t, got);
	if (row != NULL && ev_opt_fill(row->opt, row->fill, text, &why) == -1)
		return ev_fail(
		    err, "%s: %s", spelled(row, got, room), why.text);
	if (row != NULL && row->opt->kind == EV_OPT_PAIR)
		return fill_second(row, argc, argv, err);
	return 0;
}

int
ev_argv_parse(const struct ev_opt_group *groups, size_t count, int argc,
    char **argv, bool in_order, struct ev_argv_rest *rest, struct ev_err *err)
{
	int got, word, tail, i, kept = 0, r = 0;
	bool terminated;
	char **operand = ev_calloc((size_t)argc + 1, sizeof(*operand));
	struct table t;

	table_make(&t, groups, count, in_order);
	opterr = 0;
	optind = 0;
	for (;;) {
		word = optind > 0 ? optind : 1;
		got = getopt_long(argc, argv, t.shorts, t.longs, NULL);
		if (got == -1)
			break;
		if (got == 1) /* an operand among the options */
			operand[kept++] = optarg;
		else if ((r = take(&t, got, argc, argv, word, err)) == -1)
			break;
	}
	terminated =
	    optind > 1 && optind == word + 1 && strcmp(argv[word], "--") == 0;
	tail = argc - optind;
	for (i = optind; r == 0 && i < argc; i++)
		operand[kept++] = argv[i];
	rest->first = argc - kept;
	rest->behind = terminated ? argc - tail : -1;
	for (i = 0; r == 0 && i < kept; i++)
		argv[rest->first + i] = operand[i];
	free(operand);
	table_free(&t);
	return r;
}
