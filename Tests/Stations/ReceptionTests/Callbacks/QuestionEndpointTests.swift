import DocumentKit
import DossierModel
import DossierStore
import GatewayTesting
import Glibc
import HTTPKit
import Reception
import ServiceKit
import Testing

@Suite("A question about a dossier", .timeLimit(.minutes(2)))
struct QuestionEndpointTests {
  private static let profile = """
    callbacks:
      paths: { ho-so: ho-so }
      answers: { accepted: {}, refused: {}, unauthenticated: {}, unavailable: {} }
      questions:
        da-xong:
          title: Đã xong chưa
          dossier: MaHoSo
          message: ho-so
          when: "Xong = 1"
          answers:
            found: { text: co }
            none: { text: khong }
            refused: { text: "loi: {reason}" }
            unauthenticated: { text: la }
            unavailable: { text: "sau: {reason}" }
    """

  private let rig: ReceptionRig
  private let endpoint: QuestionEndpoint
  private let samples = SampleMessages()
  private let t0 = Timestamp(seconds: 1_800_000_000)

  init() throws {
    rig = try ReceptionRig()
    let reader = ConfigurationReader(try YAMLDocument(parsing: Self.profile, file: "thu.yaml"))
    let profile = CallbackProfile(reading: reader.root, profile: "thu", formats: ["ho-so": .json])
    try reader.finish()
    endpoint = QuestionEndpoint(
      try #require(profile?.questions.first), type: try #require(ReceptionRig.types.first { $0.name == "thu/ho-so" }),
      store: rig.store, intake: rig.intake, authenticator: rig.authenticator, askers: ["mot-cua"],
      log: Log(level: .error, format: .logfmt, descriptor: 2))
  }

  private func answer(about dossier: String) throws -> HTTPResponse {
    try rig.answer(
      of: endpoint,
      to: HTTPRequest(
        method: .post, target: "/", path: ["x"], headers: ["X-Api-Key": ReceptionRig.key],
        body: Array("{\"MaHoSo\": \"\(dossier)\"}".utf8)))
  }

  private func ask(_ dossier: String = "H1") throws -> String {
    String(decoding: try answer(about: dossier).body, as: UTF8.self)
  }

  /// Messages about H1 that say this of `Xong`, in one commit.
  private func record(_ words: [Int]) throws {
    let records = words.map { word in
      var record = samples.message("H1", body: "{\"MaHoSo\": \"H1\", \"Xong\": \(word)}", to: ["x"], at: t0)
      record.envelope.type = "thu/ho-so"
      return record
    }
    guard case .recorded = try rig.store.recordAndWait(records) else {
      throw StoreError(code: .internal, message: "a key was reported as used before")
    }
  }

  /// Nothing of the messages there now is kept but that they came.
  private func prune() throws {
    let claims = try rig.store.exchangeAndWait(DeliveryExchange(claims: ["x": 100], at: t0))
    let settlements = claims.map {
      Settlement(
        delivery: $0.id, epoch: $0.epoch, outcome: .accepted(alreadyThere: false), startedAt: t0, endedAt: t0,
        status: 200,
        answer: [])
    }
    _ = try rig.store.exchangeAndWait(DeliveryExchange(settlements: settlements, at: t0))
    let later = t0 + .seconds(86_400)
    let due = try #require(try rig.store.prunable("thu/ho-so", before: later, after: .start).candidates.last)
    let report = try rig.store.pruneAndWait(
      PruneOrder(type: "thu/ho-so", horizon: later, after: .start, through: due.place, rule: "thu", at: later))
    #expect(report.messages > 0)
  }

  @Test("of a thousand messages a no can be told; of one more only a yes that is among the first thousand")
  func limit() throws {
    #expect(QuestionEndpoint.messagesLimit == 1_000)
    try record([Int](repeating: 0, count: QuestionEndpoint.messagesLimit))
    #expect(try ask() == "khong")
    try record([1])
    let answer = try ask()
    #expect(answer.hasPrefix("loi: ") && answer.contains("1000"), "\(answer)")
    #expect(try ask("H2") == "khong", "another dossier has none")
  }

  @Test(
    "while messages cannot be read it is told in the asker's own words to come again, and when; then it is answered")
  func unreadable() throws {
    try record([1])
    let path = rig.folder.path + "/store.sqlite"
    // Nothing has been read yet, so the first question has to open the file.
    try #require(rename(path, path + ".away") == 0)
    let later = try answer(about: "H1")
    #expect(later.status == 503)
    #expect(String(decoding: later.body, as: UTF8.self).hasPrefix("sau: "))
    #expect(later.headers["Retry-After"] == String(Problem.retryAfterSeconds))
    #expect(try answer(about: "H2").status == 503, "of a dossier nobody knows nothing is told either")
    try #require(rename(path + ".away", path) == 0)
    #expect(try ask() == "co")
  }

  @Test("while nothing can be taken it is answered all the same: it reads what is on the disk")
  func gateClosed() throws {
    try record([1])
    rig.gate.isOpen = false
    #expect(try ask() == "co" && ask("H2") == "khong")
  }

  @Test("a yes among more than a thousand messages is told")
  func early() throws {
    try record([1] + [Int](repeating: 0, count: QuestionEndpoint.messagesLimit))
    #expect(try ask() == "co")
  }

  @Test("where a message is kept no more, a no cannot be told, and a yes of another message is one")
  func pruned() throws {
    try record([1])
    #expect(try ask() == "co")
    try prune()
    let answer = try ask()
    #expect(answer.hasPrefix("loi: ") && answer.contains("không còn lưu"), "\(answer)")
    try record([0])
    #expect(try ask().hasPrefix("loi: "))
    try record([1])
    #expect(try ask() == "co")
  }
}
