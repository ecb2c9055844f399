#include "hook/script.h"

#include <string.h>

#define LIST "# hooks:"

void
ev_script_quote(struct ev_buf *out, const char *text)
{
	ev_buf_addc(out, '\'');
	for (; *text != '\0'; text++)
		if (*text == '\'')
			ev_buf_adds(out, "'\\''");
		else
			ev_buf_addc(out, *text);
	ev_buf_addc(out, '\'');
}

/* One call, under a condition that holds. */
static void
add_call(const struct ev_script *s, enum ev_hook which, bool by_path,
    struct ev_buf *out)
{
	const struct ev_hook_kind *kind = &ev_hook_kinds[which];

	ev_buf_addc(out, '\t');
	if (kind->fed)
		ev_buf_adds(
		    out, "printf '%s\\n' \"$ev_git_in\" 2>/dev/null |\n\t\t");
	if (by_path)
		ev_script_quote(out, s->command);
	else
		ev_buf_adds(out, "ev-git");
	ev_buf_addf(out, " hook");
	if (s->store != NULL) {
		ev_buf_adds(out, " -S ");
		ev_script_quote(out, s->store);
	}
	ev_buf_addf(out, " %s \"$@\"%s >/dev/null || :\n", kind->name,
	    kind->fed ? "" : " </dev/null");
}

void
ev_script_body(
    const struct ev_script *s, enum ev_hook which, struct ev_buf *out)
{
	bool fed = ev_hook_kinds[which].fed;
	enum ev_hook i;

	ev_buf_adds(out,
	    "# Records in the event log what happens; never fails, never waits "
	    "long.\n# \"ev-git uninstall\" takes these lines away.\n" LIST);
	for (i = 0; i < EV_HOOKS; i++)
		if (s->chosen[i])
			ev_buf_addf(out, " %s", ev_hook_kinds[i].name);
	ev_buf_addc(out, '\n');
	if (fed)
		ev_buf_adds(out, "ev_git_in=$(cat)\n");
	ev_buf_adds(out, "if [ -x ");
	ev_script_quote(out, s->command);
	ev_buf_adds(out, " ]; then\n");
	add_call(s, which, true, out);
	ev_buf_adds(out, "elif command -v ev-git >/dev/null 2>&1; then\n");
	add_call(s, which, false, out);
	ev_buf_adds(out, "fi\n");
	/* what follows reads what git wrote */
	if (fed)
		ev_buf_adds(out,
		    "if [ -n \"$ev_git_in\" ]; then\n\texec <<ev-git-input\n"
		    "$ev_git_in\nev-git-input\nelse\n\texec </dev/null\nfi\n");
}

void
ev_script_chosen(struct ev_slice body, bool chosen[EV_HOOKS])
{
	const char *end = body.p + body.n, *line, *stop;
	enum ev_hook i;
	size_t n;

	line = memmem(body.p, body.n, LIST, sizeof(LIST) - 1);
	if (line == NULL)
		return;
	stop = memchr(line, '\n', (size_t)(end - line));
	if (stop == NULL)
		stop = end;
	for (line += sizeof(LIST) - 1; line < stop; line += n) {
		line++; /* a blank */
		n = 0;
		while (line + n < stop && line[n] != ' ')
			n++;
		for (i = 0; i < EV_HOOKS; i++)
			if (ev_slice_is((struct ev_slice){ line, n },
				ev_hook_kinds[i].name))
				chosen[i] = true;
	}
}

/* The last part of a path. */
static struct ev_slice
base_name(struct ev_slice path)
{
	const char *slash = memrchr(path.p, '/', path.n);

	if (slash == NULL)
		return path;
	return (struct ev_slice){ slash + 1,
		(size_t)(path.p + path.n - slash - 1) };
}

/* Cuts the next word off a line. */
static struct ev_slice
take_word(struct ev_slice *line)
{
	struct ev_slice word;

	while (line->n > 0 && (*line->p == ' ' || *line->p == '\t')) {
		line->p++;
		line->n--;
	}
	word = (struct ev_slice){ line->p, 0 };
	while (line->n > 0 && *line->p != ' ' && *line->p != '\t') {
		line->p++;
		line->n--;
		word.n++;
	}
	return word;
}

bool
ev_script_is_shell(struct ev_slice text)
{
	static const char *const shells[] = { "sh", "bash", "dash", "ash",
		"ksh", "mksh", "zsh" };
	struct ev_slice line = text, word;
	const char *end;
	size_t i;

	if (memchr(text.p, '\0', text.n) != NULL)
		return false;
	/* without a #! it is /bin/sh that runs it */
	if (!ev_slice_starts(text, "#!"))
		return true;
	end = memchr(text.p, '\n', text.n);
	if (end != NULL)
		line.n = (size_t)(end - text.p);
	line.p += 2;
	line.n -= 2;
	word = base_name(take_word(&line));
	while (ev_slice_is(word, "env") || ev_slice_starts(word, "-"))
		word = base_name(take_word(&line));
	for (i = 0; i < sizeof(shells) / sizeof(shells[0]); i++)
		if (ev_slice_is(word, shells[i]))
			return true;
	return false;
}
