import DocumentKit
import Glibc
import Testing
import Translation
import XMLKit

@Suite("The manual of the mapping language")
struct LanguageManualTests {
  /// A fenced block: its language, what it is, and its text.
  struct Block: Sendable, CustomTestStringConvertible {
    let language: String
    let role: String
    let text: String
    let line: Int
    var testDescription: String { "LANGUAGE.md:\(line) \(language) \(role)" }
  }

  /// An example with the document it reads and the one it must write; nil where the manual shows none.
  struct Example: Sendable, CustomTestStringConvertible {
    let block: Block
    let input: Block?
    let output: Block?
    var testDescription: String { block.testDescription }
  }

  static let manual: String = {
    let bytes = (try? PackageFolder.root["Mappings"].read("LANGUAGE.md")) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }()

  static let blocks: [Block] = {
    var blocks: [Block] = []
    var open: (language: String, role: String, line: Int)?
    var lines: [Substring] = []
    for (index, line) in manual.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard line.hasPrefix("```") else {
        lines.append(line)
        continue
      }
      if let block = open {
        blocks.append(
          Block(language: block.language, role: block.role, text: lines.joined(separator: "\n"), line: block.line))
        open = nil
      } else {
        let words = line.dropFirst(3).split(separator: " ").map(String.init)
        open = (words.first ?? "", words.dropFirst().first ?? "", index + 1)
      }
      lines = []
    }
    return blocks
  }()

  static let examples: [Example] = blocks.indices.compactMap { index in
    guard ["mapping", "rows-in", "rows-out", "stylesheet"].contains(blocks[index].role) else { return nil }
    let following = blocks[(index + 1)...].prefix(2)
    let isRun = following.map(\.role) == ["in", "out"]
    return Example(
      block: blocks[index], input: isRun ? following.first : nil, output: isRun ? following.last : nil)
  }

  private func tables() throws -> CodeTableRegistry {
    try CodeTableRegistry(
      Self.blocks.filter { $0.role == "table" }.map {
        try CodeTable(YAMLDocument(parsing: $0.text, file: $0.testDescription))
      })
  }

  private func mapping(_ block: Block) throws -> Mapping {
    if block.role == "stylesheet" { return try stylesheet(block) }
    let ends =
      block.role == "rows-in"
      ? "source: { schema: a/1/a.json, format: json }\n"
        + "target: { schema: canonical/1/canonical.xsd, format: xml, root: dossier }"
      : "source: { schema: canonical/1/canonical.xsd, format: xml }\ntarget: { schema: a/1/a.json, format: json }"
    let text = block.role == "mapping" ? block.text : "mapping: a--b\nversion: 1\n\(ends)\nrows:\n\(block.text)"
    let document = try YAMLDocument(parsing: text, file: block.testDescription)
    return try Mapping(try MappingDefinition(document), codes: tables())
  }

  private func stylesheet(_ block: Block) throws -> Mapping {
    var template = Array("/tmp/lienthong-manual-XXXXXX".utf8CString)
    let isMade = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkdtemp($0) != nil } ?? false }
    try #require(isMade)
    let folder = PackageFolder(path: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    defer {
      remove(folder.path + "/transform.xsl")
      remove(folder.path)
    }
    try folder.write("transform.xsl", Array(block.text.utf8))
    return Mapping(try StylesheetMapping(contentsOf: folder.path + "/transform.xsl", codes: tables()))
  }

  @Test("has examples of every kind")
  func discovery() {
    #expect(Self.examples.count >= 15)
    #expect(Self.examples.filter { $0.output != nil }.count >= 14)
    #expect(Self.blocks.count { $0.role == "table" } >= 2)
  }

  @Test("an example compiles, and writes what the manual says", arguments: examples)
  func example(example: Example) throws {
    let mapping = try mapping(example.block)
    guard let input = example.input, let output = example.output else { return }
    let tree = try DocumentTree(parsing: Array(input.text.utf8), as: input.language == "json" ? .json : .xml)
    let target = try translated(try mapping.translate(tree, files: MemoryFileDesk()))
    var text = String(
      decoding: target.format == .json ? try target.json() : target.document.serialised(declaration: false),
      as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    #expect(text == output.text)
  }

  @Test("every key of mappings and code tables is shown in an example or named in the text")
  func keys() {
    let all =
      MappingKeys.file + MappingKeys.source + MappingKeys.target + MappingKeys.ignored + MappingKeys.row
      + MappingKeys.parse + MappingKeys.write + MappingKeys.sides + MappingKeys.words + MappingKeys.tableUse
      + MappingKeys.codeTable + MappingKeys.codeRow + MappingKeys.codeDefault + MappingKeys.codeGap
    let missing = Set(all).filter { key in
      !Self.manual.contains("`\(key)") && !Self.blocks.contains { $0.language == "yaml" && $0.text.contains("\(key):") }
    }
    #expect(missing.sorted() == [])
    for key in MappingKeys.row {
      #expect(
        Self.blocks.contains { $0.language == "yaml" && $0.text.contains("\(key):") }, "no example shows ‘\(key)’")
    }
  }
}
