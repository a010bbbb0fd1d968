import DocumentKit
import DossierModel
import GatewayTesting
import Testing
import XMLKit

@testable import Translation

@Suite("What a site adds to dossiers")
struct EnrichmentsTests {
  private func tree(_ xml: String) throws -> DocumentTree {
    try DocumentTree(xml: try XMLDocument(parsing: Array(xml.utf8)))
  }

  private func enrichment(
    from senders: Set<PartyID>? = nil, when condition: String? = nil, _ additions: KeyValuePairs<String, String>
  ) throws -> Enrichment {
    Enrichment(
      senders: senders, condition: try condition.map { try XPathExpression($0) },
      additions: additions.map {
        Enrichment.Addition(path: $0.key.split(separator: "/").map(String.init), text: $0.value)
      })
  }

  /// The dossier with what is added; nil where nothing is.
  private func completed(
    _ xml: String, by enrichments: Enrichment..., from sender: PartyID = "a", order: ElementOrder = .unknown
  ) throws -> String? {
    try Enrichments(enrichments, order: order).completed(tree(xml), from: sender)
      .map { String(decoding: $0.document.serialised(declaration: false), as: UTF8.self).filter { $0 != "\n" } }
  }

  @Test("what the dossier is silent about is added, what it says stays, also within a group")
  func silence() throws {
    let names = try enrichment(["procedure/name": "Tên", "field/code": "L1"])
    #expect(
      try completed("<dossier><procedure><code>1</code></procedure></dossier>", by: names)
        == "<dossier><procedure><code>1</code><name>Tên</name></procedure><field><code>L1</code></field></dossier>")
    #expect(
      try completed(
        "<dossier><procedure><name>Own</name></procedure><field><code>L9</code></field></dossier>", by: names)
        == "<dossier><procedure><name>Own</name></procedure><field><code>L9</code></field></dossier>")
  }

  @Test(
    "only dossiers of the senders and under the condition get it; a condition is about what came, not about what was added"
  )
  func scope() throws {
    let ofA = try enrichment(from: ["a"], when: "status = 'accepted'", ["note": "x"])
    let dossier = "<dossier><status>accepted</status></dossier>"
    #expect(try completed(dossier, by: ofA)?.contains("<note>x</note>") == true)
    #expect(try completed(dossier, by: ofA, from: "b") == nil)
    #expect(try completed("<dossier><status>stopped</status></dossier>", by: ofA) == nil)
    #expect(try completed("<progress><status>accepted</status></progress>", by: ofA) == nil)
    let onAdded = try enrichment(when: "note = 'x'", ["receiptNumber": "1"])
    #expect(try completed(dossier, by: ofA, onAdded)?.contains("receiptNumber") == false)
  }

  @Test("of two that tell the same the first counts")
  func firstCounts() throws {
    let text = try completed("<dossier/>", by: enrichment(["note": "1"]), enrichment(["note": "2", "summary": "s"]))
    #expect(text == "<dossier><note>1</note><summary>s</summary></dossier>")
  }

  @Test("what is added stands where the canonical schema wants it, on every level")
  func order() throws {
    let shape = try SchemaShape(contentsOf: TestFiles.projectRoot + "/Schemas/canonical/1/canonical.xsd")
    let schema = ElementOrder(shape)
    let text = try completed(
      "<dossier><code>A</code><unit><code>1</code><level>commune</level></unit></dossier>",
      by: enrichment(["unit/name": "Xã", "procedure/name": "Tên", "procedure/code": "1"]), order: schema)
    #expect(
      text == "<dossier><code>A</code><procedure><code>1</code><name>Tên</name></procedure>"
        + "<unit><code>1</code><name>Xã</name><level>commune</level></unit></dossier>")
    #expect(schema.children(at: "dossier/procedure").prefix(2) == ["code", "name"])
    #expect(schema.children(at: "dossier/nothing").isEmpty)
  }
}
