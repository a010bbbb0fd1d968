import CCurl
import Synchronization
import ThreadKit

/// An HTTP/1.1 client on libcurl: one thread drives all transfers.
///
/// Every transfer ends in exactly one call of its completion, whatever happens. A request that may change something is
/// never sent twice: libcurl's own resending over a fresh connection is stopped once bytes have left. Proxies from the
/// environment, cookies, redirects and credentials in URLs are not used. Letting go of the client stops it.
package final class HTTPClient: Sendable {
  private let engine: ClientEngine
  private let thread: WorkerThread

  /// Starts the thread.
  package init(configuration: HTTPClientConfiguration = .standard) throws(HTTPError) {
    if let complaint = configuration.complaint {
      throw HTTPError(code: .invalidConfiguration, message: "the client cannot be made: \(complaint)")
    }
    let engine = try ClientEngine(configuration: configuration)
    guard let thread = WorkerThread.ifGiven(name: "http-client", { engine.run() }) else {
      engine.abandon()
      throw HTTPError(code: .cannotStart, message: "the system gives no thread for the client; raise its limit")
    }
    self.engine = engine
    self.thread = thread
  }

  deinit {
    stop()
  }

  /// Sends a request. `completion` is called once, on the client's thread (after ``stop()``: on the caller's), and must
  /// not block.
  @discardableResult
  package func submit(
    _ request: HTTPClientRequest, completion: @escaping @Sendable (HTTPClientResult) -> Void
  ) -> HTTPClientTransfer {
    HTTPClientTransfer(id: engine.submit(request, completion: completion), engine: engine)
  }

  /// Sends a request and waits without holding a thread. Cancelling the task cancels the transfer.
  package func send(_ request: HTTPClientRequest) async -> HTTPClientResult {
    let transfer = Mutex<HTTPClientTransfer?>(nil)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let submitted = submit(request) { continuation.resume(returning: $0) }
        transfer.withLock { $0 = submitted }
        // The task may have been cancelled before there was anything to cancel.
        if Task.isCancelled { submitted.cancel() }
      }
    } onCancel: {
      transfer.withLock { $0 }?.cancel()
    }
  }

  /// Sends a request and holds the calling thread until it has ended. Traps on the client's own thread.
  package func sendBlocking(_ request: HTTPClientRequest) -> HTTPClientResult {
    wait { submit(request, completion: $0) }
  }

  /// Holds the calling thread until what `begin` submits has ended.
  func wait(for begin: (@escaping @Sendable (HTTPClientResult) -> Void) -> Void) -> HTTPClientResult {
    precondition(!thread.isCurrent, "a completion must not wait for another transfer")
    let box = ResultBox()
    begin { box.fill($0) }
    return box.wait()
  }

  /// Ends every transfer, under way or waiting, as cancelled.
  package func cancelAll() {
    engine.cancelAll()
  }

  /// Cancels everything, closes every connection and ends the thread. Transfers submitted later end as cancelled at
  /// once. Calling it again does nothing.
  package func stop() {
    engine.stop()
    // The last reference may be let go of in a completion; the thread then ends by itself after it.
    if !thread.isCurrent { thread.join() }
  }
}

/// A transfer that was submitted.
package struct HTTPClientTransfer: Sendable {
  private let id: UInt64
  private let engine: ClientEngine

  init(id: UInt64, engine: ClientEngine) {
    self.id = id
    self.engine = engine
  }

  /// Ends the transfer as cancelled, unless it has ended already.
  package func cancel() {
    engine.cancel(id)
  }
}

/// Where a blocked thread waits for its result.
private final class ResultBox: Sendable {
  private let result = Monitor<HTTPClientResult?>(nil)

  func fill(_ value: HTTPClientResult) {
    result.withLock { $0 = value }
    result.wakeAll()
  }

  func wait() -> HTTPClientResult {
    guard let result = result.wait({ $0 }) else { preconditionFailure("a wait without a deadline ends with a result") }
    return result
  }
}
