import DocumentKit
import Gateway

/// Opens the partner profiles for a command.
enum PartnerFiles {
  static let help = """
      --partners DIR   the folder of profiles; Deploy/partners unless told
      --catalogue DIR  the folder of Schemas and Mappings; the working folder unless told
    """
  static let options = ["--partners", "--catalogue"]

  static func open(_ arguments: Arguments) throws(CommandFailure) -> PartnerCatalogue {
    do throws(SiteErrors) {
      return try PartnerCatalogue(folder: folder(arguments), catalogue: catalogue(arguments))
    } catch {
      throw .unusable(
        Sentence("the partner profiles cannot be used:\n", "không dùng được các hồ sơ đối tác:\n") + error.sentences)
    }
  }

  static func folder(_ arguments: Arguments) -> String { arguments.value("--partners") ?? "Deploy/partners" }

  static func catalogue(_ arguments: Arguments) -> String { arguments.value("--catalogue") ?? "." }

  /// The profile of this name.
  static func profile(_ name: String, _ profiles: PartnerCatalogue) throws(CommandFailure) -> SiteProfile {
    guard let profile = profiles[name] else {
      let known = profiles.profiles.map(\.name).sorted()
      let near =
        NearestName.of(name, among: known).map { Sentence("did you mean '\($0)'? ", "có phải ý là '\($0)'? ") } ?? .none
      throw .unusable(
        Sentence("there is no profile '\(name)'; ", "không có hồ sơ đối tác '\(name)'; ") + near
          + .knownHere(known))
    }
    return profile
  }
}
