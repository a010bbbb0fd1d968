import CryptographyKit
import DossierModel
import HTTPKit
import JSONKit
import Reception
import ServiceKit
import Testing

@Suite("The client-credentials grant (RFC 6749 §4.4)")
struct TokenEndpointTests {
  private let rig: ReceptionRig
  init() throws { rig = try ReceptionRig() }

  private static let grant = "grant_type=client_credentials"
  // The client's id has a space, its secret +, : and %: all that forms and Basic have to carry unharmed.
  private static let form = grant + "&client_id=ung+dung&client_secret=bi%2Bmat%3A100%25"

  private static func basic(_ id: String, _ secret: String, scheme: String = "Basic") -> String {
    "\(scheme) " + Base64.encode(Array("\(id):\(secret)".utf8))
  }

  private func error(_ response: HTTPResponse, _ status: Int) throws -> String? {
    #expect(response.status == status)
    #expect(response.headers["Cache-Control"] == "no-store")
    #expect(response.headers["Content-Type"] == "application/json")
    #expect((response.headers["WWW-Authenticate"] != nil) == (status == 401))
    return try rig.json(response)["error"]?.string
  }

  @Test("an id and secret in the form get a token that names the client's party for as long as it says")
  func form() throws {
    let response = try rig.askForToken(Self.form)
    #expect(response.status == 200)
    #expect(response.headers["Cache-Control"] == "no-store")
    let answer = try rig.json(response)
    #expect(answer["token_type"]?.string == "Bearer" && answer["expires_in"]?.integer == 3_600)
    let token = try #require(answer["access_token"]?.string)
    rig.time.advance(by: .seconds(3_599))
    #expect(rig.tokens.party(showing: token) == "ung-dung")
    rig.time.advance(by: .seconds(1))
    #expect(rig.tokens.party(showing: token) == nil)
  }

  @Test(
    "Basic carries id and secret as forms write them (RFC 6749 §2.3.1), whatever the scheme's case",
    arguments: ["Basic", "basic", "BASIC"])
  func basic(scheme: String) throws {
    let authorization = Self.basic("ung+dung", "bi%2Bmat%3A100%25", scheme: scheme)
    #expect(try rig.askForToken(Self.grant, authorization: authorization).status == 200)
  }

  @Test("an unknown client, a wrong secret and no client at all are told the same")
  func invalidClient() throws {
    let wrong = [
      (Self.grant + "&client_id=la&client_secret=x", nil), (Self.grant + "&client_id=ung+dung&client_secret=x", nil),
      (Self.grant, nil), (Self.grant, Self.basic("ung+dung", "x")), (Self.grant, Self.basic("la", "x")),
      (Self.grant, "Basic ###"), (Self.grant, "Basic " + Base64.encode(Array("khong-co-dau-hai-cham".utf8))),
      (Self.grant, "Bearer x"),
    ]
    for (form, authorization) in wrong {
      #expect(try error(rig.askForToken(form, authorization: authorization), 401) == "invalid_client")
    }
  }

  @Test("who shows a wrong secret stands in the journal, without the secret and without the name")
  func journalled() throws {
    _ = try rig.askForToken(Self.grant + "&client_id=ung+dung&client_secret=sai-bi-mat")
    #expect(try rig.refusals() == ["unknown: unauthenticated"])
  }

  @Test("a grant that is not this one is unsupported, and one that is not named or named twice is no request")
  func grants() throws {
    #expect(try error(rig.askForToken("grant_type=password"), 400) == "unsupported_grant_type")
    #expect(try error(rig.askForToken(""), 400) == "invalid_request")
    #expect(try error(rig.askForToken("client_id=a&client_secret=b"), 400) == "invalid_request")
    #expect(try error(rig.askForToken(Self.form + "&grant_type=password"), 400) == "invalid_request")
  }

  @Test("a client that proves itself in two ways at once is refused (RFC 6749 §2.3)")
  func twoWays() throws {
    let authorization = Self.basic("ung+dung", "bi%2Bmat%3A100%25")
    #expect(try error(rig.askForToken(Self.form, authorization: authorization), 400) == "invalid_request")
  }

  @Test("when no more secrets can be compared, the client is asked to come again")
  func busy() throws {
    rig.verifier.stop()
    let response = try rig.askForToken(Self.form)
    #expect(try error(response, 503) == "temporarily_unavailable")
    #expect(response.headers["Retry-After"] == "1")
  }
}
