import DocumentKit
import DossierModel
import DossierStore
import HTTPKit
import JSONKit
import Reception
import Testing

@Suite("Problem documents (RFC 9457)")
struct ProblemTests {
  private func problem(_ refusal: Refusal, instance: String? = nil) throws -> (HTTPResponse, JSONValue) {
    let response = Problem.response(refusal, instance: instance)
    return (response, try JSONDocument(parsing: response.body).root)
  }

  @Test("every fault has its type, its status and its titles in both languages", arguments: FaultCode.allCases)
  func everyFault(fault: FaultCode) throws {
    let (response, json) = try problem(Refusal(fault, english: "do this", vietnamese: "làm thế này"))
    #expect(response.headers["Content-Type"] == "application/problem+json")
    #expect(json["type"]?.string == "urn:lienthong:problem:\(fault.rawValue)")
    #expect(response.status == fault.status && json["status"]?.integer == fault.status)
    #expect((400...599).contains(response.status))
    let english = try #require(json["title"]?.string)
    let vietnamese = try #require(json["titleVi"]?.string)
    #expect(english.utf8.allSatisfy { $0 < 0x80 } && !english.isEmpty)
    #expect(vietnamese.utf8.contains { $0 >= 0x80 }, "a Vietnamese sentence has letters with marks")
    #expect(json["detail"]?.string == "do this" && json["detailVi"]?.string == "làm thế này")
    #expect(json["retryable"]?.boolean == fault.isRetryable)
    #expect(json["errors"] == nil && json["instance"] == nil)
  }

  @Test("types and titles are told apart: no two faults share one")
  func distinct() {
    let all = FaultCode.allCases
    #expect(Set(all.map(\.titleEnglish)).count == all.count && Set(all.map(\.titleVietnamese)).count == all.count)
  }

  @Test("what can be tried again says when, and what needs a proof says which")
  func headers() throws {
    for fault in FaultCode.allCases {
      let (response, _) = try problem(Refusal(fault, english: "", vietnamese: ""))
      #expect((response.headers["Retry-After"] != nil) == fault.isRetryable, "\(fault)")
      #expect((response.headers["WWW-Authenticate"] != nil) == (fault == .unauthenticated), "\(fault)")
    }
  }

  @Test("findings keep their order; a place that is not known is left out")
  func findings() throws {
    let known = Finding(
      path: "/a", line: 3, column: 4, rule: "r", messageVietnamese: "vi", messageEnglish: "en \"quoted\"")
    let placeless = Finding(path: "/b", line: 0, column: 0, rule: "s", messageVietnamese: "", messageEnglish: "")
    let (_, json) = try problem(
      Refusal(.invalid, english: "", vietnamese: "", findings: [known, placeless]), instance: "/v1/messages/1")
    let errors = try #require(json["errors"]).elements.map { $0 }
    #expect(errors.map { $0["path"]?.string } == ["/a", "/b"])
    #expect(errors[0]["line"]?.integer == 3 && errors[0]["column"]?.integer == 4)
    #expect(errors[0]["messageEn"]?.string == "en \"quoted\"" && errors[0]["messageVi"]?.string == "vi")
    #expect(errors[1]["line"] == nil && errors[1]["column"] == nil)
    #expect(json["instance"]?.string == "/v1/messages/1")
  }

  @Test(
    "a store that fails is never the sender's fault",
    arguments: [
      (StoreError.Code.unavailable, FaultCode.unavailable), (.closed, .unavailable), (.unusable, .unavailable),
      (.internal, .internal),
    ])
  func store(code: StoreError.Code, fault: FaultCode) {
    let refusal = Refusal.notStored(StoreError(code: code, message: "đĩa"))
    #expect(refusal.code == fault && refusal.code.status >= 500 && refusal.code.isRetryable)
    #expect(!refusal.detailEnglish.contains("đĩa"))
  }
}
