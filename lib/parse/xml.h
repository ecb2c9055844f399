/*
 * xml: the one door to expat.
 *
 * Nothing outside of the text is read (no external entity, no network); expat
 * ends a text whose entities grow beyond measure.
 */
#ifndef EV_PARSE_XML_H
#define EV_PARSE_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"

struct ev_xml;

/* What is called; names without their namespace, all of it UTF-8. */
struct ev_xml_calls {
	void	(*open)(void *arg, const char *name, const char **attributes);
	void	(*text)(void *arg, struct ev_slice text);
	void	(*close)(void *arg, const char *name);
};

/* A document begins.  Borrows calls. */
struct ev_xml *ev_xml_new(const struct ev_xml_calls *calls, void *arg);
void	ev_xml_free(struct ev_xml *xml);

/*
 * Takes bytes.  1: the document is at its end; 0: it goes on; -1: it is not
 * sound, the message says where.  Expat may wait for more before it looks: what
 * stands behind the end, or from the damage on, is ev_xml_rest's, good until
 * ev_xml_free.
 */
int	ev_xml_feed(struct ev_xml *xml, const char *p, size_t n,
	    struct ev_err *err);
struct ev_slice ev_xml_rest(const struct ev_xml *xml);

/* No more bytes come.  1: the document is at its end; -1: it is not whole. */
int	ev_xml_end(struct ev_xml *xml, struct ev_err *err);

/* The value of an attribute, or NULL. */
const char *ev_xml_attribute(const char **attributes, const char *name);

/* May a line be the beginning of a document with test results? */
bool	ev_xml_opens(struct ev_slice line);

#endif
