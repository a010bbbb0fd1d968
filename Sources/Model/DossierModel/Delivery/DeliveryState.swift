/// Where one delivery stands. The same word is used in SQL, JSON, on the command line, in the log and in the manual.
package enum DeliveryState: String, Sendable, CaseIterable {
  /// A predecessor of the same dossier to the same destination is not done yet; the store moves it to `ready`.
  case waiting
  /// May be sent now, or fetched by an agency that pulls.
  case ready
  /// Claimed by a deliverer; the bytes may be on their way. After a crash it becomes `unknown`.
  case inFlight
  /// An agency that pulls has fetched it and has not acknowledged it yet.
  case awaitingReceipt
  /// The partner has it. Final.
  case delivered
  /// An attempt failed; it is tried again at its due time.
  case deferred
  /// The bytes were sent and no answer came: the partner may or may not have them. Tried again with the same key.
  case unknown
  /// Stopped by an operator, or because a code has no counterpart in a code table. Nothing moves until released.
  case held
  /// The partner said no for good. Final; its successors are released.
  case refused
  /// Attempts or time are spent. An operator decides; its successors wait.
  case dead
  /// A later message made this one pointless, by a declared rule. Final.
  case superseded
  /// Taken back by an operator. Final.
  case cancelled

  /// Whether later deliveries of the same dossier to the same destination may go on.
  package var releasesSuccessors: Bool {
    switch self {
    case .delivered, .refused, .superseded, .cancelled: true
    case .waiting, .ready, .inFlight, .awaitingReceipt, .deferred, .unknown, .held, .dead: false
    }
  }

  /// Whether a deliverer may claim it once its due time has come.
  package var isClaimable: Bool { self == .ready || self == .deferred || self == .unknown }
}
