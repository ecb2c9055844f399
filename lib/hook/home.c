#include "hook/home.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/afar.h"

int
ev_home_find(struct ev_place *place, const struct ev_site *site,
    const char *named, bool tracked, struct ev_err *err)
{
	char *dir = NULL;
	int r;

	if (named == NULL && tracked && site->top != NULL)
		dir = ev_strdup(site->top);
	else if (named == NULL)
		dir = ev_site_main(site);
	r = ev_place_find(place, named != NULL ? named : dir, true, err);
	if (r == -1)
		ev_place_afar(place, named != NULL ? named : dir);
	free(dir);
	return r;
}
