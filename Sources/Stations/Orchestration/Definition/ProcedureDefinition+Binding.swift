package import DossierModel

extension ProcedureDefinition {
  /// The same procedure at a site: its roles are parties there, and the site may have codes of its own for it. A role that
  /// `roles` leaves out is the party of the same name.
  package func bound(to roles: [PartyID: PartyID], adding siteCodes: Set<String> = []) -> ProcedureDefinition {
    var bound = self
    bound.codes.formUnion(siteCodes)
    for place in bound.steps.indices { bound.steps[place].agency = bound.steps[place].agency.bound(to: roles) }
    return bound
  }

  /// Every party that may have to do with it.
  package var parties: Set<PartyID> { Set(steps.flatMap(\.agency.parties)) }
}

extension AgencyChoice {
  fileprivate func bound(to roles: [PartyID: PartyID]) -> AgencyChoice {
    switch self {
    case .fixed(let party): .fixed(roles[party] ?? party)
    case .table(let expression, let rows, let otherwise):
      .table(by: expression, rows: rows.mapValues { roles[$0] ?? $0 }, otherwise: otherwise.map { roles[$0] ?? $0 })
    }
  }
}
