import Delivery
import DocumentKit
import DossierModel
import DossierStore
import HTTPKit
import ServiceKit
import Testing

@Suite("A trial question to a partner")
struct PartnerTrialQuestionTests {
  private static let text =
    SampleProfile.polled + """
          detail: { path: "/items/{item}", answers: { rules: [{ outcome: found, when: id }, { outcome: gone, status: 404, when: "mat" }] } }
          acknowledge: { method: PUT, path: "/done/{item}", answers: { rules: [{ outcome: done, when: ok }] } }
        khac:
          every: 5m
          path: "/khac?key={values.khoa}"
          answers: { format: json, rules: [{ outcome: listed, status: 200 }] }
          items: rows
      delivery:
        authentication:
          session:
            request: { path: /login, json: { password: "{secrets.password}" } }
            format: json
            token: token
        headers: { Authorization: "{session}" }
        lookups:
          mot:
            parameters: { ma: '^[0-9]+$' }
            path: "/records/{parameters.ma}"
            answers:
              format: json
              rules: [{ outcome: found, when: ten }, { outcome: notFound, when: "khong = 'true'" }]
            schema: x.json
            toCanonical: x

      """

  private static let timing = HTTPClientTiming(
    connected: .zero, firstByte: .zero, whole: .zero, isConnectionReused: false)

  private func trial() throws -> PartnerTrial {
    let password = Array("mat-khau-that".utf8).withUnsafeBytes { Secret(copying: $0) }
    return try PartnerTrial(
      try PartnerProfile(try YAMLDocument(parsing: Self.text, file: "sample.yaml")), address: "http://p.example",
      secrets: ["password": password], values: [:], timeouts: .standard, tls: nil, polls: ["danh-sach": nil])
  }

  /// Answers by address; every request is written down.
  private final class Partner {
    var answers: [String: [(Int, String)]]
    var requests: [String] = []
    var steps: [TrialStep] = []

    init(_ answers: [String: [(Int, String)]]) { self.answers = answers }

    func send(_ request: HTTPClientRequest) -> HTTPClientResult {
      let path = String(request.url.dropFirst("http://p.example".count))
      requests.append("\(request.method.rawValue) \(path) \(request.headers["Authorization"] ?? "-")")
      guard var left = answers[path], !left.isEmpty else {
        return .failure(HTTPClientFailure(kind: .connect, requestPossiblySent: false, message: ""))
      }
      let (status, body) = left.removeFirst()
      answers[path] = left
      return .response(HTTPResponse(status: status, body: Array(body.utf8)), PartnerTrialQuestionTests.timing)
    }
  }

  private func poll(_ partner: Partner) throws -> PollTrial {
    try trial().poll(
      "danh-sach", userAgent: "t", now: .epoch, send: { partner.send($0) }, hear: { partner.steps.append($0) })
  }

  @Test("a round asks, has each item brought, and acknowledges nothing; what would be sent is shown, secrets are not")
  func round() throws {
    let partner = Partner([
      "/login": [(200, #"{"token": "phien-that"}"#)],
      "/list?after=0": [(200, #"{"rows": [{"id": 1}, {"id": 2}, {"id": 3}]}"#)],
      "/items/1": [(200, #"{"id": 1, "token": "phien-that"}"#)], "/items/2": [(404, #"{"mat": 1}"#)],
      "/items/3": [(200, #"{"id": 3}"#)],
    ])
    let result = try poll(partner)
    #expect(result.found == 2 && result.isGood && result.unusable.isEmpty && result.end == nil)
    #expect(
      partner.requests == [
        "POST /login -", "GET /list?after=0 phien-that", "GET /items/1 phien-that", "GET /items/2 phien-that",
        "GET /items/3 phien-that",
      ])
    var withheld: [String] = []
    var shown = ""
    for step in partner.steps {
      switch step {
      case .withheld(let request): withheld.append("\(request.method) \(request.url)")
      case .sent(let request): shown += "\(request.headers)" + String(decoding: request.body, as: UTF8.self)
      case .answered(let answer): shown += String(decoding: answer.body ?? [], as: UTF8.self)
      default: break
      }
    }
    #expect(withheld == ["PUT http://p.example/done/1", "PUT http://p.example/done/3"])
    #expect(!shown.contains("phien-that") && !shown.contains("mat-khau-that") && shown.contains("hidden"))
  }

  @Test("an outage is one and no empty list, an empty list is none, and a lost session is renewed once")
  func ends() throws {
    let login = [(200, #"{"token": "a"}"#), (200, #"{"token": "b"}"#), (200, #"{"token": "c"}"#)]
    let outage = Partner(["/login": login, "/list?after=0": [(200, "<html>")]])
    #expect(try !poll(outage).isGood)
    #expect(try !poll(Partner(["/login": login])).isGood)
    #expect(try !poll(Partner(["/login": [(500, "")]])).isGood)
    let empty = Partner(["/login": login, "/list?after=0": [(401, ""), (200, #"{"rows": []}"#)]])
    let result = try poll(empty)
    #expect(result.end == .done && result.found == 0)
    #expect(empty.requests.map { $0.split(separator: " ").last.map(String.init) } == ["-", "a", "-", "b"])
    let shut = Partner(["/login": login, "/list?after=0": [(401, ""), (401, "")]])
    #expect(try !poll(shut).isGood)
    #expect(shut.requests.count == 4)
  }

  @Test("a lookup is asked with its parameters, and tells found, not there and nothing apart")
  func lookup() throws {
    for (answers, expected, count) in [
      ([(200, #"{"ten": "Có"}"#)], LookupResult.found(Array(#"{"ten": "Có"}"#.utf8)), 2),
      ([(200, #"{"khong": true}"#)], .notFound, 2), ([(200, "")], .unavailable(.unreadable), 2),
      ([(401, ""), (200, #"{"khong": true}"#)], .notFound, 4), ([(401, ""), (401, "")], .unavailable(.login), 4),
      ([], .unavailable(.unreachable), 2),
    ] {
      let partner = Partner(["/login": [(200, #"{"token": "a"}"#), (200, #"{"token": "b"}"#)], "/records/7": answers])
      let result = try trial().lookUp(
        "mot", ["ma": "7"], userAgent: "t", now: .epoch, send: { partner.send($0) }, hear: { partner.steps.append($0) })
      #expect(result == expected && partner.requests.count == count, "\(answers)")
    }
    let trial = try trial()
    #expect(trial.complaint(about: ["ma": "7"], of: "mot") == nil)
    #expect(trial.complaint(about: [:], of: "mot") == "ma" && trial.complaint(about: ["ma": "x"], of: "mot") == "ma")
    #expect(trial.complaint(about: ["ma": "7", "la": ""], of: "mot") == "la")
  }
}
