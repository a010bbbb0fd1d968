import Delivery
import Dictionaries
import DocumentKit
import DossierModel
import FileKit
import Reception
import Validation
import XMLKit

/// The partner profiles of a folder, for whoever writes and tries them.
package struct PartnerCatalogue: Sendable {
  package let profiles: [SiteProfile]
  /// The folder of Schemas/ and Mappings/.
  private let catalogue: String

  /// Reads every profile of the folder.
  ///
  /// - Parameter catalogue: the folder of Schemas/ and Mappings/.
  package init(folder: String, catalogue: String) throws(SiteErrors) {
    let paths = FolderListing.files(in: folder, ending: ".yaml")
    guard !paths.isEmpty else {
      throw SiteErrors([
        SiteFinding(
          .file, at: nil, subject: folder,
          Sentence("there is no partner profile (*.yaml)", "không có hồ sơ đối tác nào (*.yaml)"))
      ])
    }
    try self.init(files: paths, catalogue: catalogue)
  }

  package init(files paths: [String], catalogue: String) throws(SiteErrors) {
    self.catalogue = catalogue
    var files = SiteFileReader()
    let schemas = SiteSchemas(folder: catalogue + "/Schemas")
    profiles = paths.compactMap { path in files.read(path) { SiteProfile(reading: $0, schemas: schemas) } }
    var first: [String: SiteProfile] = [:]
    for profile in profiles {
      if let other = first.updateValue(profile, forKey: profile.name) {
        files.note(
          SiteFinding(
            .name, at: profile.position,
            Sentence(
              "the profile ‘\(profile.name)’ is also in \(other.position.file)",
              "hồ sơ đối tác ‘\(profile.name)’ cũng có trong \(other.position.file)"),
            remedy: Sentence("rename one", "hãy đổi tên một hồ sơ")))
      }
    }
    guard files.findings.isEmpty else { throw SiteErrors(files.findings) }
  }

  package subscript(name: String) -> SiteProfile? { profiles.first { $0.name == name } }

  /// Every dictionary that some profile can fetch.
  private var knownDictionaries: Set<DictionaryName> {
    Set(profiles.flatMap { $0.delivery?.dictionaries.map(\.name) ?? [] })
  }

  /// What does not fit together: schemas, mappings and the expressions that recognise messages.
  package func problems() -> [SiteFinding] {
    var problems: [SiteFinding] = []
    let types = profiles.flatMap { profile in
      (profile.messages + SitePlan.answerTypes(of: profile)).map { (type: $0, place: profile.position) }
    }
    let compiled = Catalogue(root: catalogue, types: types, problems: &problems)
    let rules = profiles.flatMap { $0.codeRules.values.joined() }
    // Profiles that were not read may have the others.
    let named = (rules.map { ($0.dictionary.name, $0.position) } + compiled.tableDictionaries)
      .filter { self[$0.0.profile] != nil }
    problems += SitePlan.unknownDictionaries(named, known: knownDictionaries)
    for profile in profiles {
      do throws(XMLError) {
        _ = try MessageTypeRegistry(profile.messages)
      } catch {
        problems.append(
          SiteFinding(
            .expression, at: profile.position,
            Sentence(error.message, "không dùng được biểu thức: \(error.message)"),
            remedy: Sentence("see its recognise", "xem recognise của nó")))
      }
      for operation in profile.delivery?.operations ?? [] {
        guard let type = profile.messages.first(where: { $0.name == operation.message }), type.fromCanonical == nil
        else { continue }
        problems.append(
          SiteFinding(
            .misfit, at: profile.position,
            Sentence(
              "‘\(operation.message)’ is sent and no mapping writes it",
              "‘\(operation.message)’ được gửi đi mà không bản ánh xạ nào ghi"),
            remedy: Sentence("say fromCanonical", "hãy viết fromCanonical")))
      }
    }
    return problems
  }
}
