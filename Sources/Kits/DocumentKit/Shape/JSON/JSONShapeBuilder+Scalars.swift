import JSONKit

extension JSONShapeBuilder {
  /// The rules for the text of a value; nil if it has none.
  mutating func scalar(
    _ conjunction: JSONShapeConjunction, _ types: JSONShapeTypes,
  ) throws(SchemaShapeError) -> ValueRules? {
    let names = types.scalars
    let allowsAnything = types.allowsAnything(in: conjunction)
    guard !names.isEmpty, types.isStated || allowsAnything else { return nil }
    let jsonTypes = names + (types.null ? ["null"] : [])
    if allowsAnything { return ValueRules(.any, typeName: "any", jsonTypes: jsonTypes) }
    var rules = ValueRules(
      Self.kind(of: names), typeName: conjunction.typeName ?? jsonTypes.joined(separator: " | "), jsonTypes: jsonTypes)
    for part in conjunction.parts { read(part, into: &rules) }
    if names == ["string"], rules.kind == .string, let format = rules.format {
      rules.kind = Self.formatKinds[format] ?? .string
    }
    for part in try parts(of: conjunction.conditional) {
      var narrowed = rules
      narrowed.variants = []
      let narrowedTypes = JSONShapeTypes(JSONShapeConjunction(parts: conjunction.parts + [part]))
      narrowed.jsonTypes = narrowedTypes.scalars + (narrowedTypes.null ? ["null"] : [])
      read(part, into: &narrowed)
      if !narrowedTypes.scalars.isEmpty { rules.variants.append(narrowed) }
    }
    return rules
  }

  private static let formatKinds: [String: ValueRules.Kind] = [
    "date-time": .dateTime, "date": .date, "time": .time, "uri": .uri, "uri-reference": .uri,
  ]

  private static func kind(of names: [String]) -> ValueRules.Kind {
    switch names {
    case ["integer"]: .integer
    case ["number"]: .decimal
    case ["boolean"]: .boolean
    default: .string
    }
  }

  private mutating func read(_ part: JSONShapeSchema, into rules: inout ValueRules) {
    if let values = JSONShapeTypes.listed(in: part) { intersect(values, part, into: &rules) }
    if part["const"] != nil { rules.fixed = rules.enumeration?.first }
    if let text = part["pattern"]?.string { rules.patterns.append(text) }
    if let format = part["format"]?.string { rules.format = format }
    if part["contentEncoding"]?.string == "base64", rules.kind == .string { rules.kind = .base64 }
    if let length = part["minLength"]?.integer { rules.minLength = max(rules.minLength ?? 0, length) }
    if let length = part["maxLength"]?.integer { rules.maxLength = min(rules.maxLength ?? length, length) }
    if let text = part["multipleOf"]?.numberText { rules.multipleOf = text }
    if let text = part["minimum"]?.numberText { rules.minimum = ValueRules.Bound(text) }
    if let text = part["maximum"]?.numberText { rules.maximum = ValueRules.Bound(text) }
    if let text = part["exclusiveMinimum"]?.numberText { rules.minimum = ValueRules.Bound(text, isExclusive: true) }
    if let text = part["exclusiveMaximum"]?.numberText { rules.maximum = ValueRules.Bound(text, isExclusive: true) }
    if let value = part["default"] { rules.defaultText = Self.text(of: value) }
    for example in part["examples"]?.elements.compactMap(Self.text(of:)) ?? [] where !rules.examples.contains(example) {
      rules.examples.append(example)
    }
  }

  private mutating func intersect(_ values: [JSONValue], _ part: JSONShapeSchema, into rules: inout ValueRules) {
    let allowed = Set(rules.jsonTypes + (rules.jsonTypes.contains("number") ? ["integer"] : []))
    let fitting = values.filter { !allowed.isDisjoint(with: JSONShapeTypes.types(of: $0)) }
    var literals = fitting.map(Self.literal(of:))
    var texts = fitting.compactMap(Self.text(of:))
    if let known = rules.jsonValues { literals.removeAll { !known.contains($0) } }
    if let known = rules.enumeration { texts.removeAll { !known.contains($0) } }
    rules.jsonValues = literals
    rules.enumeration = texts.enumerated().filter { texts.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    if values.contains(where: { $0.kind == .object || $0.kind == .array }) {
      draft.noteUnsupported(
        "enum", at: part.position,
        Sentence(
          "objects and arrays that it lists are not shown; describe them with `properties`",
          "các đối tượng và mảng liệt kê ở đây không được thể hiện; hãy mô tả bằng `properties`"))
    }
  }

  private static func text(of value: JSONValue) -> String? {
    value.string ?? value.numberText ?? value.boolean.map { $0 ? "true" : "false" }
  }

  private static func literal(of value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(value)
    return String(decoding: writer.finish(), as: UTF8.self)
  }
}
