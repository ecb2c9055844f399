/*
 * letter: who gets a report as mail (-o mail).
 */
#ifndef EV_STATS_LETTER_H
#define EV_STATS_LETTER_H

#include <time.h>

#include "base/err.h"
#include "cli/opt.h"
#include "grid/mail.h"

struct ev_letter {
	/* filled by the options */
	const char	*from, *to, *subject;
	/* its own */
	char		*user, *host;
	struct ev_grid_mail mail;
};

/* The rows: --from --to --subject. */
#define EV_LETTER_OPTIONS 3
extern const struct ev_opt ev_letter_options[EV_LETTER_OPTIONS];

/*
 * Makes letter->mail: what was not given is, of `to`, MAILTO (as cron has it),
 * else the user; of `from`, the user at this host.  -1: see
 * ev_grid_mail_check.
 */
int	ev_letter_open(struct ev_letter *letter, struct timespec now,
	    struct ev_err *err);
void	ev_letter_close(struct ev_letter *letter);

#endif
