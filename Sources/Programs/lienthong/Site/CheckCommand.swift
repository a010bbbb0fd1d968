import DocumentKit
import Gateway

/// `lienthong check`: everything about a site that can be wrong before it is started.
enum CheckCommand: Command {
  static let name = "check"
  static let summary = "check a site's files, schemas, mappings and routes without starting it"
  static let options = LanguageOption.options
  static let flags = ["--json", "--warnings-as-errors"]
  static let help = """
    Usage: lienthong check SITE [--language en|vi] [--json] [--warnings-as-errors]

    Reads the site's files and everything they name, compiles schemas, mappings and routes, and looks for what does not fit
    together, and for conditions that ask for what no canonical document has. Each finding is one line:
      FILE:line:column: what is wrong (how to mend it)

    A warning says so before its sentence, and the site can be started with it: a mistake in a mapping of the catalogue that
    the site does not use, a party whose addresses of files serve whoever has them (no `filesTo`), and a party with a
    certificate beside other credentials where `tls` has no `clientAuthorities`.

      --language             the language of the findings; en unless told
      --json                 one object: findings[]: level, rule, file, line, column, subject, message, messageVi, remedy,
                             remedyVi
      --warnings-as-errors   warnings end with 2 too

    Rules: \(SiteFinding.Rule.allCases.map(\.rawValue).joined(separator: " "))

    Exit codes: 0 the site can be started (warnings may be there) · 2 it cannot, or one of its conditions is about nothing
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let folder = try arguments.words("SITE")[0]
    let language = try LanguageOption.read(arguments)
    var findings: [SiteFinding]
    var summary: Sentence?
    do throws(SiteErrors) {
      let plan = try SitePlan(Site(folder: folder))
      findings = plan.findings()
      if !findings.contains(where: { $0.level == .error }) { summary = plan.summary }
    } catch {
      findings = error.findings
    }
    if arguments.has("--json") {
      SiteFindingJSON.print(findings)
    } else {
      for finding in findings { Terminal.print(finding.line(in: language)) }
      if let summary { Terminal.print(summary.text(in: language)) }
    }
    return summary == nil || !findings.isEmpty && arguments.has("--warnings-as-errors") ? .unusable : .success
  }
}
