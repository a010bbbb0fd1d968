package import HTTPKit
import ServiceKit
import ThreadKit

/// A partner's system played by a real HTTP server on a loopback port: a script answers, every request is kept.
package final class ScriptedPartner: Sendable {
  /// What the script does with a request.
  package enum Reaction: Sendable {
    case answer(HTTPResponse)
    /// Nothing, until `answerHeld` or `stop`: a black hole.
    case hold
  }

  private struct Record: Sendable {
    var requests: [HTTPRequest] = []
    var held: [HTTPReply] = []
  }

  private final class Player: HTTPHandler {
    let script: @Sendable (HTTPRequest, _ number: Int) -> Reaction
    let record = Monitor(Record())

    init(_ script: @escaping @Sendable (HTTPRequest, Int) -> Reaction) { self.script = script }

    func handle(_ request: HTTPRequest, reply: HTTPReply) {
      let number = record.withLock { record in
        record.requests.append(request)
        return record.requests.count
      }
      switch script(request, number) {
      case .answer(let response): reply.send(response)
      case .hold: record.withLock { $0.held.append(reply) }
      }
      record.wakeAll()
    }
  }

  private let player: Player
  private let server: HTTPServer

  /// Listens at once on a port of the kernel's choice. `script` is called on the server's threads with each request and
  /// its number, from 1.
  package init(_ script: @escaping @Sendable (_ request: HTTPRequest, _ number: Int) -> Reaction) throws(HTTPError) {
    player = Player(script)
    server = try HTTPServer(configuration: HTTPServerConfiguration(threads: 1), handler: player)
    try server.start()
  }

  deinit { stop() }

  package var address: String { "http://127.0.0.1:\(server.port)" }

  package var requests: [HTTPRequest] { player.record.withLock { $0.requests } }

  /// Waits until `count` requests have come and the script has seen them; fewer when the time is up.
  package func requests(atLeast count: Int, within deadline: Duration = .seconds(20)) -> [HTTPRequest] {
    player.record.wait(deadline: deadline) { $0.requests.count >= count ? $0.requests : nil } ?? requests
  }

  /// Waits until `count` requests are held.
  package func waitUntilHeld(_ count: Int, within deadline: Duration = .seconds(20)) -> Bool {
    player.record.wait(deadline: deadline) { $0.held.count >= count ? true : nil } ?? false
  }

  /// Answers everything that is held.
  package func answerHeld(_ response: HTTPResponse) {
    let held = player.record.withLock { record in
      let held = record.held
      record.held = []
      return held
    }
    for reply in held { reply.send(response) }
  }

  package func stop() { server.stop() }
}

extension HTTPResponse {
  /// An answer with a text as its body.
  package static func text(_ status: Int, _ body: String, headers: HTTPHeaders = [:]) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
  }
}
