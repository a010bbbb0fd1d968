/// One way in which a document breaks its schema.
///
/// The sentences speak of names, rules and what the schema allows; they never contain the document's values, so they
/// may be logged and sent back to whoever sent the document.
package struct XMLSchemaFinding: Sendable, Equatable {
  /// Where in the tree, like `/MSyncDocument/Attachments[2]/AttachmentName`.
  package var path: String
  /// Line in the source, from 1; 0 when the document was not parsed.
  package var line: Int
  /// Column in characters, from 1; 0 when not known.
  package var column: Int
  /// The `offset` of the mark of the nearest element; -1 when it has none.
  package var offset: Int
  /// The rule of XML Schema 1.0 that is broken, like `cvc-pattern-valid`.
  package var rule: String
  /// What the schema asks for: names of elements and attributes, or the value of a facet.
  package var expected: [String]
  package var messageEnglish: String
  package var messageVietnamese: String

  package init(
    path: String, line: Int, column: Int, offset: Int, rule: String, expected: [String], messageEnglish: String,
    messageVietnamese: String
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.offset = offset
    self.rule = rule
    self.expected = expected
    self.messageEnglish = messageEnglish
    self.messageVietnamese = messageVietnamese
  }
}
