import DocumentKit
import DossierModel
import GatewayTesting
import ServiceKit
import Testing

@testable import Translation

@Suite("What statistics read of the canonical document")
struct CaseFactsTests {
  private func facts(_ text: String) throws -> CaseFacts { CaseFacts(canonical: try SamplePassages.xml(text).root) }

  @Test("whose the dossier is, how it came, when it was taken, and how it was served")
  func dossier() throws {
    let found = try facts(
      """
      <dossier><code>H99.14-260101-0001</code><field><code>G15-HT01</code></field><channel>online</channel>
        <receivedAt>2026-01-05T08:00:00+07:00</receivedAt><finishedAt>2026-01-09T10:00:00+07:00</finishedAt>
        <returnedAt>2026-01-10T10:00:00+07:00</returnedAt>
        <unit><code>H99.14</code><name>UBND xã</name><level>commune</level></unit>
        <attachment><name>a</name></attachment><attachment><name>b</name><fromCitizenStore>true</fromCitizenStore></attachment>
        <fee><name>p</name><amount>0.00</amount></fee><fee><name>q</name><amount>30000</amount></fee>
        <result><name>r</name><url>https://example.invalid/r</url><code>KQ.G15.000001</code></result>
        <digitised>true</digitised><accountVerified>false</accountVerified><onlinePayment>ownGateway</onlinePayment>
        <usedDatabase><code>7</code></usedDatabase></dossier>
      """)
    #expect(
      found.unit == "H99.14" && found.unitLevel == "commune" && found.field == "G15-HT01" && found.channel == "online")
    let moments = try ["2026-01-05T08:00:00+07:00", "2026-01-09T10:00:00+07:00"].map { try Timestamp(rfc3339: $0) }
    #expect([found.takenAt, found.reachedAt] == moments)
    #expect(found.marks == [.reusedPapers, .fee, .electronicResult, .result, .digitised, .paidOnline, .usedDatabases])
  }

  @Test("nothing is read where nothing is said: fees of nothing, a result without a file, a payment that is not online")
  func nothing() throws {
    let found = try facts(
      """
      <dossier><code>c</code><unit><name>UBND xã</name></unit><fee><name>p</name><amount>0</amount></fee>
        <result><name>r</name><code>KQ.G15.000001</code></result><onlinePayment>unpaid</onlinePayment></dossier>
      """)
    #expect(found == CaseFacts(unit: "UBND xã"))
  }

  @Test(
    "a result is one with its file or the file's address, also in a step; with a code and an address it is electronic",
    arguments: [
      ("<result><name>r</name></result>", []), ("<result><code>K</code></result>", []),
      ("<result><content>urn:sha256:1</content></result>", .result),
      ("<result><code>K</code><content>urn:sha256:1</content></result>", .result),
      ("<result><url>https://example.invalid/r</url></result>", .result),
      ("<result><url>https://example.invalid/r</url><code>K</code></result>", [.result, .electronicResult]),
    ] as [(String, ServiceMarks)])
  func results(xml: String, marks: ServiceMarks) throws {
    #expect(try facts("<dossier><code>c</code>\(xml)</dossier>").marks == marks)
    #expect(try facts("<progress><code>c</code><entry>\(xml)</entry></progress>").marks == marks)
  }

  @Test(
    "a tongue without a place for results says so, as long as none of its messages has one", arguments: [true, false])
  func tongue(hasPlace: Bool) throws {
    let plain = try Workbench.mapping("  - { to: code, from: ma }")
    let withResult = try Workbench.mapping("  - { to: code, from: ma }\n  - { to: result/name, from: ten }")
    #expect(!plain.writesResults && withResult.writesResults)
    let station = CanonicalTranslation(
      mappings: ["t/step": plain, "t/dossier": hasPlace ? withResult : plain, "other/dossier": withResult])
    let step = MessageType(name: "t/step", format: .json, kind: .progress, recognise: "true()", schema: "")
    var passage = try SamplePassages.passage(#"{"ma": "H1"}"#, type: step)
    try station.process(&passage)
    #expect(passage.facts.marks.contains(.noPlaceForResults) == !hasPlace)
    try ContentEnricher(known: { _ in nil }).process(&passage)
    #expect(passage.facts.marks.contains(.noPlaceForResults) == !hasPlace)
  }

  @Test("a step says when its status was reached, the last of several")
  func progress() throws {
    let found = try facts(
      """
      <progress><code>c</code><entry><at>2026-01-05T08:00:00+07:00</at><status>accepted</status></entry>
        <entry><at>2026-01-06T08:00:00+07:00</at><status>processing</status></entry></progress>
      """)
    #expect(found == CaseFacts(reachedAt: try Timestamp(rfc3339: "2026-01-06T08:00:00+07:00")))
  }

  @Test(
    "progress is plain when no entry says more than that the dossier is being processed",
    arguments: [
      ("<entry><handler>An</handler><content>Đang xử lý</content><status>processing</status></entry>", true),
      ("<entry><status>processing</status><note>Chờ ký</note></entry><entry><status>processing</status></entry>", true),
      ("<entry><status>completed</status></entry>", false),
      ("<entry><status>supplementRequested</status></entry>", false),
      ("<entry><content>Đang xử lý</content></entry>", false),
      ("<entry><status>processing</status><result><name>Giấy phép</name></result></entry>", false),
      ("<entry><status>processing</status><newAppointedAt>2026-11-30T17:00:00+07:00</newAppointedAt></entry>", false),
      ("<entry><status>processing</status></entry><entry><status>completed</status></entry>", false),
      ("", false),
    ])
  func plainProgress(entries: String, isPlain: Bool) throws {
    #expect(try facts("<progress><code>H1</code>\(entries)</progress>").marks.contains(.plainProgress) == isPlain)
  }

  @Test("a dossier is no plain progress, whatever its status")
  func dossierIsNone() throws {
    #expect(try facts("<dossier><status>processing</status></dossier>").marks.isEmpty)
  }
}
