extension JSONSchemaCompiler {
  mutating func compileObject(_ schema: JSONSchemaReader, _ node: Int32) throws(JSONSchemaProblem) {
    var names = NameCollector()
    var rules = JSONSchemaObjectRules()
    var patterns: [JSONSchemaObjectRules.Pattern] = []
    if schema.vocabularies.hasApplicators {
      for member in try schema.members("properties") {
        let number = names.number(of: member.nameValue)
        names.members[Int(number)].schema = try child(member.value, of: schema)
      }
      for member in try schema.members("patternProperties") {
        patterns.append(
          JSONSchemaObjectRules.Pattern(
            pattern: try pattern(member.name, at: member.nameValue), schema: try child(member.value, of: schema)))
      }
      rules.additional = try child("additionalProperties", of: schema)
      rules.propertyNames = try child("propertyNames", of: schema)
    }
    if schema.vocabularies.hasValidation {
      rules.minimum = try schema.count("minProperties") ?? 0
      rules.maximum = try schema.count("maxProperties") ?? Int.max
      if let value = schema["required"] {
        var required: [Int32] = []
        for name in try schema.names(value, "required") {
          let number = names.number(of: name)
          names.members[Int(number)].isRequired = true
          required.append(number)
        }
        rules.required = parts.indexes.append(list: required)
      }
    }
    try compileDependencies(schema, &rules, &names)
    rules.patterns = parts.memberPatterns.append(list: patterns)
    rules.names = parts.names.add(names.names)
    rules.members = parts.members.append(list: names.members)
    let saysNothing =
      names.names.isEmpty && rules.patterns.isEmpty && rules.additional < 0 && rules.propertyNames < 0
      && rules.minimum == 0 && rules.maximum == Int.max
    guard !saysNothing else { return }
    parts.nodes[Int(node)].object = Int32(parts.objects.count)
    parts.objects.append(rules)
  }

  private mutating func compileDependencies(
    _ schema: JSONSchemaReader, _ rules: inout JSONSchemaObjectRules, _ names: inout NameCollector
  ) throws(JSONSchemaProblem) {
    let isDraft07 = schema.dialect == .draft07
    var dependencies: [JSONSchemaObjectRules.Dependency] = []
    defer { rules.dependencies = parts.dependencies.append(list: dependencies) }
    if isDraft07 || schema.vocabularies.hasValidation {
      for member in try schema.members(isDraft07 ? "dependencies" : "dependentRequired")
      where !isDraft07 || member.value.kind == .array {
        var dependency = JSONSchemaObjectRules.Dependency(
          keyword: isDraft07 ? "dependencies" : "dependentRequired", trigger: names.number(of: member.nameValue))
        var required: [Int32] = []
        for name in try schema.names(member.value, dependency.keyword) { required.append(names.number(of: name)) }
        dependency.required = parts.indexes.append(list: required)
        dependencies.append(dependency)
      }
    }
    guard schema.vocabularies.hasApplicators else { return }
    for member in try schema.members(isDraft07 ? "dependencies" : "dependentSchemas")
    where !isDraft07 || member.value.kind != .array {
      dependencies.append(
        JSONSchemaObjectRules.Dependency(
          keyword: isDraft07 ? "dependencies" : "dependentSchemas", trigger: names.number(of: member.nameValue),
          schema: try child(member.value, of: schema)))
    }
  }

