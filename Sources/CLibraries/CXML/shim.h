// libxml2, libxslt and libexslt in one module with one prelude: separate modules disagree about
// libxml2's structs as soon as a file also sees Foundation (ICU is bundled twice).
#ifndef LIENTHONG_CXML_SHIM_H
#define LIENTHONG_CXML_SHIM_H
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED  // hides two trailing members of a struct that we never allocate
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/schemasInternals.h>
#include <libxml/xmlschemastypes.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <libxml/c14n.h>
#include <libxml/xmlsave.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <libxslt/transform.h>
#include <libxslt/security.h>
#include <libxslt/extensions.h>
#include <libxslt/variables.h>
#include <libexslt/exslt.h>

// libxml2's allocator is a pair of mutable globals, which Swift 6 refuses to read.
static inline void lt_xmlFree(void *pointer) { xmlFree(pointer); }
static inline void *lt_xmlMalloc(size_t size) { return xmlMalloc(size); }

// Variadic callbacks cannot be written in Swift. These format into a bounded buffer and hand the text to one sink;
// `isPlain` tells the text of a message ("%s") from the heading libxslt puts before an error.
typedef void (*lt_messageSink)(int isPlain, const char *text);
static void lt_forwardMessage(void *sink, const char *format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  ((lt_messageSink)sink)(strcmp(format, "%s") == 0, text);
}

// The thread that initialised libxml2 owns the plain globals, every other thread starts with a copy of the thread
// defaults; libxslt has one global.
static inline void lt_setMessageSink(lt_messageSink sink) {
  xmlSetGenericErrorFunc((void *)sink, lt_forwardMessage);
  xmlThrDefSetGenericErrorFunc((void *)sink, lt_forwardMessage);
  xsltSetGenericErrorFunc((void *)sink, lt_forwardMessage);
}

#endif
