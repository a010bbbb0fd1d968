import Glibc
import ThreadKit

/// The signals sent to this process.
package struct ProcessSignals: SignalSource {
  package init() {}

  /// Blocks SIGTERM and SIGINT, so that they wait until `next` takes them, and ignores SIGPIPE, so that writing to a
  /// closed connection is an error and not the end of the process.
  ///
  /// Threads started later inherit the mask, and a `WorkerThread` has it anyway. Any other thread started before this
  /// would still let the signal end the process. Hence: first of all.
  package func prepare() {
    var signals = Self.signals
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  package func next() -> StopSignal? {
    var signals = Self.signals
    while true {
      var number: Int32 = 0
      // sigwait fails only for signals that do not exist.
      guard sigwait(&signals, &number) == 0 else { continue }
      if let signal = StopSignal.allCases.first(where: { $0.number == number }) { return signal }
    }
  }

  private static var signals: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in StopSignal.allCases { sigaddset(&set, signal.number) }
    return set
  }
}
