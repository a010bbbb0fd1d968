/// The elements of an array, in the order of the text.
package struct JSONElements: Sequence, Sendable {
  private let document: JSONDocument
  private let range: Range<Int>
  package let count: Int

  init(of value: JSONValue) {
    let node = value.node
    let isArray = node.kind == .array
    document = value.document
    range = isArray ? value.index + 1..<Int(node.next) : 0..<0
    count = isArray ? node.count : 0
  }

  package var underestimatedCount: Int { count }

  package func makeIterator() -> Iterator {
    Iterator(document: document, entry: range.lowerBound, end: range.upperBound)
  }

  /// Walks over the tape from element to element.
  package struct Iterator: IteratorProtocol, Sendable {
    let document: JSONDocument
    var entry: Int
    let end: Int

    package mutating func next() -> JSONValue? {
      guard entry < end else { return nil }
      let element = entry
      entry = Int(document.tape[element].next)
      return JSONValue(document: document, index: element)
    }
  }
}
