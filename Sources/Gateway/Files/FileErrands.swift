import DossierModel
import ServiceKit
import Synchronization
import ThreadKit

/// Carries out what outputs wait for: uploads to partners and fetches from senders.
///
/// One errand at a time, each asked for at most once while it is under way or waits for its next attempt. One that failed
/// for now is tried again after a pause that doubles; one that failed for good is told as such, and asked for again by
/// the next start. The thread of the deliverer is another one: a large file never holds up small messages.
final class FileErrands: Service {
  enum Outcome: Sendable {
    case done
    /// May work later; a word for the log.
    case later(String)
    /// Will not work until somebody changes something; a word for the log.
    case failed(String)
  }

  static let pauseMinimum = Duration.seconds(5)
  static let pauseMaximum = Duration.seconds(900)

  private struct Task {
    let errand: FileErrand
    var attempts = 0
    var due: MonotonicInstant
  }

  private struct State {
    var tasks: [Task] = []
    var isStopping = false
    var observer: (@Sendable (FileErrand, Bool) -> Void)?
  }

  let name = "file-errands"
  private let perform: @Sendable (FileErrand) -> Outcome
  private let onStop: @Sendable () -> Void
  private let log: Log
  private let time: any TimeSource
  private let state = Monitor(State())
  private let worker = Mutex<WorkerThread?>(nil)

  /// - Parameters:
  ///   - perform: blocks until the errand has an outcome.
  ///   - onStop: makes a `perform` that is under way end soon.
  init(
    log: Log, time: any TimeSource, perform: @escaping @Sendable (FileErrand) -> Outcome,
    onStop: @escaping @Sendable () -> Void
  ) {
    self.log = log
    self.time = time
    self.perform = perform
    self.onStop = onStop
  }

  /// `observer` is told of each errand that ended, on the errands' thread.
  func observe(_ observer: @escaping @Sendable (FileErrand, Bool) -> Void) {
    state.withLock { $0.observer = observer }
  }

  func ask(for errand: FileErrand) {
    let now = time.monotonic()
    state.withLock { state in
      if !state.tasks.contains(where: { $0.errand == errand }) { state.tasks.append(Task(errand: errand, due: now)) }
    }
    state.wakeAll()
  }

  func start() {
    worker.withLock { $0 = WorkerThread(name: "file-errands") { [self] in run() } }
  }

  func stop() {
    state.withLock { $0.isStopping = true }
    state.wakeAll()
    onStop()
    worker.withLock { $0 }?.join()
  }

  private enum Next: Sendable {
    case stop
    case errand(FileErrand)
  }

  private func run() {
    while true {
      let pause = pause()
      let next = state.wait(deadline: pause) { [time] state -> Next? in
        if state.isStopping { return .stop }
        let now = time.monotonic()
        return state.tasks.filter { $0.due <= now }.min { $0.due < $1.due }.map { .errand($0.errand) }
      }
      switch next {
      case .stop: return
      case .errand(let errand): settle(errand, perform(errand))
      case nil: continue
      }
    }
  }

  /// Until the next attempt; nil while there is none.
  private func pause() -> Duration? {
    let now = time.monotonic()
    return state.withLock { state in state.tasks.map(\.due).min() }.map { max(.zero, $0 - now) }
  }

  private func settle(_ errand: FileErrand, _ outcome: Outcome) {
    let now = time.monotonic()
    let observer = state.withLock { state -> (@Sendable (FileErrand, Bool) -> Void)? in
      guard let index = state.tasks.firstIndex(where: { $0.errand == errand }) else { return nil }
      if case .later = outcome {
        let doublings = min(state.tasks[index].attempts, 10)
        state.tasks[index].attempts += 1
        state.tasks[index].due = now + min(Self.pauseMinimum * (1 << doublings), Self.pauseMaximum)
        return nil
      }
      state.tasks.remove(at: index)
      return state.observer
    }
    switch outcome {
    case .done: observer?(errand, true)
    case .later(let word): log.warning("file-errand-put-off", [errand.field, .errorCode(word)])
    case .failed(let word):
      log.error("file-errand-failed", [errand.field, .errorCode(word)])
      observer?(errand, false)
    }
  }
}

extension FileErrand {
  /// Whom it concerns, for the log: an address may hold a citizen's data and is not told.
  fileprivate var field: LogField {
    switch self {
    case .upload(_, let party): .destination(party.text)
    case .fetch(_, let party): .party(party.text)
    }
  }
}
