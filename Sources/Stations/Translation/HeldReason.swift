package import Dictionaries
package import DocumentKit
package import ServiceKit

/// Why a document is held: codes that no row of their table knows, or files that are not here yet.
///
/// It names the tables to be completed, so that all documents with one cause can be released together.
package struct HeldReason: Sendable, Equatable {
  package struct UnmappedCode: Sendable, Equatable {
    package let table: String
    package let direction: CodeTable.Direction
    /// The code, if it looks like one: up to 32 of letters, digits, `.`, `_`, `-`. Anything else may be a citizen's data.
    package let code: String?
    /// The columns of the table that the code was asked with.
    package let keys: [Key]
    /// The day it was asked for, in a dated table.
    package let day: CivilDay?
    /// The place of the row in its mapping.
    package let row: YAMLPosition
    /// What the row writes, such as `status`.
    package let target: String
    /// Where in the source: a JSON Pointer or an XPath.
    package let sourcePath: String
    /// Line of the source, from 1; 0 if unknown.
    package let line: Int
    package let column: Int
    /// Why it is not valid by the table's dictionary; nil where the table has no row for it.
    package let complaint: DictionaryComplaint?

    /// A column and its value, if that looks like a code.
    package struct Key: Sendable, Equatable {
      package let column: String
      package let value: String?
    }

    /// `level ‘xa’, 2026-07-01`, what beside the code decides; empty in a plain table.
    fileprivate var conditions: String {
      let parts = keys.map { "\($0.column) ‘\($0.value ?? "…")’" } + (day.map { [$0.description] } ?? [])
      return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }
  }

  /// A file that the desk does not have, or not as the recipient wants it.
  package struct MissingFile: Sendable, Equatable {
    package let form: FileForm
    /// The place of the row in its mapping.
    package let row: YAMLPosition
    package let target: String
    /// Where in the source: a JSON Pointer or an XPath.
    package let sourcePath: String
    package let line: Int
    package let column: Int
  }

  /// The first ones, up to `TranslationLimits.findings`.
  package let codes: [UnmappedCode]
  /// The first ones likewise; one of the two lists is not empty.
  package let files: [MissingFile]

  init(codes: [UnmappedCode], files: [MissingFile] = []) {
    precondition(!codes.isEmpty || !files.isEmpty, "nothing is missing")
    self.codes = codes
    self.files = files
  }

  package var messageEnglish: String {
    guard let first = codes.first else {
      return "The file at \(files[0].sourcePath) is not here yet (\(files[0].form.rawValue)); "
        + "release the document when it is."
    }
    if let complaint = first.complaint {
      return "At \(first.sourcePath), by the table ‘\(first.table)’: \(complaint.messageEnglish)"
    }
    let code = first.code.map { "The code ‘\($0)’" } ?? "A code"
    return "\(code)\(first.conditions) at \(first.sourcePath) has no row in the table ‘\(first.table)’; "
      + "add it and release the document."
  }

  package var messageVietnamese: String {
    guard let first = codes.first else {
      return "Tệp tại \(files[0].sourcePath) chưa có (\(files[0].form.rawValue)); cho đi tiếp khi đã có."
    }
    if let complaint = first.complaint {
      return "Tại \(first.sourcePath), theo bảng mã ‘\(first.table)’: \(complaint.messageVietnamese)"
    }
    let code = first.code.map { "Mã ‘\($0)’" } ?? "Mã"
    return "\(code)\(first.conditions) tại \(first.sourcePath) chưa có trong bảng mã ‘\(first.table)’; "
      + "cần bổ sung rồi cho đi tiếp."
  }

  /// `text` if it looks like a code and so may be shown.
  static func showable(_ text: String) -> String? { ShownCode.text(of: text) }
}
