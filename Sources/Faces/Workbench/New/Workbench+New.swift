import DocumentKit
import Translation
import XMLKit

/// Why no mapping can be proposed.
package struct ProposalError: Error, Sendable {
  package let message: String
}

extension Workbench {
  /// Proposes a mapping from one root of a schema to one of another.
  ///
  /// Places whose names say the same, in Vietnamese or English, are matched with a score; what `check` finds wrong with a
  /// proposed row takes the row out again, so what is written has no other findings than those it lists as open.
  /// - Parameters:
  ///   - source: the path of a schema below the folder of schemas, with `#root` where it has several.
  ///   - name: the mapping's name; made of the schemas' folders if it is nil.
  ///   - schemas: the folder of schemas.
  package static func propose(
    from source: String, to target: String, name: String? = nil, schemas: String,
  ) throws(ProposalError) -> ProposedMapping {
    let shelf = SchemaShelf(folder: schemas)
    let from = try ProposalEnd(source, shelf)
    let to = try ProposalEnd(target, shelf)
    let name = name ?? "\(from.tongue)--\(to.tongue)"
    let head = DraftText.Head(name: name, source: from.sourceText, target: to.targetText)
    let draft = MappingDraft(
      source: from.tree, target: to.tree, sourcePrefixes: from.sourcePrefixes, targetPrefixes: to.targetPrefixes)
    var rows = draft.rows()
    guard !rows.isEmpty else {
      throw ProposalError(message: "nothing in \(source) is like anything in \(target); write the first row by hand")
    }
    var open: [ProposedMapping.Open] = []
    var taken: [ProposedMapping.Open] = []
    while true {
      let text = DraftText(head: head, rows: rows, open: (taken + open).map(\.text))
      let findings = try findings(text.text, shelf)
      let wrong = findings.filter { $0.level == .error && $0.isAboutRow }
      let places = wrong.compactMap { finding in text.row(at: finding.position.line).map { (finding, $0) } }
      guard let (_, first) = places.first else {
        let left = findings.filter { $0.level > .note }.map { ProposedMapping.Open($0) }
        if left == open {
          return ProposedMapping(name: name, text: text.text, rows: rows.proposed(at: text.rows), open: taken + open)
        }
        open = left
        continue
      }
      let finding = places.first { $0.1 == first }.map(\.0) ?? wrong[0]
      taken.append(ProposedMapping.Open(finding, inPlaceOf: rows.summary(of: first)))
      rows = rows.without(first)
      guard !rows.isEmpty else { throw ProposalError(message: taken.map(\.text).joined(separator: "; ")) }
    }
  }

  private static func findings(_ text: String, _ shelf: SchemaShelf) throws(ProposalError) -> [CheckFinding] {
    do throws(YAMLError) {
      let document = try YAMLDocument(parsing: text, file: "mapping.yaml")
      do throws(MappingErrors) {
        let definition = try MappingDefinition(document)
        _ = try Mapping(definition, codes: .empty)
        return MappingChecker(codes: .empty, shelf: shelf).check(definition).findings
      } catch {
        return error.errors.map(CheckFinding.init)
      }
    } catch {
      throw ProposalError(message: error.message.english)
    }
  }
}

extension CheckFinding {
  /// Whether taking a row away mends it; what nobody reads or feeds is open in any case.
  fileprivate var isAboutRow: Bool { ![.unreadSource, .unfedRequired, .schema].contains(rule) }
}

extension DraftText {
  /// The row that the line belongs to.
  func row(at line: Int) -> [Int]? { rows.filter { $0.key <= line }.max { $0.key < $1.key }?.value }
}

extension [DraftRow] {
  /// What a row would have done, such as `channel from KenhThucHien (95 %)`.
  func summary(of path: [Int]) -> String {
    guard let first = path.first, indices.contains(first) else { return "" }
    let row = self[first]
    let rest = path.dropFirst()
    guard let inner = row.rows, !rest.isEmpty else {
      return "\(row.to) from \(row.from) (\(DraftText.percent(row.score)))"
    }
    return "\(row.to)/" + inner.summary(of: Array<Int>(rest))
  }

  /// Every row in the order in which they are written, with the line of each by its numbers from the outside in.
  fileprivate func proposed(at lines: [Int: [Int]]) -> [ProposedMapping.Row] {
    lines.sorted { $0.key < $1.key }.compactMap { line, path in proposed(path, line: line, below: "") }
  }

  private func proposed(_ path: [Int], line: Int, below above: String) -> ProposedMapping.Row? {
    guard let first = path.first, indices.contains(first) else { return nil }
    let row = self[first]
    let to = above + row.to
    let rest = Array<Int>(path.dropFirst())
    guard !rest.isEmpty else {
      return ProposedMapping.Row(to: to, from: row.from, options: row.options, score: row.score, line: line)
    }
    return row.rows?.proposed(rest, line: line, below: to + "/")
  }

  /// The rows without one; a group left empty goes with its last row.
  func without(_ path: [Int]) -> [DraftRow] {
    guard let first = path.first, indices.contains(first) else { return self }
    var rows = self
    let rest = path.dropFirst()
    if rest.isEmpty {
      rows.remove(at: first)
    } else {
      rows[first].rows = rows[first].rows?.without(Array<Int>(rest))
      if rows[first].rows?.isEmpty ?? false { rows.remove(at: first) }
    }
    return rows
  }
}
