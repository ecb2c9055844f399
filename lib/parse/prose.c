#include "parse/prose.h"

#include "event/lex.h"
#include "parse/build.h"
#include "parse/clean.h"
#include "parse/rules.h"
#include "parse/runner.h"

#define STAMP \
	28 /* of GitHub's logs: 2024-01-31T10:00:00.0000000Z and a blank */

void
ev_prose_init(struct ev_prose *prose, unsigned tools)
{
	static const struct ev_rule *const list[] = { ev_rules_build,
		ev_rules_lint, ev_rules_test, ev_rules_crash, ev_rules_other,
		ev_rules_bare, ev_rules_plain, NULL };

	memset(prose, 0, sizeof(*prose));
	ev_work_init(&prose->work);
	prose->work.tools = tools;
	prose->rules = ev_rules_new(tools, list);
}

void
ev_prose_clear(struct ev_prose *prose)
{
	ev_work_clear(&prose->work);
	ev_rules_free(prose->rules);
	ev_buf_clear(&prose->clean);
}

/* Without the time that GitHub writes in front of each line of a log. */
static struct ev_slice
unstamp(struct ev_slice line)
{
	struct ev_lex lex = { line.p, line.p + line.n, NULL };
	const char *p;

	if (line.n < STAMP || !ev_is_digit(line.p[0]))
		return line;
	p = ev_lex_fit(&lex, line.p, "####-##-##T##:##:##.");
	if (p != NULL)
		p = ev_lex_digits(&lex, p);
	if (p == NULL || lex.end - p < 2 || p[0] != 'Z' || p[1] != ' ')
		return line;
	return (struct ev_slice){ p + 2, (size_t)(lex.end - p - 2) };
}

/* Gives a line to the finding that is open; true: it took it. */
static bool
continues(struct ev_work *work, struct ev_slice line)
{
	if (work->block == NULL)
		return false;
	switch (work->block(work, line)) {
	case EV_TAKE_MINE:
		work->note.raw++;
		if (!ev_work_blank(line))
			work->blank = 0;
		return true;
	case EV_TAKE_LAST:
		work->note.raw++;
		ev_work_close(work);
		return true;
	case EV_TAKE_OVER:
		ev_work_close(work);
		return false;
	case EV_TAKE_DROP:
		break;
	}
	ev_work_drop(work);
	return false;
}

void
ev_prose_take(struct ev_prose *prose, struct ev_slice line)
{
	struct ev_work *work = &prose->work;

	line = unstamp(ev_clean_line(&prose->clean, line));
	if (continues(work, line))
		return;
	if (!ev_rules_line(prose->rules, work, line))
		ev_build_remember(work, line);
}

void
ev_prose_flush(struct ev_prose *prose)
{
	struct ev_work *work = &prose->work;

	/* an empty heading ends whatever waits for one */
	if (work->block != NULL && work->sure)
		work->sure =
		    work->block(work, EV_SLICE(EV_WORK_END)) != EV_TAKE_DROP;
	if (work->sure)
		ev_work_close(work);
	ev_work_drop(work);
	ev_jest_owed(work);
}
