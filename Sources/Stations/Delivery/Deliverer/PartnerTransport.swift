package import HTTPKit

/// The way requests go out: the HTTP client, or a network that a simulation holds in its hands.
package protocol PartnerTransport: Sendable {
  /// Sends a request; `completion` is called once, on any thread, and does not block.
  func send(_ request: HTTPClientRequest, then completion: @escaping @Sendable (HTTPClientResult) -> Void)

  /// Ends everything under way as cancelled.
  func cancelAll()
}

extension HTTPClient: PartnerTransport {
  package func send(_ request: HTTPClientRequest, then completion: @escaping @Sendable (HTTPClientResult) -> Void) {
    submit(request, completion: completion)
  }
}

extension HTTPClientShare: PartnerTransport {
  package func send(_ request: HTTPClientRequest, then completion: @escaping @Sendable (HTTPClientResult) -> Void) {
    submit(request, completion: completion)
  }
}
