import CryptographyKit
import GatewayTesting
import HTTPKit
import Testing

/// What a partner asks us, through a gateway: has a dossier been paid for?
@Suite("A partner that asks us", .timeLimit(.minutes(2)))
struct QuestionJourneyTests {
  private static let key = "khoa-nen-tang"
  private static let secret = "khoa-bam-2-mo-phong"
  private static let path = "/callbacks/thanh-toan/dptracuuthanhtoanhs"

  private let site = TestSite()

  private func start(questions: String = "[thanh-toan/dptracuuthanhtoanhs]") throws -> (GatewayInProcess, Visitor) {
    TestFiles.write(Self.secret, to: site.site + "/secrets/thanh-toan.callbacks")
    TestFiles.write(
      """
      party: thanh-toan
      name: Nền tảng thanh toán (thử)
      credentials:
        - apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(Self.key)))"
        - checksum: { secret: "file:../secrets/thanh-toan.callbacks" }
      sends: [thanh-toan/ket-qua]
      questions: \(questions)

      """, to: site.site + "/parties/thanh-toan.yaml")
    TestFiles.write(
      "party: nguoi-nhan\nname: Người nhận (thử)\nreceives: { profile: rest, pull: true }\n",
      to: site.site + "/parties/nguoi-nhan.yaml")
    TestFiles.write(
      "routes:\n  - { name: thanh toán, message: progress, from: [thanh-toan], to: [nguoi-nhan] }\n",
      to: site.site + "/routes.yaml")
    let gateway = try GatewayInProcess(site: site.site, log: site.folder.path + "/log")
    return (gateway, try Visitor(port: gateway.port))
  }

  private func ask(_ visitor: Visitor, _ question: String, key: String? = QuestionJourneyTests.key) -> String {
    guard let answer = visitor.send(.post, Self.path, key: key, body: Array(question.utf8)) else { return "no answer" }
    return "\(answer.status) " + String(decoding: answer.body, as: UTF8.self)
  }

  private func tell(_ visitor: Visitor, _ dossier: String, status: Int) -> String {
    let text = "0|CL0001|PAY|50000|\(dossier)|3.0"
    let sum = Hexadecimal.encode(HMACSHA256.code(of: Array(text.utf8), key: Array(Self.secret.utf8)))
    let body = """
      {"client_id": "CL0001", "transaction_id": "\(dossier)", "transaction_code": "KP0099", "trans_amount": "50000",
       "payment_fee": "0", "command": "PAY", "addition_fee": "0", "version": "3.0", "status": \(status),
       "check_sum": "\(sum)"}
      """
    return visitor.send(.post, "/callbacks/thanh-toan/ket-qua", body: Array(body.utf8)).map {
      String(decoding: $0.body, as: UTF8.self)
    } ?? ""
  }

  @Test("learns that a dossier is paid once a callback with status 0 is on the disk, and not by another status")
  func paid() throws {
    let (gateway, visitor) = try start()
    defer { withExtendedLifetime(gateway) {} }
    let (dossier, none) = ("H99.14-260101-0001", #"200 {"error_code":0,"message":"Hồ sơ chưa thanh toán"}"#)
    #expect(ask(visitor, #"{"MaHoSo": "\#(dossier)"}"#) == none)
    #expect(tell(visitor, dossier, status: 3) == #"{"return_code":0,"return_msg":"success"}"#)
    #expect(ask(visitor, #"{"MaHoSo": "\#(dossier)"}"#) == none)
    #expect(tell(visitor, dossier, status: 0) == #"{"return_code":0,"return_msg":"success"}"#)
    #expect(ask(visitor, #"{"MaHoSo": "\#(dossier)"}"#) == #"200 {"error_code":1,"message":"Hồ sơ đã thanh toán"}"#)
    #expect(ask(visitor, #"{"MaHoSo": "H99.14-260101-0002"}"#) == none, "of another dossier it says nothing")
    var log: String { String(decoding: TestFiles.read(site.folder.path + "/log"), as: UTF8.self) }
    #expect(Patience.until { log.contains("event=question") })
    #expect(!log.contains(dossier))
  }

  @Test("is told in its own words what is wrong: who it is, what it may, what it asks; at the limit it is answered")
  func refusals() throws {
    let (gateway, visitor) = try start()
    defer { withExtendedLifetime(gateway) {} }
    #expect(ask(visitor, #"{"MaHoSo": "x"}"#, key: "sai").hasPrefix(#"401 {"error_code":-1"#))
    #expect(ask(visitor, #"{"MaHoSo": "x"}"#, key: nil).hasPrefix(#"401 {"error_code":-1"#))
    #expect(ask(visitor, #"{"MaHoSo": "x"}"#, key: TestSite.senderKey).contains("không được phép hỏi"))
    for wrong in ["{", "[]", "{}", #"{"MaHoSo": ""}"#] {
      #expect(ask(visitor, wrong).hasPrefix(#"200 {"error_code":-1"#), "\(wrong)")
    }
    let none = #"200 {"error_code":0"#
    let code = String(repeating: "9", count: 128)
    #expect(ask(visitor, #"{"MaHoSo": "\#(code)"}"#).hasPrefix(none))
    #expect(ask(visitor, #"{"MaHoSo": "\#(code)9"}"#).contains("dài hơn 128 byte"))
    let padding = String(repeating: " ", count: 16 * 1_024 - #"{"MaHoSo":"x"}"#.utf8.count)
    #expect(ask(visitor, #"{"MaHoSo":"x"}"# + padding).hasPrefix(none))
    #expect(ask(visitor, #"{"MaHoSo":"x"}"# + padding + " ").contains("dài nhất 16384 byte"))
    #expect(visitor.send(.get, Self.path, key: Self.key)?.status == 405)
  }

  @Test("a site that allows a question that nobody answers does not start, and says which there are")
  func misfit() throws {
    #expect(throws: (any Error).self) { try start(questions: "[thanh-toan/khong-co]") }
    let check = ProgramRun.lienthong("check", site.site)
    #expect(check.exitCode == 2)
    #expect((check.text + check.errorText).contains("known here: thanh-toan/dptracuuthanhtoanhs"))
  }
}
