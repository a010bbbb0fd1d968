/// How a service group ended; the exit code a supervisor sees.
package enum ServiceExit: Sendable, Equatable {
  /// Everything stopped in its time after a signal or a request without a failure.
  case stopped
  /// A service could not be started.
  case startFailed
  /// A service asked for the end because it cannot go on.
  case serviceFailed
  /// At least one service did not stop within its deadline.
  case stopIncomplete
  /// A second signal came while services were stopping: somebody does not want to wait.
  case interrupted(StopSignal)

  /// 0 stopped, 1 a failure, 3 a service did not stop in time, 128 + signal number after a second signal.
  package var code: Int32 {
    switch self {
    case .stopped: 0
    case .startFailed, .serviceFailed: 1
    case .stopIncomplete: 3
    case .interrupted(let signal): 128 + signal.number
    }
  }
}
