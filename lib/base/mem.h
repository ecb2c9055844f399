/*
 * mem: memory that is there or ends the process.
 *
 * Out of memory is the one failure that the library answers itself: a line on
 * stderr and exit status 2.  What these give is the caller's, for free().
 */
#ifndef EV_BASE_MEM_H
#define EV_BASE_MEM_H

#include <stddef.h>

void	*ev_malloc(size_t size);
void	*ev_calloc(size_t count, size_t size);
/* As realloc(3) for count elements of size bytes; checks the product. */
void	*ev_realloc(void *old, size_t count, size_t size);
char	*ev_strdup(const char *text);
/* A copy of n bytes with a NUL behind them. */
char	*ev_memdup(const void *from, size_t n);
/* Says "out of memory" and exits with 2. */
void	 ev_no_memory(void) __attribute__((noreturn));

#endif
