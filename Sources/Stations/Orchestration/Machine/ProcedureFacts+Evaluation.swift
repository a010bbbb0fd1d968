import DossierModel
import ServiceKit
package import XMLKit

/// Why a dossier cannot begin a procedure.
package enum UnfitDossier: Error, Sendable, Equatable {
  /// So many sub-procedures were chosen, which are too few or too many.
  case choice(chosen: Int, allowed: ClosedRange<Int>)
}

extension ProcedureFacts {
  /// What `dossier`, the root of the canonical document, decides.
  package init(_ definition: ProcedureDefinition, dossier: XMLNode) throws(UnfitDossier) {
    let options = definition.choice?.options ?? []
    let chosen = Set(options.filter { Self.holds($0.isChosen, dossier) }.map(\.name))
    if let allowed = definition.choice?.number, !allowed.contains(chosen.count) {
      throw .choice(chosen: chosen.count, allowed: allowed)
    }
    let status = dossier.firstElement(named: "status").flatMap { DossierStatus(rawValue: $0.text) }
    var facts = ProcedureFacts(
      applies: [], agencies: [:], isAccepted: status?.isAccepted ?? false, appointedAt: dossier.givenAppointment)
    for step in definition.steps {
      if let choice = step.choice, !chosen.contains(choice) { continue }
      if let condition = step.condition, !Self.holds(condition, dossier) { continue }
      facts.applies.insert(step.id)
      facts.agencies[step.id] = Self.agency(step.agency, dossier)
    }
    self = facts
  }

  private static func agency(_ choice: AgencyChoice, _ dossier: XMLNode) -> PartyID? {
    switch choice {
    case .fixed(let party): party
    case .table(let expression, let rows, let otherwise):
      (try? expression.string(at: dossier)).flatMap { rows[$0] } ?? otherwise
    }
  }

  /// An expression that fails on this document does not hold.
  private static func holds(_ expression: XPathExpression, _ root: XMLNode) -> Bool {
    (try? expression.boolean(at: root)) ?? false
  }
}

extension XMLNode {
  /// The appointment that a canonical message gives: the one of its latest entry, else of the dossier.
  var givenAppointment: Timestamp? {
    let entry = elements.reversed().first { $0.isNamed("entry") }
    let text = entry?.firstElement(named: "newAppointedAt")?.text ?? firstElement(named: "appointedAt")?.text
    return text.flatMap { try? Timestamp(rfc3339: $0) }
  }
}
