#include "exec/command.h"

#include <string.h>

#include "base/utf8.h"
#include "emit/scrub.h"
#include "exec/mask.h"
#include "exec/script.h"
#include "json/quote.h"

#define MOST 240     /* characters, of Brewva's */
#define MOST_DEPTH 4 /* of scripts in scripts */

/* What a shell takes as it is; `more` as well. */
static bool
is_safe(struct ev_slice word, const char *more)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789@%_+=:,./-";
	size_t i;

	for (i = 0; i < word.n; i++)
		if (strchr(safe, word.p[i]) == NULL &&
		    strchr(more, word.p[i]) == NULL)
			return false;
	return word.n > 0;
}

static void
shell_quote(struct ev_slice word, const char *more, struct ev_buf *out)
{
	size_t i;

	if (is_safe(word, more)) {
		ev_buf_addslice(out, word);
		return;
	}
	ev_buf_addc(out, '\'');
	for (i = 0; i < word.n; i++)
		if (word.p[i] == '\'')
			ev_buf_adds(out, "'\"'\"'");
		else
			ev_buf_addc(out, word.p[i]);
	ev_buf_addc(out, '\'');
}

void
ev_exec_hash(char *const *argv, char out[EV_SHA256_HEX])
{
	struct ev_buf text = EV_BUF_INIT;
	size_t i;

	for (i = 0; argv[i] != NULL; i++) {
		if (i > 0)
			ev_buf_addc(&text, ' ');
		shell_quote(ev_slice_of(argv[i]), "", &text);
	}
	ev_sha256_hex(text.p, text.n, out);
	ev_buf_clear(&text);
}

static void
mask_script(struct ev_slice script, unsigned depth, struct ev_buf *out);

/* A word without its secrets, not quoted. */
static void
mask(struct ev_exec_words *words, struct ev_slice word, unsigned depth,
    struct ev_buf *out)
{
	bool script;

	ev_exec_mask_word(words, word, &script, out);
	if (script && depth < MOST_DEPTH)
		mask_script(word, depth + 1, out);
	else if (script)
		ev_buf_adds(out, EV_EXEC_MARK);
}

/* The words of a script; what is between them, and words without secrets, stay
 * as they are written. */
static void
mask_script(struct ev_slice script, unsigned depth, struct ev_buf *out)
{
	struct ev_exec_words words = EV_EXEC_WORDS_INIT;
	struct ev_exec_script s = { script.p, script.p + script.n };
	struct ev_buf word = EV_BUF_INIT, clean = EV_BUF_INIT;
	struct ev_slice raw;

	while (ev_exec_script_next(&s, &raw, &word)) {
		if (word.n == 0) {
			/* a line's end or an operator begins a new command */
			if (ev_exec_script_ends(raw))
				words =
				    (struct ev_exec_words)EV_EXEC_WORDS_INIT;
			ev_buf_addslice(out, raw);
			continue;
		}
		ev_buf_reset(&clean);
		mask(&words, ev_buf_slice(&word), depth, &clean);
		if (ev_slice_eq(ev_buf_slice(&clean), ev_buf_slice(&word)))
			ev_buf_addslice(out, raw);
		else
			shell_quote(ev_buf_slice(&clean), "[]$", out);
	}
	ev_buf_clear(&word);
	ev_buf_clear(&clean);
}

/* Appends at most MOST characters of a text. */
static void
add_cut(struct ev_slice text, struct ev_buf *out)
{
	const char *p = text.p, *end = text.p + text.n;
	unsigned count = 0;
	uint32_t cp;
	int n;

	for (; p < end && count < MOST; count++) {
		n = ev_utf8_next(p, end, &cp);
		p += n > 0 ? n : 1;
	}
	ev_buf_add(out, text.p, (size_t)(p - text.p));
	if (p < end)
		ev_buf_adds(out, "...");
}

void
ev_exec_redacted(char *const *argv, struct ev_buf *out)
{
	struct ev_exec_words words = EV_EXEC_WORDS_INIT;
	struct ev_buf text = EV_BUF_INIT, word = EV_BUF_INIT;
	struct ev_scrub scrub;
	size_t i;

	ev_scrub_init(&scrub);
	for (i = 0; argv[i] != NULL; i++) {
		ev_buf_reset(&word);
		mask(&words, ev_slice_of(argv[i]), 0, &word);
		if (ev_scrub_text(&scrub, ev_buf_slice(&word))) {
			ev_buf_reset(&word);
			ev_buf_addslice(&word, ev_buf_slice(&scrub.clean));
		}
		if (i > 0)
			ev_buf_addc(&text, ' ');
		shell_quote(ev_buf_slice(&word), "[]", &text);
	}
	add_cut(ev_buf_slice(&text), out);
	ev_scrub_clear(&scrub);
	ev_buf_clear(&word);
	ev_buf_clear(&text);
}

void
ev_exec_argv_json(char *const *argv, struct ev_buf *out)
{
	size_t i;

	ev_buf_addc(out, '[');
	for (i = 0; argv[i] != NULL; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_quote(out, ev_slice_of(argv[i]));
	}
	ev_buf_addc(out, ']');
}
