import DocumentKit
import XMLKit

/// Makes rows ready to run and refuses those that could not: expressions, tables, and places written twice.
struct MappingCompiler {
  let definition: MappingDefinition
  let codes: CodeTableRegistry
  /// Every name that the rows write, of elements of the target and of documents inside it.
  let names: XMLNames
  private(set) var errors: [MappingError] = []
  private var exclusivePlaces = 0
  private var scope: Scope

  /// What the rows being compiled read and write; inside `parse`, `write` and `groupBy` it is another.
  private struct Scope {
    var namespaces: [String: String]
    var isJSON: Bool
    var variables: Set<String> = []
  }

  /// A row with what it shares with its neighbour and its number among the places of its group.
  private struct Plan {
    let row: MappingRow
    let elements: [TargetName]
    let sharedElements: Int
    let index: Int
    /// The plans of a group that writes into the element around it, and so has the same places.
    let inner: [Plan]
  }

  init(_ definition: MappingDefinition, codes: CodeTableRegistry) {
    self.definition = definition
    self.codes = codes
    var names: Set<String> = [definition.target.root.local]
    for row in definition.rows { row.collectNames(into: &names) }
    self.names = XMLNames(names)
    scope = Scope(namespaces: definition.source.namespaces, isJSON: definition.target.format == .json)
  }

  /// Compiles all rows, and the ignored paths for what is wrong with them.
  mutating func compile(_ definition: MappingDefinition) -> CompiledRows {
    for ignored in definition.ignored { _ = path(ignored.from) }
    return compile(definition.rows)
  }

  private mutating func compile(_ rows: [MappingRow]) -> CompiledRows {
    var places = TargetPlaces(isJSON: scope.isJSON)
    let plans = plan(rows, in: &places)
    return CompiledRows(plans.compactMap { compile($0, places) })
  }

  private mutating func plan(_ rows: [MappingRow], in places: inout TargetPlaces) -> [Plan] {
    var neighbour = TargetNeighbour()
    return rows.map { row in
      let shared = share(row, with: &neighbour)
      let index = places.exclusiveNumbers.count
      places.take(row, sharing: shared.count, &exclusivePlaces, &errors)
      let inner = row.isTransparent ? plan(row.children, in: &places) : []
      return Plan(row: row, elements: shared.elements, sharedElements: shared.count, index: index, inner: inner)
    }
  }

  private mutating func share(
    _ row: MappingRow, with neighbour: inout TargetNeighbour,
  ) -> (elements: [TargetName], count: Int) {
    if scope.isJSON, !row.isTransparent, case .here = row.target.last {
      refuse(
        .target, at: row.position,
        Sentence("a JSON object has no text of its own", "đối tượng JSON không có văn bản riêng"),
        remedy: Sentence(
          "put ‘each’ and ‘from’ on one row to write a list of texts",
          "hãy đặt ‘each’ và ‘from’ trên cùng một dòng để ghi danh sách chuỗi"))
    }
    switch neighbour.next(row) {
    case .success(let shared): return shared
    case .failure(let refusal):
      refuse(.target, at: row.position, refusal.message, remedy: refusal.remedy)
      return (row.target.steps, 0)
    }
  }

  private mutating func compile(_ plan: Plan, _ places: TargetPlaces) -> CompiledRow? {
    let row = plan.row
    let when = row.when.flatMap { path($0) }
    let each = row.each.flatMap { path($0) }
    let groupBy = row.groupBy.flatMap { path($0) }
    let outer = scope
    if groupBy != nil { scope.variables.insert(SourcePath.groupVariable) }
    let parse = row.parse.flatMap { compile($0) }
    let conversion = conversion(of: row)
    let content = content(of: plan, places)
    scope = outer
    guard let content, let conversion else { return nil }
    checkText(row)
    let attribute: TargetName? = if case .attribute(let name) = row.target.last { name } else { nil }
    return CompiledRow(
      row: row, elements: plan.elements, names: names, sharedElements: plan.sharedElements, attribute: attribute,
      each: each,
      groupBy: groupBy, parse: parse, when: when, content: content, conversion: conversion,
      tag: NodeTag(row.tagKind, isListMember: row.each != nil), exclusivePlace: places.exclusiveNumbers[plan.index])
  }

  private mutating func content(of plan: Plan, _ places: TargetPlaces) -> CompiledRow.Content? {
    switch plan.row.content {
    case .from(let expression): return path(expression).map { .source($0) }
    case .value(let text): return .constant(text)
    case .rows where plan.row.isTransparent: return .group(CompiledRows(plan.inner.compactMap { compile($0, places) }))
    case .rows(let rows): return .group(compile(rows))
    case .document(let document, let rows):
      scope.isJSON = document.target.format == .json
      return .document(document, compile(rows))
    }
  }

  /// Compiles what leads into a document inside a string; what is compiled next reads that document.
  private mutating func compile(_ nested: NestedSource) -> CompiledRow.Parse? {
    let from = path(nested.from)
    scope.namespaces = nested.source.namespaces
    scope.variables = []
    for ignored in nested.ignored { _ = path(ignored.from) }
    return from.map { CompiledRow.Parse(from: $0, nested: nested) }
  }

