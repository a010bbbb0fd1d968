extension JSONDocument {
  /// The document with other space between its values: none, or, with `indent`, a line for each member and element.
  ///
  /// Order, numbers and the spelling of strings stay as they were written; only white space changes.
  package func serialised(indent: Int? = nil) -> [UInt8] { root.serialised(indent: indent) }

  /// The canonical form of the JSON Canonicalization Scheme (RFC 8785), which two equal documents share.
  ///
  /// Numbers become those of ECMAScript. A number that no double holds is refused with `numberNotCanonical`: one out of
  /// range, and one written as an integer whose digits a double would change (RFC 7493 §2.2), so that two documents
  /// with different identifiers never share a canonical form.
  package func canonicalised() throws(JSONError) -> [UInt8] { try root.canonicalised() }
}

extension JSONValue {
  /// This value alone, as `JSONDocument.serialised(indent:)` writes it.
  package func serialised(indent: Int? = nil) -> [UInt8] {
    var writer = JSONWriter(indent: indent)
    writer.value(self)
    return writer.finish()
  }

  /// The canonical form of this value alone (RFC 8785); see `JSONDocument.canonicalised()`.
  package func canonicalised() throws(JSONError) -> [UInt8] {
    var canonicaliser = JSONCanonicaliser(document)
    do {
      try canonicaliser.write(index)
    } catch {
      throw error.error(in: document.bytes, limits: .standard)
    }
    return canonicaliser.result
  }
}
