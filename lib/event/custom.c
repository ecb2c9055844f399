#include "event/custom.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define ROUTING_BITS 52

void
ev_custom_free(struct ev_custom *custom)
{
	size_t i;

	if (custom == NULL)
		return;
	for (i = 0; i < custom->texts; i++)
		free(custom->text[i]);
	free(custom->text);
	free(custom->row);
	free(custom);
}

const struct ev_dialect *
ev_custom_named(const struct ev_custom *custom, const char *name)
{
	size_t i;

	for (i = 0; custom != NULL && i < custom->rows; i++)
		if (strcmp(custom->row[i].dialect.name, name) == 0)
			return &custom->row[i].dialect;
	return ev_dialect_named(name);
}

/* A text with its NUL, so that no two lists look alike; nothing for NULL. */
static void
mix(struct ev_sha256 *sha, const char *text)
{
	if (text != NULL)
		ev_sha256_add(sha, text, strlen(text) + 1);
}

uint64_t
ev_custom_routing(const struct ev_custom *custom, uint64_t version)
{
	struct ev_sha256 *sha = ev_sha256_new();
	unsigned char digest[EV_SHA256_SIZE];
	const struct ev_custom_row *row;
	const struct ev_test *test;
	uint64_t number = 0;
	char text[24];
	size_t i;

	snprintf(text, sizeof(text), "%llu", (unsigned long long)version);
	mix(sha, text);
	for (i = 0; i < custom->rows; i++) {
		row = &custom->row[i];
		/* from behind it can be read in one way only */
		for (test = row->test; test->kind != EV_TEST_END; test++) {
			mix(sha, test->path);
			mix(sha, test->text != NULL ? "=" : "?");
			mix(sha, test->text);
		}
		snprintf(text, sizeof(text), "%d", (int)(test - row->test));
		mix(sha, text);
		mix(sha,
		    row->dialect.cell[EV_TIME] != NULL ?
			row->dialect.cell[EV_TIME] :
			"");
	}
	ev_sha256_end(sha, digest);
	ev_sha256_free(sha);
	for (i = 0; i < sizeof(number); i++)
		number = number << 8 | digest[i];
	return number >> (64 - ROUTING_BITS) | UINT64_C(1) << ROUTING_BITS;
}
