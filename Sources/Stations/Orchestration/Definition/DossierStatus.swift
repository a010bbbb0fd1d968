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
}
