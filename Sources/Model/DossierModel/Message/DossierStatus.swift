/// Where a dossier stands, in the words of the canonical document.
package enum DossierStatus: String, Sendable, CaseIterable {
  case registered
  case accepted
  case notAccepted
  case processing
  case supplementRequested
  case paymentRequested
  case withdrawn
  case stopped
  case completed
  case returned
  case interoperating

  /// Whether somebody has accepted a dossier that stands there.
  package var isAccepted: Bool {
    switch self {
    case .registered, .notAccepted, .interoperating: false
    case .accepted, .processing, .supplementRequested, .paymentRequested, .withdrawn, .stopped, .completed, .returned:
      true
    }
  }
}
