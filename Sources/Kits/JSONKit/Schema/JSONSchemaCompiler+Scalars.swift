extension JSONSchemaCompiler {
  mutating func compileTypes(_ schema: JSONSchemaReader, _ node: Int32) throws(JSONSchemaProblem) {
    guard let value = schema["type"] else { return }
    var types: JSONSchemaTypes = []
    for name in value.kind == .array ? Array(value.elements) : [value] {
      guard let type = name.string.flatMap(JSONSchemaTypes.init(name:)) else {
        throw JSONSchemaProblem(
          .invalidSchema, "type is null, boolean, integer, number, string, array or object, or a list of these",
          at: name)
      }
      types.formUnion(type)
    }
    guard !types.isEmpty else { throw JSONSchemaProblem(.invalidSchema, "type lists at least one type", at: value) }
    parts.nodes[Int(node)].types = types
  }

  mutating func compileConstants(_ schema: JSONSchemaReader, _ node: Int32) throws(JSONSchemaProblem) {
    if let list = schema["enum"] {
      guard list.kind == .array else { throw JSONSchemaProblem(.invalidSchema, "enum is an array", at: list) }
      parts.nodes[Int(node)].constants = addConstants(Array(list.elements), "enum")
    }
    if let value = schema["const"] {
      let constant = addConstants([value], "const")
      guard parts.nodes[Int(node)].constants >= 0 else {
        parts.nodes[Int(node)].constants = constant
        return
      }
      // Both keywords in one schema: the second goes into a schema of its own that must hold as well.
      let location = Int32(parts.locations.count)
      parts.locations.append(parts.locations[Int(parts.nodes[Int(node)].location)])
      parts.nodes.append(
        JSONSchemaNode(constants: constant, resource: parts.nodes[Int(node)].resource, location: location))
      parts.applicators.append(
        JSONSchemaApplicatorRules(all: parts.indexes.append(list: [Int32(parts.nodes.count - 1)])))
      parts.nodes[Int(node)].applicators = Int32(parts.applicators.count - 1)
    }
  }

  private mutating func addConstants(_ values: [JSONValue], _ keyword: String) -> Int32 {
    var entries: [Int32] = []
    var strings: [[UInt8]] = []
    var known: Set<[UInt8]> = []
    for value in values {
      if let string = value.withUTF8String({ Array($0) }) {
        if known.insert(string).inserted { strings.append(string) }
      } else {
        entries.append(Int32(constantEntries))
        constants.value(value)
        constantEntries += Int(value.node.next) - value.index
      }
    }
    parts.constantRules.append(
      JSONSchemaConstantRules(
        keyword: keyword, count: values.count, entries: parts.indexes.append(list: entries),
        strings: parts.names.add(strings)))
    return Int32(parts.constantRules.count - 1)
  }

  mutating func compileNumber(_ schema: JSONSchemaReader, _ node: Int32) throws(JSONSchemaProblem) {
    var rules = JSONSchemaNumberRules()
    for (keyword, isLower, isExclusive) in [
      ("minimum", true, false), ("exclusiveMinimum", true, true), ("maximum", false, false),
      ("exclusiveMaximum", false, true),
    ] {
      guard let value = schema[keyword] else { continue }
      let decimal = try schema.number(value, keyword)
      rules.bounds.append(
        JSONSchemaNumberRules.Bound(
          keyword: keyword, decimal: decimal, integer: value.integer, text: value.numberText ?? "", isLower: isLower,
          isExclusive: isExclusive))
    }
    if let value = schema["multipleOf"] {
      let divisor = try schema.number(value, "multipleOf")
      guard !divisor.isZero, !divisor.isNegative, divisor.digits.count <= JSONDecimal.divisorDigitsMaximum else {
        throw JSONSchemaProblem(
          .invalidSchema,
          "multipleOf is a number above 0 of at most \(JSONDecimal.divisorDigitsMaximum) significant digits", at: value)
      }
      rules.divisor = divisor
      rules.divisorText = value.numberText ?? ""
    }
    guard !rules.bounds.isEmpty || rules.divisor != nil else { return }
    parts.nodes[Int(node)].number = Int32(parts.numbers.count)
    parts.numbers.append(rules)
  }

  mutating func compileString(_ schema: JSONSchemaReader, _ node: Int32) throws(JSONSchemaProblem) {
    var rules = JSONSchemaStringRules()
    if schema.vocabularies.hasValidation {
      rules.minimum = try schema.count("minLength") ?? 0
      rules.maximum = try schema.count("maxLength") ?? Int.max
      if let source = try schema.string("pattern"), let value = schema["pattern"] {
        rules.pattern = try pattern(source, at: value)
      }
    }
    if let format = try schema.string("format").flatMap(JSONSchemaFormat.init(rawValue:)),
      options.formats.contains(format) || schema.vocabularies.assertsFormats
    {
      rules.format = format
    }
    guard rules.minimum > 0 || rules.maximum < Int.max || rules.pattern >= 0 || rules.format != nil else { return }
    parts.nodes[Int(node)].string = Int32(parts.strings.count)
    parts.strings.append(rules)
  }
}
