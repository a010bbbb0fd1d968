import Gateway
import JSONKit

/// `lienthong partner openapi`: what partners may call here, their own callbacks among it, as OpenAPI.
enum OpenAPIPartnerCommand: Command {
  static let name = "partner openapi"
  static let summary =
    "describe what partners call here, with the callbacks and questions of the profiles, as OpenAPI 3.1"
  static let options = PartnerFiles.options
  static let help = """
    Usage: lienthong partner openapi [PROFILE…] [--partners DIR] [--catalogue DIR]

    Prints the description of the v1 API (Schemas/lienthong-api/1/openapi.json) with the callbacks and the questions of these
    profiles, or of all: where each is called, what the body has to be by its schema, how the caller proves who it is, and
    every answer in the partner's own words. It is made of the profiles that the gateway runs by.

    \(PartnerFiles.help)

    Exit codes: 0 described · 2 there is no such profile, its partners do not call, or a file cannot be read
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let known = try PartnerFiles.open(arguments)
    var profiles = known.profiles.filter { $0.callbacks != nil }
    if !arguments.words.isEmpty {
      profiles = []
      for name in arguments.words {
        let profile = try PartnerFiles.profile(name, known)
        guard profile.callbacks != nil else {
          throw .unusable("partners of '\(name)' call by the v1 API alone: the profile has no callbacks")
        }
        profiles.append(profile)
      }
    }
    let folder = PartnerFiles.catalogue(arguments) + "/Schemas"
    let base = try FileBytes.json(folder + "/lienthong-api/1/openapi.json")
    let description = try CallbackAPI(CallbackOperations(profiles, schemas: folder)).description(beside: base.root)
    Terminal.print(bytes: description + [UInt8(ascii: "\n")])
    return .success
  }
}
