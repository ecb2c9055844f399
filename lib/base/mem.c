#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
ev_no_memory(void)
{
	static const char text[] = "ev: out of memory\n";

	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(2);
	_exit(2);
}

void *
ev_malloc(size_t size)
{
	void *p = malloc(size > 0 ? size : 1);

	if (p == NULL)
		ev_no_memory();
	return p;
}

void *
ev_calloc(size_t count, size_t size)
{
	void *p = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

	if (p == NULL)
		ev_no_memory();
	return p;
}

void *
ev_realloc(void *old, size_t count, size_t size)
{
	void *p;

	if (size > 0 && count > SIZE_MAX / size)
		ev_no_memory();
	p = realloc(old, count * size > 0 ? count * size : 1);
	if (p == NULL)
		ev_no_memory();
	return p;
}

char *
ev_strdup(const char *text)
{
	return ev_memdup(text, strlen(text));
}

char *
ev_memdup(const void *from, size_t n)
{
	char *p = ev_malloc(n + 1);

	if (n > 0)
		memcpy(p, from, n);
	p[n] = '\0';
	return p;
}
