package import ServiceKit

/// Conducts procedures: the store asks it inside the transaction of what happened, and writes what it answers in the same one.
///
/// It is pure: the same occasion and state give the same move, and nothing outside changes. A store may ask twice for one
/// occasion, when a transaction has to be carried out again.
package protocol ProcedureConductor: Sendable {
  /// - Parameter state: of the procedure as the last move left it; nil when there is none.
  /// - Returns: nil when nothing is to be written.
  func conduct(_ occasion: ConductOccasion, state: [UInt8]?, at now: Timestamp) -> ConductedMove?
}
