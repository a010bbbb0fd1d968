import DossierModel
import DossierStore
import Orchestration
import ServiceKit
import ThreadKit

/// Looks ahead at steps that are due soon, and has the conductor tell of those that will not make it.
struct ProcedureForecasts {
  /// Steps due within this time are looked at.
  static let horizon = Duration.seconds(2 * 86_400)
  /// Procedures looked at in one turn, those due first.
  static let limit = 1_000

  private let procedures: ConductedProcedures
  private let ledger: any ProcedureLedger & DossierReader

  init(_ procedures: ConductedProcedures, over ledger: any ProcedureLedger & DossierReader) {
    self.procedures = procedures
    self.ledger = ledger
  }

  /// How many procedures were told something about.
  @discardableResult
  func look(at now: Timestamp) throws(StoreError) -> Int {
    let soon = try ledger.dueProcedures(at: now + Self.horizon, limit: Self.limit)
    guard !soon.isEmpty else { return 0 }
    var look = try ProcedureLook(over: ledger, at: now)
    let results = ResultGroup<Bool, StoreError>()
    for dossier in soon {
      guard let stored = try ledger.procedure(knownAs: [dossier], to: nil),
        let instance = ConductedState(json: stored.state)?.instance,
        let machine = procedures[instance.procedure]
      else { continue }
      let late = try look.forecasts(of: dossier, instance, machine)
      if !late.isEmpty { ledger.conduct(ConductOrder(dossier, .forecast(late), at: now), then: results.begin()) }
    }
    var told = 0
    for result in results.wait() where try result.get() { told += 1 }
    return told
  }
}
