/*
 * tree: the files of a store in memory, to put them down again and again and
 * to look at them at leisure.
 */
#ifndef FAULT_TREE_H
#define FAULT_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct file {
	char	 name[256];	/* below the tree's directory */
	char	*p;		/* NUL behind the bytes; NULL: a directory */
	size_t	 n;
	mode_t	 mode;
};

struct tree {
	struct file	*file;	/* directories before what is in them */
	size_t		 count;
};

#define TREE_INIT { NULL, 0 }

/* Reads what is in dir, four levels deep; frees what *tree held before.  What
 * cannot be read ends the program, here and below. */
void	tree_load(struct tree *tree, const char *dir);
/* Makes dir hold exactly the tree. */
void	tree_put(const struct tree *tree, const char *dir);
/* The file, or NULL. */
struct file *tree_file(const struct tree *tree, const char *name);
/* Do they hold the same files? */
bool	tree_same(const struct tree *a, const struct tree *b);
/* Appends to a file of the tree. */
void	tree_append(struct tree *tree, const char *name, const char *p,
	    size_t n);
/* Removes everything but the file of that name. */
void	tree_keep(struct tree *tree, const char *name);
void	tree_clear(struct tree *tree);

/* Removes a directory with all that is in it. */
void	tree_remove(const char *dir);

/* Says what went wrong with what, and ends the program with 2. */
void	fail(const char *what, const char *name)
	    __attribute__((noreturn));

#endif
