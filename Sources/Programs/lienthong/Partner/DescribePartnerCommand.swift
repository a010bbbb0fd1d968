import Delivery
import DossierModel
import Gateway

/// `lienthong partner describe`: a profile in words, for whoever connects a party with it.
enum DescribePartnerCommand: Command {
  static let name = "partner describe"
  static let summary = "tell what a profile says: messages, requests, answers, and what a party has to give"
  static let options = ["--partners"]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong partner describe PROFILE [--partners DIR] [--json]

      --partners DIR   the folder of profiles; Deploy/partners unless told
      --json           one object: profile, title, messages[]: name, kind, format, schema, recognise, toCanonical,
                       fromCanonical, partial; callbackKey, callbacks[]: message, path; authentication, secrets[],
                       values[]: name, default; operations[]: message, method, path, contentType,
                       variants[], canAsk; polls[]: name, every, method, path, asks, message;
                       dictionaries[]: name, title, method, path, vanishing;
                       lookups[]: name, title, method, path, schema, toCanonical, parameters[]: name, pattern,
                       optional; answers[]: outcome, condition; otherwise; upload

    Exit codes: 0 told · 2 there is no such profile, or the profiles cannot be read
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let name = try arguments.words("PROFILE")[0]
    let profile = try PartnerFiles.profile(name, try PartnerFiles.open(arguments))
    if arguments.has("--json") {
      PartnerDescriptionJSON.print(profile)
    } else {
      Terminal.print(PartnerDescription(profile).lines.joined(separator: "\n"))
    }
    return .success
  }
}
