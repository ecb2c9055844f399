#include "stats/letter.h"

#include <pwd.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define HOST_MOST 256

#define OPT(field) offsetof(struct ev_letter, field)

/* clang-format off */
const struct ev_opt ev_letter_options[EV_LETTER_OPTIONS] = {
	{ "from", '\0', EV_OPT_TEXT, false, "ADDRESS", NULL,
	    "who sends the message of -o mail (you, at this host)",
	    OPT(from), NULL },
	{ "to", '\0', EV_OPT_TEXT, false, "ADDRESSES", NULL,
	    "who gets it (MAILTO, else you)", OPT(to), NULL },
	{ "subject", '\0', EV_OPT_TEXT, false, "TEXT", NULL,
	    "its subject (the name of the report)", OPT(subject), NULL },
};
/* clang-format on */

/* A host's name may be anything that its owner likes; an id may not. */
static char *
host_name(void)
{
	char name[HOST_MOST] = "";
	char *p;

	if (gethostname(name, sizeof(name) - 1) == -1 || name[0] == '\0')
		return ev_strdup("localhost");
	for (p = name; *p != '\0'; p++)
		if (strchr("abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-",
			*p) == NULL)
			*p = '-';
	return ev_strdup(name);
}

int
ev_letter_open(
    struct ev_letter *letter, struct timespec now, struct ev_err *err)
{
	const struct passwd *entry = getpwuid(geteuid());
	const char *name = entry != NULL ? entry->pw_name : "nobody";
	const char *to = getenv("MAILTO");
	size_t room;

	letter->host = host_name();
	room = strlen(name) + strlen(letter->host) + 2;
	letter->user = ev_malloc(room);
	snprintf(letter->user, room, "%s@%s", name, letter->host);
	if (to == NULL || *to == '\0')
		to = name;
	letter->mail = (struct ev_grid_mail){
		.from = letter->from != NULL ? letter->from : letter->user,
		.to = letter->to != NULL ? letter->to : to,
		.subject = letter->subject,
		.host = letter->host,
		.date = now,
	};
	return ev_grid_mail_check(&letter->mail, err);
}

void
ev_letter_close(struct ev_letter *letter)
{
	free(letter->user);
	free(letter->host);
}
