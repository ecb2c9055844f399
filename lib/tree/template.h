/*
 * template: the text that says how a label is made, read into pieces.
 *
 *	{name}		a field: a role, dialect, category, a path
 *	{path:noun}	a number with its noun: "1 file", "2 files"
 *	[text]		left out when a field in it is empty
 *	[?name=word:text]	left out also unless the field is that word
 *	\x		the character x
 */
#ifndef EV_TREE_TEMPLATE_H
#define EV_TREE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "event/model.h"
#include "out/column.h"

enum ev_piece_kind {
	EV_PIECE_TEXT,
	EV_PIECE_FIELD,
	EV_PIECE_OPEN,		/* a bracket */
	EV_PIECE_CLOSE
};

struct ev_piece {
	enum ev_piece_kind kind;
	char	*text;		/* TEXT; FIELD: the noun, or NULL; OPEN: the
				 * word, or NULL */
	struct ev_columns columns; /* FIELD, OPEN with a word: that one */
	bool	 id;		/* FIELD: the id, without a noun */
	size_t	 close;		/* OPEN: the piece that closes it */
};

struct ev_template {
	struct ev_piece	*v;
	size_t		 n;
};

/*
 * Appends the pieces of a text to an empty template and wants its fields of the
 * model, which is not yet sealed.  -1: the message says what is wrong with it.
 * To be cleared in any case.
 */
int	ev_template_read(struct ev_template *template, const char *text,
	    struct ev_model *model, struct ev_err *err);
void	ev_template_clear(struct ev_template *template);

#endif
