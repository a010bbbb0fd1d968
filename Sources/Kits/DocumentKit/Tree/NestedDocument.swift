/// A document that stands as text inside another one, such as the XML in a member `data` of a JSON message.
package struct NestedDocument {
  package let tree: DocumentTree
  /// Path of its schema below the folder of schemas.
  package let schema: String
  /// Where its text stands.
  package let place: NestedPlace

  package init(tree: DocumentTree, schema: String, place: NestedPlace) {
    self.tree = tree
    self.schema = schema
    self.place = place
  }

  /// The finding about this document as one about the message: `outer » inner`, at the place of the text.
  package func finding(_ inner: Finding) -> Finding {
    let position = place.position
    return Finding(
      path: inner.path.isEmpty ? place.path : place.path + " » " + inner.path, line: position.line,
      column: position.column, rule: inner.rule, schemaLocation: inner.schemaLocation,
      messageVietnamese: inner.messageVietnamese, messageEnglish: inner.messageEnglish)
  }
}
