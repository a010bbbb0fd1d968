import ThreadKit

/// Which of a server's threads serves which connection: a new one goes to the thread that has the fewest.
///
/// Left to themselves the threads of the library's pool race for new connections, and of a burst one may take nearly
/// all while the others rest: of 64 senders that connect at once 55 were served by one thread of two.
///
/// A connection is known by its descriptor from its acceptance until just before the library closes it. Should the
/// library, short of memory, close one without a word, its place is given back when the descriptor comes again.
final class ConnectionShares: Sendable {
  private struct Share {
    let thread: Int
    let address: String
  }

  private struct State {
    var shares: [Int32: Share] = [:]
    var perThread: [Int]
    var perAddress: [String: Int] = [:]
    var isClosed = false

    mutating func giveBack(_ descriptor: Int32) {
      guard let share = shares.removeValue(forKey: descriptor) else { return }
      perThread[share.thread] -= 1
      let rest = perAddress[share.address, default: 1] - 1
      perAddress[share.address] = rest > 0 ? rest : nil
    }
  }

  private let state: Monitor<State>
  private let limit: Int
  private let limitPerAddress: Int

  /// - Parameters:
  ///   - limit: of connections at the same time.
  ///   - limitPerAddress: of those from one address.
  init(threads: Int, limit: Int, limitPerAddress: Int) {
    state = Monitor(State(perThread: Array(repeating: 0, count: threads)))
    self.limit = limit
    self.limitPerAddress = limitPerAddress
  }

  /// The thread that is to serve a new connection; nil where its address has as many as it may.
  func take(_ descriptor: Int32, from address: String) -> Int? {
    state.withLock { state in
      state.giveBack(descriptor)
      guard state.perAddress[address, default: 0] < limitPerAddress else { return nil }
      let thread = state.perThread.indices.min { state.perThread[$0] < state.perThread[$1] }!
      state.perThread[thread] += 1
      state.perAddress[address, default: 0] += 1
      state.shares[descriptor] = Share(thread: thread, address: address)
      return thread
    }
  }

  /// The connection is about to be closed.
  func giveBack(_ descriptor: Int32) {
    state.withLock { $0.giveBack(descriptor) }
    state.wakeOne()
  }

  /// Waits until there is room for one more connection; false once no more are taken.
  func waitForRoom() -> Bool {
    state.wait { state in state.isClosed ? false : state.shares.count < limit ? true : nil } ?? false
  }

  /// Waits for that time, or until no more are taken.
  func pause(_ duration: Duration) {
    _ = state.wait(deadline: duration) { $0.isClosed ? true : nil }
  }

  /// No more are taken from now on.
  func close() {
    state.withLock { $0.isClosed = true }
    state.wakeAll()
  }
}
