/// One thing that is wrong with a document, said once and understood by everybody who meets it.
///
/// Validation, translation and reception all answer with findings; one-stop officers read the Vietnamese sentence,
/// engineers the rule and the path. Neither sentence ever contains a value of the document.
package struct Finding: Sendable, Equatable {
  /// Where, in the sender's own words: a JSON Pointer (`/data/0/MaHoSo`) or an XPath (`/MSyncDocument/DocCode`).
  package let path: String
  /// Line of the sender's document, from 1; 0 if unknown.
  package let line: Int
  /// Column in characters, from 1; 0 if unknown.
  package let column: Int
  /// The stable name of the rule that was broken, such as `cvc-pattern-valid`, `required` or `mapping.time`.
  package let rule: String
  /// The keyword that was broken, as the URI of its schema with a JSON Pointer; nil of XSD, whose processor tells the
  /// rule alone, and of what no schema says.
  package let schemaLocation: String?
  package let messageVietnamese: String
  package let messageEnglish: String

  package init(
    path: String, line: Int, column: Int, rule: String, schemaLocation: String? = nil, messageVietnamese: String,
    messageEnglish: String,
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.rule = rule
    self.schemaLocation = schemaLocation
    self.messageVietnamese = messageVietnamese
    self.messageEnglish = messageEnglish
  }
}
