import Delivery
import HTTPKit
import ServiceKit
import Synchronization

/// The way to the partners, held by the world: requests lie here until it moves them.
final class SimulatedNetwork: PartnerTransport {
  struct Flight: Sendable {
    var partner: Int
    var body: [UInt8]
    var key: String
    /// Nil once the gateway has been told something, or is gone: the request may still arrive.
    var completion: (@Sendable (HTTPClientResult) -> Void)?
    /// The partner's answer on its way back.
    var answer: HTTPResponse?
  }

  private let state = Mutex<[Flight]>([])
  private let canary: Canary?
  private let sent = Atomic<Int>(0)

  init(canary: Canary?) { self.canary = canary }

  func send(_ request: HTTPClientRequest, then completion: @escaping @Sendable (HTTPClientResult) -> Void) {
    // http://partner-N.invalid/…
    let digits = request.url.drop { !$0.isNumber }.prefix { $0.isNumber }
    guard let partner = Int(digits), var key = request.headers["Idempotency-Key"] else {
      preconditionFailure("requests of the world name a partner and a key")
    }
    if canary == .changesKeys { key += "#\(sent.add(1, ordering: .relaxed).newValue)" }
    let named = key
    state.withLock {
      $0.append(Flight(partner: partner, body: request.body, key: named, completion: completion, answer: nil))
    }
  }

  func cancelAll() {
    for completion in forgetSender() {
      completion(.failure(HTTPClientFailure(kind: .cancelled, requestPossiblySent: true, message: "cancelled")))
    }
  }

  /// The gateway is gone; what it sent may still arrive. Returns whom it would have told.
  @discardableResult
  func forgetSender() -> [@Sendable (HTTPClientResult) -> Void] {
    state.withLock { flights in
      let completions = flights.compactMap(\.completion)
      for index in flights.indices { flights[index].completion = nil }
      flights.removeAll { $0.answer != nil }
      return completions
    }
  }

  var count: Int { state.withLock { $0.count } }

  /// Requests of which the gateway waits for the answer, by partner.
  func underWay(partners: Int) -> [Int] {
    state.withLock { flights in
      var counts = [Int](repeating: 0, count: partners)
      for flight in flights where flight.completion != nil { counts[flight.partner] += 1 }
      return counts
    }
  }

  func take(_ index: Int) -> Flight { state.withLock { $0.remove(at: index) } }
  func put(_ flight: Flight) { state.withLock { $0.append(flight) } }
}
