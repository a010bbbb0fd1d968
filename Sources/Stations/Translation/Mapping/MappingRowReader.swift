import DocumentKit
import JSONKit

/// Reads the rows of a mapping and refuses every combination of keys that could not do what it says.
struct MappingRowReader {
  var file: MappingFileReader
  /// Of the document that the rows write: inside `write` another one.
  var syntax: TargetSyntax
  let flow: MappingDefinition.Flow
  let limits: TranslationLimits
  private var rowCount = 0

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
        .limit, at: first.position,
        Sentence(
          "groups are nested deeper than \(limits.groupDepth)", "các nhóm lồng nhau quá \(limits.groupDepth) cấp"),
        remedy: Sentence(
          "write longer paths in ‘to’ instead of groups in groups",
          "hãy viết đường dẫn dài hơn trong ‘to’ thay cho nhóm trong nhóm"))
      return []
    }
    return nodes.compactMap { row($0, depth: depth) }
  }

  private mutating func row(_ node: YAMLNode, depth: Int) -> MappingRow? {
    rowCount += 1
    guard rowCount <= limits.rows else {
      if rowCount == limits.rows + 1 {
        file.refuse(
          .limit, at: node.position,
          Sentence("the mapping has more than \(limits.rows) rows", "bản ánh xạ có hơn \(limits.rows) dòng"),
          remedy: Sentence("split it", "hãy chia nhỏ"))
      }
      return nil
    }
    guard let mapping = file.mapping(node, known: MappingKeys.row) else { return nil }
    let target = file.required(mapping, "to").flatMap { path($0) }
    let content = content(mapping, depth: depth)
    let each = expression(mapping, "each")
    let groupBy = expression(mapping, "groupBy")
    let parse = mapping["parse"].flatMap { nestedSource($0) }
    let when = expression(mapping, "when")
    let conversion = conversion(mapping)
    let pattern = pattern(mapping)
    let cut = file.count(mapping, "cut")
    let (substitute, reason) = substitute(mapping)
    let isRequired = file.boolean(mapping, "required") ?? false
    let empty = file.choice(mapping, "empty", of: MappingRow.EmptyPolicy.self) ?? .omit
    let type = file.choice(mapping, "type", of: MappingRow.ValueType.self) ?? .string
    guard let target, let content else { return nil }
    let row = MappingRow(
      position: node.position, target: target, content: content, each: each, groupBy: groupBy, parse: parse, when: when,
      conversion: conversion, pattern: pattern, cut: cut, substitute: substitute, substituteReason: reason,
      isRequired: isRequired, empty: empty, type: type)
    check(row, mapping)
    return row
  }

  /// `default: X`, or `default: { value: X, reason: … }`.
  private mutating func substitute(_ mapping: YAMLMapping) -> (text: String?, reason: String?) {
    guard let node = mapping["default"], node.mapping != nil else { return (file.string(mapping, "default"), nil) }
    guard let declared = file.mapping(node, known: MappingKeys.declaredDefault),
      let text = file.requiredString(declared, "value"), let reason = file.requiredString(declared, "reason")
    else { return (nil, nil) }
    if reason.isEmpty {
      file.refuse(
        .row, at: node.position, Sentence("‘reason’ is empty", "‘reason’ để trống"),
        remedy: Sentence(
          "say why the value can stand in, or write ‘default: \(text)’, which is reported",
          "hãy nói vì sao giá trị này thay được, hoặc viết ‘default: \(text)’, khi đó sẽ được ghi vào báo cáo"))
    }
    return (text, reason)
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
      guard !given.isEmpty || mapping.members.allSatisfy({ MappingKeys.row.contains($0.key) }) else { return nil }
      let words = given.map { "‘\($0)’" }
      file.refuse(
        .row, at: mapping.position,
        Sentence(
          "a row needs exactly one of ‘from’, ‘value’ and ‘rows’, and has "
            + (given.isEmpty ? "none" : words.joined(separator: " and ")),
          "một dòng cần đúng một trong ‘from’, ‘value’ và ‘rows’, ở đây "
            + (given.isEmpty ? "không có khóa nào" : "có " + words.joined(separator: " và "))),
        remedy: Sentence("keep the one that says what is written", "hãy giữ khóa nói lên điều cần ghi"))
      return nil
    }
    if let from = expression(mapping, "from") { return .from(from) }
    if let value = file.string(mapping, "value") { return .value(value) }
    guard let node = mapping["rows"], let nodes = file.sequence(node) else { return nil }
    if nodes.isEmpty {
      file.refuse(
        .row, at: node.position, Sentence("the group has no rows", "nhóm không có dòng nào"),
        remedy: Sentence("write at least one", "hãy viết ít nhất một dòng"))
    }
    guard let write = mapping["write"] else { return .rows(rows(nodes, depth: depth + 1)) }
    guard let (target, inner) = nestedTarget(write) else { return nil }
    let outer = syntax
    syntax = inner
    defer { syntax = outer }
    return .document(target, rows(nodes, depth: depth + 1))
  }

  private mutating func pattern(_ mapping: YAMLMapping) -> TextPattern? {
    guard let node = mapping["pattern"], let text = file.string(node) else { return nil }
    do throws(TextPattern.Fault) {
      return try TextPattern(text)
    } catch {
      file.refuse(
        .row, at: node.position,
        Sentence(
          "‘pattern’ is no regular expression: \(error.message)",
          "‘pattern’ không phải là biểu thức chính quy: \(error.message)"),
        remedy: Sentence(
          "write it as the schema would, and in single quotes", "hãy viết như trong lược đồ, và trong dấu nháy đơn"))
      return nil
    }
  }

  mutating func expression(_ mapping: YAMLMapping, _ key: String) -> MappingDefinition.Expression? {
    guard let node = mapping[key], let text = file.string(node) else { return nil }
    return MappingDefinition.Expression(text: text, position: node.position)
  }
}
