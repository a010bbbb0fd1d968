import DocumentKit

/// Reads the rows of a mapping and refuses every combination of keys that could not do what it says.
struct MappingRowReader {
  var file: MappingFileReader
  let syntax: TargetSyntax
  let flow: MappingDefinition.Flow
  let limits: TranslationLimits
  private var rowCount = 0

  private static let keys = [
    "to", "from", "value", "rows", "each", "when", "codes", "time", "number", "boolean", "cut", "default", "required",
    "empty", "type",
  ]
  private static let conversionKeys = ["codes", "time", "number", "boolean"]

  init(
    file: MappingFileReader, syntax: TargetSyntax, flow: MappingDefinition.Flow, limits: TranslationLimits,
  ) {
    self.file = file
    self.syntax = syntax
    self.flow = flow
    self.limits = limits
  }

  mutating func rows(_ nodes: [YAMLNode], depth: Int = 1) -> [MappingRow] {
    if let first = nodes.first, depth > limits.groupDepth {
      file.refuse(
        .limit, at: first.position, "groups are nested deeper than \(limits.groupDepth)",
        remedy: "write longer paths in ‘to’ instead of groups in groups")
      return []
    }
    return nodes.compactMap { row($0, depth: depth) }
  }

  private mutating func row(_ node: YAMLNode, depth: Int) -> MappingRow? {
    rowCount += 1
    guard rowCount <= limits.rows else {
      if rowCount == limits.rows + 1 {
        file.refuse(.limit, at: node.position, "the mapping has more than \(limits.rows) rows", remedy: "split it")
      }
      return nil
    }
    guard let mapping = file.mapping(node, known: Self.keys) else { return nil }
    let target = file.required(mapping, "to").flatMap { path($0) }
    let content = content(mapping, depth: depth)
    let each = expression(mapping, "each")
    let when = expression(mapping, "when")
    let conversion = conversion(mapping)
    let cut = file.count(mapping, "cut")
    let substitute = file.string(mapping, "default")
    let isRequired = file.boolean(mapping, "required") ?? false
    let empty = file.choice(mapping, "empty", of: MappingRow.EmptyPolicy.self) ?? .omit
    let type = file.choice(mapping, "type", of: MappingRow.ValueType.self) ?? .string
    guard let target, let content else { return nil }
    let row = MappingRow(
      position: node.position, target: target, content: content, each: each, when: when, conversion: conversion,
      cut: cut, substitute: substitute, isRequired: isRequired, empty: empty, type: type)
    check(row, mapping)
    return row
  }

  private mutating func path(_ node: YAMLNode) -> TargetPath? {
    guard let text = file.string(node) else { return nil }
    do throws(TargetSyntax.Refusal) {
      return try syntax.path(text)
    } catch {
      file.refuse(.target, at: node.position, error.message, remedy: error.remedy)
      return nil
    }
  }

  private mutating func content(_ mapping: YAMLMapping, depth: Int) -> MappingRow.Content? {
    let given = ["from", "value", "rows"].filter { mapping[$0] != nil }
    guard given.count == 1 else {
      // A mistyped key has been complained about and is probably the one that is missing here.
      guard !given.isEmpty || mapping.members.allSatisfy({ Self.keys.contains($0.key) }) else { return nil }
      let found = given.isEmpty ? "none" : given.map { "‘\($0)’" }.joined(separator: " and ")
      file.refuse(
        .row, at: mapping.position, "a row needs exactly one of ‘from’, ‘value’ and ‘rows’, and has \(found)",
        remedy: "keep the one that says what is written")
      return nil
    }
    if let from = expression(mapping, "from") { return .from(from) }
    if let value = file.string(mapping, "value") { return .value(value) }
    guard let node = mapping["rows"], let nodes = file.sequence(node) else { return nil }
    if nodes.isEmpty { file.refuse(.row, at: node.position, "the group has no rows", remedy: "write at least one") }
    return .rows(rows(nodes, depth: depth + 1))
  }

  private mutating func expression(_ mapping: YAMLMapping, _ key: String) -> MappingDefinition.Expression? {
    guard let node = mapping[key], let text = file.string(node) else { return nil }
    return MappingDefinition.Expression(text: text, position: node.position)
  }

  // MARK: Conversions

