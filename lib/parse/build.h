/*
 * build: what compilers and linters write around their one-line messages, and
 * what make and CI say.
 */
#ifndef EV_PARSE_BUILD_H
#define EV_PARSE_BUILD_H

#include "parse/rule.h"

/* Behind "error[E0308]: mismatched types": the place, the source. */
ev_block ev_rustc_block;
/* Behind "CMake Error at CMakeLists.txt:3 (x):": the message. */
ev_block ev_cmake_block;

/* Acts of their rules. */

/* A warning without a place is no finding, but of what is deprecated; an error
 * is. */
bool	ev_rustc_begin(struct ev_work *work, const struct ev_match *m);
bool	ev_make_enter(struct ev_work *work, const struct ev_match *m);
bool	ev_make_leave(struct ev_work *work, const struct ev_match *m);
/* shellcheck's "note:" is a finding only with its code. */
bool	ev_gcc_begin(struct ev_work *work, const struct ev_match *m);
/* A row of eslint below the line with the file's name. */
bool	ev_eslint_row(struct ev_work *work, const struct ev_match *m);
/* "In x.sh line 3:", and the arrow below the source. */
bool	ev_shell_head(struct ev_work *work, const struct ev_match *m);
bool	ev_shell_arrow(struct ev_work *work, const struct ev_match *m);
/* ::error file=a.c,line=1,col=5,title=T::message */
bool	ev_github_command(struct ev_work *work, const struct ev_match *m);
/* The message is the whole line. */
bool	ev_whole_line(struct ev_work *work, const struct ev_match *m);
/* --from lines: a place in front, a type by what it says. */
bool	ev_any_line(struct ev_work *work, const struct ev_match *m);

/* Notes the lines that later ones refer to: a file's name, "file:line". */
void	ev_build_remember(struct ev_work *work, struct ev_slice line);

#endif
