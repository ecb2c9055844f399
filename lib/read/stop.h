/*
 * stop: the signals that end a command which would go on for ever.
 *
 * After ev_stop_begin SIGINT, SIGTERM and SIGHUP no longer end the process at
 * any point: they are seen while it waits, and asked for while it works.
 */
#ifndef EV_READ_STOP_H
#define EV_READ_STOP_H

#include <poll.h>
#include <stdbool.h>

/* One that is ignored stays ignored. */
void	ev_stop_begin(void);
/* The signal that came, or 0. */
int	ev_stop_signal(void);
/* poll(2); a signal ends it with EINTR.  timeout in ms, -1: none. */
int	ev_stop_poll(struct pollfd *fds, nfds_t n, int timeout);
/* Ends the process by the signal, as if it had never been caught. */
void	ev_stop_raise(int sig);

#endif
