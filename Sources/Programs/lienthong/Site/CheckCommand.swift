import Gateway

/// `lienthong check`: everything about a site that can be wrong before it is started.
enum CheckCommand: Command {
  static let name = "check"
  static let summary = "check a site's files, schemas, mappings and routes without starting it"
  static let help = """
    Usage: lienthong check SITE

    Reads the site's files and everything they name, compiles schemas, mappings and routes, and looks for what does not fit
    together, and for conditions that ask for what no canonical document has. Each finding is one line: FILE:line:column: what is wrong (how to mend it).

    Exit codes: 0 the site can be started · 2 it cannot, or one of its conditions is about nothing
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let folder = try arguments.words("SITE")[0]
    do throws(SiteErrors) {
      let plan = try SitePlan(Site(folder: folder))
      let findings = plan.conditionFindings()
      guard findings.isEmpty else {
        Terminal.print(findings.joined(separator: "\n"))
        return .unusable
      }
      Terminal.print(plan.summary)
      return .success
    } catch {
      Terminal.print(error.description)
      return .unusable
    }
  }
}