  private mutating func path(_ expression: MappingDefinition.Expression) -> SourcePath? {
    do throws(XMLError) {
      return try SourcePath(expression, namespaces: scope.namespaces, variables: scope.variables)
    } catch {
      refuse(
        .expression, at: expression.position,
        Sentence(error.message, "không dùng được biểu thức này: \(error.message)"),
        remedy: Sentence(
          "write an XPath 1.0 expression relative to the context of the row",
          "hãy viết biểu thức XPath 1.0 tính từ ngữ cảnh của dòng"), cause: error)
      return nil
    }
  }

  private mutating func conversion(of row: MappingRow) -> CompiledRow.Conversion? {
    switch row.conversion {
    case nil: return row.type == .number ? .number(.decimal) : CompiledRow.Conversion.none
    case .time(let inward, let outward): return .time(CompiledRow.FormatPair(in: inward, out: outward))
    case .number(let format): return .number(format)
    case .boolean(let inward, let outward): return .boolean(CompiledRow.FormatPair(in: inward, out: outward))
    case .base64(let step): return .base64(step)
    case .part(let part): return .part(part)
    case .file(let form): return .file(form)
    case .codes(let inward, let outward):
      var steps: [CodeStep] = []
      for (reference, direction) in [(inward, CodeTable.Direction.in), (outward, .out)] {
        guard let reference else { continue }
        guard let step = step(reference, direction) else { return nil }
        steps.append(step)
      }
      return .codes(steps)
    }
  }

  /// Looks the table up and gives each of its columns what the row asks it with.
  private mutating func step(_ reference: MappingRow.TableReference, _ direction: CodeTable.Direction) -> CodeStep? {
    guard let table = codes[reference.name] else {
      errors.append(codes.missing(reference.name, at: reference.position))
      return nil
    }
    let names = table.columns.map(\.name)
    for value in reference.columns where !names.contains(value.column) {
      let hint = NearestName.of(value.column, among: names).map(Sentence.didYouMean)
      refuse(
        .codes, at: value.position,
        Sentence(
          "the table ‘\(table.name)’ has no column ‘\(value.column)’",
          "bảng mã ‘\(table.name)’ không có cột ‘\(value.column)’"),
        remedy: hint
          ?? (names.isEmpty
            ? Sentence("it has none; drop the key", "bảng không có cột nào; hãy bỏ khóa này")
            : Sentence("it has: \(names.joined(separator: ", "))", "bảng có: \(names.joined(separator: ", "))")))
    }
    let columns = table.columns.compactMap { column -> SourcePath? in
      guard let value = reference.columns.first(where: { $0.column == column.name }) else {
        refuse(
          .codes, at: reference.position,
          Sentence(
            "the table ‘\(table.name)’ also asks for ‘\(column.name)’: \(column.title)",
            "bảng mã ‘\(table.name)’ còn cần ‘\(column.name)’: \(column.title)"),
          remedy: Sentence(
            "write codes: { table: \(table.name), \(column.name): expression }",
            "hãy viết codes: { table: \(table.name), \(column.name): biểu thức }"))
        return nil
      }
      return path(value.expression)
    }
    if table.isDated, reference.at == nil {
      refuse(
        .codes, at: reference.position,
        Sentence(
          "rows of the table ‘\(table.name)’ hold only for some time",
          "các dòng của bảng mã ‘\(table.name)’ chỉ có hiệu lực trong một thời gian"),
        remedy: Sentence(
          "write codes: { table: \(table.name), at: expression } with the date that decides",
          "hãy viết codes: { table: \(table.name), at: biểu thức } với ngày dùng để xác định"))
      return nil
    }
    if !table.isDated, let at = reference.at {
      refuse(
        .codes, at: at.position,
        Sentence(
          "the table ‘\(table.name)’ has no dates, so ‘at’ has no effect",
          "bảng mã ‘\(table.name)’ không có ngày hiệu lực nên ‘at’ không có tác dụng"),
        remedy: Sentence("drop ‘at’", "hãy bỏ ‘at’"))
    }
    let at = reference.at.flatMap { path($0) }
    guard columns.count == table.columns.count else { return nil }
    return CodeStep(table: table, direction: direction, columns: columns, at: at, atTime: reference.atTime)
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
          .row, at: row.position,
          Sentence("the constant text holds a control character", "chuỗi hằng có ký tự điều khiển"),
          remedy: Sentence("remove it", "hãy bỏ đi"), cause: error)
      }
    }
  }

  private mutating func refuse(
    _ code: MappingError.Code, at position: YAMLPosition, _ message: Sentence, remedy: Sentence,
    cause: (any Error)? = nil,
  ) {
    errors.append(MappingError(code, at: position, message, remedy: remedy, cause: cause))
  }
}

extension MappingRow {
  fileprivate func collectNames(into names: inout Set<String>) {
    for element in target.elements { names.insert(element.local) }
    if case .document(let document, _) = content { names.insert(document.target.root.local) }
    for child in children { child.collectNames(into: &names) }
  }

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
