import DossierModel
package import HTTPKit
import JSONKit

/// `POST /token`: the client-credentials grant (RFC 6749 §4.4) as LGSP clients use it.
///
/// The client's id and secret come by HTTP Basic, written there as in forms (§2.3.1), or in the form; not both (§2.3).
/// Errors are those of RFC 6749 §5.2, not problem documents, because that is what OAuth clients read.
package final class TokenEndpoint: HTTPHandler {
  /// Parameters that stand once in a request (RFC 6749 §3.2); others are none of ours and ignored.
  private static let parameters = ["grant_type", "client_id", "client_secret"]

  private let authenticator: Authenticator
  private let tokens: SessionRegistry
  private let verifier: SecretVerifier
  private let intake: MessageIntake

  /// `intake` journals and counts who was turned away.
  package init(
    authenticator: Authenticator, tokens: SessionRegistry, verifier: SecretVerifier, intake: MessageIntake
  ) {
    self.authenticator = authenticator
    self.tokens = tokens
    self.verifier = verifier
    self.intake = intake
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) {
    let form = FormFields(parsing: request.body)
    let authorization = request.headers["Authorization"]
    guard let grant = form["grant_type"], !Self.parameters.contains(where: form.isRepeated),
      authorization == nil || form["client_secret"] == nil
    else { return reply.send(Self.error("invalid_request", status: 400)) }
    guard grant == "client_credentials" else {
      return reply.send(Self.error("unsupported_grant_type", status: 400))
    }
    guard let (id, secret) = authorization.map(Self.basic) ?? Self.pair(of: form) else {
      return refuseClient(reply)
    }
    let client = authenticator.client(id)
    verifier.verify(secret, against: client?.secret) { [self] verdict in
      switch verdict {
      case .matches:
        guard let client else { return refuseClient(reply) }
        reply.send(Self.granted(tokens.open(for: client.party), lifetime: tokens.lifetime))
      case .differs: refuseClient(reply)
      case .busy: reply.send(Self.error("temporarily_unavailable", status: 503))
      }
    }
  }

  private func refuseClient(_ reply: HTTPReply) {
    intake.refuse(.unauthenticated, from: nil)
    reply.send(Self.error("invalid_client", status: 401))
  }

  private static func granted(_ token: String, lifetime: Duration) -> HTTPResponse {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("access_token")
    writer.string(token)
    writer.name("token_type")
    writer.string("Bearer")
    writer.name("expires_in")
    writer.integer(lifetime.components.seconds)
    writer.endObject()
    return response(writer.finish(), status: 200)
  }

  private static func error(_ code: String, status: Int) -> HTTPResponse {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("error")
    writer.string(code)
    writer.endObject()
    var response = response(writer.finish(), status: status)
    if status == 401 { response.headers["WWW-Authenticate"] = "Basic realm=\"lienthong\"" }
    if status == 503 { response.headers["Retry-After"] = "1" }
    return response
  }

  private static func response(_ body: [UInt8], status: Int) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: ["Content-Type": "application/json", "Cache-Control": "no-store"], body: body)
  }

  private static func pair(of form: FormFields) -> (id: String, secret: String)? {
    guard let id = form["client_id"], let secret = form["client_secret"] else { return nil }
    return (id, secret)
  }

  private static func basic(_ authorization: String) -> (id: String, secret: String)? {
    Authenticator.basic(authorization).map { (FormFields.text(of: $0.name), FormFields.text(of: $0.password)) }
  }
}
