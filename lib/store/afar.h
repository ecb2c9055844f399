/*
 * afar: the name of a store that cannot be reached.
 */
#ifndef EV_STORE_AFAR_H
#define EV_STORE_AFAR_H

#include "store/place.h"

/*
 * Where the store would be whose finding failed: `named` as for
 * ev_place_find, its directory resolved as far as it is there.  Fills dir, log
 * and shown when ev_place_find did not.  0; -1: nobody knows.
 */
int	ev_place_afar(struct ev_place *place, const char *named);

#endif
