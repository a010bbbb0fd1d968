import CCurl
import Synchronization

/// The letter box between the threads that submit transfers and the one that drives them.
final class ClientEngine: Sendable {
  struct Submission: Sendable {
    let id: UInt64
    let request: HTTPClientRequest
    let completion: @Sendable (HTTPClientResult) -> Void
    /// When the whole transfer has to be over (nanoseconds, monotonic).
    let deadline: Int64
  }

  /// What has been asked for since the driving thread last looked.
  struct Orders: Sendable {
    var submissions: [Submission] = []
    var cancelled: [UInt64] = []
    var cancelsAll = false
    var stops = false

    var isEmpty: Bool { submissions.isEmpty && cancelled.isEmpty && !cancelsAll && !stops }
  }

  private struct Box {
    /// Nil once the thread has ended.
    var multi: MultiHandle?
    var orders = Orders()
    var isStopped = false
    var lastID: UInt64 = 0
  }

  private let box: Mutex<Box>
  private let configuration: HTTPClientConfiguration

  init(configuration: HTTPClientConfiguration) throws(HTTPError) {
    guard curlIsReady, let multi = curl_multi_init() else {
      throw HTTPError(code: .cannotStart, message: "libcurl cannot be set up; look at the limits of memory")
    }
    self.configuration = configuration
    self.box = Mutex(Box(multi: MultiHandle(pointer: multi)))
  }

  func submit(
    _ request: HTTPClientRequest, completion: @escaping @Sendable (HTTPClientResult) -> Void
  ) -> UInt64 {
    let deadline = MonotonicClock.deadline(after: request.timeouts.whole)
    let (id, isStopped) = box.withLock { box in
      box.lastID += 1
      if !box.isStopped {
        let submission = Submission(id: box.lastID, request: request, completion: completion, deadline: deadline)
        post(to: &box) { $0.submissions.append(submission) }
      }
      return (box.lastID, box.isStopped)
    }
    if isStopped { completion(.failure(.stopped)) }
    return id
  }

  func cancel(_ id: UInt64) {
    box.withLock { box in
      if !box.isStopped { post(to: &box) { $0.cancelled.append(id) } }
    }
  }

  func cancelAll() {
    box.withLock { box in
      if !box.isStopped { post(to: &box) { $0.cancelsAll = true } }
    }
  }

  func stop() {
    box.withLock { box in
      guard !box.isStopped else { return }
      box.isStopped = true
      post(to: &box) { $0.stops = true }
    }
  }

  /// Adds to the orders, and wakes the driving thread if there were none: else its wake-up is already on its way.
  private func post(to box: inout Box, _ change: (inout Orders) -> Void) {
    let wasEmpty = box.orders.isEmpty
    change(&box.orders)
    if wasEmpty, let multi = box.multi { curl_multi_wakeup(multi.pointer) }
  }

  /// Drives transfers until ``stop()``; the body of the client's thread.
  func run() {
    guard let multi = box.withLock({ $0.multi }) else { return }
    let loop = ClientLoop(multi: multi, configuration: configuration)
    var isRunning = true
    while isRunning {
      let orders = box.withLock { box in
        let orders = box.orders
        box.orders = Orders()
        return orders
      }
      isRunning = loop.turn(obeying: orders)
    }
    // Under the lock nobody is about to wake what is taken down.
    box.withLock { $0.multi = nil }
    loop.close()
  }

  /// Takes everything down when there is no thread to do it.
  func abandon() {
    let multi = box.withLock { box in
      box.isStopped = true
      return box.multi.take()
    }
    if let multi { curl_multi_cleanup(multi.pointer) }
  }
}

/// libcurl's pointer to a set of transfers.
struct MultiHandle: @unchecked Sendable {
  // Used by the driving thread alone, except for curl_multi_wakeup, which libcurl allows from any thread.
  let pointer: UnsafeMutableRawPointer
}

extension HTTPClientFailure {
  static let stopped = HTTPClientFailure(
    kind: .cancelled, requestPossiblySent: false, message: "the client was stopped before the transfer began")
}

/// Whether libcurl's global state is set up, which happens once, on whichever thread asks first.
private let curlIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
