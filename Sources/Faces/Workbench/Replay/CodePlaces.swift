import Translation

/// The places of a target whose texts are codes, which say nothing about a citizen and may be shown.
struct CodePlaces {
  private var paths: Set<String> = []

  init(_ mappings: [Mapping]) {
    for mapping in mappings { add(mapping.definition?.rows ?? [], below: []) }
  }

  func contains(_ pattern: String) -> Bool { paths.contains(pattern) }

  private mutating func add(_ rows: [MappingRow], below prefix: [String]) {
    for row in rows {
      var path = prefix + row.target.elements.map(\.local)
      if case .attribute(let name) = row.target.last { path.append("@" + name.local) }
      if case .codes = row.conversion { paths.insert(path.joined(separator: "/")) }
      // A document inside a string is one text of the target; its own places are not compared.
      if case .rows(let inner) = row.content { add(inner, below: path) }
    }
  }
}
