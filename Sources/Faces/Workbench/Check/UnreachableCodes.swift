import DocumentKit
import Translation

/// Rows of code tables that no mapping of the folder can ever ask for.
struct UnreachableCodes {
  /// By table.
  private(set) var findings: [String: [CheckFinding]] = [:]

  init(_ uses: [MappingCheck.CodeUse], of codes: CodeTableRegistry) {
    for (name, uses) in Dictionary(grouping: uses, by: \.table) {
      guard let table = codes[name] else { continue }
      findings[name] = table.rows.compactMap { row in
        let asking = uses.filter { row.applies($0.direction) }
        guard !asking.isEmpty, asking.allSatisfy({ !Self.reaches(row, $0) }) else { return nil }
        let code = asking[0].direction == .in ? row.foreign : row.canonical
        return CheckFinding(
          .error, .codeUnreachable, at: row.position,
          Sentence(
            "the table ‘\(name)’ has a row for ‘\(code)’, which no schema that uses the table lets in",
            "bảng mã ‘\(name)’ có dòng cho ‘\(code)’, mà không lược đồ nào dùng bảng này cho phép"),
          remedy: Sentence("correct the code, or drop the row", "hãy sửa mã, hoặc bỏ dòng này"), path: "", code: code)
      }
    }
  }

  private static func reaches(_ row: CodeTable.Row, _ use: MappingCheck.CodeUse) -> Bool {
    guard let codes = use.codes else { return true }
    return codes.contains(use.direction == .in ? row.foreign : row.canonical)
  }
}
