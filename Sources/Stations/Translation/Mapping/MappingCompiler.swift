import DocumentKit
import XMLKit

/// Makes rows ready to run and refuses those that could not: expressions, tables, and places written twice.
struct MappingCompiler {
  let definition: MappingDefinition
  let codes: CodeTableRegistry
  private(set) var errors: [MappingError] = []
  private var exclusivePlaces = 0

  init(_ definition: MappingDefinition, codes: CodeTableRegistry) {
    self.definition = definition
    self.codes = codes
  }

  var isJSON: Bool { definition.target.format == .json }

  /// Compiles all rows, and the ignored paths for what is wrong with them.
  mutating func compile(_ definition: MappingDefinition) -> [CompiledRow] {
    for ignored in definition.ignored { _ = path(ignored.from) }
    return compile(definition.rows)
  }

  private mutating func compile(_ rows: [MappingRow]) -> [CompiledRow] {
    var neighbour = TargetNeighbour()
    var places = TargetPlaces(isJSON: isJSON)
    let shared = rows.map { row in
      let shared = share(row, with: &neighbour)
      places.take(row, sharing: shared.count, &exclusivePlaces, &errors)
      return shared
    }
    return rows.indices.compactMap { index in
      compile(rows[index], shared[index].elements, shared[index].count, places.exclusiveNumbers[index])
    }
  }

  private mutating func share(
    _ row: MappingRow, with neighbour: inout TargetNeighbour,
  ) -> (elements: [TargetName], count: Int) {
    if isJSON, case .here = row.target.last {
      refuse(
        .target, at: row.position, "a JSON object has no text of its own",
        remedy: "put ‘each’ and ‘from’ on one row to write a list of texts")
    }
    switch neighbour.next(row) {
    case .success(let shared): return shared
    case .failure(let refusal):
      refuse(.target, at: row.position, refusal.message, remedy: refusal.remedy)
      return (row.target.steps, 0)
    }
  }

  private mutating func compile(
    _ row: MappingRow, _ elements: [TargetName], _ sharedElements: Int, _ exclusivePlace: Int?,
  ) -> CompiledRow? {
    let each = row.each.flatMap { path($0) }
    let when = row.when.flatMap { path($0) }
    let conversion = conversion(of: row)
    guard let content = content(of: row), let conversion else { return nil }
    checkText(row)
    let attribute: TargetName? = if case .attribute(let name) = row.target.last { name } else { nil }
    return CompiledRow(
      row: row, elements: elements, sharedElements: sharedElements, attribute: attribute, each: each, when: when,
      content: content, conversion: conversion, tag: NodeTag(row.tagKind, isListMember: row.each != nil),
      exclusivePlace: exclusivePlace)
  }

  private mutating func content(of row: MappingRow) -> CompiledRow.Content? {
    switch row.content {
    case .from(let expression): path(expression).map { .source($0) }
    case .value(let text): .constant(text)
    case .rows(let rows): .group(compile(rows))
    }
  }

  private mutating func path(_ expression: MappingDefinition.Expression) -> SourcePath? {
    do throws(XMLError) {
      return try SourcePath(expression, namespaces: definition.source.namespaces)
    } catch {
      refuse(
        .expression, at: expression.position, error.message,
        remedy: "write an XPath 1.0 expression relative to the context of the row", cause: error)
      return nil
    }
  }

  private mutating func conversion(of row: MappingRow) -> CompiledRow.Conversion? {
    switch row.conversion {
    case nil: return row.type == .number ? .number(.decimal) : CompiledRow.Conversion.none
    case .time(let inward, let outward): return .time(in: inward, out: outward)
    case .number(let format): return .number(format)
    case .boolean(let inward, let outward): return .boolean(in: inward, out: outward)
    case .codes(let inward, let outward):
      var steps: [(CodeTable, CodeTable.Direction)] = []
      for (reference, direction) in [(inward, CodeTable.Direction.in), (outward, .out)] {
        guard let reference else { continue }
        guard let table = codes[reference.name] else {
          errors.append(codes.missing(reference.name, at: reference.position))
          return nil
        }
        steps.append((table, direction))
      }
      return .codes(steps.map { (table: $0.0, direction: $0.1) })
    }
  }

  /// Constant text must be text that a tree can hold.
  private mutating func checkText(_ row: MappingRow) {
    var texts = row.substitute.map { [$0] } ?? []
    if case .value(let text) = row.content { texts.append(text) }
    for text in texts {
      var probe = XMLTreeBuilder()
      probe.open(DocumentTree.rootName)
      do throws(XMLError) {
        try probe.text(text)
      } catch {
        refuse(
          .row, at: row.position, "the constant text holds a control character", remedy: "remove it", cause: error)
      }
    }
  }

  private mutating func refuse(
    _ code: MappingError.Code, at position: YAMLPosition, _ message: String, remedy: String,
    cause: (any Error)? = nil,
  ) {
    errors.append(MappingError(code, at: position, message, remedy: remedy, cause: cause))
  }
}

extension MappingRow {
  /// What the row's own element is in JSON.
  fileprivate var tagKind: NodeTag.Kind {
    if case .rows = content { return .object }
    return switch type {
    case .string: .string
    case .number: .number
    case .boolean: .boolean
    }
  }
}
