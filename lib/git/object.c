#include "git/object.h"

#include <stdlib.h>

#include "base/mem.h"
#include "git/decode.h"
#include "text/time.h"

#define LONGEST_SECONDS 18 /* digits that an int64_t holds */

/* The value of a header line "KEY VALUE", or NULL bytes. */
static struct ev_slice
value_of(struct ev_slice line, const char *key)
{
	size_t n = strlen(key);

	if (!ev_slice_starts(line, key) || line.n <= n || line.p[n] != ' ')
		return (struct ev_slice){ NULL, 0 };
	return (struct ev_slice){ line.p + n + 1, line.n - n - 1 };
}

static struct ev_slice
trim_end(struct ev_slice s)
{
	while (s.n > 0 && memchr(" \t\r\n", s.p[s.n - 1], 4) != NULL)
		s.n--;
	return s;
}

static struct ev_slice
trim(struct ev_slice s)
{
	s = trim_end(s);
	for (; s.n > 0 && (*s.p == ' ' || *s.p == '\t'); s.n--)
		s.p++;
	return s;
}

/* Seconds since 1970, before a blank and the zone. */
static bool
read_seconds(struct ev_slice text, struct timespec *out)
{
	int64_t sec = 0;
	size_t i;

	text = trim(text);
	for (i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++) {
		if (i == LONGEST_SECONDS)
			return false;
		sec = sec * 10 + (text.p[i] - '0');
	}
	*out = (struct timespec){ .tv_sec = (time_t)sec };
	return i > 0 && ev_time_ok(*out);
}

/* "Name <email> seconds zone": the time stands behind the last >. */
static void
read_person(struct ev_person *person, struct ev_slice text)
{
	const char *end = text.p + text.n, *less, *more, *last;

	less = memchr(text.p, '<', text.n);
	last = memrchr(text.p, '>', text.n);
	if (less == NULL || last == NULL || last < less) {
		person->name = trim(text);
		return;
	}
	more = memchr(less, '>', (size_t)(end - less));
	person->name =
	    trim((struct ev_slice){ text.p, (size_t)(less - text.p) });
	person->email =
	    trim((struct ev_slice){ less + 1, (size_t)(more - less - 1) });
	person->timed = read_seconds(
	    (struct ev_slice){ last + 1, (size_t)(end - last - 1) },
	    &person->time);
}

/* The first line of a signature tells its kind (git's gpg.format). */
static const char *
signature_of(struct ev_slice text)
{
	if (ev_slice_starts(text, "-----BEGIN SSH SIGNATURE-----"))
		return "ssh";
	if (ev_slice_starts(text, "-----BEGIN SIGNED MESSAGE-----"))
		return "x509";
	return "gpg";
}

static void
read_header(struct ev_commit *c, struct ev_slice line)
{
	struct ev_slice v;

	if ((v = value_of(line, "parent")).p != NULL) {
		c->parent =
		    ev_realloc(c->parent, c->parents + 1, sizeof(*c->parent));
		c->parent[c->parents++] = v;
	} else if ((v = value_of(line, "author")).p != NULL)
		read_person(&c->author, v);
	else if ((v = value_of(line, "committer")).p != NULL)
		read_person(&c->committer, v);
	else if ((v = value_of(line, "gpgsig")).p != NULL ||
	    (v = value_of(line, "gpgsig-sha256")).p != NULL)
		c->signature = signature_of(v);
}

static void
read_message(struct ev_commit *c, struct ev_slice text)
{
	struct ev_slice line;
	size_t empty = 0;
	bool title = true;

	while (ev_slice_line(&text, &line)) {
		line = trim_end(line);
		if (line.n == 0) {
			title = title && c->subject.n == 0;
			empty++;
			continue;
		}
		if (title) {
			if (c->subject.n > 0)
				ev_buf_addc(&c->subject, ' ');
			ev_buf_addslice(&c->subject, line);
			continue;
		}
		if (c->body.n > 0)
			for (empty++; empty > 0; empty--)
				ev_buf_addc(&c->body, '\n');
		empty = 0;
		ev_buf_addslice(&c->body, line);
	}
	ev_trailers_read(&c->trailers, ev_buf_slice(&c->body));
}

static struct ev_slice
encoding_of(struct ev_slice object)
{
	struct ev_slice line, v;

	while (ev_slice_line(&object, &line) && line.n > 0)
		if ((v = value_of(line, "encoding")).p != NULL)
			return v;
	return EV_SLICE("");
}

int
ev_commit_parse(struct ev_commit *c, struct ev_slice object, struct ev_err *err)
{
	struct ev_slice rest, line;

	if (!ev_slice_starts(object, "tree "))
		return ev_fail(err, "git gives something that is no commit");
	/* git, too, takes a NUL for the end */
	object.n = strnlen(object.p, object.n);
	ev_git_decode(object, encoding_of(object), &c->object);
	rest = ev_buf_slice(&c->object);
	while (ev_slice_line(&rest, &line) && line.n > 0)
		read_header(c, line);
	read_message(c, rest);
	return 0;
}

void
ev_commit_clear(struct ev_commit *c)
{
	free(c->parent);
	ev_buf_clear(&c->subject);
	ev_buf_clear(&c->body);
	ev_trailers_clear(&c->trailers);
	ev_buf_clear(&c->branch);
	ev_buf_clear(&c->object);
	*c = (struct ev_commit)EV_COMMIT_INIT;
}
