/// The findings of a validation while they are gathered, and the way to the value being looked at.
struct JSONSchemaReport {
  /// A step into a member (by the entry of its name) or an element (by its index).
  enum Step {
    case member(Int)
    case element(Int)
  }

  var findings: [JSONSchemaFinding] = []
  var path: [Step] = []
  /// Above zero while schemas are only tried (`not`, `if`, `contains`…), whose failures are no findings.
  var silence = 0

  /// Whether failures are findings now, and there is room for more.
  @inline(__always) func isOpen(_ limit: Int) -> Bool { silence == 0 && findings.count < limit }

  /// The way as a pointer into the document.
  func pointer(in document: JSONDocument) -> JSONPointer {
    JSONPointer(
      tokens: path.map { step in
        switch step {
        case .member(let name): JSONValue(document: document, index: name).string ?? ""
        case .element(let index): String(index)
        }
      })
  }
}
