import DocumentKit
import JSONKit
import Workbench

/// `lienthong map loss`: what of a document did not arrive, and why.
enum LossMapCommand: Command {
  static let name = "map loss"
  static let summary = "tell what of a document did not arrive, and why"
  static let options = WorkbenchFiles.options
  static let flags = ["--json", "--all"]
  static let help = """
    Usage: lienthong map loss NAME[/VERSION] DOC [--all] [--json]

    Accounts for every leaf of DOC once: it arrived, or it did not and this is why. One line for each that did not:
      DOC:line:column: path: fate: reason (row)

    Fates: cut code-replaced precision-lost omitted stopped passed-over skipped ignored excluded condition-only unread; and
    arrived, opened (a document inside the text is told behind it) and empty, which are no loss and shown with --all.
    A stylesheet says of nothing that it may be lost. What it does is found by changing one text after the other and
    translating again; two fates are of this kind: effect-only (the output changes with the text and does not hold it) and
    no-effect. What only a change of several texts would show is not seen.

    \(WorkbenchFiles.help)
      --all            every leaf, and not only what was lost
      --json           one object: mapping, method (rows, trying), outcome, totals{} by fate, leaves[]: path, line, column, fate, lost, reason, row

    Exit codes: 0 everything arrived or is ignored with a reason · 1 something else was lost · 2 the call, a file or a
    folder cannot be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let words = try arguments.words("NAME", "DOC")
    let workbench = try WorkbenchFiles.open(arguments)
    let (mapping, document) = try WorkbenchFiles.load(workbench, words[0], words[1])
    let report = try WorkbenchFiles.ask { () throws(WorkbenchError) in try workbench.loss(mapping, document) }
    let shown = arguments.has("--all") ? report.leaves : report.lost
    if arguments.has("--json") {
      writeJSON(report, shown)
    } else {
      for leaf in shown {
        let row = leaf.fate.row.map { " (\($0))" } ?? ""
        Terminal.print(
          "\(document.name):\(leaf.line):\(leaf.column): \(leaf.path): \(leaf.fate.name): \(leaf.fate.reason)\(row)")
      }
      Terminal.print(
        "\(report.outcome); \(report.leaves.count) leaves: \(report.leaves.count - report.lost.count) arrived or empty, "
          + "\(report.lost.count) lost, \(report.unexplained.count) of them without the mapping saying why")
      if let remark = report.method.remark { Terminal.print(remark) }
    }
    return report.unexplained.isEmpty ? .success : .negative
  }

  private static func writeJSON(_ report: LossReport, _ shown: [LossReport.Leaf]) {
    Terminal.printJSONObject { writer in
      writer.member("mapping", report.mapping)
      writer.member("method", report.method.rawValue)
      writer.member("outcome", report.outcome)
      writer.name("totals")
      writer.beginObject()
      let totals = Dictionary(grouping: report.leaves, by: \.fate.name).mapValues(\.count)
      for (name, count) in totals.sorted(by: { $0.key < $1.key }) { writer.member(name, count) }
      writer.endObject()
      writer.member("leaves", shown) { leaf, writer in
        writer.member("path", leaf.path)
        writer.member("line", leaf.line)
        writer.member("column", leaf.column)
        writer.member("fate", leaf.fate.name)
        writer.member("lost", leaf.fate.isLoss)
        writer.member("reason", leaf.fate.reason)
        writer.member("row", leaf.fate.row?.description)
      }
    }
  }
}
