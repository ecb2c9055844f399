#include "store/afar.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/layout.h"

#define NEW_LOG ".events.jsonl"

/* Steps behind a directory that is not there lead nowhere with one of ".."
 * among them. */
static bool
leads_up(const char *rest)
{
	size_t n;

	for (; *rest != '\0'; rest += n + (rest[n] == '/')) {
		n = strcspn(rest, "/");
		if (n == 2 && memcmp(rest, "..", 2) == 0)
			return true;
	}
	return false;
}

/* The longest part of an absolute path that is there, resolved, and the rest
 * as it stands.  NULL: nobody knows where it leads. */
static char *
resolve(const char *path)
{
	size_t end = strlen(path);
	char *real, *part, *whole;

	for (;;) {
		part = ev_memdup(path, end > 0 ? end : 1);
		real = realpath(part, NULL);
		free(part);
		if (real != NULL || end == 0)
			break;
		while (end > 0 && path[--end] != '/')
			continue;
	}
	path += end;
	while (*path == '/')
		path++;
	if (real == NULL || leads_up(path)) {
		free(real);
		return NULL;
	}
	whole = ev_layout_join(real, path);
	free(real);
	return whole;
}

/* An absolute path without slashes at its end. */
static char *
absolute(const char *named)
{
	char *here = named[0] == '/' ? NULL : realpath(".", NULL);
	char *path =
	    here != NULL ? ev_layout_join(here, named) : ev_strdup(named);
	size_t n;

	free(here);
	for (n = strlen(path); n > 1 && path[n - 1] == '/'; n--)
		path[n - 1] = '\0';
	return path;
}

int
ev_place_afar(struct ev_place *place, const char *named)
{
	char *path, *whole, *name;
	size_t n;

	if (place->log != NULL)
		return 0;
	if (named == NULL)
		named = getenv("EV_STORE");
	if (named == NULL || *named == '\0')
		return -1;
	path = absolute(named);
	whole = resolve(path);
	free(path);
	if (whole == NULL)
		return -1;
	n = strlen(whole);
	name = strrchr(whole, '/');
	if (n > 6 && strcmp(whole + n - 6, ".jsonl") == 0) {
		ev_place_set(place,
		    ev_memdup(
			whole, name == whole ? 1 : (size_t)(name - whole)),
		    name + 1, ev_strdup(named));
	} else {
		ev_place_set(place, ev_strdup(whole), NEW_LOG,
		    ev_layout_join(named, NEW_LOG));
	}
	free(whole);
	return 0;
}
