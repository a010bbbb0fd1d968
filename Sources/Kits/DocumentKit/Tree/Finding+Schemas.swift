package import JSONKit
package import XMLKit

extension Finding {
  /// What XML Schema says, in the common form.
  package init(_ finding: XMLSchemaFinding) {
    self.init(
      path: finding.path, line: finding.line, column: finding.column, rule: finding.rule,
      messageVietnamese: finding.messageVietnamese, messageEnglish: finding.messageEnglish)
  }

  /// What JSON Schema says of `value`, in the common form: the path begins at the root of the document that `value` is
  /// part of, and the rule is the schema's keyword.
  package init(_ finding: JSONSchemaFinding, of value: JSONValue) {
    let document = value.document
    let position = document.position(ofOffset: finding.offset)
    var path = JSONTreeBuilder.pointer(to: value.byteRange.lowerBound, in: document.root)
    for token in finding.instanceLocation.tokens { path = path.appending(token) }
    self.init(
      path: path.description, line: position.line, column: position.column, rule: finding.keyword,
      schemaLocation: finding.keywordLocation, messageVietnamese: finding.messageVietnamese,
      messageEnglish: finding.messageEnglish)
  }
}
