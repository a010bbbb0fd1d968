/// The members of an object, in the order of the text.
package struct JSONMembers: Sequence, Sendable {
  private let document: JSONDocument
  private let range: Range<Int>
  package let count: Int

  init(of value: JSONValue) {
    let node = value.node
    let isObject = node.kind == .object
    document = value.document
    range = isObject ? value.index + 1..<Int(node.next) : 0..<0
    count = isObject ? node.count : 0
  }

  package var underestimatedCount: Int { count }

  package func makeIterator() -> Iterator {
    Iterator(document: document, entry: range.lowerBound, end: range.upperBound)
  }

  /// Walks over the tape from name to name.
  package struct Iterator: IteratorProtocol, Sendable {
    let document: JSONDocument
    var entry: Int
    let end: Int

    package mutating func next() -> JSONMember? {
      guard entry < end else { return nil }
      let name = entry
      entry = Int(document.tape[name + 1].next)
      return JSONMember(
        nameValue: JSONValue(document: document, index: name), value: JSONValue(document: document, index: name + 1))
    }
  }
}
