import DocumentKit
import JSONKit
import Translation
import Workbench

/// `lienthong map explain`: where everything in a translated document comes from.
enum ExplainMapCommand: Command {
  static let name = "map explain"
  static let summary = "tell for each text of the output its row, its source, its code row and its conversions"
  static let options = WorkbenchFiles.options + ["--path"]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong map explain NAME[/VERSION] DOC [--path OUTPUT_PATH] [--json]

    Translates DOC and tells of everything in the output which row of the mapping wrote it, which nodes of DOC it was read
    from, and every conversion in order, with the text before and after; of a code the row of its table.
    A stylesheet has no rows: told are the instruction that wrote and the templates around it, the nodes of DOC that come
    out there (source) and those that it depends on besides (beside), found by changing one text after the other and
    translating again. What only a change of several texts would show is not seen.

    \(WorkbenchFiles.help)
      --path P         only what stands at this JSON Pointer or XPath of the output, or below it
      --json           one object: mapping, method (rows, trying), records[]: path, value, kind (text, element, emptyList, document), target, file, line,
                       column, expression, sources[] and considered[]: path, line, column, text; steps[]: step, from, to,
                       table, file, line, column; templates[]: title, file, line, column, call (FILE:line:column)

    Exit codes: 0 shown · 1 held or refused, or nothing stands at this path · 2 the call, a file or a folder cannot be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let words = try arguments.words("NAME", "DOC")
    let workbench = try WorkbenchFiles.open(arguments)
    let (mapping, document) = try WorkbenchFiles.load(workbench, words[0], words[1])
    let answer = try WorkbenchFiles.ask { () throws(WorkbenchError) in try workbench.explain(mapping, document) }
    guard let explanation = answer.explanation else {
      Terminal.complain("there is no output to explain: \(answer.run.summary)")
      return .negative
    }
    let records = explanation.records(at: arguments.value("--path"))
    guard !records.isEmpty else {
      Terminal.complain("nothing stands at '\(arguments.value("--path") ?? "/")' of the output")
      return .negative
    }
    if arguments.has("--json") {
      Terminal.printJSONObject { writer in
        writer.member("mapping", explanation.mapping)
        writer.member("method", explanation.method.rawValue)
        writer.member("records", records, write)
      }
    } else {
      for record in records { show(record, document.name) }
      if let remark = explanation.method.remark { Terminal.print(remark) }
    }
    return .success
  }

  private static func show(_ record: Provenance, _ name: String) {
    Terminal.print("\(record.path): \(record.shownValue)")
    if case .found = record.content {
      Terminal.print("  written \(record.row): \(record.target)")
    } else {
      Terminal.print("  row     \(record.row): to \(record.target)" + (record.expression.map { ", from \($0)" } ?? ""))
    }
    for template in record.templates {
      let call = template.call.map { ", called at \($0.line):\($0.column)" } ?? ""
      Terminal.print("  in      \(template.position): \(template.title)\(call)")
    }
    for source in record.sources {
      Terminal.print("  source  \(name):\(source.line):\(source.column): \(source.path): \(quoted(source.text))")
    }
    for source in record.considered {
      Terminal.print("  beside  \(name):\(source.line):\(source.column): \(source.path)")
    }
    for step in record.steps {
      Terminal.print("  \(step.name.padded(to: 8))\(quoted(step.input)) → \(quoted(step.output))\(step.place)")
    }
  }

  private static func quoted(_ text: String) -> String { "\"\(text)\"" }

  private static func write(_ record: Provenance, _ writer: inout JSONWriter) {
    writer.member("path", record.path)
    writer.member("value", record.value)
    writer.member("kind", record.kindName)
    writer.member("target", record.target)
    WorkbenchJSON.write(record.row, &writer)
    writer.member("expression", record.expression)
    writer.member("sources", record.sources, write)
    writer.member("considered", record.considered, write)
    writer.member("steps", record.steps) { step, writer in
      writer.member("step", step.name)
      writer.member("from", step.input)
      writer.member("to", step.output)
      guard case .code(let table, _, let row) = step.step else { return }
      writer.member("table", table.name)
      WorkbenchJSON.write(row?.position ?? table.position, &writer)
    }
    writer.member("templates", record.templates) { template, writer in
      writer.member("title", template.title)
      WorkbenchJSON.write(template.position, &writer)
      writer.member("call", template.call?.description)
    }
  }

  private static func write(_ source: Provenance.Source, _ writer: inout JSONWriter) {
    writer.member("path", source.path)
    writer.member("line", source.line)
    writer.member("column", source.column)
    writer.member("text", source.text)
  }
}

extension Provenance {
  fileprivate var kindName: String {
    switch content {
    case .text, .found: "text"
    case .element: "element"
    case .emptyList: "emptyList"
    case .document: "document"
    }
  }

  fileprivate var shownValue: String {
    switch content {
    case .text, .found: "\"\(value ?? "")\""
    case .document(let target, _): "a document of \(target.target.schema), told below"
    case .element: "kept empty"
    case .emptyList: "[]"
    }
  }
}

extension Provenance.Step {
  /// The key of the row that made the step, as the mapping language calls it.
  fileprivate var name: String {
    switch step {
    case .trim: "trim"
    case .code: "codes"
    case .time: "time"
    case .number: "number"
    case .boolean: "boolean"
    case .type: "type"
    case .base64: "base64"
    case .part: "part"
    case .file: "file"
    case .cut: "cut"
    case .substitute: "default"
    }
  }

  /// What the step went by: the row of a code table, the formats of a time, how much was lost.
  fileprivate var place: String {
    switch step {
    case .code(let table, _, let row):
      row.map { " (\($0.position))" } ?? " (default of ‘\(table.name)’, \(table.position))"
    case .time(let inward, let outward): " (\(inward.name) → \(outward.name))"
    case .cut(let lost): " (\(lost) character(s) lost)"
    default: ""
    }
  }
}
