import ServiceKit

extension ProcedureDefinition {
  /// Whether the dossier is handled and nothing is left but to take the result to the citizen.
  func isOnlyReturning(_ instance: ProcedureInstance) -> Bool {
    let open = steps.filter { !instance[$0.id].state.isEnd }
    return !open.isEmpty && open.allSatisfy(\.takesResult)
  }

  /// Whether the result was taken to the citizen.
  func hasReturned(_ instance: ProcedureInstance) -> Bool {
    steps.contains { $0.takesResult && instance[$0.id].state == .done }
  }

  /// When the last step ended before the result was taken to the citizen; nil where none did.
  func handledAt(_ instance: ProcedureInstance) -> Timestamp? {
    steps.filter { !$0.takesResult }.compactMap { instance[$0.id].endedAt }.max()
  }
}
