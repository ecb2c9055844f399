#include "grid/mail.h"

#include <string.h>

#include "base/utf8.h"

/* Controls would begin another header. */
static int
check(const char *what, const char *text, struct ev_err *err)
{
	const char *p = text;

	if (*text == '\0')
		return ev_fail(err, "%s is empty", what);
	for (; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return ev_fail(err,
			    "%s holds a control character: '%s'", what, text);
	if (!ev_utf8_valid(text, strlen(text)))
		return ev_fail(err, "%s is not UTF-8: '%s'", what, text);
	return 0;
}

int
ev_grid_mail_check(const struct ev_grid_mail *mail, struct ev_err *err)
{
	if (check("--from", mail->from, err) == -1 ||
	    check("--to", mail->to, err) == -1)
		return -1;
	return mail->subject == NULL ? 0 :
				       check("--subject", mail->subject, err);
}
