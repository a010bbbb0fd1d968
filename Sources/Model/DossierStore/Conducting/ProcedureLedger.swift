/// Where procedures are kept, to whoever lets time pass or carries out an operator's word.
package protocol ProcedureLedger: ProcedureReader, AnyObject {
  /// Asks the conductor and writes its move, in one commit. False when there is no such procedure, or the conductor wants
  /// nothing written.
  func conduct(_ order: ConductOrder, then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void)
}
