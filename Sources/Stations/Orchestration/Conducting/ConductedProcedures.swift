import XMLKit

/// The procedures that a site conducts, every edition of each, with the site's parties in them.
package struct ConductedProcedures: Sendable {
  private let editions: [ProcedureVersion: ProcedureMachine]
  /// By procedure code, of each name only the latest edition.
  private let byCode: [String: [ProcedureMachine]]

  package init(_ machines: [ProcedureMachine]) {
    editions = Dictionary(machines.map { ($0.definition.version, $0) }, uniquingKeysWith: { first, _ in first })
    let latest = Dictionary(grouping: machines, by: \.definition.version.name).values.compactMap { editions in
      editions.max { $0.definition.version.number < $1.definition.version.number }
    }
    var byCode: [String: [ProcedureMachine]] = [:]
    for machine in latest.sorted(by: { $0.definition.version.name < $1.definition.version.name }) {
      for code in machine.definition.codes { byCode[code, default: []].append(machine) }
    }
    self.byCode = byCode
  }

  package var isEmpty: Bool { editions.isEmpty }

  package subscript(edition: ProcedureVersion) -> ProcedureMachine? { editions[edition] }

  /// By which procedure a dossier with this procedure code goes; nil when none is conducted for it.
  func procedure(for code: String?, at dossier: XMLNode) -> ProcedureMachine? {
    guard let code, let candidates = byCode[code] else { return nil }
    return candidates.first { candidate in
      candidate.definition.condition.map { (try? $0.boolean(at: dossier)) ?? false } ?? true
    }
  }
}
