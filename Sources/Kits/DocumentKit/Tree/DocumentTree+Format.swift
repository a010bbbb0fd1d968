extension DocumentTree {
  /// How a document is written: what a tree is read from and becomes, and what messages and schemas say of themselves.
  package enum Format: String, Sendable, CaseIterable {
    case json
    case xml

    /// The field `Content-Type` of a document in it; every document is UTF-8.
    package var contentType: String {
      switch self {
      case .json: "application/json; charset=utf-8"
      case .xml: "application/xml; charset=utf-8"
      }
    }
  }
}
