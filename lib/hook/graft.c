#include "hook/graft.h"

#include <sys/stat.h>
#include <unistd.h>

#include "hook/edit.h"
#include "hook/script.h"
#include "hook/section.h"

#define SHEBANG "#!/bin/sh\n"

/* What the file is now, without the section. */
struct now {
	struct ev_buf text, section;
	mode_t mode;
	bool there, has, own;
};

static void
say(struct ev_grafting *s, const struct ev_graft *p, const char *state)
{
	ev_buf_addf(&s->said, "%s: %s\n", p->what, state);
}

/* A file that is not touched, and why. */
static int
leave(struct ev_grafting *s, const struct ev_graft *p, const char *why)
{
	s->lacking = true;
	ev_buf_addf(&s->said, "%s: left alone, %s\n", p->what, why);
	return 0;
}

/* 1; 0: it has to be left alone, which was said; -1. */
static int
look(struct ev_grafting *s, const struct ev_graft *p, struct now *now)
{
	struct ev_err why;
	int r = ev_edit_read(p->path, &now->text, &now->mode, &why);

	/* a file that cannot be edited has no section */
	if (r == -1 && (!p->wanted || s->job == EV_GRAFT_UNINSTALL))
		return 0;
	if (r == -1)
		return leave(s, p, why.text);
	now->there = r == 1;
	if (!now->there)
		return 1;
	r = ev_section_cut(&now->text, &now->section, &now->own);
	if (r == -1)
		return leave(s, p, "the section of ev-git in it has no end");
	now->has = r == 1;
	if (p->hook && p->wanted && !now->has) {
		if (!ev_script_is_shell(ev_buf_slice(&now->text)))
			return leave(s, p,
			    "it is no shell script: have it run ev-git hook");
		if ((now->mode & 0111) == 0)
			return leave(
			    s, p, "it is not executable, so git ignores it");
	}
	return 1;
}

/* Nothing is left but what was made for the section. */
static bool
is_empty(const struct ev_graft *p, const struct now *now)
{
	struct ev_slice text = ev_buf_slice(&now->text);

	return text.n == 0 || (p->hook && ev_slice_is(text, SHEBANG));
}

static int
take_away(struct ev_grafting *s, const struct ev_graft *p, struct now *now,
    struct ev_err *err)
{
	if (!now->has)
		return 0;
	say(s, p, s->dry_run ? "would be taken away" : "taken away");
	if (s->dry_run)
		return 0;
	if (!now->own || !is_empty(p, now))
		return ev_edit_write(
		    p->path, ev_buf_slice(&now->text), now->mode, err);
	if (unlink(p->path) == -1)
		return ev_fail_errno(err, "cannot remove '%s'", p->path);
	return 0;
}

static int
put(struct ev_grafting *s, const struct ev_graft *p, struct now *now,
    struct ev_err *err)
{
	bool own = now->own || !now->there;
	struct ev_slice body = ev_buf_slice(&p->body);
	mode_t mask;

	if (now->has && ev_slice_eq(ev_buf_slice(&now->section), body)) {
		say(s, p, "there already");
		return 0;
	}
	say(s, p,
	    s->dry_run	 ? "would be written" :
		now->has ? "written anew" :
			   "written");
	if (s->dry_run)
		return 0;
	if (!now->there) {
		mask = umask(0);
		umask(mask);
		now->mode = (p->hook ? 0777 : 0666) & ~mask;
		if (p->hook)
			ev_buf_adds(&now->text, SHEBANG);
	}
	ev_section_put(&now->text, body, p->hook, own);
	return ev_edit_write(p->path, ev_buf_slice(&now->text), now->mode, err);
}

static void
report(struct ev_grafting *s, const struct ev_graft *p, const struct now *now)
{
	s->present = s->present || now->has;
	if (!now->has && p->wanted) {
		s->lacking = true;
		say(s, p, "missing");
	} else if (now->has && !p->wanted) {
		s->lacking = true;
		say(s, p, "there, but not wanted");
	} else if (now->has && p->hook && (now->mode & 0111) == 0) {
		s->lacking = true;
		say(s, p, "there, but the hook is not executable");
	} else if (now->has &&
	    !ev_slice_eq(ev_buf_slice(&now->section), ev_buf_slice(&p->body))) {
		s->lacking = true;
		say(s, p, "there, but not as this ev-git would write it");
	} else if (now->has) {
		say(s, p, "there");
	}
}

int
ev_graft_do(struct ev_grafting *s, const struct ev_graft *p, struct ev_err *err)
{
	struct now now = { .there = false };
	int r = look(s, p, &now);

	if (r == 1 && s->job == EV_GRAFT_STATUS) {
		report(s, p, &now);
		r = 0;
	} else if (r == 1 && s->job == EV_GRAFT_INSTALL && p->wanted) {
		r = put(s, p, &now, err);
	} else if (r == 1) {
		r = take_away(s, p, &now, err);
	}
	ev_buf_clear(&now.text);
	ev_buf_clear(&now.section);
	return r;
}
