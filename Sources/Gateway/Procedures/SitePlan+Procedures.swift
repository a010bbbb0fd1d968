import Deadlines
import DocumentKit
import DossierModel
import DossierStore
package import Orchestration
import ServiceKit

extension SitePlan {
  /// The procedures of a site with its parties in them: every edition, since those under way go by the one with which they
  /// began.
  static func procedures(
    of site: Site, receiving received: [PartyID: [MessageType]], problems: inout [SiteFinding]
  ) -> ConductedProcedures {
    guard !site.procedures.isEmpty else { return ConductedProcedures([]) }
    let catalogue: ProcedureCatalogue
    let calendars: CalendarCatalogue
    do throws(ConfigurationErrors) {
      catalogue = try ProcedureCatalogue(folder: site.catalogue + "/Deploy/procedures")
      calendars = try CalendarCatalogue(folder: site.catalogue + "/Deploy/calendars")
    } catch {
      problems += error.errors.map(SiteFinding.init)
      return ConductedProcedures([])
    }
    let check = ProcedureCheck(calendars: calendars, abilities: abilities(of: site, receiving: received))
    var machines: [ProcedureMachine] = []
    for entry in site.procedures {
      guard let editions = catalogue.procedures[entry.name] else {
        problems.append(
          SiteFinding(
            .name, at: entry.position,
            Sentence("there is no procedure ‘\(entry.name)’", "không có quy trình ‘\(entry.name)’"),
            remedy: .knownHere(catalogue.procedures.keys.sorted())))
        continue
      }
      let roles = Set(editions.flatMap(\.parties))
      for role in entry.parties.keys.sorted() where !roles.contains(role) {
        let known = roles.sorted().map(\.text).joined(separator: ", ")
        problems.append(
          SiteFinding(
            .procedure, at: entry.position,
            Sentence("‘\(entry.name)’ has no role ‘\(role)’", "‘\(entry.name)’ không có vai ‘\(role)’"),
            remedy: Sentence("known there: \(known)", "ở đó có: \(known)")))
      }
      for edition in editions {
        let definition = edition.bound(to: entry.parties, adding: entry.codes)
        let findings = check.findings(definition)
        problems += findings.map { finding in
          SiteFinding(
            .procedure, at: entry.position, subject: "\(definition.version)",
            Sentence(finding.line(in: .english), finding.line(in: .vietnamese)))
        }
        if findings.isEmpty, let clock = ProcedureClock(definition, calendars: calendars) {
          machines.append(ProcedureMachine(definition, clock: clock))
        }
      }
      if editions.last?.codes.isEmpty == true, entry.codes.isEmpty {
        problems.append(
          SiteFinding(
            .procedure, at: entry.position,
            Sentence("no dossier begins ‘\(entry.name)’", "không hồ sơ nào bắt đầu ‘\(entry.name)’"),
            remedy: Sentence("give it codes", "hãy cho nó codes")))
      }
    }
    return ConductedProcedures(machines)
  }

  /// What parties can do in procedures.
  private static func abilities(
    of site: Site, receiving received: [PartyID: [MessageType]]
  ) -> @Sendable (PartyID) -> PartyAbilities? {
    let sending = Set(site.profiles.flatMap(\.messages).filter { $0.toCanonical != nil }.map(\.name))
    let abilities = Dictionary(
      site.parties.map { entry in
        (
          entry.party.id,
          PartyAbilities(
            takesDossiers: (received[entry.party.id] ?? []).contains { $0.kind == .dossier },
            tellsProgress: !entry.party.sends.isDisjoint(with: sending))
        )
      }, uniquingKeysWith: { first, _ in first })
    return { abilities[$0] }
  }

  var isConducting: Bool { !procedures.isEmpty }

  /// Conducts the procedures of this site; nil where there are none.
  package var conductor: Conductor? {
    !isConducting
      ? nil : Conductor(procedures, receivers: received.mapValues { Set($0.map(\.kind).filter(\.isAboutDossier)) })
  }

  /// Finds the messages of procedures on the line; nil where none is conducted.
  func recognition(over ledger: any ProcedureReader) -> ProcedureRecognition? {
    guard isConducting else { return nil }
    return ProcedureRecognition(procedures: procedures) { codes, party throws(Refusal) in
      do throws(StoreError) {
        return try ledger.procedure(knownAs: codes, to: party).flatMap { ConductedState(json: $0.state) }
      } catch {
        throw Refusal(
          .unavailable, english: "the ledger cannot be read now; send the same message again later",
          vietnamese: "trục liên thông tạm thời chưa tra cứu được sổ; hãy gửi lại sau")
      }
    }
  }

  /// Editions by which procedures go that are under way and that this site does not have: they could never end.
  func missingEditions(in ledger: any ProcedureReader) throws(StoreError) -> [SiteFinding] {
    try ledger.editionsUnderWay().filter { procedures[ProcedureVersion($0.procedure, $0.version)] == nil }.map {
      SiteFinding(
        .procedure, at: nil,
        Sentence(
          "procedures go by \($0.procedure)/\($0.version), which this site does not conduct",
          "có quy trình đang chạy theo \($0.procedure)/\($0.version), mà trục này không điều phối"),
        remedy: Sentence(
          "put its file back below Deploy/procedures and its name into gateway.yaml",
          "hãy đặt lại tệp của nó vào Deploy/procedures và tên của nó vào gateway.yaml"))
    }
  }
}
