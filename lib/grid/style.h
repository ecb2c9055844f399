/*
 * style: how charts and pages look, light and dark.
 */
#ifndef EV_GRID_STYLE_H
#define EV_GRID_STYLE_H

/* Rules of CSS: the colours, what charts are made of, and the page. */
extern const char ev_style_colors[], ev_style_chart[], ev_style_page[];

#endif
