import JSONKit

/// One schema inside a file: an object, or `true` or `false`.
struct JSONShapeSchema: Hashable {
  let value: JSONValue
  let file: JSONShapeFile

  static func == (left: JSONShapeSchema, right: JSONShapeSchema) -> Bool {
    left.file === right.file && left.value.byteRange == right.value.byteRange
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(file))
    hasher.combine(value.byteRange.lowerBound)
  }

  /// `file:line:column`.
  var position: String {
    let place = value.position
    return "\(file.path):\(place.line):\(place.column)"
  }

  subscript(_ keyword: String) -> JSONValue? { value[keyword] }

  /// The schema that a keyword holds.
  func schema(_ keyword: String) -> JSONShapeSchema? { value[keyword].map { JSONShapeSchema(value: $0, file: file) } }

  /// The schemas of a keyword that holds an array of them.
  func schemas(_ keyword: String) -> [JSONShapeSchema] {
    (value[keyword]?.elements).map { $0.map { JSONShapeSchema(value: $0, file: file) } } ?? []
  }

  /// The schemas of a keyword that holds an object of them, by name, in order.
  func named(_ keyword: String) -> [(name: String, schema: JSONShapeSchema)] {
    (value[keyword]?.members).map { $0.map { ($0.name, JSONShapeSchema(value: $0.value, file: file)) } } ?? []
  }

  var isFalse: Bool { value.boolean == false }

  /// `title` and `description`.
  var note: String {
    [value["title"]?.string, value["description"]?.string].compactMap { $0 }.joined(separator: ": ")
  }

  /// In draft-07 and before, nothing beside `$ref` counts.
  var hidesSiblingsOfReferences: Bool {
    file.document.root["$schema"]?.string.map { $0.contains("draft-07") || $0.contains("draft-06") } ?? false
  }
}
