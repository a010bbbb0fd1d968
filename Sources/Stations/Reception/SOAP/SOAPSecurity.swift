import DossierModel
import ServiceKit
import XMLKit

/// The `Security` header of WS-Security 1.0 as far as stacks use it without signing: a user name with its password, and until
/// when the message holds.
///
/// The password comes as it is (Username Token Profile 1.0, `PasswordText`), over TLS like an API key. A digest of it would
/// need the password itself here, and only its slow hash is kept. Signatures and encryption are refused, never passed over: the
/// sender would take for protected what nobody looked at.
struct SOAPSecurity: Sendable {
  private static let base = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
  static let namespace = base + "wssecurity-secext-1.0.xsd"
  private static let utility = base + "wssecurity-utility-1.0.xsd"
  private static let passwordText = base + "username-token-profile-1.0#PasswordText"

  struct Token: Sendable {
    var username: String
    var password: String
  }

  private(set) var token: Token?
  private(set) var created: Timestamp?
  private(set) var expires: Timestamp?

  init(reading block: XMLNode) throws(SOAPFault) {
    for element in block.elements {
      if element.isNamed("UsernameToken", namespace: .uri(Self.namespace)), token == nil {
        token = try Self.token(element)
      } else if element.isNamed("Timestamp", namespace: .uri(Self.utility)), created == nil, expires == nil {
        created = try Self.time("Created", in: element)
        expires = try Self.time("Expires", in: element)
      } else {
        throw .malformed(
          english: "of WS-Security one UsernameToken and one Timestamp are taken; signatures and encryption are not",
          vietnamese: "với WS-Security chỉ nhận một UsernameToken và một Timestamp; không nhận chữ ký và mã hóa")
      }
    }
  }

  /// Whether the message holds at this moment, for a clock that may be off by `skew`.
  func isValid(at now: Timestamp, skew: Duration) -> Bool {
    if let created, created > now + skew { return false }
    if let expires, expires + skew < now { return false }
    return true
  }

  private static func token(_ element: XMLNode) throws(SOAPFault) -> Token {
    let own: XMLNamespaceMatch = .uri(namespace)
    guard let username = element.firstElement(named: "Username", namespace: own)?.text,
      let password = element.firstElement(named: "Password", namespace: own)
    else {
      throw .malformed(
        english: "a UsernameToken has a Username and a Password",
        vietnamese: "UsernameToken gồm Username và Password")
    }
    guard (password.attribute(named: "Type")?.text ?? passwordText) == passwordText else {
      throw SOAPFault(
        Refusal(
          .unauthenticated, english: "send the password as PasswordText over TLS; a digest of it cannot be compared",
          vietnamese: "hãy gửi mật khẩu dạng PasswordText qua TLS; không so được với dạng băm"))
    }
    return Token(username: username, password: password.text)
  }

  private static func time(_ name: String, in element: XMLNode) throws(SOAPFault) -> Timestamp? {
    guard let text = element.firstElement(named: name, namespace: .uri(utility))?.text else { return nil }
    guard let time = try? Timestamp(rfc3339: text) else {
      throw .malformed(
        english: "\(name) of the Timestamp is no time with zone",
        vietnamese: "\(name) trong Timestamp không phải thời điểm có múi giờ")
    }
    return time
  }
}
