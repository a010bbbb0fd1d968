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

  /// The portal's list, in the order of its numbers from 1; `interoperating`, its 0, is in no official list.
  package static let official = allCases.filter { $0 != .interoperating }

  /// A status of the portal's list, by its word; nil for every other text.
  package init?(official word: String) {
    guard let status = DossierStatus(rawValue: word), Self.official.contains(status) else { return nil }
    self = status
  }

  /// Whether somebody has accepted a dossier that stands there.
  package var isAccepted: Bool {
    switch self {
    case .registered, .notAccepted, .interoperating: false
    case .accepted, .processing, .supplementRequested, .paymentRequested, .withdrawn, .stopped, .completed, .returned:
      true
    }
  }
}
