#include "emit/secret.h"

#include <stdint.h>
#include <string.h>

#include "base/slice.h"
#include "emit/word.h"

const char *const ev_secret_words[EV_SECRET_KINDS] = {
	[EV_PRIVATE_KEY] = "private-key",
	[EV_AWS_KEY] = "aws-key",
	[EV_GITHUB_TOKEN] = "github-token",
	[EV_GITLAB_TOKEN] = "gitlab-token",
	[EV_SLACK_TOKEN] = "slack-token",
	[EV_API_KEY] = "api-key",
	[EV_GOOGLE_KEY] = "google-key",
	[EV_JWT] = "jwt",
	[EV_BEARER_TOKEN] = "bearer-token",
	[EV_URL_PASSWORD] = "url-password",
	[EV_LISTED_KEY] = "listed-key",
};

/* For the table. */
enum {
	CAPITAL = EV_WORD_DIGIT | EV_WORD_UPPER,
	ALNUM = EV_WORD_ALNUM,
	BASE64URL = EV_WORD_BASE64URL,
	DASH = EV_WORD_DASH,
	UNDER = EV_WORD_UNDER,
	DOT = EV_WORD_DOT,
	MORE = EV_WORD_MORE
};
enum {
	KEPT = 1, /* the prefix is no secret and stays, with white space */
	EXACT = 2 /* so many and no letter or digit more */
};

/*
 * A prefix and at least so many characters of a set; behind them also those of
 * `rest` belong to it.  A `?` of the prefix is any small letter.  Of rows with
 * the same beginning the first that matches counts.
 */
