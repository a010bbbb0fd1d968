package import JSONKit

extension EditorSchema {
  /// Where the keys that a reader asked for are not those of the schema, a line each.
  ///
  /// - Parameter asked: by the path of each section, as `ConfigurationReader` tells it. Every section of the schema has to be in some
  ///   example that was read; names given by users have no dots in it.
  package func differences(from asked: [String: Set<String>]) -> [String] {
    var differences: [String] = []
    var askedAt: [String: Set<String>] = [:]
    for (path, keys) in asked {
      // ‘statistics[1].agency’ is found by statistics, 0, agency.
      let steps = path.split(separator: ".").flatMap { step in
        step.hasSuffix("]") ? step.dropLast().split(separator: "[").map(String.init) : [String(step)]
      }
      guard let (place, section) = find(steps) else {
        differences.append("\(path): the schema has no such section")
        continue
      }
      if section["properties"] != nil { askedAt[place, default: []].formUnion(keys) }
    }
    for (place, known) in sections {
      let asked = askedAt[place] ?? []
      differences += asked.subtracting(known).map {
        "\(place)/\($0): the reader asks for it, and the schema does not know it"
      }
      differences += known.subtracting(asked).map {
        "\(place)/\($0): the schema knows it, and the reader never asks for it"
      }
    }
    return differences.sorted()
  }

  /// What the schema says of the key to which these steps lead, and behind it what it refers to; empty where it knows no such key.
  package func subschemas(at path: [String]) -> [JSONValue] {
    guard let last = path.last, let (_, section) = find(path.dropLast()) else { return [] }
    guard let found = section["properties"]?[last] ?? section["additionalProperties"] else { return [] }
    return found["$ref"] == nil ? [found] : [found, followed(found)]
  }

  /// The section to which steps lead, and its place: `*` stands for names given by users, `-` for elements.
  private func find(_ steps: some Sequence<String>) -> (place: String, section: JSONValue)? {
    var (place, section) = ("", document.root)
    for step in steps {
      if let known = section["properties"]?[step] {
        (place, section) = (place + "/" + step, followed(known))
      } else if let open = section["additionalProperties"], open.kind == .object {
        (place, section) = (place + "/*", followed(open))
      } else if let items = section["items"], Int(step) != nil {
        (place, section) = (place + "/-", followed(items))
      } else {
        return nil
      }
    }
    return (place, section)
  }

  /// The keys of each section, by its place.
  private var sections: [String: Set<String>] {
    var sections: [String: Set<String>] = [:]
    func collect(_ value: JSONValue, _ place: String) {
      let value = followed(value)
      if let properties = value["properties"] {
        sections[place] = Set(properties.members.map(\.name))
        for member in properties.members { collect(member.value, place + "/" + member.name) }
      }
      if let open = value["additionalProperties"] { collect(open, place + "/*") }
      if let items = value["items"] { collect(items, place + "/-") }
    }
    collect(document.root, "")
    return sections
  }

  /// What `$ref` of the schema's own `$defs` leads to; the value itself where it has none.
  private func followed(_ value: JSONValue) -> JSONValue {
    guard let reference = value["$ref"]?.string, reference.hasPrefix("#/$defs/") else { return value }
    return document.root["$defs"]?[String(reference.dropFirst(8))] ?? value
  }
}
