/*
 * normal: messages without what differs from one time to the next.
 */
#ifndef EV_EVENT_NORMAL_H
#define EV_EVENT_NORMAL_H

#include "base/buf.h"
#include "base/slice.h"

#define EV_NORMAL_MOST 512	/* bytes of a normalised message */

/*
 * Appends the normalised message.  In this order, each step over the whole
 * text that the last one left:
 *
 *	1. ANSI escapes (CSI, OSC, others, a lone ESC) go
 *	2. white space at both ends goes
 *	3. dates and times			<time>	event/stamp.h
 *	4. UUIDs and ULIDs			<id>	event/label.h
 *	5. hexadecimal words			<hex>	event/label.h
 *	6. IP addresses, ports			<ip>	event/address.h
 *	7. URLs					<url>	event/address.h
 *	8. absolute paths			<path>	event/address.h
 *	9. durations, sizes, percentages	<qty>	event/amount.h
 *	10. bare numbers			<n>	event/amount.h
 *	11. runs of white space become one space
 *	12. the text is cut at the last whole character in EV_NORMAL_MOST bytes
 *
 * A word is made of ASCII letters, digits and underscores; a token is bounded
 * by other characters.  White space is that of ASCII.  When the cut leaves
 * something that would be normalised again, it is: the normal form of a normal
 * form is itself.  Bytes of 0xf8 and over, which no UTF-8 has, become "?".
 */
void	ev_normal_message(struct ev_buf *out, struct ev_slice message);

/*
 * The same, watched: step() is called after each of the steps 1 to 12 (1 and 2
 * together, 11 and 12 too) with its name and the whole text so far.
 */
void	ev_normal_explain(struct ev_buf *out, struct ev_slice message,
	    void (*step)(void *arg, const char *name, struct ev_slice text),
	    void *arg);

/*
 * Appends file, in which <path> takes the place of a temporary directory with
 * its random part: /tmp/x, /var/tmp/x, /private/tmp/x, /var/folders/a/b/T/x
 * (also in /private), C:\...\Temp\x.  /tmp/x/src/a.c is <path>/src/a.c, and
 * /tmp/a.c is <path>/a.c.
 */
void	ev_normal_file(struct ev_buf *out, struct ev_slice file);

#endif
