/*
 * form: an object of a log, read as the rules of Brewva want it: its members
 * checked, trimmed and bounded, one by one.
 *
 *	static const struct ev_form item[] = {
 *		{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
 *		{ "status", EV_FORM_WORD, EV_FORM_MAY, "\"todo\"", status },
 *		{ .name = NULL }
 *	};
 *	if (ev_form_take(item, object, &node))
 *		...
 *
 * Numbers and strings that are right as they stand keep their bytes.
 */
#ifndef EV_LEDGER_FORM_H
#define EV_LEDGER_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "fold/tree.h"

/* What a member is to be. */
enum ev_form_kind {
	EV_FORM_TEXT,	/* a string, trimmed; not empty */
	EV_FORM_FULL,	/* a string as it stands; not only white space */
	EV_FORM_STRING,	/* a string as it stands */
	EV_FORM_WORD,	/* one of `words` */
	EV_FORM_NUMBER,	/* a finite number */
	EV_FORM_ABOVE,	/* a finite number above 0 */
	EV_FORM_FROM,	/* a finite number, 0 or above */
	EV_FORM_LEAST,	/* a finite number; a negative one becomes 0 */
	EV_FORM_WHOLE,	/* the same, rounded down */
	EV_FORM_FLAG,	/* true, or else false */
	EV_FORM_OBJECT,	/* an object as it stands */
	EV_FORM_ARRAY,	/* an array as it stands */
	EV_FORM_SOME,	/* an array: what is TEXT in it; not empty */
	EV_FORM_ALL,	/* an array of nothing but TEXT */
	EV_FORM_STRINGS	/* an array: what is a string in it */
};

/* What follows when it is not. */
enum ev_form_need {
	EV_FORM_MUST,	/* the object is refused */
	EV_FORM_MAY,	/* `otherwise`, or (NULL) there is no such member */
	EV_FORM_SOUND	/* not there: as MAY; there and wrong: refused */
};

struct ev_form {
	const char	*name;	/* NULL ends a list */
	uint8_t		 kind, need;
	const char	*otherwise; /* JSON */
	const char	*const *words; /* NULL behind the last */
};

/* A copy of a value; EV_NODE_NONE: it is not as the row wants it. */
struct ev_node ev_form_value(const struct ev_form *row, struct ev_node *node);
/* The same of one member; EV_NODE_NONE: it is not as the row wants it. */
struct ev_node ev_form_member(const struct ev_form *row,
	    struct ev_node *object);

/* Makes *out an object of the members in the form's order.  False, and
 * EV_NODE_NONE: refused (what is no object always is). */
bool	ev_form_take(const struct ev_form *form, struct ev_node *object,
	    struct ev_node *out);

/*
 * Makes *out an array of what ev_form_take gives of each element.  strict: one
 * that is refused makes it all refused, else it is left out.  False, and
 * EV_NODE_NONE: refused, or no array.
 */
bool	ev_form_list(const struct ev_form *form, struct ev_node *array,
	    bool strict, struct ev_node *out);

/* Is the member this very string? */
bool	ev_form_is(struct ev_node *object, const char *name,
	    const char *text);
/* The member, or NULL. */
struct ev_node *ev_form_get(struct ev_node *object, const char *name);
/* Puts a member (EV_NODE_NONE: removes it). */
void	ev_form_put(struct ev_node *object, const char *name,
	    struct ev_node val);
/* A text of JSON, sound and without white space, as a node. */
struct ev_node ev_form_json(const char *text);

#endif
