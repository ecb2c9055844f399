/*
 * test: a small harness for the tests of the library.
 *
 * A test is a function that calls CHECK; main runs them and says per test what
 * failed.  The exit status is 1 when anything failed or nothing ran.
 */
#ifndef EV_TEST_H
#define EV_TEST_H

#include <stdio.h>
#include <string.h>

static int test_failed, test_checks;

#define CHECK(cond) do {						\
	test_checks++;							\
	if (!(cond)) {							\
		test_failed++;						\
		printf("%s:%d: failed: %s\n", __FILE__, __LINE__,	\
		    #cond);						\
	}								\
} while (0)

#define CHECK_STR(got, want) do {					\
	const char *test_g = (got), *test_w = (want);			\
	test_checks++;							\
	if (strcmp(test_g, test_w) != 0) {				\
		test_failed++;						\
		printf("%s:%d: %s\n  got  \"%s\"\n  want \"%s\"\n",	\
		    __FILE__, __LINE__, #got, test_g, test_w);		\
	}								\
} while (0)

#define CHECK_INT(got, want) do {					\
	long long test_g = (long long)(got);				\
	long long test_w = (long long)(want);				\
	test_checks++;							\
	if (test_g != test_w) {						\
		test_failed++;						\
		printf("%s:%d: %s\n  got  %lld\n  want %lld\n",		\
		    __FILE__, __LINE__, #got, test_g, test_w);		\
	}								\
} while (0)

static inline int
test_end(void)
{
	printf("%d checks, %d failed\n", test_checks, test_failed);
	return test_failed > 0 || test_checks == 0;
}

#endif
