import CryptographyKit
import HTTPKit
import JSONKit
import ServiceKit
import Synchronization

/// Decides who may bring documents to an agency: bearers of an API key, or of a token fetched at `/token`.
final class AgencyDoorkeeper: Sendable {
  private let configuration: AgencyConfiguration
  private let time: any TimeSource
  private let tokens: Mutex<SessionTickets>

  private static let tokenLimit = 1_000

  init(configuration: AgencyConfiguration, time: any TimeSource) {
    self.configuration = configuration
    self.time = time
    tokens = Mutex(SessionTickets(life: configuration.tokenLife, limit: Self.tokenLimit))
  }

  /// Forgets all tokens, as after a restart.
  func forgetTokens() { tokens.withLock { $0.closeAll() } }

  func letsIn(_ request: HTTPRequest) -> Bool {
    if configuration.keys.isEmpty && configuration.client == nil { return true }
    if let key = request.headers[configuration.keyHeader], isKnown(key) { return true }
    guard let token = Self.value(of: request, scheme: "bearer ") else { return false }
    return tokens.withLock { $0.isOpen(token, now: time.monotonic()) }
  }

  /// `POST /token`, client credentials in the form or in the header (RFC 6749 §4.4, §2.3.1); nil when they are wrong.
  func token(_ request: HTTPRequest) -> HTTPResponse? {
    let form = FormFields(parsing: request.body)
    guard let client = configuration.client, form["grant_type"] == "client_credentials",
      let (id, secret) = Self.credentials(request, form), id == client.id, secret == client.secret
    else { return nil }
    let token = tokens.withLock { $0.open(now: time.monotonic()) }
    return .json { writer in
      writer.beginObject()
      writer.name("access_token")
      writer.string(token)
      writer.name("token_type")
      writer.string("Bearer")
      writer.name("expires_in")
      writer.integer(Int(configuration.tokenLife.inSeconds))
      writer.name("scope")
      writer.string("default")
      writer.endObject()
    }
  }

  private func isKnown(_ key: String) -> Bool {
    configuration.keys.contains { constantTimeEqual(Array($0.utf8), Array(key.utf8)) }
  }

  private static func credentials(_ request: HTTPRequest, _ form: FormFields) -> (id: String, secret: String)? {
    if let encoded = value(of: request, scheme: "basic "), let bytes = try? Base64.decode(encoded) {
      let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1)
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
    guard let id = form["client_id"], let secret = form["client_secret"] else { return nil }
    return (id, secret)
  }

  /// What follows the scheme in the field Authorization; the scheme's case does not matter (RFC 9110 §11.1).
  private static func value(of request: HTTPRequest, scheme: String) -> String? {
    guard let field = request.headers["Authorization"], field.lowercased().hasPrefix(scheme) else { return nil }
    return String(field.dropFirst(scheme.count))
  }
}
