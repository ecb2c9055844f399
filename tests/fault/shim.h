/*
 * shim: see shim.c.
 */
#ifndef FAULT_SHIM_H
#define FAULT_SHIM_H

/* Makes the system call, disturbed when its turn has come; as syscall(2). */
long	shim_call(long nr, const long arg[6]);

#endif
