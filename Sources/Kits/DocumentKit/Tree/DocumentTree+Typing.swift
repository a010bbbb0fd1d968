package import XMLKit

extension DocumentTree {
  /// The namespace of the attributes by which XML says what it is as JSON.
  package static let typingNamespace = "urn:lienthong:json"

  /// Makes a JSON tree of an XML document that says what it is as JSON, as a stylesheet can write it.
  ///
  /// | XML                                            | JSON                                              |
  /// |------------------------------------------------|---------------------------------------------------|
  /// | element with elements, or `j:type="object"`    | object                                            |
  /// | element without elements                       | string, or what `j:type` says: `number`, `boolean`, `null`, `array` |
  /// | `j:list="true"`                                | a value of the list of that name                  |
  /// | `<j:empty-list name="TaiLieuNop"/>`            | an empty list of that name                        |
  ///
  /// with `j` bound to `urn:lienthong:json`. Names are element names as `MemberName` escapes them. Refused are other
  /// attributes, text beside elements, a member twice, a list in several pieces, and text that is not of its type.
  package convenience init(typing document: XMLDocument) throws(DocumentError) {
    guard let root = document.root else {
      throw DocumentError(.malformedXML, "The document has no root element; the transformation must write one.")
    }
    self.init(tagged: try TypedTreeBuilder.document(of: root))
  }
}
