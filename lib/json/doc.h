/*
 * doc: small JSON documents that are built and changed; the one door to cJSON.
 *
 * Values go in as raw JSON text that the scanner found sound and come out as
 * the same bytes: no number and no string is ever parsed by cJSON.
 */
#ifndef EV_JSON_DOC_H
#define EV_JSON_DOC_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "json/path.h"

struct ev_doc;		/* an object */

struct ev_doc *ev_doc_new(void);
void	ev_doc_free(struct ev_doc *doc);

/*
 * Puts raw JSON at a path, making the objects on the way.  A key that stands
 * there already is replaced in its place; a raw object on the way is taken
 * apart.  -1: a step would go through something that is not an object, or is
 * "[]", or holds a NUL or what is not UTF-8, or a raw object on the way has a
 * key twice; nothing was changed then.
 */
int	ev_doc_set(struct ev_doc *doc, const struct ev_path *path,
	    struct ev_slice raw, struct ev_err *err);
/* Appends raw JSON to the array at a path, which is made when missing; a raw
 * array is taken apart. */
int	ev_doc_push(struct ev_doc *doc, const struct ev_path *path,
	    struct ev_slice raw, struct ev_err *err);
/* The same for one top-level key. */
void	ev_doc_put(struct ev_doc *doc, const char *key, struct ev_slice raw);
/* The same for one top-level key and a text, quoted by ev_quote. */
void	ev_doc_put_text(struct ev_doc *doc, const char *key,
	    struct ev_slice text);
/* Moves a document in as the value of one top-level key; frees `value`. */
void	ev_doc_put_doc(struct ev_doc *doc, const char *key,
	    struct ev_doc *value);
bool	ev_doc_empty(const struct ev_doc *doc);
bool	ev_doc_has(const struct ev_doc *doc, const char *key);

/* Appends the document as one line, without LF, keys in order of arrival,
 * unsafe characters escaped (ev_quote_unsafe). */
void	ev_doc_print(const struct ev_doc *doc, struct ev_buf *out);

#endif
