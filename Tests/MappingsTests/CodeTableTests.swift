import DocumentKit
import JSONKit
import Testing
import Translation
import XMLKit

@Suite("Shipped code tables")
struct CodeTableTests {
  private func words(of type: String) throws -> [String] {
    let bytes = try PackageFolder.root["Schemas"]["canonical"]["1"].read("canonical.xsd")
    let expression = try XPathExpression(
      "//xs:simpleType[@name = '\(type)']//xs:enumeration/@value",
      namespaces: ["xs": "http://www.w3.org/2001/XMLSchema"])
    return try expression.nodes(at: DocumentTree(parsing: bytes, as: .xml).root).map(\.text)
  }

  private func codes(_ place: (file: String, pointer: String)) throws -> [String] {
    let document = try JSONDocument(parsing: try PackageFolder.root["Schemas"].read(place.file))
    let list = try #require(try JSONPointer(place.pointer).evaluate(in: document.root))
    return list.elements.compactMap { $0.string ?? $0.numberText }.filter { !$0.isEmpty }
  }

  @Test("every shipped table is tested here")
  func completeness() throws {
    #expect(try Shelf.shared().registry.codes.names == CodeTableDomain.all.map(\.table).sorted())
  }

  @Test(
    "a table knows every canonical word but those it must hold, and no others",
    arguments: CodeTableDomain.all.filter { $0.words != nil })
  func wordsAreTotal(domain: CodeTableDomain) throws {
    let table = try #require(try Shelf.shared().registry.codes[domain.table])
    let words = try words(of: try #require(domain.words))
    #expect(!words.isEmpty)
    #expect(words.filter { table.row(for: $0, .out) == nil } == domain.wordsHeld)
    #expect(table.rows.map(\.canonical).filter { !words.contains($0) } == [])
    #expect(table.unmapped(.in) == .hold && table.unmapped(.out) == .hold)
  }

  @Test("a table reads every code that the schema lets in", arguments: CodeTableDomain.all.filter { $0.codes != nil })
  func codesAreTotal(domain: CodeTableDomain) throws {
    let table = try #require(try Shelf.shared().registry.codes[domain.table])
    let codes = try codes(try #require(domain.codes))
    #expect(!codes.isEmpty)
    #expect(codes.filter { table.row(for: $0, .in) == nil } == [])
    #expect(table.rows.map(\.foreign).filter { !codes.contains($0) } == [])
  }
}
