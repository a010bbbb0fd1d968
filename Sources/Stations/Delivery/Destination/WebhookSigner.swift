import CryptographyKit
import HTTPKit
import ServiceKit

/// Signs requests as Standard Webhooks 1.0 has it: who gets one knows that it is ours, whole, and not an old one.
///
/// The id is the delivery's key, the same at every attempt; the time is that of the attempt, because receivers refuse
/// what is more than some minutes old.
struct WebhookSigner: Sendable, CustomReflectable {
  /// What a secret begins with in text; base64 follows.
  static let secretPrefix = "whsec_"
  /// Bytes of a secret.
  static let secretBytes = 24...64

  private let key: [UInt8]

  /// nil when the secret is none of that form, nor what is shown in place of one.
  init?(secret: String) {
    if secret == PartnerTrial.hidden {
      key = Array(secret.utf8)
      return
    }
    guard secret.hasPrefix(Self.secretPrefix),
      let key = try? Base64.decode(String(secret.dropFirst(Self.secretPrefix.count))),
      Self.secretBytes.contains(key.count)
    else { return nil }
    self.key = key
  }

  func sign(_ headers: inout HTTPHeaders, _ body: [UInt8], id: String, at moment: Timestamp) {
    let seconds = String(moment.seconds)
    let code = HMACSHA256.code(of: Array("\(id).\(seconds).".utf8) + body, key: key)
    headers.append("webhook-id", id)
    headers.append("webhook-timestamp", seconds)
    headers.append("webhook-signature", "v1," + Base64.encode(code))
  }

  var customMirror: Mirror { Mirror(self, children: []) }
}
