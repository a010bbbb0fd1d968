/// The life of a service group as a pure machine: events in, one instruction out, no clock and no threads.
///
/// Services start one after the other, first to last, and stop one after the other, last to first. Every step has a
/// number; what a step abandoned at its deadline says later is ignored because its number has passed.
struct ServiceGroupMachine {
  enum Event: Sendable {
    case begun
    case started(step: Int)
    case startFailed(step: Int)
    case stopped(step: Int)
    case deadlinePassed(step: Int)
    case signal(StopSignal)
    /// A service asks for the end, because it failed or because its work is done.
    case stopRequested(failed: Bool)
  }

  enum Instruction: Equatable {
    case start(service: Int, step: Int)
    case stop(service: Int, step: Int)
    case wait
    case finish(ServiceExit)
  }

  private enum State: Equatable {
    case idle
    case starting(service: Int)
    case running
    case stopping(service: Int)
    case finished
  }

  private let serviceCount: Int
  private var state = State.idle
  private var step = 0
  /// What the end will be, once it is known that there will be one.
  private var exit: ServiceExit?
  private var wasSignalled = false

  init(serviceCount: Int) { self.serviceCount = serviceCount }

  mutating func take(_ event: Event) -> Instruction {
    switch (state, event) {
    case (.idle, .begun): return start(0)
    case (.finished, _), (.idle, _), (_, .begun): return .wait
    case (_, .signal(let signal)): return take(signal)
    case (_, .stopRequested(let failed)): return takeRequest(failed: failed)
    case (.starting(let service), .started(let number)) where number == step:
      return exit == nil ? start(service + 1) : stop(service)
    case (.starting(let service), .startFailed(let number)) where number == step:
      exit = .startFailed
      return stop(service - 1)
    case (.stopping(let service), .stopped(let number)) where number == step:
      return stop(service - 1)
    case (.stopping(let service), .deadlinePassed(let number)) where number == step:
      if exit == .stopped { exit = .stopIncomplete }
      return stop(service - 1)
    default: return .wait
    }
  }

  private mutating func take(_ signal: StopSignal) -> Instruction {
    guard !wasSignalled else {
      state = .finished
      return .finish(.interrupted(signal))
    }
    wasSignalled = true
    exit = exit ?? .stopped
    return state == .running ? stop(serviceCount - 1) : .wait
  }

  private mutating func takeRequest(failed: Bool) -> Instruction {
    let isFirst = exit == nil
    if failed, exit == nil || exit == .stopped { exit = .serviceFailed }
    if exit == nil { exit = .stopped }
    return isFirst && state == .running ? stop(serviceCount - 1) : .wait
  }

  private mutating func start(_ service: Int) -> Instruction {
    guard service < serviceCount else {
      state = .running
      return .wait
    }
    step += 1
    state = .starting(service: service)
    return .start(service: service, step: step)
  }

  private mutating func stop(_ service: Int) -> Instruction {
    guard service >= 0 else {
      state = .finished
      return .finish(exit ?? .stopped)
    }
    step += 1
    state = .stopping(service: service)
    return .stop(service: service, step: step)
  }
}
