import Synchronization

/// Lends things that only one thread may use at a time, and keeps those that come back for the next.
///
/// There are never more of them than threads that used one at the same moment.
final class CheckoutPool<Item>: Sendable {
  // Items cross threads only through the lock; `Loan` says that whoever holds one is its only user.
  private struct Loan: @unchecked Sendable {
    let item: Item
  }

  private let idle: Mutex<[Loan]>
  private let free: @Sendable (Item) -> Void

  /// A pool that begins with `first`, and frees what is idle when it ends itself.
  init(_ first: sending Item, free: @escaping @Sendable (Item) -> Void) {
    idle = Mutex([Loan(item: first)])
    self.free = free
  }

  deinit {
    idle.withLock { list in
      for loan in list { free(loan.item) }
      list = []
    }
  }

  /// Takes an idle item, or makes one when all are in use; either is to be checked in afterwards.
  func checkOut<Failure: Error>(orMake make: () throws(Failure) -> Item) throws(Failure) -> Item {
    if let loan = idle.withLock({ $0.popLast() }) { return loan.item }
    return try make()
  }

  func checkIn(_ item: Item) {
    let loan = Loan(item: item)
    idle.withLock { $0.append(loan) }
  }
}
