import Synchronization

/// What one user of a client has under way, where several use one: it can be cancelled without the others'.
package final class HTTPClientShare: Sendable {
  private enum Transfer {
    /// On its way to the client.
    case beginning
    case cancelled
    case underWay(HTTPClientTransfer)
  }

  private struct State {
    var transfers: [UInt64: Transfer] = [:]
    var last: UInt64 = 0
    var isStopped = false
  }

  private let client: HTTPClient
  private let state = Mutex(State())

  package init(of client: HTTPClient) { self.client = client }

  /// As the client's own: `completion` is called once, on the client's thread (after ``stop()``: on the caller's), and must
  /// not block.
  package func submit(
    _ request: HTTPClientRequest, completion: @escaping @Sendable (HTTPClientResult) -> Void
  ) {
    let number: UInt64? = state.withLock { state in
      guard !state.isStopped else { return nil }
      state.last += 1
      state.transfers[state.last] = .beginning
      return state.last
    }
    guard let number else { return completion(.failure(.stopped)) }
    let transfer = client.submit(request) { [self] result in
      state.withLock { $0.transfers[number] = nil }
      completion(result)
    }
    let isCancelled = state.withLock { state in
      switch state.transfers[number] {
      case .beginning:
        state.transfers[number] = .underWay(transfer)
        return false
      // It may have ended, or been cancelled, before there was anything to keep.
      case nil, .underWay: return false
      case .cancelled: return true
      }
    }
    if isCancelled { transfer.cancel() }
  }

  /// Sends a request and holds the calling thread until it has ended. Traps on the client's own thread.
  package func sendBlocking(_ request: HTTPClientRequest) -> HTTPClientResult {
    client.wait { submit(request, completion: $0) }
  }

  /// Ends every transfer of this share, under way or waiting, as cancelled.
  package func cancelAll() { cancel(stops: false) }

  /// Ends every transfer of this share; later ones end as cancelled at once. The client itself goes on.
  package func stop() { cancel(stops: true) }

  private func cancel(stops: Bool) {
    let transfers = state.withLock { state in
      if stops { state.isStopped = true }
      var found: [HTTPClientTransfer] = []
      for (number, transfer) in state.transfers {
        if case .underWay(let transfer) = transfer { found.append(transfer) }
        if case .beginning = transfer { state.transfers[number] = .cancelled }
      }
      return found
    }
    for transfer in transfers { transfer.cancel() }
  }
}
