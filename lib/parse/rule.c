#include "parse/rule.h"

#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"
#include "parse/class.h"
#include "parse/needle.h"
#include "text/regex.h"

#define LINE_MOST 16384 /* of a longer line, only so much is matched */

struct one {
	const struct ev_rule *rule;
	struct ev_regex *regex; /* NULL: not needed so far */
	int needle, also;	/* -1: none */
};

struct ev_rules {
	struct one *one;
	size_t count;
	struct ev_needles *needles;
};

/* Who speaks of a file with this ending. */
static const struct {
	const char *ending;
	const char *tool;
} speaker[] = {
	{ ".java", "javac" },
	{ ".kt", "kotlinc" },
	{ ".go", "go" },
	{ ".rs", "rustc" },
	{ ".ts", "tsc" },
	{ ".tsx", "tsc" },
	{ ".mts", "tsc" },
	{ ".cts", "tsc" },
	{ ".vue", "tsc" },
	{ ".js", "eslint" },
	{ ".py", "mypy" },
	{ ".sh", "shellcheck" },
	{ ".bash", "shellcheck" },
	{ ".cs", "csc" },
};

static const char *
speaker_of(struct ev_slice file)
{
	size_t i, n;

	for (i = 0; i < sizeof(speaker) / sizeof(speaker[0]); i++) {
		n = strlen(speaker[i].ending);
		if (file.n > n &&
		    memcmp(file.p + file.n - n, speaker[i].ending, n) == 0)
			return speaker[i].tool;
	}
	return "gcc";
}

struct ev_rules *
ev_rules_new(unsigned tools, const struct ev_rule *const *list)
{
	struct ev_rules *rules = ev_calloc(1, sizeof(*rules));
	const struct ev_rule *rule;
	struct one *one;

	rules->needles = ev_needles_new();
	for (; *list != NULL; list++)
		for (rule = *list; rule->pattern != NULL; rule++) {
			if ((rule->tools & tools) == 0)
				continue;
			rules->one = ev_realloc(
			    rules->one, rules->count + 1, sizeof(*one));
			one = &rules->one[rules->count++];
			one->rule = rule;
			one->regex = NULL;
			one->needle = rule->needle == NULL ?
			    -1 :
			    ev_needles_add(rules->needles, rule->needle);
			one->also = rule->also == NULL ?
			    -1 :
			    ev_needles_add(rules->needles, rule->also);
		}
	return rules;
}

void
ev_rules_free(struct ev_rules *rules)
{
	size_t i;

	if (rules == NULL)
		return;
	for (i = 0; i < rules->count; i++)
		ev_regex_free(rules->one[i].regex);
	ev_needles_free(rules->needles);
	free(rules->one);
	free(rules);
}

static void
take(struct ev_match *m, const struct ev_slice *group)
{
	static const char letter[] = "flcmksxt";
	struct ev_slice *const place[] = { &m->file, &m->at, &m->column,
		&m->message, &m->code, &m->level, &m->class, &m->test };
	const char *p = m->rule->groups, *known;

	for (; *p != '\0'; p++, group++) {
		known = strchr(letter, *p);
		if (known != NULL && group->n > 0)
			*place[known - letter] = *group;
	}
}

/* The class of an exception as its code, when it says more than the type. */
static struct ev_slice
class_code(const struct ev_match *m, const char *type)
{
	if (m->code.n > 0)
		return m->code;
	if (ev_slice_is(m->class, type) || ev_slice_is(m->class, "Error") ||
	    ev_slice_is(m->class, "Exception"))
		return EV_SLICE("");
	return m->class;
}

static const char *
type_of(const struct ev_match *m)
{
	switch (m->rule->by) {
	case EV_BY_EXCEPTION:
		return ev_class_exception(m->class, m->message);
	case EV_BY_COMPILER:
		return ev_class_compiler(m->level, m->code, m->message);
	case EV_BY_LINTER:
		return ev_class_linter(m->level, m->message);
	case EV_BY_TYPE:
	case EV_BY_NONE:
		break;
	}
	return m->rule->type;
}

/* Does what a rule says that matched; false: it does not hold after all. */
static bool
apply(struct ev_work *work, const struct ev_match *m)
{
	const struct ev_rule *rule = m->rule;
	const char *type = type_of(m);
	struct ev_note *note;

	if (rule->by == EV_BY_NONE)
		return rule->act(work, m);
	if (type == NULL)
		return false;
	if (rule->sum && ev_work_told(work, type))
		return true;
	note = ev_work_open(
	    work, rule->tool != NULL ? rule->tool : speaker_of(m->file), type);
	note->raw = 1;
	ev_note_set(&note->message, m->message);
	ev_note_set(&note->file, m->file);
	ev_note_set(&note->test, m->test);
	ev_note_set(&note->code, class_code(m, type));
	note->line = ev_frame_number(m->at);
	note->column = ev_frame_number(m->column);
	work->block = rule->block;
	if (rule->act != NULL && !rule->act(work, m)) {
		ev_work_drop(work);
		return false;
	}
	if (work->block == NULL)
		ev_work_close(work);
	return true;
}

bool
ev_rules_line(
    struct ev_rules *rules, struct ev_work *work, struct ev_slice line)
{
	struct ev_needles_found found;
	struct ev_slice group[EV_RULE_GROUPS];
	struct ev_match m;
	struct one *one;
	size_t i;

	if (line.n > LINE_MOST) {
		line.n = LINE_MOST;
		while (((unsigned char)line.p[line.n] & 0xc0) == 0x80)
			line.n--;
	}
	ev_needles_find(rules->needles, line, &found);
	for (i = 0; i < rules->count; i++) {
		one = &rules->one[i];
		if ((one->needle >= 0 &&
			!ev_needles_has(&found, one->needle)) ||
		    (one->also >= 0 && !ev_needles_has(&found, one->also)))
			continue;
		if (one->regex == NULL)
			one->regex =
			    ev_regex_new(one->rule->pattern, false, NULL);
		if (ev_regex_groups(one->regex, line, group, EV_RULE_GROUPS) !=
		    1)
			continue;
		memset(&m, 0, sizeof(m));
		m.rule = one->rule;
		m.line = line;
		take(&m, group);
		if (apply(work, &m))
			return true;
	}
	return false;
}
