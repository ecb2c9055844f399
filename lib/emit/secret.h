/*
 * secret: what in a text is a secret, by its looks (3-commands 3.2,
 * "Redaction before writing").
 */
#ifndef EV_EMIT_SECRET_H
#define EV_EMIT_SECRET_H

#include <stdbool.h>

/* In the order in which they are named to the user. */
enum ev_secret_kind {
	EV_PRIVATE_KEY, EV_AWS_KEY, EV_GITHUB_TOKEN, EV_GITLAB_TOKEN,
	EV_SLACK_TOKEN, EV_API_KEY, EV_GOOGLE_KEY, EV_JWT, EV_BEARER_TOKEN,
	EV_URL_PASSWORD, EV_LISTED_KEY,	/* the last: by its key, not its looks */
	EV_SECRET_KINDS
};

/* "aws-key", …: as in [REDACTED:aws-key]. */
extern const char *const ev_secret_words[EV_SECRET_KINDS];

/* A text that is searched from its begin to its end. */
struct ev_search {
	const char	*begin, *end;
	const char	*no_jwt;	/* before this none can begin; NULL at
					 * first */
};

struct ev_secret {
	const char		*begin, *end;	/* what is to go */
	enum ev_secret_kind	 kind;
};

/*
 * Is a secret at the place that ev_sift_next gave?  It may begin some bytes
 * before (never before search->begin), or behind (the password of a URL).  The
 * time for all places of a text together is linear in its length.
 */
bool	ev_secret_at(struct ev_search *search, const char *at,
	    struct ev_secret *secret);

/*
 * May there be one, at this place of a JSON text whose strings are not
 * decoded?  False only when there is none.
 */
bool	ev_secret_maybe(const char *begin, const char *at, const char *end);

#endif