static const struct row {
	const char *prefix;
	uint8_t back; /* where in it the three bytes of emit/sift stand */
	uint8_t set, rest;
	uint8_t least;
	uint8_t how;
	enum ev_secret_kind kind;
} rows[] = {
	/* clang-format off */
	{ "AKIA", 1, CAPITAL, 0, 16, EXACT, EV_AWS_KEY },
	{ "ASIA", 1, CAPITAL, 0, 16, EXACT, EV_AWS_KEY },
	{ "ghp_", 1, ALNUM, UNDER, 20, 0, EV_GITHUB_TOKEN },
	{ "gho_", 1, ALNUM, UNDER, 20, 0, EV_GITHUB_TOKEN },
	{ "ghu_", 1, ALNUM, UNDER, 20, 0, EV_GITHUB_TOKEN },
	{ "ghs_", 1, ALNUM, UNDER, 20, 0, EV_GITHUB_TOKEN },
	{ "ghr_", 1, ALNUM, UNDER, 20, 0, EV_GITHUB_TOKEN },
	{ "github_pat_", 5, ALNUM | UNDER, 0, 20, 0, EV_GITHUB_TOKEN },
	{ "glpat-", 0, BASE64URL, DOT, 20, 0, EV_GITLAB_TOKEN },
	{ "xox?-", 0, ALNUM | DASH, 0, 10, 0, EV_SLACK_TOKEN },
	{ "sk-ant-", 0, BASE64URL, 0, 16, 0, EV_API_KEY },
	{ "sk-proj-", 0, BASE64URL, 0, 16, 0, EV_API_KEY },
	{ "sk-svcacct-", 0, BASE64URL, 0, 16, 0, EV_API_KEY },
	{ "sk-admin-", 0, BASE64URL, 0, 16, 0, EV_API_KEY },
	{ "sk-or-v1-", 0, BASE64URL, 0, 16, 0, EV_API_KEY },
	/* without dashes: sk-learn-pipeline-tests is a name */
	{ "sk-", 0, ALNUM, DASH | UNDER, 16, 0, EV_API_KEY },
	{ "AIza", 0, BASE64URL, 0, 35, 0, EV_GOOGLE_KEY },
	{ "Bearer", 0, BASE64URL | DOT | MORE, 0, 16, KEPT,
	    EV_BEARER_TOKEN },
	/* clang-format on */
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct ev_slice pem = EV_SLICE_INIT("-----BEGIN ");
#define PEM_BACK 4

static bool
starts(const char *p, const char *end, const char *prefix)
{
	for (; *prefix != '\0'; p++, prefix++)
		if (p == end ||
		    (*prefix == '?' ? !ev_word_has(*p, EV_WORD_LOWER) :
				      *p != *prefix))
			return false;
	return true;
}

static const char *
pass_space(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		p++;
	return p;
}

static bool
match_row(const struct ev_search *s, const struct row *row, const char *at,
    struct ev_secret *secret)
{
	const char *p = at - row->back, *end;

	if (at - s->begin < row->back || !starts(p, s->end, row->prefix) ||
	    !ev_word_begins(s->begin, p))
		return false;
	secret->begin = p;
	p += strlen(row->prefix);
	if ((row->how & KEPT) != 0) {
		p = pass_space(p, s->end);
		if (p == secret->begin + strlen(row->prefix))
			return false;
	}
	end = ev_word_pass(p, s->end, row->set);
	if (end - p < row->least)
		return false;
	if ((row->how & EXACT) != 0 &&
	    (end - p > row->least ||
		(end < s->end && ev_word_has(*end, ALNUM))))
		return false;
	end = ev_word_pass(end, s->end, row->set | row->rest);
	/* a full stop ends a sentence, not a secret */
	while (end[-1] == '.')
		end--;
	if (end - p < row->least)
		return false;
	if ((row->how & KEPT) != 0)
		secret->begin = p;
	secret->end = end;
	secret->kind = row->kind;
	return true;
}

/*
 * header.payload.signature (RFC 7515), the header an object; behind them the
 * further parts of an encrypted one (RFC 7516).
 */
static bool
match_jwt(struct ev_search *s, const char *at, struct ev_secret *secret)
{
	const char *header, *payload;

	if (*at != 'e' || (s->no_jwt != NULL && at < s->no_jwt) ||
	    !ev_word_begins(s->begin, at))
		return false;
	header = ev_word_pass(at, s->end, BASE64URL);
	/* what begins in the same part ends in the same way */
	s->no_jwt = header;
	if (header - at < 10 || header == s->end || *header != '.')
		return false;
	payload = ev_word_pass(header + 1, s->end, BASE64URL);
	if (payload - header < 10 || payload == s->end || *payload != '.')
		return false;
	secret->begin = at;
	secret->end = ev_word_pass(payload + 1, s->end, BASE64URL);
	while (s->end - secret->end >= 2 && *secret->end == '.' &&
	    ev_word_has(secret->end[1], BASE64URL))
		secret->end = ev_word_pass(secret->end + 1, s->end, BASE64URL);
	secret->kind = EV_JWT;
	return true;
}

/* p: behind "-----BEGIN " or END; the end of "… PRIVATE KEY-----", or NULL. */
static const char *
pass_label(const char *p, const char *end)
{
	static const struct ev_slice tails[] = {
		EV_SLICE_INIT("PRIVATE KEY-----"),
		EV_SLICE_INIT("PRIVATE KEY BLOCK-----"),
	};
	const char *most = end - p > 64 ? p + 64 : end;
	size_t i;

	for (; p < most &&
	     (ev_word_has(*p, EV_WORD_UPPER | EV_WORD_DIGIT) || *p == ' ');
	     p++)
		for (i = 0; i < 2; i++)
			if ((size_t)(end - p) >= tails[i].n &&
			    memcmp(p, tails[i].p, tails[i].n) == 0)
				return p + tails[i].n;
	return NULL;
}

/* A private key of which the end was cut off goes to the end of the text. */
static bool
match_pem(const struct ev_search *s, const char *at, struct ev_secret *secret)
{
	static const struct ev_slice tail = EV_SLICE_INIT("-----END ");
	const char *p = at - PEM_BACK, *end;

	if (*at != '-' || at - s->begin < PEM_BACK || !starts(p, s->end, pem.p))
		return false;
	secret->begin = p;
	secret->end = s->end;
	secret->kind = EV_PRIVATE_KEY;
	p = pass_label(p + pem.n, s->end);
	if (p == NULL)
		return false;
	while ((p = memmem(p, (size_t)(s->end - p), tail.p, tail.n)) != NULL) {
		p += tail.n;
		end = pass_label(p, s->end);
		if (end != NULL) {
			secret->end = end;
			break;
		}
	}
	return true;
}

/* What ends the user, password and host of a URL (RFC 3986, 3.2). */
static bool
ends_authority(char c)
{
	return (unsigned char)c <= ' ' || strchr("/?#\"'`<>\\", c) != NULL;
}

/* at: "://".  The password may hold an @: the last one counts. */
static bool
match_url(const struct ev_search *s, const char *at, struct ev_secret *secret)
{
	static const char done[] = "[REDACTED:url-password]";
	const char *p, *colon = NULL, *host = NULL;

	if (*at != ':' || at[1] != '/' || at == s->begin ||
	    !ev_word_has(at[-1], EV_WORD_ALNUM))
		return false;
	for (p = at + 3; p < s->end && !ends_authority(*p); p++) {
		if (*p == ':' && colon == NULL)
			colon = p;
		if (*p == '@')
			host = p;
	}
	if (colon == NULL || host == NULL || host - colon < 2 ||
	    ev_slice_is(
		(struct ev_slice){ colon + 1, (size_t)(host - colon - 1) },
		done))
		return false;
	secret->begin = colon + 1;
	secret->end = host;
	secret->kind = EV_URL_PASSWORD;
	return true;
}

bool
ev_secret_at(struct ev_search *s, const char *at, struct ev_secret *secret)
{
	size_t i;

	for (i = 0; i < ROWS; i++)
		if (rows[i].prefix[rows[i].back] == *at &&
		    match_row(s, &rows[i], at, secret))
			return true;
	return match_jwt(s, at, secret) || match_pem(s, at, secret) ||
	    match_url(s, at, secret);
}

/* Does an @ stand in what may be a URL's authority? */
static bool
has_user(const char *p, const char *end)
{
	/* raw JSON: a backslash may spell anything */
	while (p < end && *p != '@' && *p != '\\' && !ends_authority(*p))
		p++;
	return p < end && (*p == '@' || *p == '\\');
}

/*
 * Does \u00.. spell a character of a prefix?  Some writers spell < > & in this
 * way, all the time.
 */
static bool
spells_prefix(const char *at, const char *end)
{
	unsigned low;

	if (end - at < 6 || at[3] != '0' || at[4] < '2' || at[4] > '7')
		return false;
	low = (unsigned char)at[5];
	low = low >= 'a' ? low - 'a' + 10 :
	    low >= 'A'	 ? low - 'A' + 10 :
			   low - '0';
	switch (at[4]) {
	case '2':
		return low == 0 || low == 0xd || low == 0xf; /* blank - / */
	case '3':
		return low == 0xa; /* : */
	default:
		return true;
	}
}

bool
ev_secret_maybe(const char *begin, const char *at, const char *end)
{
	const char *p;
	size_t i;

	if (*at == '\\')
		return spells_prefix(at, end);
	if (*at == ':')
		return at[1] == '\\' || has_user(at + 3, end);
	if (*at == '-')
		return at - begin >= PEM_BACK &&
		    starts(at - PEM_BACK, end, pem.p);
	for (i = 0; i < ROWS; i++) {
		p = at - rows[i].back;
		if (rows[i].prefix[rows[i].back] == *at &&
		    at - begin >= rows[i].back &&
		    starts(p, end, rows[i].prefix) &&
		    (ev_word_begins(begin, p) || ev_word_spelt(begin, p)))
			return true;
	}
	return *at == 'e' && at[1] == 'y';
}
