package import ServiceKit

/// Which procedures are meant.
package struct ProcedureFilter: Sendable, Equatable {
  /// Name of the procedure; nil for all.
  package var procedure: String?
  /// Only those under way.
  package var isOpen = true
  /// Only those that were due before this moment.
  package var dueBefore: Timestamp?

  package init(procedure: String? = nil, isOpen: Bool = true, dueBefore: Timestamp? = nil) {
    self.procedure = procedure
    self.isOpen = isOpen
    self.dueBefore = dueBefore
  }
}
