import DocumentKit
import DossierModel
import GatewayTesting
import JSONKit
import Testing
import Validation

@Suite("What goes to a recipient, against the recipient's schema")
struct TargetValidationTests {
  private let workshop = Workshop()
  private let station: TargetValidation
  init() throws { station = TargetValidation(schemas: try workshop.registry()) }

  private func output(_ text: String, to party: PartyID, type: MessageType, isHeld: Bool = false) throws
    -> Passage.Output
  {
    let tree =
      switch type.format {
      case .json: try DocumentTree(json: try JSONDocument(parsing: text).root)
      case .xml: try SamplePassages.xml(text)
      }
    return Passage.Output(
      recipient: Passage.Recipient(party: party, type: type), tree: isHeld ? nil : tree,
      bytes: isHeld ? [] : Array(text.utf8), heldReason: isHeld ? "một mã chưa có trong bảng" : nil)
  }

  private func process(_ outputs: Passage.Output...) throws {
    var passage = try SamplePassages.passage("{}", type: Workshop.json)
    passage.outputs = outputs
    try station.process(&passage)
  }

  @Test("outputs that are valid in their own schemas go on, and so do held ones and none at all")
  func valid() throws {
    try process()
    try process(
      output(#"{"code":"H1"}"#, to: "x", type: Workshop.json),
      output("<a><code>H1</code></a>", to: "y", type: Workshop.xml),
      output("<wrong/>", to: "z", type: Workshop.xml, isHeld: true))
  }

  @Test(
    "one that is not is refused before anything was accepted: the recipient, its type and its rule are named",
    arguments: [
      (#"{"code":"Bí Mật"}"#, Workshop.json, "/code", "target.pattern"),
      ("<a><code>Bí Mật</code></a>", Workshop.xml, "/a/code", "target.cvc-"),
    ])
  func invalid(text: String, type: MessageType, path: String, rule: String) throws {
    let good = try output(#"{"code":"H1"}"#, to: "x", type: Workshop.json)
    let bad = try output(text, to: "so-xay-dung", type: type)
    let refusal = try #require(throws: Refusal.self) { try process(good, bad) }
    #expect(refusal.code == .invalid)
    #expect(refusal.detailEnglish.contains("so-xay-dung") && refusal.detailEnglish.contains(type.name))
    #expect(refusal.detailVietnamese.contains("so-xay-dung") && refusal.detailVietnamese.contains(type.name))
    let finding = try #require(refusal.findings.first)
    #expect(finding.path == path && finding.rule.hasPrefix(rule))
    // The sender has never seen this text, so a line of it would lead it astray.
    #expect(finding.line == 0 && finding.column == 0)
    #expect(finding.messageEnglish.hasPrefix(type.name) && !finding.messageEnglish.contains("Bí Mật"))
    #expect(finding.messageVietnamese.hasPrefix(type.name) && !finding.messageVietnamese.contains("Bí Mật"))
  }
}
