import DossierModel
package import HTTPKit
import JSONKit
import XMLKit

/// Reads the answer to a login: a token, or why there is none.
package struct LoginReader: Sendable {
  package enum Reading: Sendable, Equatable {
    /// `lifetime` nil: until the partner refuses it.
    case token(String, lifetime: Duration?)
    /// A sentence without the partner's words.
    case failed(String)
  }

  private enum Way: Sendable {
    case session(SessionLogin)
    case oauth(OAuthLogin)
  }

  private let way: Way
  private let limits: AnswerLimits

  /// nil for an authentication without a login.
  package init?(_ authentication: PartnerAuthentication, limits: AnswerLimits = .standard) {
    switch authentication {
    case .session(let login): way = .session(login)
    case .oauth(let login): way = .oauth(login)
    case .none, .header, .basic, .vxp, .standardWebhook, .ssh: return nil
    }
    self.limits = limits
  }

  package func read(_ answer: HTTPResponse) -> Reading {
    guard answer.isSuccess else { return .failed("the login was answered with HTTP \(answer.status)") }
    let reading =
      switch way {
      case .session(let login): session(login, answer)
      case .oauth(let login): oauth(login, answer)
      }
    // A token that would start a new header field, or fill memory, is none.
    guard case .token(let token, _) = reading else { return reading }
    guard token.utf8.count <= Self.tokenBytesLimit else { return .failed("the token is longer than the limit") }
    guard token.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      return .failed("the token has control characters")
    }
    return reading
  }

  /// A session token is some hundred bytes, a signed one (JWT) a few thousand.
  static let tokenBytesLimit = 16_384

  private func session(_ login: SessionLogin, _ answer: HTTPResponse) -> Reading {
    var content = AnswerContent(answer.body, format: login.format, limits: limits)
    guard let root = content.root() else { return .failed("the login's answer is no \(login.format.rawValue)") }
    if let success = login.success, (try? success.boolean(at: root)) != true {
      return .failed("the partner refused the login")
    }
    guard let token = try? login.token.string(at: root), !token.isEmpty else {
      return .failed("the login's answer holds no token")
    }
    return .token(token, lifetime: login.lifetime)
  }

  /// RFC 6749 §5.1.
  private func oauth(_ login: OAuthLogin, _ answer: HTTPResponse) -> Reading {
    guard let document = try? JSONDocument(parsing: answer.body, limits: limits.json) else {
      return .failed("the token answer is no JSON")
    }
    guard let token = document.root["access_token"]?.string, !token.isEmpty else {
      return .failed("the token answer holds no access_token")
    }
    // Some servers write the number as a string.
    let given = document.root["expires_in"]
    let seconds = given?.integer ?? given?.string.flatMap { Int($0) }
    guard let seconds, seconds > 0 else { return .token(token, lifetime: login.lifetime) }
    return .token(token, lifetime: Self.withMargin(.seconds(min(seconds, Self.lifetimeSecondsLimit))))
  }

  /// Renewed before it ends, so that a request under way is not caught by the end: a tenth early, at most 30 seconds.
  private static func withMargin(_ lifetime: Duration) -> Duration {
    lifetime - min(lifetime / 10, .seconds(30))
  }

  private static let lifetimeSecondsLimit = 31_536_000
}
