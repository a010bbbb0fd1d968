extension ProcedureDefinition {
  /// Whether the dossier is handled and nothing is left but to take the result to the citizen.
  func isOnlyReturning(_ instance: ProcedureInstance) -> Bool {
    let open = steps.filter { !instance[$0.id].state.isEnd }
    return !open.isEmpty && open.allSatisfy { $0.exchange == .post }
  }

  /// Whether the result was taken to the citizen.
  func hasReturned(_ instance: ProcedureInstance) -> Bool {
    steps.contains { $0.exchange == .post && instance[$0.id].state == .done }
  }
}
