/* AgentGuard's scale (1-events 1.5). */
#include "event/severity.h"

#include "test.h"

int
main(void)
{
	CHECK_INT(ev_severity_of(EV_SLICE("RunStarted")), 0);
	CHECK_INT(ev_severity_of(EV_SLICE("LintWarning")), 1);
	CHECK_INT(ev_severity_of(EV_SLICE("TypeError")), 2);
	CHECK_INT(ev_severity_of(EV_SLICE("PauseRequested")), 3);
	CHECK_INT(ev_severity_of(EV_SLICE("DependencyConflict")), 4);
	CHECK_INT(ev_severity_of(EV_SLICE("InvariantViolation")), 5);
	CHECK_INT(ev_severity_of(EV_SLICE("typeerror")), 2);
	CHECK_INT(ev_severity_of(EV_SLICE("RunStarted ")), 2);
	CHECK_INT(ev_severity_of(EV_SLICE("")), 2);
	CHECK_STR(ev_severity_label(0), "Informational");
	CHECK_STR(ev_severity_label(5), "Critical");
	CHECK(ev_severity_label(6) == NULL);
	CHECK(ev_severity_label(-1) == NULL);
	return test_end();
}
