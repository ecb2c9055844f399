#include "event/gepenv.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "event/gepkey.h"
#include "json/member.h"

#define KEY_HEX 16
#define PARTS 7

/* clang-format off */
#define NODE { "node_version", NULL }, { "platform", NULL }, { "arch", NULL }
#define HOST { "hostname", NULL }
#define DEVICE { "device_id", NULL }

/* Each part is a member, or a second one where that is empty. */
static const struct {
	const char	*name;
	size_t		 count;
	const char	*part[PARTS][2];
} generations[EV_GEPENVS] = {
	[EV_GEPENV_1_5_0] = { "1.5.0", 4,
	    { NODE, { "evolver_version", NULL } } },
	[EV_GEPENV_1_13_0] = { "1.13.0", 5,
	    { NODE, HOST, { "evolver_version", NULL } } },
	[EV_GEPENV_1_15_0] = { "1.15.0", 6,
	    { DEVICE, NODE, HOST, { "evolver_version", NULL } } },
	[EV_GEPENV_1_29_8] = { "1.29.8", 7,
	    { DEVICE, NODE, HOST, { "client", "evolver_version" },
	      { "client_version", "evolver_version" } } },
};
/* clang-format on */

int
ev_gepenv_named(struct ev_slice name)
{
	int i;

	for (i = 0; i < EV_GEPENVS; i++)
		if (ev_slice_is(name, generations[i].name))
			return i;
	return -1;
}

static void
put_part(
    struct ev_buf *out, const struct ev_val *env, const char *const name[2])
{
	size_t i, begin = out->n;
	struct ev_val val;

	for (i = 0; i < 2 && name[i] != NULL && out->n == begin; i++) {
		val = ev_member_of(env, name[i]);
		ev_gepkey_text(out, &val);
	}
}

/* Half a pair has no UTF-8: what is hashed for it is U+FFFD. */
static void
replace_halves(struct ev_buf *text)
{
	size_t i;

	for (i = 0; i + 2 < text->n; i++)
		if ((unsigned char)text->p[i] == 0xed &&
		    (unsigned char)text->p[i + 1] >= 0xa0)
			memcpy(text->p + i, "\xef\xbf\xbd", 3);
}

void
ev_gepenv_key(const struct ev_val *env, enum ev_gepenv generation,
    char out[EV_GEPENV_SIZE])
{
	struct ev_buf text = EV_BUF_INIT;
	char hex[EV_SHA256_HEX];
	size_t i;

	if (env->kind != EV_OBJECT) {
		snprintf(out, EV_GEPENV_SIZE, "unknown");
		return;
	}
	for (i = 0; i < generations[generation].count; i++) {
		if (i > 0)
			ev_buf_addc(&text, '|');
		put_part(&text, env, generations[generation].part[i]);
	}
	replace_halves(&text);
	ev_sha256_hex(text.p, text.n, hex);
	snprintf(out, EV_GEPENV_SIZE, "%.*s", KEY_HEX, hex);
	ev_buf_clear(&text);
}
