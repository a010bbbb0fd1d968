// libxml2, libxslt and libexslt in one module with one prelude: separate modules disagree about
// libxml2's structs as soon as a file also sees Foundation (ICU is bundled twice).
#ifndef LIENTHONG_CXML_SHIM_H
#define LIENTHONG_CXML_SHIM_H
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED  // hides two trailing members of a struct that we never allocate
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
#include <libexslt/exslt.h>

// libxml2's allocator is a pair of mutable globals, which Swift 6 refuses to read.
static inline void lt_xmlFree(void *pointer) { xmlFree(pointer); }
static inline void *lt_xmlMalloc(size_t size) { return xmlMalloc(size); }

// Variadic callbacks cannot be written in Swift. These drop what libxml2 and libxslt would print: the thread that
// initialised libxml2 owns the plain globals, every other thread starts with a copy of the thread defaults.
static void lt_dropMessage(void *context, const char *message, ...) { (void)context; (void)message; }
static inline void lt_silenceMessages(void) {
  xmlSetGenericErrorFunc(NULL, lt_dropMessage);
  xmlThrDefSetGenericErrorFunc(NULL, lt_dropMessage);
  xsltSetGenericErrorFunc(NULL, lt_dropMessage);
}
#endif
