package import DocumentKit

extension MappingDefinition {
  /// The mapping without the row, or the group with all its rows, that begins at this place; what a tool asks to learn
  /// what a row is there for. A group left without rows goes with its last one.
  package func without(rowAt position: YAMLPosition) -> MappingDefinition {
    MappingDefinition(
      name: name, version: version, source: source, target: target, rows: rows.compactMap { $0.without(position) },
      ignored: ignored, unread: unread, position: self.position)
  }

  /// Every row, groups before the rows in them, as they are written.
  package var allRows: [MappingRow] { rows.flatMap(\.withInnerRows) }
}

extension MappingRow {
  /// The row itself and, of a group, all rows in it.
  package var withInnerRows: [MappingRow] {
    [self] + children.flatMap(\.withInnerRows)
  }

  package var isGroup: Bool {
    if case .rows = content { true } else { false }
  }

  fileprivate func without(_ position: YAMLPosition) -> MappingRow? {
    guard self.position != position else { return nil }
    let rest = children.compactMap { $0.without(position) }
    let content: Content
    switch self.content {
    case .from, .value: return self
    case .rows: content = .rows(rest)
    case .document(let document, _): content = .document(document, rest)
    }
    guard !rest.isEmpty else { return nil }
    return MappingRow(
      position: self.position, target: target, content: content, each: each, groupBy: groupBy, parse: parse, when: when,
      conversion: conversion, pattern: pattern, cut: cut, substitute: substitute, substituteReason: substituteReason,
      isRequired: isRequired, empty: empty, type: type)
  }
}
