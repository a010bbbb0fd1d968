import CryptographyKit
import DocumentKit
import DossierModel
import DossierStore
import GatewayTesting
import JSONKit
import Reception
import SQLKit
import ServiceKit
import Testing

@testable import HTTPKit

/// Reception with everything it stands on: a real store in a temporary folder, a clock in the hand, a scripted line.
///
/// Parties: `mot-cua` (API key; may send `thu/…` but not `thu/bi-cam`), `mot-cua-a` (generation-A login; may send
/// `dvcqg-a/…`), `ung-dung` (OAuth client, certificate).
final class ReceptionRig {
  static let key = "khoa-api-cua-mot-cua"
  static let password = "mat khau: có dấu"
  static let clientSecret = "bi+mat:100%"
  static let fingerprint = [UInt8](repeating: 7, count: 32)

  let folder = TemporaryFolder()
  let time = ManualTimeSource()
  let store: SQLDossierStore
  let verifier = SecretVerifier()
  let tokens: SessionRegistry
  let sessions: SessionRegistry
  let gate = IntakeGate()
  let authenticator: Authenticator
  let intake: MessageIntake
  let messages: MessageEndpoint
  let token: TokenEndpoint
  let door: DVCQGFrontDoor

  init() throws {
    store = try SQLDossierStore(.sqlite(path: folder.path + "/store.sqlite"), at: time.now())
    tokens = SessionRegistry(time: time, lifetime: .seconds(3_600))
    sessions = SessionRegistry(time: time, lifetime: .seconds(1_800))
    authenticator = Authenticator(parties: Self.parties, tokens: tokens)
    intake = MessageIntake(
      types: try MessageTypeRegistry(Self.types), line: ScriptedLine(), store: store, identifiers: UUIDv7Generator(),
      time: time, metrics: Metrics(), gate: gate)
    messages = MessageEndpoint(intake: intake, authenticator: authenticator)
    token = TokenEndpoint(authenticator: authenticator, tokens: tokens, verifier: verifier, intake: intake)
    door = DVCQGFrontDoor(
      intake: intake, authenticator: authenticator, sessions: sessions, verifier: verifier,
      dictionaries: DVCQGDictionaries(
        procedures: ["1.009994": Array(#"{"MATTHC":"1.009994"}"#.utf8)],
        lists: ["LayDanhMucCoQuan": Array(#"[{"MACOQUAN":"H99"}]"#.utf8)]))
  }

  deinit {
    verifier.stop()
    store.close()
  }

  // MARK: Asking

  func answer(of handler: any HTTPHandler, to request: HTTPRequest) throws -> HTTPResponse {
    let awaited = Awaited<HTTPResponse>()
    handler.handle(request, reply: HTTPReply { awaited.bring($0) })
    return try #require(awaited.get(), "the handler did not answer")
  }

  /// `POST /v1/messages`, by `mot-cua` unless `headers` say somebody else.
  func post(
    _ body: String, type: String? = "application/json", headers: HTTPHeaders = ["X-Api-Key": ReceptionRig.key],
    query: String = ""
  ) throws -> HTTPResponse {
    var headers = headers
    if let type { headers["Content-Type"] = type }
    let query = try #require(HTTPQuery(parsing: Array(query.utf8)[...]))
    return try answer(
      of: messages,
      to: HTTPRequest(
        method: .post, target: "/v1/messages", path: ["v1", "messages"], query: query, headers: headers,
        body: Array(body.utf8)))
  }

  func askForToken(_ form: String, authorization: String? = nil) throws -> HTTPResponse {
    var headers: HTTPHeaders = ["Content-Type": "application/x-www-form-urlencoded"]
    if let authorization { headers["Authorization"] = authorization }
    return try answer(
      of: token,
      to: HTTPRequest(method: .post, target: "/token", path: ["token"], headers: headers, body: Array(form.utf8)))
  }

  func call(_ body: String) throws -> HTTPResponse {
    try answer(
      of: door.service, to: HTTPRequest(method: .post, target: "/service", path: ["service"], body: Array(body.utf8)))
  }

  func logIn(_ username: String = "mot-cua-a", _ password: String = ReceptionRig.password) throws -> HTTPResponse {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("username")
    writer.string(username)
    writer.name("password")
    writer.string(password)
    writer.endObject()
    return try answer(
      of: door.login, to: HTTPRequest(method: .post, target: "/login", path: ["login"], body: writer.finish()))
  }

  /// A session of `mot-cua-a`.
  func session() throws -> String { try #require(json(logIn())["session"]?.string) }

  func json(_ response: HTTPResponse) throws -> JSONValue { try JSONDocument(parsing: response.body).root }

  // MARK: Looking

  /// The refusals in the journal as `actor: note`, oldest first. Closes the store, so that everything is on the disk.
  func refusals() throws -> [String] {
    store.close()
    let database = try SQLiteDatabase(path: folder.path + "/store.sqlite")
    let rows = try database.prepare("SELECT actor, note FROM journal WHERE event = 'turnedAway' ORDER BY number")
    var lines: [String] = []
    while try rows.step() { lines.append("\(rows.text(0)): \(rows.text(1))") }
    return lines
  }

  // MARK: Who takes part

  private static let parties = [
    Party(
      id: "mot-cua", name: "Một cửa", credentials: [.apiKey(sha256: SHA256.hash(key))],
      sends: ["thu/ho-so", "thu/ho-so-hai", "thu/tai-lieu"]),
    Party(
      id: "mot-cua-a", name: "Một cửa thế hệ A",
      credentials: [.session(username: "mot-cua-a", password: hash(password))],
      sends: ["dvcqg-a/ho-so", "dvcqg-a/tien-do"]),
    Party(
      id: "ung-dung", name: "Ứng dụng",
      credentials: [.client(id: "ung dung", secret: hash(clientSecret)), .certificate(sha256: fingerprint)],
      sends: ["thu/ho-so"]),
  ]

  static let types = [
    MessageType(
      name: "thu/ho-so", format: .json, kind: .dossier, recognise: "self::root[MaHoSo and not(Cam)]", schema: "thu"),
    MessageType(
      name: "thu/ho-so-hai", format: .json, kind: .dossier, recognise: "self::root[MaHoSo and Hai]", schema: "thu"),
    MessageType(name: "thu/bi-cam", format: .json, kind: .dossier, recognise: "self::root[Cam]", schema: "thu"),
    MessageType(name: "thu/tai-lieu", format: .xml, kind: .dossier, recognise: "self::TaiLieu", schema: "thu"),
    MessageType(
      name: "dvcqg-a/ho-so", format: .json, kind: .dossier, recognise: "self::root[MaHoSo and MaTTHC]", schema: "thu"),
    MessageType(
      name: "dvcqg-a/tien-do", format: .json, kind: .progress, recognise: "self::root[ThoiDiemXuLy]", schema: "thu"),
  ]

  /// Slow by intent; each is made once for all tests.
  private static func hash(_ secret: String) -> PasswordHash {
    guard let hash = try? PasswordHash(password: secret, iterations: PasswordHash.minimumIterations) else {
      preconditionFailure("a password cannot be hashed")
    }
    return hash
  }
}
