import Synchronization

/// The right to answer one request, once, from any thread.
///
/// A reply that is let go of without an answer answers 500. When the server has answered in the handler's place,
/// because the reply deadline passed or the server is stopping, what the handler sends later goes nowhere.
package final class HTTPReply: Sendable {
  private let isSent = Atomic<Bool>(false)
  private let receiver: any HTTPReplyReceiver

  init(to receiver: any HTTPReplyReceiver) {
    self.receiver = receiver
  }

  /// A reply that hands its answer to `receiver`, for testing a handler without a server.
  package convenience init(_ receive: @escaping @Sendable (HTTPResponse) -> Void) {
    self.init(to: ClosureReceiver(receive: receive))
  }

  /// Sends the answer. Sending a second one traps.
  package func send(_ response: HTTPResponse) {
    precondition(
      (200...599).contains(response.status), "an answer has a status of 200 to 599; 1xx is the server's affair")
    let wasSent = isSent.exchange(true, ordering: .acquiringAndReleasing)
    precondition(!wasSent, "a request is answered once; this reply was sent before")
    receiver.receive(response)
  }

  deinit {
    if !isSent.load(ordering: .acquiring) {
      receiver.refuse(.unanswered)
    }
  }
}

/// Where an answer goes.
protocol HTTPReplyReceiver: Sendable {
  func receive(_ response: HTTPResponse)
  /// Answers in the handler's place.
  func refuse(_ refusal: HTTPRefusal)
}

extension HTTPReplyReceiver {
  func refuse(_ refusal: HTTPRefusal) { receive(refusal.problem.response) }
}

private struct ClosureReceiver: HTTPReplyReceiver {
  let receive: @Sendable (HTTPResponse) -> Void

  func receive(_ response: HTTPResponse) { receive(response) }
}