  mutating func compileArray(_ schema: JSONSchemaReader, _ node: Int32) throws(JSONSchemaProblem) {
    var rules = JSONSchemaArrayRules()
    if schema.vocabularies.hasApplicators {
      switch (schema.dialect, schema["items"]?.kind) {
      case (.draft07, .array?):
        rules.prefixKeyword = "items"
        var prefix: [Int32] = []
        for value in schema["items"]?.elements.map(\.self) ?? [] { prefix.append(try child(value, of: schema)) }
        rules.prefix = parts.indexes.append(list: prefix)
        rules.rest = try child("additionalItems", of: schema)
        rules.restKeyword = "additionalItems"
      case (.draft07, _):
        rules.rest = try child("items", of: schema)
      case (.draft202012, _):
        rules.prefix = parts.indexes.append(list: try children("prefixItems", of: schema))
        rules.rest = try child("items", of: schema)
      }
      rules.contains = try child("contains", of: schema)
      rules.containsEvaluates = schema.dialect == .draft202012
    }
    if schema.vocabularies.hasValidation {
      rules.minimum = try schema.count("minItems") ?? 0
      rules.maximum = try schema.count("maxItems") ?? Int.max
      rules.isUnique = try schema.boolean("uniqueItems") ?? false
      if schema.dialect == .draft202012, rules.contains >= 0 {
        rules.containsMinimum = try schema.count("minContains") ?? 1
        rules.containsMaximum = try schema.count("maxContains") ?? Int.max
      }
    }
    let saysNothing =
      rules.prefix.isEmpty && rules.rest < 0 && rules.contains < 0 && rules.minimum == 0 && rules.maximum == Int.max
      && !rules.isUnique
    guard !saysNothing else { return }
    parts.nodes[Int(node)].array = Int32(parts.arrays.count)
    parts.arrays.append(rules)
  }

  mutating func compileApplicators(_ schema: JSONSchemaReader, _ node: Int32) throws(JSONSchemaProblem) {
    // `const` beside `enum` may have left a schema that must hold too.
    let begun = parts.nodes[Int(node)].applicators
    var rules = begun >= 0 ? parts.applicators[Int(begun)] : JSONSchemaApplicatorRules()
    let resource = resources.context(of: schema.place).resource
    if try schema.string("$ref") != nil, let reference = schema["$ref"] {
      rules.reference = try self.node(at: resources.resolve(reference, in: resource).place)
      if schema.dialect == .draft07 {
        finish(JSONSchemaApplicatorRules(reference: rules.reference), node)
        return
      }
    }
    if schema.dialect == .draft202012, try schema.string("$dynamicRef") != nil, let reference = schema["$dynamicRef"] {
      rules.dynamicReference = try dynamicReference(reference, in: resource)
    }
    if schema.vocabularies.hasApplicators {
      let all = rules.all.map { parts.indexes[Int($0)] }
      rules.all = parts.indexes.append(list: try all + children("allOf", of: schema))
      rules.any = parts.indexes.append(list: try children("anyOf", of: schema))
      rules.one = parts.indexes.append(list: try children("oneOf", of: schema))
      rules.not = try child("not", of: schema)
      rules.condition = try child("if", of: schema)
      rules.consequence = try child("then", of: schema)
      rules.alternative = try child("else", of: schema)
    }
    if schema.dialect == .draft202012, schema.vocabularies.hasUnevaluated {
      parts.nodes[Int(node)].unevaluatedProperties = try child("unevaluatedProperties", of: schema)
      parts.nodes[Int(node)].unevaluatedItems = try child("unevaluatedItems", of: schema)
    }
    finish(rules, node)
  }

  private mutating func finish(_ rules: JSONSchemaApplicatorRules, _ node: Int32) {
    guard !rules.isEmpty else { return }
    parts.nodes[Int(node)].applicators = Int32(parts.applicators.count)
    parts.applicators.append(rules)
  }
}

/// Numbers the names that the object keywords of one schema speak of.
private struct NameCollector {
  private(set) var names: [[UInt8]] = []
  var members: [JSONSchemaObjectRules.Member] = []
  private var numbers: [[UInt8]: Int32] = [:]

  mutating func number(of name: JSONValue) -> Int32 {
    let bytes = name.withUTF8String { Array($0) } ?? []
    if let known = numbers[bytes] { return known }
    let number = Int32(names.count)
    numbers[bytes] = number
    names.append(bytes)
    members.append(JSONSchemaObjectRules.Member())
    return number
  }
}
