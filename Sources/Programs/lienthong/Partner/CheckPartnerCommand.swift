import DocumentKit
import Gateway

/// `lienthong partner check`: everything about profiles that can be wrong before a site uses them.
enum CheckPartnerCommand: Command {
  static let name = "partner check"
  static let summary = "check the partner profiles, with the schemas and mappings they name"
  static let options = PartnerFiles.options + LanguageOption.options
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong partner check [--partners DIR] [--catalogue DIR] [--language en|vi] [--json]

    Reads every profile, compiles the schemas, mappings and expressions that they name, and looks for messages that are
    sent and written by no mapping. Each finding is one line: FILE:line:column: what is wrong (how to mend it).

    \(PartnerFiles.help)
      --language       the language of the findings; en unless told
      --json           one object: findings[], as of `lienthong check`

    Exit codes: 0 nothing was found · 1 something was · 2 the call is wrong
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    _ = try arguments.words()
    let language = try LanguageOption.read(arguments)
    var findings: [SiteFinding]
    var summary = Sentence.none
    do throws(SiteErrors) {
      let catalogue = try PartnerCatalogue(
        folder: PartnerFiles.folder(arguments), catalogue: PartnerFiles.catalogue(arguments))
      findings = catalogue.problems()
      let messages = catalogue.profiles.reduce(0) { $0 + $1.messages.count }
      summary = Sentence(
        "\(catalogue.profiles.count) profiles with \(messages) message types hold together",
        "\(catalogue.profiles.count) hồ sơ đối tác với \(messages) loại bản tin khớp với nhau")
    } catch {
      findings = error.findings
    }
    if arguments.has("--json") {
      SiteFindingJSON.print(findings)
    } else {
      for finding in findings { Terminal.print(finding.line(in: language)) }
      if findings.isEmpty { Terminal.print(summary.text(in: language)) }
    }
    return findings.isEmpty ? .success : .negative
  }
}
