import CryptographyKit
import DocumentKit
import DossierModel
import ServiceKit
import Testing
import XMLKit

@testable import Translation

@Suite("Completing a message that tells only part of a dossier")
struct ContentEnricherTests {
  private func tree(_ xml: String) throws -> DocumentTree {
    try DocumentTree(xml: try XMLDocument(parsing: Array(xml.utf8)))
  }

  /// The canonical text after the enricher, for a message of a partial or complete type.
  private func enriched(_ own: String, over earlier: String?, isPartial: Bool = true) throws -> String {
    let type = MessageType(
      name: "t/t", format: .xml, kind: .dossier, recognise: "true()", schema: "t.xsd", isPartial: isPartial)
    let source = try tree("<x/>")
    let envelope = Envelope(
      id: MessageID(UUIDv7Generator().next()), sender: "a", type: "t/t", receivedAt: .epoch,
      digest: MessageDigest(of: []))
    var passage = Passage(
      envelope: envelope, type: type, source: source, root: source.root, json: nil, body: [])
    passage.canonical = try tree(own)
    passage.fields = DossierFields(code: "A")
    // A tree belongs to one thread; each look-up gets its own, as from the store.
    try ContentEnricher { _ in earlier.flatMap { try? tree($0) } }.process(&passage)
    let canonical = try #require(passage.canonical)
    return String(decoding: canonical.document.serialised(declaration: false), as: UTF8.self)
      .filter { $0 != "\n" }
  }

  @Test("takes from the earlier message what this one is silent about, and nothing else")
  func fillsSilence() throws {
    let text = try enriched(
      "<dossier><code>A</code><status>completed</status></dossier>",
      over: "<dossier><code>B</code><channel>online</channel><status>processing</status></dossier>")
    #expect(text == "<dossier><code>A</code><status>completed</status><channel>online</channel></dossier>")
  }

  @Test("completes a group that both tell of, field by field")
  func groups() throws {
    let text = try enriched(
      "<dossier><owner><name>N</name></owner></dossier>",
      over: "<dossier><owner><name>M</name><email>e</email></owner></dossier>")
    #expect(text == "<dossier><owner><name>N</name><email>e</email></owner></dossier>")
  }

  @Test("keeps the address of a file that is named again, and the files that are not")
  func filesAreNotLost() throws {
    let text = try enriched(
      "<dossier><attachment><id>1</id><name>x</name></attachment><attachment><id>9</id><name>n</name></attachment></dossier>",
      over: "<dossier><attachment><id>1</id><name>a</name><url>u1</url></attachment>"
        + "<attachment><id>2</id><url>u2</url></attachment></dossier>")
    #expect(
      text == "<dossier><attachment><id>1</id><name>x</name><url>u1</url></attachment>"
        + "<attachment><id>9</id><name>n</name></attachment><attachment><id>2</id><url>u2</url></attachment></dossier>")
  }

  @Test("lets a list without ids stand as the message tells it")
  func listsWithoutIdentity() throws {
    let text = try enriched(
      "<dossier><fee><name>a</name></fee><fee><name>b</name></fee></dossier>",
      over: "<dossier><fee><name>c</name><code>1</code></fee></dossier>")
    #expect(text == "<dossier><fee><name>a</name></fee><fee><name>b</name></fee></dossier>")
  }

  @Test("leaves complete messages alone, and partial ones about which nothing is known")
  func untouched() throws {
    let own = "<dossier><code>A</code></dossier>"
    #expect(try enriched(own, over: "<dossier><channel>x</channel></dossier>", isPartial: false) == own)
    #expect(try enriched(own, over: nil) == own)
  }
}
