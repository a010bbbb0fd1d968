import ServiceKit
import Testing

@testable import Simulation

@Suite("In what order an agency's reports go out")
struct OutboxMachineTests {
  private let start = MonotonicInstant(nanoseconds: 0)

  private func message(_ number: Int, _ dossier: String) -> OutboxMessage {
    OutboxMessage(
      number: number, dossier: dossier, kind: .progress, key: "k\(number)", contentType: "application/xml", body: [])
  }

  private func machine(window: Int = 8) -> OutboxMachine {
    OutboxMachine(window: window, retryMinimum: .seconds(1), retryMaximum: .seconds(5))
  }

  @Test("One at a time within a dossier, side by side across dossiers")
  func order() {
    var machine = machine()
    for (number, dossier) in [(1, "a"), (2, "a"), (3, "b")] { machine.put(message(number, dossier)) }
    #expect(machine.takeDue(now: start).map(\.message.number) == [1, 3])
    #expect(machine.takeDue(now: start).isEmpty)
    machine.settle(message(1, "a"), .accepted, now: start)
    #expect(machine.takeDue(now: start).map(\.message.number) == [2])
  }

  @Test("A report that is not taken is tried again after 1, 2, 4, 5, 5 seconds, and holds up its own dossier only")
  func retry() {
    var machine = machine()
    machine.put(message(1, "a"))
    machine.put(message(2, "a"))
    var now = start
    for seconds in [1, 2, 4, 5, 5] {
      #expect(machine.takeDue(now: now).map(\.message.number) == [1])
      #expect(machine.settle(message(1, "a"), .deferred, now: now) == .seconds(seconds))
      #expect(machine.takeDue(now: now + (.seconds(seconds) - .nanoseconds(1))).isEmpty)
      machine.put(message(100 + seconds, "b"))
      #expect(machine.takeDue(now: now).map(\.message.dossier) == ["b"])
      machine.settle(message(100 + seconds, "b"), .accepted, now: now)
      now = now + .seconds(seconds)
      #expect(machine.nextDue == now)
    }
  }

  @Test("A report that is refused is put aside, and the next one goes on with a fresh count of attempts")
  func refused() {
    var machine = machine()
    machine.put(message(1, "a"))
    machine.put(message(2, "a"))
    _ = machine.takeDue(now: start)
    machine.settle(message(1, "a"), .refused, now: start)
    #expect(machine.takeDue(now: start).map { [$0.message.number, $0.attempt] } == [[2, 1]])
    #expect(machine.counts(of: "a") == OutboxMachine.Counts(waiting: 1, accepted: 0, refused: 1))
  }

  @Test("As many are under way as the window says, and none more")
  func window() {
    var machine = machine(window: 2)
    for number in 1...3 { machine.put(message(number, "d\(number)")) }
    #expect(machine.takeDue(now: start).count == 2)
    #expect(machine.nextDue == nil)
    machine.settle(message(2, "d2"), .accepted, now: start)
    #expect(machine.takeDue(now: start).map(\.message.number) == [3])
  }
}
