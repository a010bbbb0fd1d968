import Dictionaries
import DocumentKit
import ServiceKit
import Synchronization
import XMLKit

/// What the functions of a stylesheet have to say during one translation.
///
/// A compiled stylesheet is shared by threads and its functions with it, so a function finds the translation it is
/// called for through a task-local value, which is thread-local outside of tasks; a translation never leaves its thread.
final class StylesheetRun: Sendable {
  @TaskLocal static var current: StylesheetRun?

  /// What a translation is made for.
  enum Purpose: Sendable {
    /// Its output.
    case translation
    /// To see what the stylesheet does: the output is the same, and everything that happens is remembered.
    case watch
    /// To see what becomes of a changed document: a text that cannot be converted passes as it is, with a stamp behind
    /// every mark in it.
    case trial
  }

  struct Findings: Sendable {
    var findings: [Finding] = []
    var unmapped: [HeldReason.UnmappedCode] = []
    var report = TranslationReport()
    /// Only of what is watched or tried.
    var calls: [StylesheetCall] = []
    var events: [StylesheetEvent] = []
  }

  let label: String
  let file: String
  let limits: TranslationLimits
  let purpose: Purpose
  /// Nil where no site stands behind the translation.
  let dictionaries: DictionaryView?
  private let state = Mutex(Findings())

  init(
    label: String, file: String, limits: TranslationLimits, purpose: Purpose = .translation,
    dictionaries: DictionaryView? = nil
  ) {
    self.label = label
    self.file = file
    self.limits = limits
    self.purpose = purpose
    self.dictionaries = dictionaries
  }

  var findings: Findings { state.withLock { $0 } }

  /// Transforms a document while the functions of the stylesheet find this run.
  func transform(_ document: XMLDocument, _ stylesheet: XSLTStylesheet) throws(XMLError) -> XMLDocument {
    let result: Result<XMLDocument, XMLError> = Self.$current.withValue(self) {
      do throws(XMLError) {
        return .success(try stylesheet.transform(document).document)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// The text converted; one that cannot be is stopped by `stop`, or passes where something is tried out.
  func convert(_ text: String, _ kind: StylesheetCall.Kind, orElse stop: () -> Void) -> String {
    let converted = kind.step(for: text)?.applied(to: text)
    guard purpose != .translation else {
      if converted == nil { stop() }
      return converted ?? ""
    }
    let number = state.withLock { state in
      state.calls.append(StylesheetCall(kind: kind, input: text))
      return state.calls.count - 1
    }
    if let converted { return converted }
    stop()
    return purpose == .trial ? StylesheetMark.stamped(text, by: number) : ""
  }

  /// Remembers what happened, and says which number it has among all events.
  func note(_ event: StylesheetEvent) -> Int {
    state.withLock { state in
      state.events.append(event)
      return state.events.count - 1
    }
  }

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
    complaint: DictionaryComplaint?,
  ) {
    let keys = zip(table.columns, cells).map { column, cell in
      HeldReason.UnmappedCode.Key(column: column.name, value: HeldReason.showable(cell))
    }
    state.withLock { state in
      guard state.unmapped.count < limits.findings else { return }
      state.unmapped.append(
        HeldReason.UnmappedCode(
          table: table.name, direction: direction, code: HeldReason.showable(code), keys: keys, day: day,
          row: YAMLPosition(file: file, line: 1, column: 1), target: "", sourcePath: "", line: 0, column: 0,
          complaint: complaint))
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
