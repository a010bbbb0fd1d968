import DocumentKit
import JSONKit
import Translation
import Workbench

/// `lienthong map coverage`: what of the mappings their examples use.
enum CoverageMapCommand: Command {
  static let name = "map coverage"
  static let summary = "tell which rows, branches and code rows the examples use, and which they do not"
  static let options = WorkbenchFiles.options + ["--threshold"]
  static let flags = ["--json", "--open"]
  static let help = """
    Usage: lienthong map coverage [NAME[/VERSION] | all] [--threshold PERCENT] [--open] [--json]

    Runs the examples and refusals beside a mapping and counts: rows that wrote something; branches (each `when` true and
    false, each `each` over none, one and several nodes, each default used and not used); rows of the code tables in the
    direction in which the mapping uses them. Of a stylesheet: templates that were entered; branches (both sides of xsl:if,
    every branch of xsl:choose and none of them, nodes found by xsl:for-each and xsl:apply-templates); rows of the code
    tables. The percentage is of all these together. Beside it stand the leaves of the source's schema that were read (of a
    stylesheet, that its output depends on) and of the target's that were written.

    \(WorkbenchFiles.help)
      --threshold P    end with 1 if a mapping is covered less than P percent
      --open           list everything that is not covered, with its place
      --json           one object: mappings[]: mapping, documents, percentage, subjects{} (rows, templates, branches, codes,
                       source, target): covered, all; open[]: subject, title, file, line, column

    Exit codes: 0 shown · 1 below the threshold · 2 the call, a file or a folder cannot be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    guard arguments.words.count <= 1 else { throw .unusable("expects one mapping or all") }
    let threshold = arguments.value("--threshold").map { Double($0) }
    if let threshold, threshold.map({ !(0...100).contains($0) }) ?? true {
      throw .unusable("--threshold is a number from 0 to 100")
    }
    let workbench = try WorkbenchFiles.open(arguments)
    let word = arguments.words.first ?? "all"
    let reports = try WorkbenchFiles.ask { () throws(WorkbenchError) in
      var reports: [CoverageReport] = []
      for mapping in try workbench.mappings(word) {
        reports.append(try workbench.coverage(of: mapping))
      }
      return reports
    }
    if arguments.has("--json") { writeJSON(reports) } else { writeText(reports, open: arguments.has("--open")) }
    let least = threshold.flatMap { $0 } ?? 0
    let below = reports.filter { $0.percentage < least }
    for report in below { Terminal.complain("\(report.mapping) is covered less than \(least) %") }
    return below.isEmpty ? .success : .negative
  }

  /// One decimal, cut and not rounded: 99.99 % are not 100.
  private static func percent(_ value: Double) -> String {
    let tenths = Int(value * 10)
    return "\(tenths / 10).\(tenths % 10) %"
  }

  private static func writeText(_ reports: [CoverageReport], open: Bool) {
    let subjects = CoverageReport.Subject.allCases
    Terminal.print(
      "MAPPING".padded(to: 50) + "COVERED".padded(to: 10)
        + subjects.map { $0.rawValue.uppercased().padded(to: 12) }.joined())
    for report in reports {
      let counts = subjects.map { subject in
        let count = report.count(subject)
        return "\(count.covered)/\(count.all)".padded(to: 12)
      }
      Terminal.print(report.mapping.padded(to: 50) + percent(report.percentage).padded(to: 10) + counts.joined())
      for name in report.untranslated { Terminal.print("  not translated, and so not counted: \(name)") }
      guard open else { continue }
      for item in report.items where !item.isCovered {
        let place = item.position.map { "\($0): " } ?? ""
        Terminal.print("  \(place)\(item.subject.rawValue): \(item.title)")
      }
    }
  }

  private static func writeJSON(_ reports: [CoverageReport]) {
    Terminal.printJSONObject { writer in
      writer.member("mappings", reports) { report, writer in
        writer.member("mapping", report.mapping)
        writer.member("documents", report.documents)
        writer.name("percentage")
        writer.number(String(Double(Int(report.percentage * 10)) / 10))
        writer.name("subjects")
        writer.beginObject()
        for subject in CoverageReport.Subject.allCases {
          let count = report.count(subject)
          writer.name(subject.rawValue)
          writer.beginObject()
          writer.member("covered", count.covered)
          writer.member("all", count.all)
          writer.endObject()
        }
        writer.endObject()
        writer.member("open", report.items.filter { !$0.isCovered }) { item, writer in
          writer.member("subject", item.subject.rawValue)
          writer.member("title", item.title)
          WorkbenchJSON.write(item.position, &writer)
        }
      }
    }
  }
}
