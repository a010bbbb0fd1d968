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
    guard !paths.isEmpty else { throw SiteErrors(["\(folder): there is no partner profile (*.yaml)"]) }
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
        files.note("\(profile.position): the profile ‘\(profile.name)’ is also in \(other.position.file) (rename one)")
      }
    }
    guard files.lines.isEmpty else { throw SiteErrors(files.lines) }
  }

  package subscript(name: String) -> SiteProfile? { profiles.first { $0.name == name } }

  /// Every dictionary that some profile can fetch.
  private var knownDictionaries: Set<DictionaryName> {
    Set(profiles.flatMap { $0.delivery?.dictionaries.map(\.name) ?? [] })
  }

  /// What does not fit together: schemas, mappings and the expressions that recognise messages. A line each.
  package func problems() -> [String] {
    var problems: [String] = []
    let types = profiles.flatMap { profile in
      (profile.messages + SitePlan.answerTypes(of: profile)).map { (type: $0, place: "\(profile.position)") }
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
        problems.append("\(profile.position): \(error.message) (see its recognise)")
      }
      for operation in profile.delivery?.operations ?? [] {
        guard let type = profile.messages.first(where: { $0.name == operation.message }), type.fromCanonical == nil
        else { continue }
        problems.append(
          "\(profile.position): ‘\(operation.message)’ is sent and no mapping writes it (say fromCanonical)")
      }
    }
    return problems
  }
}
