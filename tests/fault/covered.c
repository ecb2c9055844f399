/*
 * covered: linked into what make cover builds, in front of two functions of the
 * C library: who leaves by _exit, or by a signal of its own, says first what it
 * has executed, as exit does.
 */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

void __gcov_dump(void);
void __gcov_reset(void);
void __real__exit(int status) __attribute__((noreturn));
void __wrap__exit(int status) __attribute__((noreturn));
int __real_raise(int number);
int __wrap_raise(int number);

#define ROOM 65536 /* gcov looks at nothing that it is not given */

void
__wrap__exit(int status)
{
	void *room = malloc(ROOM);

	free(room);
	if (room != NULL)
		__gcov_dump();
	__real__exit(status);
}

int
__wrap_raise(int number)
{
	__gcov_dump();
	__gcov_reset(); /* it may come back */
	return __real_raise(number);
}
