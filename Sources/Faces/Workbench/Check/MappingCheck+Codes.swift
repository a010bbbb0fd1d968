import DocumentKit
import Translation
import XMLKit

extension MappingCheck {
  /// A code table as one row uses it.
  private struct TableUse {
    let table: CodeTable
    let direction: CodeTable.Direction
    let reference: MappingRow.TableReference
    /// What the columns can be asked with; nil where their texts cannot be listed.
    let cells: [[String]]?
  }

  /// Follows every code there can be through one or two tables.
  mutating func codes(
    _ inward: MappingRow.TableReference?, _ outward: MappingRow.TableReference?, _ facts: ExpressionFacts,
    _ row: MappingRow, _ element: Int,
  ) -> ConvertedText? {
    let own = withheld[written[element].context.source]
    let onPurpose = facts.nodes.reduce(into: Set<String>()) { $0.formUnion(own[$1] ?? []) }
    var keys = facts.texts
    var result = ConvertedText(rules: [], texts: nil)
    for (reference, direction) in [(inward, CodeTable.Direction.in), (outward, .out)] {
      guard let reference, let table = codes[reference.name] else { continue }
      let cells = columns(of: reference, row, element)
      let use = TableUse(table: table, direction: direction, reference: reference, cells: cells)
      codeUses.append(CodeUse(table: table.name, direction: direction, codes: keys))
      if keys == nil {
        report(
          .note, .notProved, at: reference.position,
          Sentence(
            "the source of ‘\(row.target)’ lists no codes, so whether the table ‘\(table.name)’ has them all is not known",
            "nguồn của ‘\(row.target)’ không liệt kê mã nên không biết bảng mã ‘\(table.name)’ có đủ hay không"),
          path: path(of: element))
      }
      var next: [String] = []
      result.codeRows = [:]
      result.table = table.name
      for answer in answers(of: use, to: keys, onPurpose, row) {
        if !next.contains(answer.code) { next.append(answer.code) }
        result.codeRows[answer.code] = answer.row
      }
      keys = next
    }
    result.texts = keys
    checkOutputs(&result, row, element)
    return result
  }

  /// Reads the expressions of the table's columns and of its day.
  private mutating func columns(
    of reference: MappingRow.TableReference, _ row: MappingRow, _ element: Int,
  ) -> [[String]]? {
    let context = written[element].inner ?? written[element].context
    if let at = reference.at, let term = syntax(at) { _ = evaluate(term, of: at, at: context, for: .comparison) }
    var cells: [[String]]? = []
    for column in reference.columns {
      guard let term = syntax(column.expression) else { return nil }
      let facts = evaluate(term, of: column.expression, at: context, for: .comparison)
      guard let texts = facts.texts else {
        cells = nil
        continue
      }
      cells?.append(facts.mayBeEmpty || facts.mayBeAbsent ? texts + [""] : texts)
    }
    return cells
  }

  private mutating func answers(
    of use: TableUse, to keys: [String]?, _ onPurpose: Set<String>, _ row: MappingRow,
  ) -> [(code: String, row: CodeTable.Row?)] {
    var answers: [(code: String, row: CodeTable.Row?)] = []
    let answering = use.table.rows.filter { $0.applies(use.direction) }
    var hasSubstitute = false
    if case .substitute(let code, _) = use.table.unmapped(use.direction) {
      answers.append((code, nil))
      hasSubstitute = true
    }
    guard let keys else { return answers + answering.map { ($0.answer(use.direction), $0) } }
    for key in keys {
      let found = answering.filter { $0.question(use.direction) == key }
      answers += found.map { ($0.answer(use.direction), $0) }
      guard !hasSubstitute, !onPurpose.contains(key) else { continue }
      for gap in gaps(found, use) {
        report(
          .error, .codesNotTotal, at: use.reference.position,
          Sentence(
            "the table ‘\(use.table.name)’ has no row for \(use.direction.side) code ‘\(key)’\(gap), which the source can say",
            "bảng mã ‘\(use.table.name)’ không có dòng cho \(use.direction.side.vietnamese) ‘\(key)’\(gap.vietnamese), "
              + "mà nguồn có thể gửi"),
          remedy: Sentence(
            "add a row or a default, or ignore the text with a reason: path[. = '\(key)']",
            "hãy thêm một dòng hoặc giá trị mặc định, hoặc bỏ qua chuỗi này kèm lý do: đường_dẫn[. = '\(key)']"),
          path: row.target.text, code: key)
      }
    }
    return answers
  }

  /// The cells for which no row of a code answers, each as a phrase; one empty phrase where there is no row at all.
  private func gaps(_ rows: [CodeTable.Row], _ use: TableUse) -> [Sentence] {
    guard !rows.isEmpty else { return [.none] }
    guard let cells = use.cells, !cells.isEmpty, cells.reduce(1, { $0 * $1.count }) <= ExpressionFacts.textsLimit else {
      return []
    }
    let combinations = cells.reduce([[]] as [[String]]) { all, texts in all.flatMap { one in texts.map { one + [$0] } }
    }
    return combinations.filter { asked in
      !rows.contains { row in zip(row.cells, asked).allSatisfy { $0 == nil || $0 == $1 } }
    }.map { asked in
      let keys = zip(use.table.columns, asked).map { "\($0.name) ‘\($1)’" }.joined(separator: ", ")
      return Sentence(" with \(keys)", " với \(keys)")
    }
  }

  /// Codes that the target does not list are named at their row of the table.
  private mutating func checkOutputs(_ result: inout ConvertedText, _ row: MappingRow, _ element: Int) {
    guard let node = written[element].node, let rules = targets[written[element].target][node].value else { return }
    let table = result.table ?? ""
    result.texts = result.texts?.filter { code in
      guard rules.clash(with: code) != nil else { return true }
      report(
        .error, .codeOutsideTarget, at: result.codeRows[code]?.position ?? row.position,
        Sentence(
          "the table ‘\(table)’ gives ‘\(code)’, which ‘\(path(of: element))’ does not allow",
          "bảng mã ‘\(table)’ cho ra ‘\(code)’, mà ‘\(path(of: element))’ không cho phép"), remedy: rules.expectation,
        path: path(of: element), code: code)
      return false
    }
  }
}
