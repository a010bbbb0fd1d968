import DocumentKit
import GatewayTesting
import Testing
import Workbench

@Suite("A schema drafted from samples")
struct SchemaInferenceTests {
  private let folder = TemporaryFolder()

  private func draft(_ documents: [[UInt8]], _ format: DocumentTree.Format) throws -> (path: String, text: String) {
    let trees = try documents.map { try DocumentTree(parsing: $0, as: format) }
    let text = String(decoding: try SchemaInference(trees).schema(), as: UTF8.self)
    return (folder.file(format == .xml ? "draft.xsd" : "draft.schema.json", text), text)
  }

  private func paths(_ documents: [String], _ format: DocumentTree.Format) throws -> [String] {
    let shape = try SchemaShape(contentsOf: try draft(documents.map { Array($0.utf8) }, format).path)
    return SchemaPathsText(shape, roots: shape.roots).lines.map { line in
      line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
  }

  @Test(
    "accepts every sample it was drafted from, and has only paths of the schema they come from",
    arguments: ShippedSchema.all)
  func laws(schema: ShippedSchema) throws {
    var maker = try SampleMaker(contentsOf: schema.path, root: schema.root, seed: 3)
    let samples = try (0..<12).map { _ in try maker.next().bytes }
    let (path, _) = try draft(samples, maker.shape.format)
    let judge = try SampleMaker(contentsOf: path, root: schema.root, seed: 1)
    for sample in samples { #expect(try judge.findings(sample) == [], "seed 3") }
    for leaf in judge.shape.leaves(of: judge.root) {
      if case .unknown = maker.shape.find(leaf.path, from: maker.root) {
        Issue.record("\(schema): the draft has \(leaf.path)")
      }
    }
  }

  @Test("has types, requiredness, arrays and forms of JSON")
  func json() throws {
    let found = try paths(
      [
        #"{"ma": "a", "so": 1, "luc": "20261120083000", "ds": [{"x": true}], "khi": null, "ngay": "2026-11-20", "r": []}"#,
        #"{"ma": "b", "so": 2.5, "luc": "20261121083000", "ds": [], "khi": "k", "ngay": "2026-11-21", "thu": 7, "r": []}"#,
      ], .json)
    #expect(
      found == [
        "root/ma 1 string", "root/so 1 number",
        "root/luc 1 string pattern ^((19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9])$",
        "root/ds/x 0..n boolean", "root/khi 1 string | null", "root/ngay 1 string format date",
        "root/thu 0..1 integer", "root/r 0..n any",
      ])
  }

  @Test("has order, repetition, attributes and types of XML")
  func xml() throws {
    let found = try paths(
      [
        "<h ma=\"x\"><a>1</a><b>2026-11-20T08:00:00+07:00</b><b>2026-11-20T08:00:00Z</b><c k=\"1\">chữ</c></h>",
        "<h ma=\"y\"><a>22</a><c>chữ</c><d/></h>",
      ], .xml)
    #expect(
      found
        == [
          "h/@ma 1 xs:string", "h/a 1 xs:integer fractionDigits 0", "h/b 0..n xs:dateTime", "h/c 1 xs:string",
          "h/c/@k 0..1 xs:integer fractionDigits 0", "h/d 0..1 xs:string",
        ].map { $0.replacing(" fractionDigits 0", with: "") })
  }

  @Test("lists values only when few of them were seen often")
  func enumerations() throws {
    func document(_ value: String) -> String { #"{"v": "\#(value)"}"# }
    let often = (0..<12).map { document(["một", "hai"][$0 % 2]) }
    #expect(try paths(often, .json) == ["root/v 1 string {hai|một}"])
    #expect(try paths(Array(often.prefix(11)), .json) == ["root/v 1 string"])
    #expect(try paths((0..<12).map { document("giá trị \($0)") }, .json) == ["root/v 1 string"])
  }

  @Test("says that it is a draft, and of how many samples")
  func note() throws {
    #expect(try draft([Array("{}".utf8)], .json).text.contains(#""$comment": "Draft inferred from 1 sample document;"#))
    #expect(
      try draft([Array("<a/>".utf8), Array("<a/>".utf8)], .xml).text.contains("Draft inferred from 2 sample documents;")
    )
  }

  @Test("is refused for no document, for both kinds at once and for several namespaces")
  func refusals() throws {
    #expect(throws: InferenceError.self) { try SchemaInference([]) }
    let json = try DocumentTree(parsing: Array("{}".utf8), as: .json)
    let xml = try DocumentTree(parsing: Array("<a/>".utf8), as: .xml)
    let other = try DocumentTree(parsing: Array("<a xmlns=\"urn:b\"/>".utf8), as: .xml)
    #expect(throws: InferenceError.self) { try SchemaInference([json, xml]) }
    #expect(throws: InferenceError.self) { try SchemaInference([xml, other]).schema() }
  }

  @Test("lets elements of other namespaces in as they are")
  func otherNamespaces() throws {
    let document = Array("<a><b xmlns=\"urn:b\"/><c>1</c></a>".utf8)
    #expect(try draft([document], .xml).text.contains("##other"))
    #expect(try paths([String(decoding: document, as: UTF8.self)], .xml) == ["a/c 0..n xs:integer"])
  }
}
