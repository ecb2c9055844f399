/* The format mail: an RFC 5322 message for `sendmail -t`. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "grid/print.h"
#include "text/civil.h"

#define LINE 76	 /* characters of a line (RFC 2045) */
#define WORD 39	 /* bytes of one encoded word, before it is encoded */
#define WIDTH 76 /* columns of the text */
#define HEX 16	 /* of the digest in the id and the boundary */

/* RFC 4648, without line ends. */
static void
put_base64(struct ev_buf *out, const unsigned char *p, size_t n)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned long bits;
	size_t i;

	for (; n > 0; p += 3) {
		bits = (unsigned long)p[0] << 16;
		bits |= n > 1 ? (unsigned long)p[1] << 8 : 0;
		bits |= n > 2 ? p[2] : 0;
		for (i = 0; i < 4; i++)
			ev_buf_addc(out,
			    i > n ? '=' : digit[bits >> (18 - 6 * i) & 63]);
		n = n > 3 ? n - 3 : 0;
	}
}

static bool
is_ascii(struct ev_slice text)
{
	size_t i;

	for (i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0x80)
			return false;
	return true;
}

/* A header's text, as encoded words where it is not ASCII (RFC 2047); no
 * character is cut in two. */
static void
put_words(struct ev_buf *out, struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n, *from;
	uint32_t cp;
	int len;

	if (is_ascii(text)) {
		ev_buf_addslice(out, text);
		return;
	}
	while (p < end) {
		for (from = p; p < end && p - from < WORD - 3; p += len) {
			len = ev_utf8_next(p, end, &cp);
			if (len == 0)
				len = 1;
		}
		ev_buf_adds(
		    out, from == text.p ? "=?UTF-8?B?" : "\n =?UTF-8?B?");
		put_base64(
		    out, (const unsigned char *)from, (size_t)(p - from));
		ev_buf_adds(out, "?=");
	}
}

/* An address: of `Name <name@host>` the name as words, quotes taken off. */
static void
put_address(struct ev_buf *out, struct ev_slice text)
{
	const char *at;

	while (text.n > 0 && text.p[0] == ' ') {
		text.p++;
		text.n--;
	}
	at = memchr(text.p, '<', text.n);
	if (at == NULL || is_ascii(text)) {
		ev_buf_addslice(out, text);
		return;
	}
	text.n -= (size_t)(text.p + text.n - at);
	while (text.n > 0 && strchr(" \"", text.p[text.n - 1]) != NULL)
		text.n--;
	if (text.n > 0 && text.p[0] == '"') {
		text.p++;
		text.n--;
	}
	put_words(out, text);
	ev_buf_addc(out, ' ');
}

/* A list of them; a comma in quotes is part of a name. */
static void
put_addresses(struct ev_buf *out, const char *name, const char *list)
{
	const char *p = list, *at;
	struct ev_slice one;
	bool quoted;

	ev_buf_addf(out, "%s: ", name);
	for (;; p++) {
		one.p = p;
		for (quoted = false; *p != '\0' && (quoted || *p != ','); p++)
			quoted ^= *p == '"';
		one.n = (size_t)(p - one.p);
		put_address(out, one);
		at = memchr(one.p, '<', one.n);
		if (at != NULL && !is_ascii(one))
			ev_buf_add(out, at, (size_t)(p - at));
		if (*p == '\0')
			break;
		ev_buf_adds(out, ",\n ");
	}
	ev_buf_addc(out, '\n');
}

/* Tue, 10 Mar 2026 07:30:00 +0000 (RFC 5322 3.3) */
static void
put_date(struct ev_buf *out, struct timespec time)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	long day = ev_day_of(time.tv_sec), year;
	long sec = (long)(time.tv_sec - (int64_t)day * 86400);
	int month, date;

	ev_civil_from_days(day, &year, &month, &date);
	ev_buf_addf(out, "Date: %.3s, %d %.3s %04ld %02ld:%02ld:%02ld +0000\n",
	    days + (size_t)ev_weekday(day) * 3, date,
	    months + (size_t)(month - 1) * 3, year, sec / 3600, sec / 60 % 60,
	    sec % 60);
}

