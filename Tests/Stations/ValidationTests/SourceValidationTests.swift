import DocumentKit
import DossierModel
import GatewayTesting
import Testing
import Validation

@Suite("What was received, against its schema")
struct SourceValidationTests {
  private let workshop = Workshop()
  private let station: SourceValidation
  init() throws { station = SourceValidation(schemas: try workshop.registry()) }

  private func refusal(_ passage: Passage) throws -> Refusal {
    var passage = passage
    return try #require(throws: Refusal.self) { try station.process(&passage) }
  }

  @Test("a valid message goes on as it is")
  func valid() throws {
    var json = try SamplePassages.passage(#"{"code":"H1","note":""}"#, type: Workshop.json)
    try station.process(&json)
    var xml = try SamplePassages.passage("<a><code>H1</code></a>", type: Workshop.xml)
    try station.process(&xml)
    #expect(json.canonical == nil && json.recipients.isEmpty && xml.canonical == nil)
  }

  @Test("everything that is wrong with a JSON message is told at once, with path, line, column and rule")
  func invalidJSON() throws {
    let refusal = try refusal(
      SamplePassages.passage("{\"code\":\n  \"Bí Mật\",\n \"la\":\"Bí Mật\"}", type: Workshop.json))
    #expect(refusal.code == .invalid)
    #expect(refusal.findings.map { "\($0.path) \($0.rule)" }.sorted() == ["/code pattern", "/la additionalProperties"])
    let finding = try #require(refusal.findings.first { $0.path == "/code" })
    #expect((finding.line, finding.column) == (2, 3))
    #expect(refusal.detailEnglish.contains("2 rule(s)") && refusal.detailVietnamese.contains("2 quy tắc"))
  }

  @Test("everything that is wrong with an XML message is told at once, with path, line and rule")
  func invalidXML() throws {
    let refusal = try refusal(
      SamplePassages.passage("<a>\n<code>Bí Mật</code>\n<la>Bí Mật</la></a>", type: Workshop.xml))
    #expect(refusal.code == .invalid)
    #expect(refusal.findings.map(\.path) == ["/a/code", "/a/la"])
    #expect(refusal.findings.map(\.line) == [2, 3])
    #expect(refusal.findings.allSatisfy { $0.rule.hasPrefix("cvc-") })
  }

  @Test("no sentence quotes a value of the message")
  func quotesNothing() throws {
    for passage in [
      try SamplePassages.passage(#"{"code":"Bí Mật"}"#, type: Workshop.json),
      try SamplePassages.passage("<a><code>Bí Mật</code></a>", type: Workshop.xml),
    ] {
      let refusal = try refusal(passage)
      let sentences = refusal.findings.flatMap { [$0.messageEnglish, $0.messageVietnamese] }
      #expect(!sentences.isEmpty && sentences.allSatisfy { !$0.isEmpty && !$0.contains("Bí Mật") })
      #expect(!refusal.detailEnglish.contains("Bí Mật") && !refusal.detailVietnamese.contains("Bí Mật"))
    }
  }

  @Test("an element of a larger request is checked alone, and its path begins at the request's root")
  func element() throws {
    let request = "{\"la\":1,\"data\":[{\"code\":\"H1\"},\n{\"code\":\"x\"}]}"
    var good = try SamplePassages.element(0, of: request, type: Workshop.json)
    try station.process(&good)
    let refusal = try refusal(SamplePassages.element(1, of: request, type: Workshop.json))
    #expect(refusal.findings.map(\.path) == ["/data/1/code"])
    #expect(refusal.findings.map(\.line) == [2])
  }
}