  private mutating func conversion(_ mapping: YAMLMapping) -> MappingRow.Conversion? {
    let given = Self.conversionKeys.filter { mapping[$0] != nil }
    guard given.count <= 1 else {
      file.refuse(
        .row, at: mapping.position,
        "a row has one conversion and not \(given.map { "‘\($0)’" }.joined(separator: ", "))",
        remedy: "keep one of them")
      return nil
    }
    guard let key = given.first, let node = mapping[key] else { return nil }
    switch key {
    case "codes": return codes(node)
    case "time": return time(node)
    case "number": return file.choice(mapping, key, of: NumberFormat.self).map { .number($0) }
    default: return boolean(node)
    }
  }

  private mutating func codes(_ node: YAMLNode) -> MappingRow.Conversion? {
    if node.mapping != nil {
      guard let mapping = file.mapping(node, known: ["in", "out"]) else { return nil }
      let inward = table(mapping["in"])
      let outward = table(mapping["out"])
      guard inward != nil || outward != nil else {
        file.refuse(.codes, at: node.position, "no table is named", remedy: "write ‘in: table’, ‘out: table’ or both")
        return nil
      }
      return .codes(in: inward, out: outward)
    }
    guard let table = table(node) else { return nil }
    switch flow {
    case .inbound: return .codes(in: table, out: nil)
    case .outbound: return .codes(in: nil, out: table)
    case .direct:
      refuseShortForm("codes", at: node.position, "write codes: { in: table, out: table } or one of the two")
      return nil
    }
  }

  private mutating func table(_ node: YAMLNode?) -> MappingRow.TableReference? {
    guard let node, let name = file.string(node) else { return nil }
    return MappingRow.TableReference(name: name, position: node.position)
  }

  private mutating func time(_ node: YAMLNode) -> MappingRow.Conversion? {
    if node.mapping != nil {
      guard let mapping = file.mapping(node, known: ["in", "out"]),
        let inward = file.required(mapping, "in").flatMap({ timeFormat($0) }),
        let outward = file.required(mapping, "out").flatMap({ timeFormat($0) })
      else { return nil }
      return .time(in: inward, out: outward)
    }
    guard let format = timeFormat(node) else { return nil }
    switch flow {
    case .inbound: return .time(in: format, out: .iso)
    case .outbound: return .time(in: .iso, out: format)
    case .direct:
      refuseShortForm("time", at: node.position, "write time: { in: format, out: format }")
      return nil
    }
  }

  private mutating func timeFormat(_ node: YAMLNode) -> TimeFormat? {
    guard let name = file.string(node) else { return nil }
    guard let format = TimeFormat(name) else {
      file.refuse(
        .format, at: node.position, "‘\(name)’ is no time format",
        remedy: "write iso, epochMilliseconds or a pattern of yyyy MM dd HH mm ss fff such as dd/MM/yyyy HH:mm:ss")
      return nil
    }
    return format
  }

  private mutating func boolean(_ node: YAMLNode) -> MappingRow.Conversion? {
    guard let mapping = file.mapping(node, known: ["true", "false", "in", "out"]) else { return nil }
    if mapping["in"] != nil || mapping["out"] != nil {
      guard let inward = file.required(mapping, "in").flatMap({ booleanFormat($0) }),
        let outward = file.required(mapping, "out").flatMap({ booleanFormat($0) })
      else { return nil }
      return .boolean(in: inward, out: outward)
    }
    guard let format = booleanFormat(node) else { return nil }
    switch flow {
    case .inbound: return .boolean(in: format, out: .canonical)
    case .outbound: return .boolean(in: .canonical, out: format)
    case .direct:
      refuseShortForm(
        "boolean", at: node.position, "write boolean: { in: { true: …, false: … }, out: { true: …, false: … } }")
      return nil
    }
  }

  private mutating func booleanFormat(_ node: YAMLNode) -> BooleanFormat? {
    guard let mapping = file.mapping(node, known: ["true", "false"]),
      let trueText = file.requiredString(mapping, "true"), let falseText = file.requiredString(mapping, "false")
    else { return nil }
    guard trueText != falseText, !trueText.isEmpty, !falseText.isEmpty else {
      file.refuse(
        .format, at: node.position, "the words for true and false are the same or empty",
        remedy: "write the two words the partner uses")
      return nil
    }
    return BooleanFormat(trueText: trueText, falseText: falseText)
  }

  private mutating func refuseShortForm(_ key: String, at position: YAMLPosition, _ remedy: String) {
    file.refuse(
      .format, at: position, "the short form of ‘\(key)’ needs one end whose schema is canonical/…", remedy: remedy)
  }
}
