/// The order in which a schema wants the children of its elements, for documents that are put together from pieces.
package struct ElementOrder: Sendable {
  /// The places of names by the path of their element from the root, such as `dossier/unit`.
  private var places: [String: [String: Int]] = [:]

  /// No order is known: what is added comes last.
  package static let unknown = ElementOrder()

  private init() {}

  /// Reads a schema's order. An element within itself is followed once.
  package init(_ shape: SchemaShape) {
    for root in shape.roots { add(root, at: shape[root].name, in: shape, within: []) }
  }

  /// The names of the children of the element at a path, in their order; empty where nothing is known of it.
  package func children(at path: String) -> [String] {
    (places[path] ?? [:]).sorted { $0.value < $1.value }.map(\.key)
  }

  /// Pieces of an element in the order of their names; those of one name, and those of which nothing is known, keep theirs.
  package func sorted<Piece>(_ pieces: [Piece], at path: String, by name: (Piece) -> String) -> [Piece] {
    guard let places = places[path] else { return pieces }
    return pieces.enumerated().sorted { left, right in
      let (first, second) = (places[name(left.element)] ?? places.count, places[name(right.element)] ?? places.count)
      return (first, left.offset) < (second, right.offset)
    }.map(\.element)
  }

  private mutating func add(
    _ place: SchemaShape.Place.ID, at path: String, in shape: SchemaShape, within outer: Set<SchemaShape.Place.ID>
  ) {
    guard !outer.contains(place) else { return }
    let branches = shape.branches(below: [place])
    guard !branches.isEmpty else { return }
    places[path] = Dictionary(uniqueKeysWithValues: branches.enumerated().map { ($0.element.step.name, $0.offset) })
    for branch in branches {
      for inner in branch.places {
        add(inner, at: "\(path)/\(branch.step.name)", in: shape, within: outer.union([place]))
      }
    }
  }
}
