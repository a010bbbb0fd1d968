/// What a transformation made.
package struct XSLTResult {
  /// The result tree. Of `<xsl:output method="text"/>` it is a document without root element.
  package let document: XMLDocument
  /// What the stylesheet said with `xsl:message`; it may contain the document's values, so it belongs in no log.
  package let messages: [String]
  /// True when there were more messages than the limit.
  package let messagesTruncated: Bool

  private let stylesheet: XSLTStylesheet

  init(document: XMLDocument, messages: [String], messagesTruncated: Bool, stylesheet: XSLTStylesheet) {
    self.document = document
    self.messages = messages
    self.messagesTruncated = messagesTruncated
    self.stylesheet = stylesheet
  }

  /// The result as bytes, as the stylesheet's `xsl:output` asks: method, encoding, declaration, indentation.
  package func serialised() -> [UInt8] { stylesheet.serialise(document) }
}
