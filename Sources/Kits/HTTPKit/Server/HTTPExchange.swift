import CMicrohttpd
import Synchronization

/// One request on its way to its answer: the meeting point of the handler, the connection's thread and the watchdog.
///
/// Whoever answers first is heard, later answers are dropped. Each step happens under the lock, also the calls that
/// suspend and resume the connection: an answer given while the thread is about to suspend is seen by it, and the
/// daemon cannot be stopped between an answer and the end of its wake-up, since the thread takes the lock to fetch it.
final class HTTPExchange: HTTPReplyReceiver {
  private enum State {
    /// The handler has been called and has not returned.
    case handling
    /// The handler has returned without an answer; the connection sleeps.
    case suspended(ConnectionHandle)
    /// The answer waits for the connection's thread.
    case answered(HTTPResponse)
    /// The answer has been taken, or the connection is gone.
    case finished
  }

  private let state = Mutex(State.handling)
  private let handler: any HTTPHandler
  private let target: String

  /// `handler` says what a refusal of a request of this target is told.
  init(handler: any HTTPHandler, target: String) {
    self.handler = handler
    self.target = target
  }

  func refuse(_ refusal: HTTPRefusal) { receive(handler.answer(to: refusal, of: target)) }

  /// Brings the answer, from any thread.
  func receive(_ response: HTTPResponse) {
    state.withLock { state in
      switch state {
      case .handling:
        state = .answered(response)
      case .suspended(let connection):
        state = .answered(response)
        MHD_resume_connection(connection.pointer)
      case .answered, .finished:
        break
      }
    }
  }

  /// Takes the answer, or suspends the connection until there is one. Called on the connection's thread.
  func takeAnswer(orSuspend connection: ConnectionHandle) -> HTTPResponse? {
    state.withLock { state in
      switch state {
      case .answered(let response):
        state = .finished
        return response
      case .handling:
        MHD_suspend_connection(connection.pointer)
        state = .suspended(connection)
        return nil
      case .suspended, .finished:
        // A spurious call: the connection's thread is only called again when it was resumed.
        return nil
      }
    }
  }

  /// Ends the exchange: the connection is gone, or its answer is out.
  func finish() {
    state.withLock { $0 = .finished }
  }
}

/// The library's pointer to a connection.
struct ConnectionHandle: @unchecked Sendable {
  // The pointer is followed by the connection's own thread while that thread is inside one of its callbacks, and by
  // other threads only to resume a suspended connection, which the library allows and which stays alive until then.
  let pointer: OpaquePointer
}
