/*
 * Events whose ids share one corner of every hash table that has no secret
 * key of its own.
 *
 *	collide COUNT
 *
 * The ids' open SipHashes end in 22 bits below 4096; a table of linear
 * probing that is keyed like that needs the square of the time.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"

int
main(int argc, char **argv)
{
	long left = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	char key[32];
	unsigned long i;
	int n;

	for (i = 0; left > 0; i++) {
		n = snprintf(key, sizeof(key), "t%lx", i);
		if ((ev_sip_open(key, (size_t)n) & 0x3fffff) >= 4096)
			continue;
		printf("{\"event_id\":\"%s\",\"event_type\":\"t\"}\n", key);
		left--;
	}
	return fflush(stdout) != 0;
}
