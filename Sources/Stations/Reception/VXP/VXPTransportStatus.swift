/// What a receiving system says of a document it has fetched (domain page §3.5.6): about its transport, and never about the
/// dossier, which status messages with the codes 01 to 16 tell.
enum VXPTransportStatus: String, CaseIterable {
  case inbox
  case acceptance
  case rejection
  case processing
  case done
  case fail

  /// What becomes of the delivery.
  enum Effect {
    /// The receiver has it: it leaves the list.
    case acknowledges
    /// The receiver does not want it: it leaves the list, and its sender sees that.
    case declines
    /// Nothing yet: it stays in the list until one of the others is said.
    case nothing
  }

  var effect: Effect {
    switch self {
    case .acceptance, .done: .acknowledges
    case .rejection: .declines
    case .inbox, .processing, .fail: .nothing
    }
  }
}
