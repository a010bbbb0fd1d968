import JSONKit

extension JSONShapeBuilder {
  /// The ways in which a value can obey all these schemas: one for each combination of branches.
  mutating func alternatives(_ schemas: [JSONShapeSchema]) throws(SchemaShapeError) -> [JSONShapeConjunction] {
    var start = JSONShapeConjunction()
    var seen: Set<JSONShapeSchema> = []
    for schema in schemas { try add(schema, to: &start, &seen) }
    var rest = [(start, seen)]
    var done: [JSONShapeConjunction] = []
    while let (conjunction, seen) = rest.popLast() {
      guard !conjunction.isImpossible else { continue }
      guard let group = conjunction.groups.first else {
        done.append(conjunction)
        continue
      }
      guard done.count + rest.count + group.count <= draft.limits.alternatives else {
        let position = group.first?.position ?? files.main.path
        draft.noteUnsupported(
          "anyOf", at: position,
          Sentence(
            "more combinations than the limit alternatives = \(draft.limits.alternatives); some branches are not shown",
            "nhiều tổ hợp hơn giới hạn alternatives = \(draft.limits.alternatives); một số nhánh không được thể hiện"))
        done.append(conjunction.without(group))
        continue
      }
      for branch in group.reversed() {
        var next = conjunction
        var seenThere = seen
        next.groups.removeFirst()
        try add(branch, to: &next, &seenThere)
        rest.append((next, seenThere))
      }
    }
    return done
  }

  private mutating func add(
    _ schema: JSONShapeSchema, to conjunction: inout JSONShapeConjunction, _ seen: inout Set<JSONShapeSchema>,
  ) throws(SchemaShapeError) {
    if schema.isFalse { conjunction.isImpossible = true }
    guard schema.value.kind == .object, seen.insert(schema).inserted else { return }
    let reference = schema["$ref"]?.string
    if reference == nil || !schema.hidesSiblingsOfReferences {
      conjunction.parts.append(schema)
      note(schema)
      for part in schema.schemas("allOf") { try add(part, to: &conjunction, &seen) }
      for keyword in ["anyOf", "oneOf"] where schema[keyword] != nil {
        conjunction.groups.append(schema.schemas(keyword))
      }
      if schema["if"] != nil {
        for keyword in ["then", "else"] {
          if let branch = schema.schema(keyword) { conjunction.conditional.append(branch) }
        }
      }
      for keyword in ["dependentSchemas", "dependencies"] {
        conjunction.conditional += schema.named(keyword).map(\.schema).filter { $0.value.kind == .object }
      }
    }
    for keyword in ["$ref", "$dynamicRef"] {
      guard let text = schema[keyword]?.string else { continue }
      guard let target = try files.resolve(text, from: schema) else {
        throw SchemaShapeError(
          .schema, at: schema.position,
          "The reference '\(text)' leads to no schema of this folder; look at its `$id` and its pointer.")
      }
      if keyword == "$dynamicRef" {
        draft.noteUnsupported(
          keyword, at: schema.position,
          Sentence(
            "it is followed to its anchor in the same file, not to one that replaces it",
            "được theo tới neo trong cùng tệp, không theo neo thay thế"))
      }
      if conjunction.typeName == nil { conjunction.typeName = Self.name(of: text) }
      try add(target, to: &conjunction, &seen)
    }
  }

  /// `timestamp` for `types.schema.json#/$defs/timestamp`, `ho-so` for `ho-so.schema.json`.
  private static func name(of reference: String) -> String {
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, let last = parts[1].split(separator: "/").last { return String(last) }
    var name = parts[0].split(separator: "/").last.map(String.init) ?? "root"
    for suffix in [".json", ".schema"] where name.hasSuffix(suffix) { name.removeLast(suffix.count) }
    return name.isEmpty ? "root" : name
  }

  // MARK: What is said and not shown

  private static let conditions: [(keyword: String, rule: String)] = [
    ("not", "values that obey this schema are refused"),
    ("contains", "one of the values must obey this schema"),
    ("uniqueItems", "no value may come twice"),
    ("propertyNames", "the names of members that are not listed obey this schema"),
    ("patternProperties", "members whose names match obey these schemas"),
    ("minProperties", "there is a least number of members"),
    ("maxProperties", "there is a greatest number of members"),
    ("dependentRequired", "members require one another"),
    ("dependentSchemas", "a member asks for more where it is there"),
    ("dependencies", "members require one another"),
    ("unevaluatedItems", "values that no other keyword speaks of obey this schema"),
  ]

  private mutating func note(_ schema: JSONShapeSchema) {
    for (keyword, rule) in Self.conditions {
      guard let part = schema.schema(keyword), part.value.boolean != (keyword == "uniqueItems" ? false : true) else {
        continue
      }
      draft.noteCondition(keyword, at: part.position, rule)
    }
    if let condition = schema.schema("if") {
      let required = ["then", "else"].flatMap { branch in
        (schema[branch]?["required"]?.elements).map { $0.compactMap(\.string).map { "'\($0)' (\(branch))" } } ?? []
      }
      let rule = "the rules of `then` or `else` hold beside the others"
      draft.noteCondition(
        "if", at: condition.position,
        required.isEmpty ? rule : rule + ", which may require " + required.joined(separator: ", "))
    }
    for keyword in ["$recursiveRef", "extends", "disallow"] where schema[keyword] != nil {
      draft.noteUnsupported(
        keyword, at: schema.position,
        Sentence("it belongs to another draft and is not followed", "thuộc bản dự thảo khác nên không được theo"))
    }
  }
}

extension JSONShapeConjunction {
  fileprivate func without(_ group: [JSONShapeSchema]) -> JSONShapeConjunction {
    var copy = self
    copy.groups = []
    return copy
  }
}
