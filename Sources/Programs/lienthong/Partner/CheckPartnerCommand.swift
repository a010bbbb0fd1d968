import Gateway

/// `lienthong partner check`: everything about profiles that can be wrong before a site uses them.
enum CheckPartnerCommand: Command {
  static let name = "partner check"
  static let summary = "check the partner profiles, with the schemas and mappings they name"
  static let options = PartnerFiles.options
  static let help = """
    Usage: lienthong partner check [--partners DIR] [--catalogue DIR]

    Reads every profile, compiles the schemas, mappings and expressions that they name, and looks for messages that are
    sent and written by no mapping. Each finding is one line: FILE:line:column: what is wrong (how to mend it).

    \(PartnerFiles.help)

    Exit codes: 0 nothing was found · 1 something was · 2 the call is wrong
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    _ = try arguments.words()
    let profiles: PartnerCatalogue
    do throws(SiteErrors) {
      profiles = try PartnerCatalogue(
        folder: PartnerFiles.folder(arguments), catalogue: PartnerFiles.catalogue(arguments))
    } catch {
      Terminal.print(error.description)
      return .negative
    }
    let problems = profiles.problems()
    if problems.isEmpty {
      let messages = profiles.profiles.reduce(0) { $0 + $1.messages.count }
      Terminal.print("\(profiles.profiles.count) profiles with \(messages) message types hold together")
      return .success
    }
    Terminal.print(problems.joined(separator: "\n"))
    return .negative
  }
}
