#include "answer.h"

#include <inttypes.h>

#include "base/hash.h"
#include "out/escape.h"
#include "out/terminal.h"
#include "read/stop.h"
#include "replay/differ.h"
#include "replay/resume.h"
#include "text/time.h"

static int
play(struct replay *replay, const struct ev_inputs *inputs)
{
	if (ev_replay_run(&replay->job, inputs, &replay->play) == 0)
		return 0;
	replay->reader.failed = true;
	return -1;
}

/* A report to the sink, but none of what --strict did not read to the end. */
static void
put(struct replay *replay, struct ev_buf *text)
{
	struct reader *r = &replay->reader;
	struct ev_err err;

	if (r->failed && r->reading.strict) {
		ev_buf_clear(text);
		return;
	}
	reader_looks(r, replay->ask >= EV_REPLAY_SESSIONS);
	if (r->sink.terminal)
		ev_escape_lines(text, 0);
	if (ev_printer_put(&replay->printer, text->p, text->n, &err) == -1)
		reader_fail(r, &err);
	ev_buf_clear(text);
}

static int
add_bytes(void *sha, const char *p, size_t n, struct ev_err *err)
{
	(void)err;
	ev_sha256_add(sha, p, n);
	return 0;
}

static int
digest(struct replay *replay)
{
	struct ev_sha256 *sha = ev_sha256_new();
	unsigned char raw[EV_SHA256_SIZE];
	struct ev_buf text = EV_BUF_INIT;
	char hex[EV_SHA256_HEX];

	replay->play.bytes = add_bytes;
	replay->play.arg = sha;
	play(replay, replay->reader.inputs);
	/* of a part of the inputs it would be another's */
	if (!replay->reader.failed) {
		ev_sha256_end(sha, raw);
		ev_hex(raw, sizeof(raw), hex);
		ev_buf_addf(&text, "sha256:%s %" PRIu64 "\n", hex,
		    ev_limit_count(&replay->play.limit, replay->play.matches));
		put(replay, &text);
	}
	ev_sha256_free(sha);
	return CMD_OK;
}

static int
count(struct replay *replay)
{
	struct ev_buf text = EV_BUF_INIT;

	play(replay, replay->reader.inputs);
	ev_buf_addf(&text, "%" PRIu64 "\n",
	    ev_limit_count(&replay->play.limit, replay->play.matches));
	put(replay, &text);
	return CMD_OK;
}

static int
list_sessions(struct replay *replay)
{
	struct ev_limit limit = replay->play.limit;
	struct ev_buf text = EV_BUF_INIT;
	struct timespec now;
	struct ev_err err;

	if (ev_now(&now, &err) == -1)
		cmd_die(&replay->reader.cmd, "%s", err.text);
	/* these are of the sessions */
	replay->play.limit.kind = EV_LIMIT_ALL;
	replay->play.reverse = false;
	ev_sessions_play(replay->sessions, &replay->play);
	play(replay, replay->reader.inputs);
	ev_sessions_print(
	    replay->sessions, &limit, replay->options.reverse, now, &text);
	put(replay, &text);
	replay->play.matches = ev_sessions_count(replay->sessions);
	return CMD_OK;
}

static int
compare(struct replay *replay)
{
	struct ev_differ *sides = ev_differ_new();
	struct reader *r = &replay->reader;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_differences result = { 0, 0, 0 };
	int failed;

	/* what repeats and what is first is its own matter */
	replay->job.file_order = true;
	replay->play.distinct = false;
	ev_differ_play(sides, 0, &replay->play);
	failed = play(replay, r->inputs);
	ev_differ_play(sides, 1, &replay->play);
	failed |= play(replay, replay->other);
	if (!r->failed && failed == 0) {
		ev_differ_print(sides, r->output != NULL, &result, &text);
		if (r->cmd.common.verbose > 0)
			cmd_warn(&r->cmd,
			    "%" PRIu64 " missing, %" PRIu64 " extra, %" PRIu64
			    " different",
			    result.missing, result.extra, result.different);
		put(replay, &text);
	}
	ev_differ_free(sides);
	return result.missing + result.extra + result.different > 0 ? CMD_NO :
								      CMD_OK;
}

static int
list_metrics(struct replay *replay)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_err err;

	ev_metrics_play(replay->metrics, &replay->play);
	play(replay, replay->reader.inputs);
	if (ev_metrics_print(replay->metrics, &text, &err) == -1)
		reader_fail(&replay->reader, &err);
	put(replay, &text);
	return CMD_OK;
}

static int
tell_states(struct replay *replay)
{
	struct reader *r = &replay->reader;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_err err;
	int found;

	ev_states_play(replay->states, &replay->play);
	if (replay->options.checkpoint == NULL)
		play(replay, r->inputs);
	else if (ev_resume_run(&r->reading, r->inputs,
		     replay->options.checkpoint, replay->states,
		     &replay->play) == -1)
		r->failed = true;
	found = ev_states_print(replay->states, &text, &err);
	if (found == -1)
		reader_fail(r, &err);
	else if (found == 0 && err.text[0] != '\0' && !r->cmd.common.quiet)
		cmd_warn(&r->cmd, "%s", err.text);
	if (text.n == 0 && replay->state.diff == NULL && err.text[0] == '\0')
		reader_none(r, "states");
	put(replay, &text);
	/* a difference is a no, as that there is no such thing */
	if (replay->state.diff != NULL && err.text[0] == '\0')
		found = !found;
	return found == 0 ? CMD_NO : CMD_OK;
}

static int
print(struct replay *replay)
{
	struct reader *r = &replay->reader;
	struct ev_printer *printer = &replay->printer;
	const struct ev_limit *limit = &replay->play.limit;
	struct ev_err err;

	reader_looks(r,
	    !printer->pace.on &&
		(limit->kind != EV_LIMIT_LAST ||
		    limit->n >= ev_terminal_height(r->sink.fd)));
	if (printer->pace.on)
		ev_stop_begin();
	ev_printer_play(printer, &replay->play);
	if (ev_printer_begin(printer, &err) == -1)
		reader_fail(r, &err);
	else
		play(replay, r->inputs);
	return CMD_OK;
}

int
replay_answer(struct replay *replay)
{
	static int (*const answer[])(struct replay * replay) = {
		[EV_REPLAY_EVENTS] = print,
		[EV_REPLAY_COUNT] = count,
		[EV_REPLAY_DIGEST] = digest,
		[EV_REPLAY_SESSIONS] = list_sessions,
		[EV_REPLAY_COMPARE] = compare,
		[EV_REPLAY_METRICS] = list_metrics,
		[EV_REPLAY_STATES] = tell_states,
	};
	int status = answer[replay->ask](replay);

	if (replay->play.matches == 0 && replay->ask == EV_REPLAY_EVENTS &&
	    replay->printer.signal == 0)
		reader_none(&replay->reader, "events match");
	if (replay->play.matches == 0 && replay->ask == EV_REPLAY_SESSIONS)
		reader_none(&replay->reader, "sessions");
	return replay->reader.exit_status && replay->play.matches == 0 ?
	    CMD_NO :
	    status;
}
