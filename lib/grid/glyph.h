/*
 * glyph: small drawings of characters: bars, sparklines, heat maps; of ASCII
 * where a locale has no other.
 *
 * A part is a value as a part of the greatest one, 0 to 1.
 */
#ifndef EV_GRID_GLYPH_H
#define EV_GRID_GLYPH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* A bar of up to `cells` columns, in eighths of a column. */
void	ev_glyph_bar(struct ev_buf *out, double part, size_t cells,
	    bool ascii);
/* One step of a sparkline; what is above 0 is higher than 0. */
void	ev_glyph_spark(struct ev_buf *out, double part, bool ascii);
/* One cell of a heat map, two columns wide; blank for 0. */
void	ev_glyph_heat(struct ev_buf *out, double part, bool ascii);

#endif
