import DossierModel
import Synchronization

/// Who wants to know that deliveries have become ready.
final class ReadyAnnouncement: Sendable {
  private let observer = Mutex<Observer?>(nil)

  /// The closure in a box: a bare one would be wrapped once more each time it is taken out of the mutex.
  private final class Observer: Sendable {
    let call: @Sendable (Set<PartyID>) -> Void
    init(_ call: @escaping @Sendable (Set<PartyID>) -> Void) { self.call = call }
  }

  func observe(_ call: @escaping @Sendable (Set<PartyID>) -> Void) { observer.withLock { $0 = Observer(call) } }

  func announce(_ destinations: Set<PartyID>) { observer.withLock { $0 }?.call(destinations) }
}
