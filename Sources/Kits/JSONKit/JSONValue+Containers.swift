extension JSONValue {
  /// How many members an object or elements an array has; 0 for scalars.
  package var count: Int {
    let node = node
    return node.kind == .object || node.kind == .array ? node.count : 0
  }

  /// The members of an object in their order; empty when this is no object.
  package var members: JSONMembers { JSONMembers(of: self) }

  /// The elements of an array in their order; empty when this is no array.
  package var elements: JSONElements { JSONElements(of: self) }

  /// The member of this name, if this is an object that has it; looks at the names one after the other.
  package subscript(_ name: String) -> JSONValue? {
    for member in members where member.isNamed(name) { return member.value }
    return nil
  }

  /// The element at this index, if this is an array that reaches so far; steps over those before it.
  package subscript(_ index: Int) -> JSONValue? {
    guard index >= 0, node.kind == .array, index < node.count else { return nil }
    var entry = self.index + 1
    for _ in 0..<index { entry = Int(document.tape[entry].next) }
    return JSONValue(document: document, index: entry)
  }
}
