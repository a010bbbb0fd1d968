import HTTPKit
import JSONKit

/// The story's hands: HTTP calls with JSON answers.
final class StoryClient: Sendable {
  struct Answer {
    let status: Int
    let root: JSONValue
  }

  private let client: HTTPClient

  init() throws(StoryFailure) {
    do {
      client = try HTTPClient()
    } catch {
      throw StoryFailure("no HTTP client can be made: \(error.message)")
    }
  }

  func get(_ url: String, key: String? = nil) throws(StoryFailure) -> Answer {
    var headers: HTTPHeaders = ["Accept": "application/json"]
    headers["X-Api-Key"] = key
    return try send(HTTPClientRequest(method: .get, url: url, headers: headers, timeouts: Self.timeouts))
  }

  func post(_ url: String, _ body: [UInt8], key: String? = nil) throws(StoryFailure) -> Answer {
    var headers: HTTPHeaders = ["Accept": "application/json", "Content-Type": "application/json"]
    headers["X-Api-Key"] = key
    return try send(HTTPClientRequest(method: .post, url: url, headers: headers, body: body, timeouts: Self.timeouts))
  }

  /// The status of the answer, which may have no body.
  func post(status url: String, _ body: [UInt8]) throws(StoryFailure) -> Int {
    let request = HTTPClientRequest(
      method: .post, url: url, headers: ["Content-Type": "application/json"], body: body, timeouts: Self.timeouts)
    guard case .response(let response, _) = client.sendBlocking(request) else {
      throw StoryFailure("\(url) does not answer")
    }
    return response.status
  }

  /// Posts nothing; the status of the answer, which may have no body.
  func postEmpty(_ url: String, key: String) throws(StoryFailure) -> Int {
    let request = HTTPClientRequest(
      method: .post, url: url, headers: ["X-Api-Key": key], timeouts: Self.timeouts)
    guard case .response(let response, _) = client.sendBlocking(request) else {
      throw StoryFailure("\(url) does not answer")
    }
    return response.status
  }

  func stop() { client.stop() }

  private static let timeouts = HTTPClientTimeouts(connect: .seconds(2), firstByte: .seconds(10), whole: .seconds(15))

  private func send(_ request: HTTPClientRequest) throws(StoryFailure) -> Answer {
    switch client.sendBlocking(request) {
    case .failure(let failure):
      throw StoryFailure("\(request.url) does not answer (\(failure.kind))")
    case .response(let response, _):
      guard let root = try? JSONDocument(parsing: response.body).root else {
        throw StoryFailure("\(request.url) answers \(response.status) without JSON")
      }
      return Answer(status: response.status, root: root)
    }
  }
}
