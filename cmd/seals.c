#include "seals.h"

#include <stdint.h>

#include "fsck/aside.h"
#include "seal/anchor.h"
#include "seal/make.h"
#include "seal/verify.h"
#include "store/rows.h"

/* From which day to which. */
static int
days(
    const struct ev_fsck_options *opt, struct ev_make *make, struct ev_err *err)
{
	struct ev_err why;

	if (opt->seal == NULL)
		return ev_make_until(opt->seal_until, &make->to, &why) < 0 ?
		    ev_fail(err, "--seal-until: %s", why.text) :
		    0;
	if (ev_make_day(opt->seal, &make->from, &why) < 0)
		return ev_fail(err, "--seal: %s", why.text);
	make->to = make->from + 1;
	return 0;
}

static int
seal(const struct cmd *cmd, const struct ev_fsck_options *opt,
    struct ev_place *place, struct ev_findings *findings, struct ev_err *err)
{
	struct ev_make make = { .place = place,
		.to = INT32_MAX,
		.threads = cmd_threads(cmd),
		.findings = findings };

	if (days(opt, &make, err) < 0 || ev_make(&make, err) < 0)
		return -1;
	if (make.made > 0)
		return CMD_OK;
	if (make.there == 0 && opt->seal != NULL)
		return ev_fail(
		    err, "no line of '%s' in '%s'", opt->seal, place->shown);
	if (make.there > 0 && !cmd->common.quiet)
		cmd_warn(cmd, "sealed already, and nothing came since");
	return CMD_OK;
}

/* 2: of a seal, or as there is none, it cannot be told. */
static int
verify(const struct cmd *cmd, struct ev_place *place,
    struct ev_findings *findings, struct ev_err *err)
{
	struct ev_verify verify = { .place = place,
		.quiet = cmd->common.quiet,
		.threads = cmd_threads(cmd),
		.findings = findings };

	if (ev_verify(&verify, err) < 0)
		return -1;
	if (!verify.sealed && findings->problems == 0)
		return ev_fail(err, "nothing of '%s' is sealed", place->shown);
	return verify.unsure ? CMD_FAIL : CMD_OK;
}

static int
anchor(struct ev_place *place, struct ev_findings *findings, struct ev_err *err)
{
	int r = ev_anchor(place, findings, err);

	if (r == 0)
		return ev_fail(err, "nothing of '%s' is sealed", place->shown);
	return r < 0 ? -1 : CMD_OK;
}

int
seals_run(const struct cmd *cmd, const struct ev_fsck_options *opt,
    const struct ev_place *named, struct ev_findings *findings,
    struct ev_err *err)
{
	struct ev_place place = ev_aside_place(named);
	int r = ev_rows_read(&place, err);

	if (r == 0 && opt->verify)
		r = verify(cmd, &place, findings, err);
	else if (r == 0 && opt->anchor)
		r = anchor(&place, findings, err);
	else if (r == 0)
		r = seal(cmd, opt, &place, findings, err);
	ev_place_clear(&place);
	return r;
}
