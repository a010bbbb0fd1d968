package import ServiceKit
import Synchronization
package import ThreadKit

/// Keeps what happened in a simulator and what it received, in order, for tests, the demo and `/_simulator/…`.
///
/// Only so much is kept (`limits`); the oldest goes first, and sequence numbers show that something went.
package final class SimulatorJournal: Sendable {
  package struct Limits: Sendable {
    package var events = 20_000
    package var messages = 5_000
    package var messageBytes = 128 * 1024 * 1024

    package init() {}
  }

  private struct State {
    var sequence = 0
    var events: [SimulatorEvent] = []
    var messages: [ReceivedMessage] = []
    var messageBytes = 0
    var subscribers: [Mailbox<SimulatorEvent>] = []
  }

  private let state = Mutex(State())
  private let time: any TimeSource
  private let limits: Limits
  private let print: (@Sendable (SimulatorEvent) -> Void)?

  /// `print` is called with each event, in order, under the journal's lock; it must be quick.
  package init(
    time: any TimeSource, limits: Limits = Limits(), print: (@Sendable (SimulatorEvent) -> Void)? = nil
  ) {
    self.time = time
    self.limits = limits
    self.print = print
  }

  package func note(_ name: SimulatorEvent.Name, _ fields: SimulatorEvent.Field...) {
    let now = time.now()
    state.withLock { state in
      state.sequence += 1
      let event = SimulatorEvent(sequence: state.sequence, at: now, name: name, fields: fields)
      if state.events.count == limits.events { state.events.removeFirst(limits.events / 10 + 1) }
      state.events.append(event)
      for subscriber in state.subscribers { subscriber.put(event) }
      print?(event)
    }
  }

  /// Keeps a message as it came, with what was made of it.
  package func keep(_ subject: String, body: [UInt8], outcome: ReceivedMessage.Outcome) {
    let now = time.now()
    state.withLock { state in
      while !state.messages.isEmpty,
        state.messages.count >= limits.messages || state.messageBytes + body.count > limits.messageBytes
      {
        state.messageBytes -= state.messages.removeFirst().body.count
      }
      let number = (state.messages.last?.number ?? 0) + 1
      state.messages.append(ReceivedMessage(number: number, at: now, subject: subject, body: body, outcome: outcome))
      state.messageBytes += body.count
    }
  }

  package var events: [SimulatorEvent] { state.withLock { $0.events } }
  package var messages: [ReceivedMessage] { state.withLock { $0.messages } }

  /// A mailbox that gets every event from now on; a test waits on it instead of sleeping.
  package func subscribe() -> Mailbox<SimulatorEvent> {
    let mailbox = Mailbox<SimulatorEvent>()
    state.withLock { $0.subscribers.append(mailbox) }
    return mailbox
  }
}
