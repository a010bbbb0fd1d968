import Delivery
import DossierModel
import HTTPKit
import ServiceKit
import Testing

@Suite struct AnswerReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var status = 200
    var headers: HTTPHeaders = [:]
    let body: String
    var left: [String] = []
    let expected: AnswerVerdict

    var testDescription: String { "HTTP \(status) \(body.prefix(60))" }
  }

  static let now = Timestamp(seconds: 1_790_000_000)

  static let vxpCases: [Case] = [
    Case(body: #"{"status":"OK","ErrorCode":"0","ErrorDesc":"","DocId":"a"}"#, expected: .accepted),
    Case(body: #"{"status":"OK","ErrorCode":0,"ErrorDesc":"","DocId":"a"}"#, expected: .accepted),
    // Nothing that says where it is now.
    Case(body: #"{"status":"OK","ErrorCode":"0","ErrorDesc":"","DocId":""}"#, expected: .unreadable),
    Case(body: #"{"status":"OK","ErrorCode":"0","ErrorDesc":""}"#, expected: .unreadable),
    Case(body: #"{"status":"FAIL","ErrorCode":"18","ErrorDesc":"x","DocId":""}"#, expected: .refused),
    Case(body: #"{"status":"FAIL","ErrorCode":"0","ErrorDesc":"x","DocId":""}"#, expected: .unreadable),
    Case(
      body: #"{"status":"FAIL","ErrorCode":"20","ErrorDesc":"x","DocId":""}"#,
      expected: .retry(.businessRetry, notBefore: nil)),
    // Our system id or secret, and not the document.
    Case(
      body: #"{"status":"FAIL","ErrorCode":"15","ErrorDesc":"x","DocId":""}"#,
      expected: .retry(.businessRetry, notBefore: nil)),
    Case(body: "Unauthorized", expected: .unreadable), Case(body: "", expected: .unreadable),
    Case(body: "<html>Bad Gateway</html>", expected: .unreadable),
  ]

  @Test("an answer on the VXP wire is read by the shipped profile", arguments: vxpCases)
  func vxp(_ answer: Case) throws {
    let reader = AnswerReader(rules: try ShippedProfile.read("edxml-vxp").answers)
    #expect(read(answer, by: reader).verdict == answer.expected)
  }

  static let portalCases: [Case] = [
    Case(body: #"{"error_code": 0, "message": "Thành công", "result": []}"#, expected: .accepted),
    Case(body: #"{"error_code": "0"}"#, expected: .accepted),
    Case(body: #"{"error_code": "00"}"#, expected: .accepted),
    Case(body: "\u{FEFF}" + #"{"error_code": 0}"#, expected: .accepted),
    Case(headers: ["Content-Type": "text/html"], body: #"{"error_code": 0}"#, expected: .accepted),
    // Known to be there: only a variant that was not sent can be switched to.
    Case(
      body: #"{"error_code": "-3", "message": "Hồ sơ đã tồn tại"}"#,
      left: ["update"], expected: .switchVariant("update")),
    Case(
      body: #"{"error_code": 3, "message": "HỒ SƠ ĐÃ TỒN TẠI"}"#,
      left: ["update"], expected: .switchVariant("update")),
    Case(body: #"{"error_code": 0, "message": "đã tồn tại"}"#, left: ["update"], expected: .switchVariant("update")),
    Case(
      body: #"{"error_code": "-3", "message": "Ho\u0302\u0300 so\u031b \u0111a\u0303 to\u0302\u0300n ta\u0323i"}"#,
      left: ["update"], expected: .switchVariant("update")),
    Case(body: #"{"error_code": "-3", "message": "Hồ sơ da ton tai"}"#, left: ["update"], expected: .refused),
    Case(body: #"{"error_code": "-3", "message": "đã tồn tại"}"#, left: [], expected: .refused),
    Case(
      status: 409, body: #"{"error_code": "3", "message": "đã tồn tại"}"#,
      left: ["update"], expected: .switchVariant("update")),
    // An error inside a 200.
    Case(body: #"{"error_code": "-1", "message": "Sai mã thủ tục"}"#, expected: .refused),
    Case(body: #"{"error_code": -1, "message": "Phiên làm việc không hợp lệ"}"#, expected: .credentialRejected),
    Case(body: #"{"error_code": "-1", "message": "session not found"}"#, expected: .credentialRejected),
    // Nothing that says yes.
    Case(body: "", expected: .unreadable),
    Case(body: " ", expected: .unreadable),
    Case(body: "<html><body>0</body></html>", expected: .unreadable),
    Case(body: #"{"error_code": 0"#, expected: .unreadable),
    Case(body: #"{"message": "Thành công"}"#, expected: .unreadable),
    Case(body: #"{"error_code": ""}"#, expected: .unreadable),
    Case(body: #"{"error_code": null}"#, expected: .unreadable),
    Case(body: "[]", expected: .unreadable),
    Case(body: "0", expected: .unreadable),
    Case(body: #"{"data": {"error_code": 0}}"#, expected: .unreadable),
    // HTTP's own words.
    Case(status: 400, body: #"{"error_code": 0}"#, expected: .refused),
    Case(status: 401, body: #"{"error_code": 0}"#, expected: .credentialRejected),
    Case(status: 403, body: "", expected: .credentialRejected),
    Case(status: 404, body: #"{"error_code": 0}"#, expected: .retry(.clientError, notBefore: nil)),
    Case(status: 302, headers: ["Location": "/login"], body: "", expected: .retry(.clientError, notBefore: nil)),
    Case(status: 500, body: #"{"error_code": 0}"#, expected: .retry(.serverError, notBefore: nil)),
    Case(status: 502, body: "<html>Bad Gateway</html>", expected: .retry(.serverError, notBefore: nil)),
    Case(status: 429, body: "", expected: .retry(.throttled, notBefore: nil)),
    Case(
      status: 503, headers: ["Retry-After": "120"], body: "",
      expected: .retry(.throttled, notBefore: now + .seconds(120))),
  ]

  @Test("the portal's answers are read as its profile says", arguments: portalCases)
  func portal(_ example: Case) throws {
    let reader = AnswerReader(rules: try ShippedProfile.read("dvcqg-a").answers)
    #expect(read(example, by: reader).verdict == example.expected)
  }

  static let lgspCases: [Case] = [
    Case(body: "<MResult><Status>200</Status><Message>Thành công</Message></MResult>", expected: .accepted),
    Case(body: "<?xml version=\"1.0\"?>\n<MResult>\n <Status> 200 </Status>\n</MResult>", expected: .accepted),
    Case(headers: ["Content-Type": "text/plain"], body: "<MResult><Status>200</Status></MResult>", expected: .accepted),
    Case(body: "<MResult><Status>500</Status></MResult>", expected: .retry(.businessRetry, notBefore: nil)),
    Case(body: "<MResult><Status>0</Status></MResult>", expected: .refused),
    Case(body: "<MResult><Status>409</Status><Message>Hồ sơ đã tồn tại</Message></MResult>", expected: .alreadyThere),
    Case(body: "<MResult><Status>1</Status></MResult>", expected: .refused),
    Case(body: "<MResult><Status>abc</Status></MResult>", expected: .refused),
    Case(body: "<MResult/>", expected: .retry(.businessRetry, notBefore: nil)),
    Case(body: "<other><Status>200</Status></other>", expected: .retry(.businessRetry, notBefore: nil)),
    Case(body: "", expected: .unreadable),
    Case(body: "200", expected: .unreadable),
    Case(body: #"{"Status": 200}"#, expected: .unreadable),
    Case(body: "<html><body><p>Welcome<br></body></html>", expected: .unreadable),
    Case(body: "<!DOCTYPE MResult><MResult><Status>200</Status></MResult>", expected: .unreadable),
    Case(body: "<MResult><Status>200</Status>", expected: .unreadable),
    Case(status: 422, body: "<MResult><Status>200</Status></MResult>", expected: .refused),
    Case(status: 504, body: "<MResult><Status>200</Status></MResult>", expected: .retry(.serverError, notBefore: nil)),
  ]

  @Test("the LGSP's answers are read as its profile says", arguments: lgspCases)
  func lgsp(_ example: Case) throws {
    let reader = AnswerReader(rules: try ShippedProfile.read("oc-lgsp").answers)
    #expect(read(example, by: reader).verdict == example.expected)
  }

  @Test("plain text is read by the pieces in it, and nothing but blanks is no answer")
  func plainText() throws {
    let thanks = try #require(TextPattern("thành công"))
    let rules = AnswerRules(format: .text, rules: [AnswerRule(.accepted, contains: [thanks])], otherwise: .retry)
    let reader = AnswerReader(rules: rules)
    func verdict(_ body: [UInt8]) -> AnswerVerdict {
      reader.read(HTTPResponse(status: 200, body: body), now: Self.now).verdict
    }
    #expect(verdict(Array("Cập nhật THÀNH CÔNG 10 bản ghi".utf8)) == .accepted)
    #expect(verdict(Array("tha\u{300}nh co\u{302}ng".utf8)) == .accepted)
    #expect(verdict(Array("thất bại".utf8)) == .retry(.businessRetry, notBefore: nil))
    #expect(verdict(Array(" \r\n".utf8)) == .unreadable)
    #expect(verdict([0x74, 0x68, 0xC3]) == .unreadable)
  }

  @Test("a rule that names a status is looked at for it even where HTTP has its own word")
  func namedStatuses() throws {
    let rules = AnswerRules(
      format: .json,
      rules: [
        AnswerRule(.accepted, statuses: [204...204]), AnswerRule(.refused, statuses: [403...403, 500...599]),
        AnswerRule(.retry, statuses: [400...400]),
      ], otherwise: .unreadable)
    let reader = AnswerReader(rules: rules)
    func verdict(_ status: Int) -> AnswerVerdict {
      reader.read(HTTPResponse(status: status), now: Self.now).verdict
    }
    #expect(verdict(204) == .accepted)
    #expect(verdict(403) == .refused)
    #expect(verdict(501) == .refused)
    #expect(verdict(400) == .retry(.businessRetry, notBefore: nil))
    #expect(verdict(401) == .credentialRejected)
    #expect(verdict(200) == .unreadable)
  }

  @Test("an answer at the limit is read, and one byte more is not")
  func bytesLimit() throws {
    let body = Array(#"{"error_code": 0}"#.utf8)
    let rules = try ShippedProfile.read("dvcqg-a").answers
    func verdict(_ limit: Int) -> AnswerVerdict {
      AnswerReader(rules: rules, limits: AnswerLimits(bytes: limit))
        .read(HTTPResponse(status: 200, body: body), now: Self.now).verdict
    }
    #expect(verdict(body.count) == .accepted)
    #expect(verdict(body.count - 1) == .unreadable)
  }

  @Test("the note names rule and status and none of the partner's words")
  func notes() throws {
    let reader = AnswerReader(rules: try ShippedProfile.read("dvcqg-a").answers)
    let answer = HTTPResponse(status: 200, body: Array(#"{"error_code": "-1", "message": "Nguyễn Văn A"}"#.utf8))
    #expect(reader.read(answer, now: Self.now).note == "HTTP 200, answer rule 4")
    let empty = reader.read(HTTPResponse(status: 200), now: Self.now)
    #expect(empty.note == "HTTP 200, an empty answer")
  }

  static let waits: [(text: String, seconds: Int64?)] = [
    ("0", 0), ("120", 120), ("3600", 3_600), ("3601", 3_600), ("99999999999999999999", 3_600), ("-1", nil), ("", nil),
    ("soon", nil), ("1.5", nil), ("Mon, 21 Sep 2026 14:14:20 GMT", 60), ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
    ("Mon, 21 Sep 2099 14:14:20 GMT", 3_600), ("Mon, 31 Feb 2026 14:14:20 GMT", nil),
  ]

  @Test("Retry-After is read as seconds and as a date, and is bounded", arguments: waits)
  func retryAfter(text: String, seconds: Int64?) {
    // 2026-09-21T14:13:20Z
    #expect(RetryAfter.moment(of: text, now: Self.now) == seconds.map { Self.now + .seconds($0) })
  }

  private func read(_ example: Case, by reader: AnswerReader) -> AnswerReading {
    let answer = HTTPResponse(status: example.status, headers: example.headers, body: Array(example.body.utf8))
    return reader.read(answer, variantsLeft: example.left, now: Self.now)
  }
}
