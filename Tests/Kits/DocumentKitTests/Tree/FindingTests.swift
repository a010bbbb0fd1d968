import DocumentKit
import JSONKit
import Testing
import XMLKit

@Suite("Findings of both schema languages")
struct FindingTests {
  @Test("a finding of JSON Schema has the path from the document's root, also for a part of the document")
  func jsonSchema() throws {
    let schema = try JSONSchema(
      JSONDocument(parsing: #"{"properties":{"MaHoSo":{"type":"string","maxLength":3}},"required":["MaTTHC"]}"#))
    let document = try JSONDocument(parsing: "{\"data\": [{\"MaTTHC\": \"\"},\n  {\"MaHoSo\": \"too long\"}]}")
    let part = try #require(document.root["data"]?[1])
    let findings = schema.validate(part).map { Finding($0, of: part) }
    let tooLong = try #require(findings.first { $0.rule == "maxLength" })
    #expect(tooLong.path == "/data/1/MaHoSo")
    #expect((tooLong.line, tooLong.column) == (2, 14))
    #expect(tooLong.schemaLocation == "#/properties/MaHoSo/maxLength")
    #expect(!tooLong.messageVietnamese.isEmpty && !tooLong.messageEnglish.isEmpty)
    #expect(findings.first { $0.rule == "required" }?.path == "/data/1")
  }

  @Test("a finding of XML Schema is taken over whole")
  func xmlSchema() {
    let finding = XMLSchemaFinding(
      path: "/a/b", line: 3, column: 5, offset: 20, rule: "cvc-pattern-valid", expected: ["x"], messageEnglish: "e",
      messageVietnamese: "v")
    #expect(
      Finding(finding)
        == Finding(
          path: "/a/b", line: 3, column: 5, rule: "cvc-pattern-valid", messageVietnamese: "v", messageEnglish: "e"))
  }
}
