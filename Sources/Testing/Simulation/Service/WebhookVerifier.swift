import CryptographyKit
import HTTPKit
import ServiceKit

/// Verifies requests as a receiver of Standard Webhooks 1.0 does, with code of its own.
struct WebhookVerifier {
  private let key: [UInt8]

  /// What the standard's libraries allow a request to be off the receiver's clock.
  private static let tolerance: Int64 = 5 * 60

  init?(secret: String) {
    guard secret.hasPrefix("whsec_"), let key = try? Base64.decode(String(secret.dropFirst("whsec_".count))) else {
      return nil
    }
    self.key = key
  }

  func accepts(_ request: HTTPRequest, now: Timestamp) -> Bool {
    guard let id = request.headers["webhook-id"], let time = request.headers["webhook-timestamp"],
      let seconds = Int64(time), abs(now.seconds - seconds) <= Self.tolerance,
      let signatures = request.headers["webhook-signature"]
    else { return false }
    let code = HMACSHA256.code(of: Array("\(id).\(time).".utf8) + request.body, key: key)
    return signatures.split(separator: " ").contains { signature in
      let parts = signature.split(separator: ",", maxSplits: 1)
      guard parts.count == 2, parts[0] == "v1", let given = try? Base64.decode(String(parts[1])) else { return false }
      return constantTimeEqual(given, code)
    }
  }
}
