import Glibc

/// The signals that ask a program to end.
package enum StopSignal: Sendable, Equatable, CaseIterable {
  case terminate
  case interrupt

  /// The signal's number.
  package var number: Int32 {
    switch self {
    case .terminate: SIGTERM
    case .interrupt: SIGINT
    }
  }
}
