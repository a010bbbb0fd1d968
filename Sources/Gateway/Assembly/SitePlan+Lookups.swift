import Delivery
import DocumentKit
import DossierModel
import Reception
import ServiceKit

extension SitePlan {
  /// The answers to a profile's lookups as types of their own, which the catalogue compiles like those of messages.
  static func answerTypes(of profile: SiteProfile) -> [MessageType] {
    (profile.delivery?.lookups ?? []).map { lookup in
      MessageType(
        name: answerName(lookup.name, of: profile.name), format: lookup.answers.format == .xml ? .xml : .json,
        kind: .dossier, recognise: "true()", schema: lookup.schema, toCanonical: lookup.toCanonical)
    }
  }

  /// No message is called so: names of messages have no question mark.
  private static func answerName(_ lookup: String, of profile: String) -> String { "\(profile)/\(lookup)?" }

  /// Every lookup that can be asked, by `<party>/<lookup>`, with the type of its answer.
  static func lookups(of site: Site) -> [String: MessageType] {
    var lookups: [String: MessageType] = [:]
    for entry in site.parties {
      guard let receiving = entry.receiving, receiving.address != nil,
        let profile = site.profiles.first(where: { $0.name == receiving.profile })
      else { continue }
      for (lookup, type) in zip(profile.delivery?.lookups ?? [], answerTypes(of: profile)) {
        lookups["\(entry.party.id)/\(lookup.name)"] = type
      }
    }
    return lookups
  }

  /// Lookups that parties may ask and that nobody answers.
  static func lookupMisfits(of site: Site) -> [SiteFinding] {
    let known = lookups(of: site)
    return site.parties.flatMap { entry in
      entry.lookups.sorted().filter { known[$0] == nil }.map { name in
        SiteFinding(
          .name, at: entry.position,
          Sentence("nobody answers the lookup ‘\(name)’", "không ai trả lời tra cứu ‘\(name)’"),
          remedy: Sentence("write PARTY/LOOKUP; ", "hãy viết BÊN/TRA_CỨU; ") + .knownHere(known.keys.sorted()))
      }
    }
  }

  /// Questions that parties may put to us and that nobody answers: of profiles in which nobody sends or receives there is
  /// nothing to answer from.
  static func questionMisfits(of site: Site) -> [SiteFinding] {
    let known = site.profiles.flatMap { profile in
      (profile.callbacks?.questions ?? []).map { "\(profile.name)/\($0.path)" }
    }
    return site.parties.flatMap { entry in
      entry.questions.subtracting(known).sorted().map { name in
        SiteFinding(
          .name, at: entry.position,
          Sentence(
            "no profile of this site has the question ‘\(name)’",
            "không hồ sơ đối tác nào của trục có câu hỏi ‘\(name)’"),
          remedy: Sentence("write PROFILE/QUESTION; ", "hãy viết HỒ_SƠ_ĐỐI_TÁC/CÂU_HỎI; ") + .knownHere(known.sorted()))
      }
    }
  }

  /// The secrets of parties that prove their callbacks by a checksum.
  static func checksumSecrets(of site: Site, problems: inout [SiteFinding]) -> [PartyID: String] {
    var secrets: [PartyID: String] = [:]
    for entry in site.parties {
      for case .checksum(let reference) in entry.party.credentials {
        do throws(SecretError) {
          secrets[entry.party.id] = try reference.load().text()
        } catch {
          problems.append(SiteFinding(error, at: entry.position))
        }
      }
    }
    return secrets
  }
}

extension SiteFinding {
  /// A secret that cannot be had.
  init(_ error: SecretError, at position: YAMLPosition?, subject: String = "") {
    self.init(.file, at: position, subject: subject, error.message, remedy: error.remedy)
  }
}