/* Does a byte stand as it is in quoted-printable (RFC 2045 6.7)? */
static bool
is_literal(const char *p, const char *end)
{
	if (*p == ' ')
		return p + 1 < end && p[1] != '\n';
	return *p > ' ' && *p < 0x7f && *p != '=';
}

static void
put_quoted(struct ev_buf *out, struct ev_slice text)
{
	const char *p, *end = text.p + text.n;
	size_t column = 0, n;

	for (p = text.p; p < end; p++) {
		if (*p == '\n') {
			ev_buf_addc(out, '\n');
			column = 0;
			continue;
		}
		n = is_literal(p, end) ? 1 : 3;
		if (column + n > LINE - 1) {
			ev_buf_adds(out, "=\n");
			column = 0;
		}
		/* sendmail takes a lone dot for the end, mboxes "From " */
		if (column == 0 && (*p == '.' || *p == 'F'))
			n = 3;
		if (n == 1)
			ev_buf_addc(out, *p);
		else
			ev_buf_addf(out, "=%02X", (unsigned char)*p);
		column += n;
	}
}

static void
put_lines(struct ev_buf *out, struct ev_slice text)
{
	size_t at, n;

	for (at = 0; at < text.n; at += n) {
		n = text.n - at < LINE / 4 * 3 ? text.n - at : LINE / 4 * 3;
		put_base64(out, (const unsigned char *)text.p + at, n);
		ev_buf_addc(out, '\n');
	}
}

static void
put_head(struct ev_buf *out, const struct ev_grid *grid,
    const struct ev_grid_mail *mail, const char *digest)
{
	char subject[128];

	put_addresses(out, "From", mail->from);
	put_addresses(out, "To", mail->to);
	snprintf(subject, sizeof(subject), "ev-stats: %s", grid->report);
	ev_buf_adds(out, "Subject: ");
	put_words(
	    out, ev_slice_of(mail->subject != NULL ? mail->subject : subject));
	ev_buf_addc(out, '\n');
	put_date(out, mail->date);
	ev_buf_addf(out,
	    "Message-ID: <%s.%lld@%s>\nMIME-Version: 1.0\n"
	    "Auto-Submitted: auto-generated\n"
	    "Content-Type: multipart/alternative; boundary=\"=_%s\"\n\n",
	    digest, (long long)ev_time_ms(mail->date), mail->host, digest);
}

/* The text for those who read text, the page for the others; ends of lines are
 * LF, as sendmail -t takes them. */
void
ev_grid_letter(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	/* a terminal: long words are cut */
	const struct ev_grid_look plain = {
		.terminal = true, .utc = look->utc, .width = WIDTH
	};
	struct ev_buf text = EV_BUF_INIT, page = EV_BUF_INIT;
	char digest[EV_SHA256_HEX];

	ev_grid_table(grid, &plain, &text);
	ev_grid_html(grid, &plain, &page);
	ev_sha256_hex(page.p, page.n, digest);
	digest[HEX] = '\0';
	put_head(out, grid, look->mail, digest);
	ev_buf_addf(out,
	    "--=_%s\nContent-Type: text/plain; charset=utf-8\n"
	    "Content-Transfer-Encoding: quoted-printable\n\n",
	    digest);
	put_quoted(out, ev_buf_slice(&text));
	ev_buf_addf(out,
	    "\n--=_%s\nContent-Type: text/html; charset=utf-8\n"
	    "Content-Transfer-Encoding: base64\n\n",
	    digest);
	put_lines(out, ev_buf_slice(&page));
	ev_buf_addf(out, "--=_%s--\n", digest);
	ev_buf_clear(&text);
	ev_buf_clear(&page);
}
