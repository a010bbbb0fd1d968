import DocumentKit
import JSONKit
import Translation
import Workbench

/// `lienthong map run`: one document through one mapping, both ends against their schemas.
enum RunMapCommand: Command {
  static let name = "map run"
  static let summary = "translate a document and check both ends against their schemas"
  static let options = WorkbenchFiles.options
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong map run NAME[/VERSION] DOC [--json]

    Writes the translated document to standard output. What the translation cut or put in, and what the schemas find wrong
    with either end, goes to standard error, one line each. DOC is - for standard input.

    \(WorkbenchFiles.help)
      --json           one object: mapping, outcome (translated, held, refused), output (a text), notes[]: kind, target,
                       source, characters, table, row; sourceFindings[], targetFindings[], refusals[]: path, line, column,
                       rule, schemaLocation (null of XSD and of rows), vi, en; notesDropped (how many more notes there
                       are); held[]: table, code, target, source, line, column, row; heldFiles[]: form, target, source, line, column, row

    Exit codes: 0 translated, and both ends are valid · 1 held, refused or invalid · 2 the call, a file or a folder cannot
    be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let words = try arguments.words("NAME", "DOC")
    let workbench = try WorkbenchFiles.open(arguments)
    let (mapping, document) = try WorkbenchFiles.load(workbench, words[0], words[1])
    let run = try WorkbenchFiles.ask { () throws(WorkbenchError) in try workbench.run(mapping, document) }
    if arguments.has("--json") { writeJSON(run, mapping) } else { try writeText(run, mapping, document) }
    return run.isClean ? .success : .negative
  }

  private static func writeText(
    _ run: MappingRun, _ mapping: Mapping, _ document: SourceDocument,
  ) throws(CommandFailure) {
    for finding in run.sourceFindings { complain(finding, document.name) }
    switch run.result {
    case .translated(let output):
      Terminal.print(bytes: try WorkbenchFiles.ask { () throws(WorkbenchError) in try output.tree.readable() })
      for note in output.report.notes { Terminal.complain(text(of: note)) }
      if output.report.notesDropped > 0 { Terminal.complain("… and \(output.report.notesDropped) more") }
      for finding in output.findings { Terminal.complain("output: " + finding.sentence) }
    case .held(let reason):
      for code in reason.codes {
        Terminal.complain(
          "\(document.name):\(code.line):\(code.column): held: \(code.sourcePath): "
            + "the code \(code.code.map { "‘\($0)’ " } ?? "")has no row in ‘\(code.table)’ (\(code.row))")
      }
      for file in reason.files {
        Terminal.complain(
          "\(document.name):\(file.line):\(file.column): held: \(file.sourcePath): "
            + "the file is not here yet (\(file.form.rawValue), \(file.row))")
      }
    case .refused(let findings):
      for finding in findings { complain(finding, document.name) }
    }
  }

  private static func complain(_ finding: Finding, _ name: String) {
    Terminal.complain("\(name):\(finding.line):\(finding.column): \(finding.sentence)")
  }

  static func text(of note: TranslationReport.Note) -> String {
    let what =
      switch note.kind {
      case .cut(let characters): "cut by \(characters) character(s)"
      case .defaulted: "the default was written"
      case .codeUnchecked(let dictionary): "the code was not checked against ‘\(dictionary)’: no edition of it is here"
      case .codeSubstituted(let table): "the code has no row in ‘\(table)’ and its default was written"
      }
    return "\(note.row): \(note.target) from \(note.sourcePath): \(what)"
  }

  private static func writeJSON(_ run: MappingRun, _ mapping: Mapping) {
    Terminal.printJSONObject { writer in
      writer.member("mapping", mapping.label)
      var output: MappingRun.Output?
      var refusals: [Finding] = []
      var held: HeldReason?
      switch run.result {
      case .translated(let translated):
        writer.member("outcome", "translated")
        output = translated
      case .held(let reason):
        writer.member("outcome", "held")
        held = reason
      case .refused(let findings):
        writer.member("outcome", "refused")
        refusals = findings
      }
      writer.member("output", output.map { String(decoding: $0.bytes, as: UTF8.self) })
      writer.member("notes", output?.report.notes ?? [], write)
      writer.member("sourceFindings", run.sourceFindings, WorkbenchJSON.write)
      writer.member("targetFindings", output?.findings ?? [], WorkbenchJSON.write)
      writer.member("refusals", refusals, WorkbenchJSON.write)
      writer.member("notesDropped", output?.report.notesDropped ?? 0)
      writer.member("held", held?.codes ?? []) { code, writer in
        writer.member("table", code.table)
        writer.member("code", code.code)
        writer.member("target", code.target)
        writer.member("source", code.sourcePath)
        writer.member("line", code.line)
        writer.member("column", code.column)
        writer.member("row", code.row.description)
      }
      writer.member("heldFiles", held?.files ?? []) { file, writer in
        writer.member("form", file.form.rawValue)
        writer.member("target", file.target)
        writer.member("source", file.sourcePath)
        writer.member("line", file.line)
        writer.member("column", file.column)
        writer.member("row", file.row.description)
      }
    }
  }

  private static func write(_ note: TranslationReport.Note, _ writer: inout JSONWriter) {
    switch note.kind {
    case .cut(let characters):
      writer.member("kind", "cut")
      writer.member("characters", characters)
    case .defaulted: writer.member("kind", "defaulted")
    case .codeSubstituted(let table):
      writer.member("kind", "codeSubstituted")
      writer.member("table", table)
    case .codeUnchecked(let dictionary):
      writer.member("kind", "codeUnchecked")
      writer.member("dictionary", dictionary)
    }
    writer.member("target", note.target)
    writer.member("source", note.sourcePath)
    writer.member("row", note.row.description)
  }
}
