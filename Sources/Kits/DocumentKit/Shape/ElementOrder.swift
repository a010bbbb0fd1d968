/// The order in which a schema wants the children of its elements, for documents that are put together from pieces.
package struct ElementOrder: Sendable {
  /// Names by path from the root, such as `dossier/unit`.
  private var names: [String: [String]] = [:]

  /// No order is known: what is added comes last.
  package static let unknown = ElementOrder()

  private init() {}

  /// Reads a schema's order. An element within itself is followed once.
  package init(_ shape: SchemaShape) {
    for root in shape.roots { add(root, at: shape[root].name, in: shape, within: []) }
  }

  /// The names of the children of the element at a path, in their order; empty where nothing is known of it.
  package func children(at path: String) -> [String] { names[path] ?? [] }

  /// Pieces of an element in the order of their names; those of one name, and those of which nothing is known, keep theirs.
  package func sorted<Piece>(_ pieces: [Piece], at path: String, by name: (Piece) -> String) -> [Piece] {
    let names = children(at: path)
    guard !names.isEmpty else { return pieces }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
    return pieces.enumerated().sorted { left, right in
      let (first, second) = (places[name(left.element)] ?? names.count, places[name(right.element)] ?? names.count)
      return (first, left.offset) < (second, right.offset)
    }.map(\.element)
  }

  private mutating func add(
    _ place: SchemaShape.Place.ID, at path: String, in shape: SchemaShape, within outer: Set<SchemaShape.Place.ID>
  ) {
    guard !outer.contains(place) else { return }
    let branches = shape.branches(below: [place])
    guard !branches.isEmpty else { return }
    names[path] = branches.map(\.step.name)
    for branch in branches {
      for inner in branch.places {
        add(inner, at: "\(path)/\(branch.step.name)", in: shape, within: outer.union([place]))
      }
    }
  }
}
