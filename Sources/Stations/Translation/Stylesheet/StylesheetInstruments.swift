import XMLKit

/// Puts instruments into a stylesheet: a copy that writes the same and tells what it does on the way.
///
/// The copy is made by a stylesheet, which keeps the namespaces that expressions use. It calls `watch(event, number)`, of
/// which XSLT notices nothing since the answer is an empty text, and before everything that writes puts a processing
/// instruction with the number of the event. Elements are numbered in document order from `base` on.
enum StylesheetInstruments {
  /// The target of the processing instructions in the output.
  static let mark = "lienthong-at"

  static func instrumented(_ document: XMLDocument, from base: Int) throws(XMLError) -> [UInt8] {
    try compiled.get().transform(document, parameters: ["base": String(base)]).serialised()
  }

  private static let compiled: Result<XSLTStylesheet, XMLError> = {
    do throws(XMLError) {
      return .success(try XSLTStylesheet(parsing: Array(stylesheet.utf8)))
    } catch {
      return .failure(error)
    }
  }()

  private static let stylesheet = """
    <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
      xmlns:x="urn:lienthong:instruments" xmlns:ltw="urn:lienthong:functions" xmlns:exsl="http://exslt.org/common"
      exclude-result-prefixes="x exsl">
    <xsl:namespace-alias stylesheet-prefix="x" result-prefix="xsl"/>
    <xsl:param name="base"/>

    <xsl:template match="@* | node()">
      <xsl:copy><xsl:apply-templates select="@* | node()"/></xsl:copy>
    </xsl:template>

    <!-- The prefix of the calls is bound once for all of them, whatever prefixes the stylesheet has of its own. -->
    <xsl:variable name="functions"><ltw:functions/></xsl:variable>
    <xsl:template match="/*">
      <xsl:copy>
        <xsl:copy-of select="exsl:node-set($functions)/*/namespace::ltw"/>
        <xsl:apply-templates select="@* | node()"/>
      </xsl:copy>
    </xsl:template>

    <xsl:template match="/*/xsl:template">
      <xsl:variable name="id" select="$base + count(preceding::*) + count(ancestor::*)"/>
      <xsl:copy>
        <xsl:apply-templates select="@* | xsl:param"/>
        <x:value-of select="ltw:watch('enter', {$id})"/>
        <xsl:apply-templates select="node()[not(self::xsl:param)]" mode="body"/>
        <x:value-of select="ltw:watch('leave', {$id})"/>
      </xsl:copy>
    </xsl:template>

    <xsl:template match="/*/xsl:variable[node()] | /*/xsl:param[node()]">
      <xsl:copy><xsl:apply-templates select="@*"/><xsl:apply-templates mode="body"/></xsl:copy>
    </xsl:template>

    <!-- What writes. -->
    <xsl:template match="text()" mode="body">
      <xsl:if test="normalize-space()"><xsl:call-template name="mark"/></xsl:if>
      <xsl:copy/>
    </xsl:template>

    <xsl:template match="comment() | processing-instruction()" mode="body"><xsl:copy/></xsl:template>

    <xsl:template match="xsl:value-of | xsl:number | xsl:text | xsl:copy-of" mode="body">
      <!-- An attribute that is copied must not find a node before it. -->
      <xsl:if test="not(self::xsl:copy-of[contains(@select, '@')])"><xsl:call-template name="mark"/></xsl:if>
      <xsl:copy-of select="."/>
    </xsl:template>

    <xsl:template match="xsl:element | xsl:copy" mode="body">
      <xsl:if test="self::xsl:element or not(ancestor::xsl:template[contains(@match, '@')])">
        <xsl:call-template name="mark"/>
      </xsl:if>
      <xsl:copy><xsl:apply-templates select="@*"/><xsl:apply-templates mode="body"/></xsl:copy>
    </xsl:template>

    <xsl:template match="*" mode="body">
      <xsl:choose>
        <xsl:when test="starts-with(namespace-uri(), 'http://exslt.org/')
          or starts-with(namespace-uri(), 'http://xmlsoft.org/')"><xsl:copy-of select="."/></xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="mark"/>
          <xsl:copy><xsl:apply-templates select="@*"/><xsl:apply-templates mode="body"/></xsl:copy>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:template>

    <!-- What decides. -->
    <xsl:template match="xsl:if" mode="body">
      <xsl:variable name="id" select="$base + count(preceding::*) + count(ancestor::*)"/>
      <x:value-of select="ltw:watch('reach', {$id})"/>
      <xsl:call-template name="branch"/>
    </xsl:template>

    <xsl:template match="xsl:choose" mode="body">
      <xsl:variable name="id" select="$base + count(preceding::*) + count(ancestor::*)"/>
      <x:value-of select="ltw:watch('reach', {$id})"/>
      <xsl:copy><xsl:for-each select="xsl:when | xsl:otherwise"><xsl:call-template name="branch"/></xsl:for-each></xsl:copy>
    </xsl:template>

    <xsl:template match="xsl:for-each" mode="body">
      <xsl:call-template name="nodes"/>
      <xsl:copy>
        <xsl:apply-templates select="@* | xsl:sort"/>
        <xsl:apply-templates select="node()[not(self::xsl:sort)]" mode="body"/>
      </xsl:copy>
    </xsl:template>

    <xsl:template match="xsl:apply-templates | xsl:call-template | xsl:apply-imports" mode="body">
      <xsl:variable name="id" select="$base + count(preceding::*) + count(ancestor::*)"/>
      <xsl:if test="@select"><xsl:call-template name="nodes"/></xsl:if>
      <x:value-of select="ltw:watch('call', {$id})"/>
      <xsl:copy>
        <xsl:apply-templates select="@* | xsl:sort"/>
        <xsl:apply-templates select="node()[not(self::xsl:sort)]" mode="body"/>
      </xsl:copy>
    </xsl:template>

    <xsl:template mode="body"
      match="xsl:variable | xsl:with-param | xsl:attribute | xsl:comment | xsl:processing-instruction | xsl:message">
      <xsl:copy><xsl:apply-templates select="@*"/><xsl:apply-templates mode="body"/></xsl:copy>
    </xsl:template>

    <xsl:template match="xsl:*" mode="body"><xsl:copy-of select="."/></xsl:template>

    <xsl:template name="branch">
      <xsl:variable name="id" select="$base + count(preceding::*) + count(ancestor::*)"/>
      <xsl:copy>
        <xsl:apply-templates select="@*"/>
        <x:value-of select="ltw:watch('take', {$id})"/>
        <xsl:apply-templates mode="body"/>
      </xsl:copy>
    </xsl:template>

    <xsl:template name="nodes">
      <xsl:variable name="id" select="$base + count(preceding::*) + count(ancestor::*)"/>
      <x:value-of select="ltw:watch('nodes', {$id}, count({@select}))"/>
    </xsl:template>

    <!-- A text is known by the element around it. -->
    <xsl:template name="mark">
      <xsl:variable name="element" select="self::* | self::text()/.."/>
      <xsl:variable name="id" select="$base + count($element/preceding::*) + count($element/ancestor::*)"/>
      <xsl:if test="not(ancestor::xsl:attribute | ancestor::xsl:comment | ancestor::xsl:processing-instruction
        | ancestor::xsl:message)">
        <x:processing-instruction name="\(mark)"><x:value-of select="ltw:watch('write', {$id})"/></x:processing-instruction>
      </xsl:if>
    </xsl:template>
    </xsl:stylesheet>
    """
}
