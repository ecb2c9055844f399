/*
 * secretname: which options, variables and headers have a secret for a value,
 * by their names; which options of which programs by their letters.
 */
#ifndef EV_EXEC_SECRETNAME_H
#define EV_EXEC_SECRETNAME_H

#include <stdbool.h>

#include "base/slice.h"

/*
 * "token", "--db-password", "FOO_TOKEN", "apiKey": does it end in a word that
 * means a secret?  Case, dashes and the like do not matter.
 */
bool	ev_exec_secret_name(struct ev_slice name);

/* Does such an option name a user and a password, parted by a colon? */
bool	ev_exec_user_name(struct ev_slice option);

/* "Bearer", …: a word behind which the secret stands. */
bool	ev_exec_secret_scheme(struct ev_slice word);

/*
 * The option of a program, by its letter, that has a password.
 */
struct ev_exec_letters {
	const char	*program;
	char		 letter;
	bool		 attached;	/* only -pSECRET, no -p SECRET */
	bool		 user;		/* USER:SECRET */
};

/*
 * The row of a program, by the last part of its path; NULL: none.
 */
const struct ev_exec_letters *ev_exec_letters(struct ev_slice program);

#endif
