import DossierModel
import DossierStore

/// The attempts of one destination that were claimed and wait for a place, oldest first; those sent before come first.
struct AttemptQueue {
  // The end of `front` is the head of the queue, so that both ends are cheap.
  private var front: [DeliveryAttempt] = []
  private var back: [DeliveryAttempt] = []

  var count: Int { front.count + back.count }
  var isEmpty: Bool { front.isEmpty && back.isEmpty }

  var deliveries: [DeliveryID] { (front + back).map(\.delivery.id) }

  mutating func append(_ attempt: DeliveryAttempt) { back.append(attempt) }
  mutating func putFirst(_ attempt: DeliveryAttempt) { front.append(attempt) }

  mutating func popFirst() -> DeliveryAttempt? {
    if front.isEmpty {
      front = back.reversed()
      back.removeAll(keepingCapacity: true)
    }
    return front.popLast()
  }

  /// Lets go of those that `isMeant` means; how many, and their bytes.
  mutating func drop(_ isMeant: (DeliveryAttempt) -> Bool) -> (count: Int, bytes: Int) {
    let dropped = (front + back).filter(isMeant)
    front.removeAll(where: isMeant)
    back.removeAll(where: isMeant)
    return (dropped.count, dropped.reduce(0) { $0 + $1.bytes })
  }

  /// Keeps the first `count` and gives away the others.
  mutating func keepFirst(_ count: Int) -> [DeliveryAttempt] {
    guard self.count > count else { return [] }
    let all = front.reversed() + back
    front = all.prefix(count).reversed()
    back = []
    return Array(all.dropFirst(count))
  }
}
