import Testing

@testable import ServiceKit

@Suite("Service group machine")
struct ServiceGroupMachineTests {
  private typealias Machine = ServiceGroupMachine

  /// A machine with all its services running, and the number of the last step.
  private func running(_ count: Int) -> Machine {
    var machine = Machine(serviceCount: count)
    var instruction = machine.take(.begun)
    while case .start(_, let step) = instruction { instruction = machine.take(.started(step: step)) }
    return machine
  }

  @Test("Services start in order, one after the other, and stop in reverse")
  func order() {
    var machine = Machine(serviceCount: 2)
    #expect(machine.take(.begun) == .start(service: 0, step: 1))
    #expect(machine.take(.started(step: 1)) == .start(service: 1, step: 2))
    #expect(machine.take(.started(step: 2)) == .wait)
    #expect(machine.take(.signal(.terminate)) == .stop(service: 1, step: 3))
    #expect(machine.take(.stopped(step: 3)) == .stop(service: 0, step: 4))
    #expect(machine.take(.stopped(step: 4)) == .finish(.stopped))
    #expect(machine.take(.signal(.terminate)) == .wait)
  }

  @Test("A service that cannot start stops those before it and not itself")
  func startFailure() {
    var machine = Machine(serviceCount: 3)
    _ = machine.take(.begun)
    _ = machine.take(.started(step: 1))
    #expect(machine.take(.startFailed(step: 2)) == .stop(service: 0, step: 3))
    #expect(machine.take(.stopped(step: 3)) == .finish(.startFailed))
    var first = Machine(serviceCount: 1)
    _ = first.take(.begun)
    #expect(first.take(.startFailed(step: 1)) == .finish(.startFailed))
  }

  @Test("A signal while a service starts is obeyed when the start has ended, well or badly")
  func signalWhileStarting() {
    var machine = Machine(serviceCount: 2)
    _ = machine.take(.begun)
    #expect(machine.take(.signal(.interrupt)) == .wait)
    #expect(machine.take(.started(step: 1)) == .stop(service: 0, step: 2))
    #expect(machine.take(.stopped(step: 2)) == .finish(.stopped))
    var failing = Machine(serviceCount: 2)
    _ = failing.take(.begun)
    #expect(failing.take(.signal(.interrupt)) == .wait)
    #expect(failing.take(.startFailed(step: 1)) == .finish(.startFailed))
  }

  @Test("A second signal ends at once, whatever is going on")
  func secondSignal() {
    var machine = running(2)
    _ = machine.take(.signal(.terminate))
    #expect(machine.take(.signal(.interrupt)) == .finish(.interrupted(.interrupt)))
    var starting = Machine(serviceCount: 1)
    _ = starting.take(.begun)
    _ = starting.take(.signal(.terminate))
    #expect(starting.take(.signal(.terminate)) == .finish(.interrupted(.terminate)))
  }

  @Test("One signal after a failure does not interrupt the stopping; two do")
  func signalAfterFailure() {
    var machine = running(2)
    _ = machine.take(.stopRequested(failed: true))
    #expect(machine.take(.signal(.terminate)) == .wait)
    #expect(machine.take(.signal(.terminate)) == .finish(.interrupted(.terminate)))
  }

  @Test("A missed deadline leaves the service behind, tells so in the end, and its late word is ignored")
  func deadline() {
    var machine = running(2)
    _ = machine.take(.signal(.terminate))
    #expect(machine.take(.deadlinePassed(step: 3)) == .stop(service: 0, step: 4))
    #expect(machine.take(.stopped(step: 3)) == .wait)
    #expect(machine.take(.stopped(step: 4)) == .finish(.stopIncomplete))
  }

  @Test("A request to stop is obeyed once; a failure decides the exit code, also when it comes while stopping")
  func requests() {
    var machine = running(1)
    #expect(machine.take(.stopRequested(failed: false)) == .stop(service: 0, step: 2))
    #expect(machine.take(.stopRequested(failed: true)) == .wait)
    #expect(machine.take(.stopped(step: 2)) == .finish(.serviceFailed))
    var clean = running(1)
    _ = clean.take(.stopRequested(failed: false))
    #expect(clean.take(.stopped(step: 2)) == .finish(.stopped))
  }

  @Test("A group without services waits for its signal")
  func empty() {
    var machine = Machine(serviceCount: 0)
    #expect(machine.take(.begun) == .wait)
    #expect(machine.take(.signal(.terminate)) == .finish(.stopped))
  }

  @Test("Exit codes")
  func codes() {
    let codes = [ServiceExit.stopped, .startFailed, .serviceFailed, .stopIncomplete, .interrupted(.interrupt)].map(
      \.code)
    #expect(codes == [0, 1, 1, 3, 130])
    #expect(ServiceExit.interrupted(.terminate).code == 143)
  }
}
