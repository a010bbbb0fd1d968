import JSONKit

/// Which JSON types the parts of a conjunction leave possible.
struct JSONShapeTypes {
  private(set) var names: Set<String> = ["object", "array", "string", "number", "integer", "boolean", "null"]
  /// Some part speaks of types, be it through the values it lists.
  private(set) var isStated = false

  init(_ conjunction: JSONShapeConjunction) {
    for part in conjunction.parts {
      if let type = part["type"] {
        var stated = Set(type.kind == .array ? type.elements.compactMap(\.string) : [type.string ?? ""])
        if stated.contains("number") { stated.insert("integer") }
        names.formIntersection(stated)
        isStated = true
      }
      if let values = Self.listed(in: part) {
        names.formIntersection(Set(values.flatMap(Self.types(of:))))
        isStated = true
      }
    }
  }

  var object: Bool { names.contains("object") }
  var array: Bool { names.contains("array") }
  var null: Bool { names.contains("null") }
  /// The types that have text, as JSON Schema names them; `integer` is left out beside `number`.
  var scalars: [String] {
    ["string", "number", "integer", "boolean"].filter {
      names.contains($0) && !($0 == "integer" && names.contains("number"))
    }
  }

  /// Nothing says what the value is.
  func allowsAnything(in conjunction: JSONShapeConjunction) -> Bool {
    !isStated && !conjunction.parts.contains { part in Self.structure.contains { part[$0] != nil } }
  }

  static let structure = [
    "properties", "required", "additionalProperties", "patternProperties", "items", "prefixItems",
  ]

  /// The values of `enum` or `const`.
  static func listed(in part: JSONShapeSchema) -> [JSONValue]? {
    part["const"].map { [$0] } ?? part["enum"].map { Array($0.elements) }
  }

  static func types(of value: JSONValue) -> [String] {
    switch value.kind {
    case .object: ["object"]
    case .array: ["array"]
    case .string: ["string"]
    case .number: [value.integer != nil ? "integer" : "number"]
    case .boolean: ["boolean"]
    case .null: ["null"]
    }
  }
}
