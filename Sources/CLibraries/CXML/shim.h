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
#endif
