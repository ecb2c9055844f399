/*
 * junit: test results in the XML of JUnit, as Ant wrote it first and all test
 * runners write it since.
 */
#ifndef EV_PARSE_JUNIT_H
#define EV_PARSE_JUNIT_H

#include "base/err.h"
#include "parse/prose.h"

struct ev_junit;

/* A document begins.  Borrows prose: its findings go out there. */
struct ev_junit *ev_junit_new(struct ev_prose *prose);
void	ev_junit_free(struct ev_junit *junit);

/* As ev_xml_feed, ev_xml_rest and ev_xml_end. */
int	ev_junit_feed(struct ev_junit *junit, const char *p, size_t n,
	    struct ev_err *err);
struct ev_slice ev_junit_rest(const struct ev_junit *junit);
int	ev_junit_end(struct ev_junit *junit, struct ev_err *err);

#endif
