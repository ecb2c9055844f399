#include "parse/xml.h"

#include <expat.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

#define PIECE ((size_t)1 << 20) /* bytes given to expat at once */

struct ev_xml {
	XML_Parser expat;
	const struct ev_xml_calls *calls;
	void *arg;
	size_t depth;
	bool over;
	struct ev_buf rest;
};

static const char *
plain_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

static void XMLCALL
on_open(void *arg, const XML_Char *name, const XML_Char **attributes)
{
	struct ev_xml *xml = arg;

	xml->depth++;
	xml->calls->open(xml->arg, plain_name(name), attributes);
}

static void XMLCALL
on_text(void *arg, const XML_Char *text, int n)
{
	struct ev_xml *xml = arg;

	xml->calls->text(xml->arg, (struct ev_slice){ text, (size_t)n });
}

/* What is left behind an event, or, after damage, from its place on. */
static void
keep_rest(struct ev_xml *xml, int behind)
{
	int at, n;
	const char *input = XML_GetInputContext(xml->expat, &at, &n);

	ev_buf_reset(&xml->rest);
	if (input != NULL && at + behind <= n)
		ev_buf_add(
		    &xml->rest, input + at + behind, (size_t)(n - at - behind));
}

static void XMLCALL
on_close(void *arg, const XML_Char *name)
{
	struct ev_xml *xml = arg;

	xml->calls->close(xml->arg, plain_name(name));
	if (--xml->depth > 0)
		return;
	xml->over = true;
	keep_rest(xml, XML_GetCurrentByteCount(xml->expat));
	XML_StopParser(xml->expat, XML_FALSE);
}

struct ev_xml *
ev_xml_new(const struct ev_xml_calls *calls, void *arg)
{
	struct ev_xml *xml = ev_calloc(1, sizeof(*xml));

	xml->expat = XML_ParserCreate(NULL);
	if (xml->expat == NULL)
		ev_no_memory();
	xml->calls = calls;
	xml->arg = arg;
	XML_SetUserData(xml->expat, xml);
	XML_SetElementHandler(xml->expat, on_open, on_close);
	XML_SetCharacterDataHandler(xml->expat, on_text);
	return xml;
}

void
ev_xml_free(struct ev_xml *xml)
{
	if (xml == NULL)
		return;
	XML_ParserFree(xml->expat);
	ev_buf_clear(&xml->rest);
	free(xml);
}

static int
fail(struct ev_xml *xml, struct ev_err *err)
{
	enum XML_Error code = XML_GetErrorCode(xml->expat);

	if (code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH)
		return ev_fail(
		    err, "XML refused: its entities grow beyond all measure");
	return ev_fail(err, "XML is damaged in its line %lu, column %lu: %s",
	    (unsigned long)XML_GetCurrentLineNumber(xml->expat),
	    (unsigned long)XML_GetCurrentColumnNumber(xml->expat) + 1,
	    XML_ErrorString(code));
}

static int
result(struct ev_xml *xml, enum XML_Status status, struct ev_err *err)
{
	if (status == XML_STATUS_OK)
		return 0;
	if (xml->over)
		return 1;
	keep_rest(xml, 0);
	return fail(xml, err);
}

int
ev_xml_feed(struct ev_xml *xml, const char *p, size_t n, struct ev_err *err)
{
	size_t part;
	int r = 0;

	for (; n > 0 && r == 0; p += part, n -= part) {
		part = n < PIECE ? n : PIECE;
		r = result(
		    xml, XML_Parse(xml->expat, p, (int)part, XML_FALSE), err);
	}
	if (r != 0)
		ev_buf_add(&xml->rest, p, n);
	return r;
}

int
ev_xml_end(struct ev_xml *xml, struct ev_err *err)
{
	if (XML_Parse(xml->expat, "", 0, XML_TRUE) == XML_STATUS_ERROR &&
	    xml->over)
		return 1;
	return ev_fail(err, "XML ends before its last element is closed");
}

struct ev_slice
ev_xml_rest(const struct ev_xml *xml)
{
	return ev_buf_slice(&xml->rest);
}

const char *
ev_xml_attribute(const char **attributes, const char *name)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (strcmp(plain_name(attributes[0]), name) == 0)
			return attributes[1];
	return NULL;
}

bool
ev_xml_opens(struct ev_slice line)
{
	while (line.n > 0 && (line.p[0] == ' ' || line.p[0] == '\t')) {
		line.p++;
		line.n--;
	}
	return ev_slice_starts(line, "<?xml") ||
	    ev_slice_starts(line, "<testsuite");
}
