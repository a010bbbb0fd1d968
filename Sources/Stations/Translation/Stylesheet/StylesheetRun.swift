import DocumentKit
import Synchronization

/// What the functions of a stylesheet have to say during one translation.
///
/// A compiled stylesheet is shared by threads and its functions with it, so a function finds the translation it is
/// called for through a task-local value, which is thread-local outside of tasks; a translation never leaves its thread.
final class StylesheetRun: Sendable {
  @TaskLocal static var current: StylesheetRun?

  struct Findings: Sendable {
    var findings: [Finding] = []
    var unmapped: [HeldReason.UnmappedCode] = []
    var report = TranslationReport()
  }

  let label: String
  let file: String
  let limits: TranslationLimits
  private let state = Mutex(Findings())

  init(label: String, file: String, limits: TranslationLimits) {
    self.label = label
    self.file = file
    self.limits = limits
  }

  var findings: Findings { state.withLock { $0 } }

  func refuse(rule: String, english: String, vietnamese: String) {
    state.withLock { state in
      guard state.findings.count < limits.findings else { return }
      state.findings.append(
        Finding(
          path: "", line: 0, column: 0, rule: rule, messageVietnamese: "\(vietnamese) (ánh xạ \(label))",
          messageEnglish: "\(english) (mapping \(label))"))
    }
  }

  func hold(
    _ code: String, _ table: CodeTable, _ direction: CodeTable.Direction, cells: [String], on day: CivilDay?,
  ) {
    let keys = zip(table.columns, cells).map { column, cell in
      HeldReason.UnmappedCode.Key(column: column.name, value: HeldReason.showable(cell))
    }
    state.withLock { state in
      guard state.unmapped.count < limits.findings else { return }
      state.unmapped.append(
        HeldReason.UnmappedCode(
          table: table.name, direction: direction, code: HeldReason.showable(code), keys: keys, day: day,
          row: YAMLPosition(file: file, line: 1, column: 1), target: "", sourcePath: "", line: 0, column: 0))
    }
  }

  func note(_ kind: TranslationReport.Note.Kind) {
    let note = TranslationReport.Note(
      kind: kind, row: YAMLPosition(file: file, line: 1, column: 1), target: "", sourcePath: "")
    state.withLock { state in
      state.report.count(kind, row: note.row, target: "")
      if state.report.takesNote(limit: limits.reportNotes) { state.report.add(note) }
    }
  }
}
