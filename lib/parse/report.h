/*
 * report: values of JSON in which tools report.
 */
#ifndef EV_PARSE_REPORT_H
#define EV_PARSE_REPORT_H

#include "json/scan.h"
#include "parse/prose.h"

/* Reads a value, of any tool that is asked; nothing of one that is not known. */
void	ev_report_read(struct ev_prose *prose, const struct ev_val *val);

#endif
