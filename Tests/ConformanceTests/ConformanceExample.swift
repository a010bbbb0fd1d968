import DocumentKit
import DossierModel
import FileKit
import Foundation
import Gateway
import GatewayTesting
import XMLKit

/// A document of the project with what must become of it.
struct ConformanceExample {
  /// As tests name it: mapping and case.
  let name: String
  let type: MessageType
  /// As it is lodged.
  let document: String
  /// What must arrive; nil where a document is its own translation.
  let golden: String?
  /// The dossier's code in both.
  let code: String
  /// The ending of the golden file.
  let isGoldenXML: Bool

  /// The examples whose canonical documents go out as this type.
  static func outgoing(_ type: MessageType, of profile: SiteProfile, catalogue: String) throws -> [ConformanceExample] {
    // What is of no dossier (statistics, answers to a survey) cannot be followed by a dossier's code; `StatisticsJourneyTests` send it.
    guard let mapping = type.fromCanonical, type.kind == .dossier || type.kind == .progress else { return [] }
    let rivals = profile.messages.filter { $0.fromCanonical != nil && $0.kind == type.kind }
    return try documents(mapping, kind: type.kind, ending: ".in.xml", catalogue).compactMap { path in
      let text = String(decoding: TestFiles.read(path), as: UTF8.self)
      guard let root = try XMLDocument(parsing: Array(text.utf8)).root else { return nil }
      let chosen = try rivals.first { rival in
        try rival.when.map { try XPathExpression($0).boolean(at: root) } ?? true
      }
      // A file that is named by its hash was uploaded before; these examples come alone.
      guard chosen?.name == type.name, !text.contains("urn:sha256:"),
        let code = root.firstElement(named: "code")?.text
      else { return nil }
      return try ConformanceExample(path, type, text, code: code, mapping: mapping)
    }
  }

  /// The examples that a partner sends in this type.
  static func incoming(_ type: MessageType, catalogue: String) throws -> [ConformanceExample] {
    guard let mapping = type.toCanonical else { return [] }
    return try documents(mapping, kind: type.kind, ending: ".in.\(type.format.rawValue)", catalogue).compactMap {
      path in
      let text = String(decoding: TestFiles.read(path), as: UTF8.self)
      let golden = mapping == "itself" ? text : try Self.golden(of: path)?.text ?? ""
      guard let root = try? XMLDocument(parsing: Array(golden.utf8)).root, !golden.contains("urn:sha256:"),
        let code = root.firstElement(named: "code")?.text, text.contains(code)
      else { return nil }
      return try ConformanceExample(path, type, text, code: code, mapping: mapping)
    }
  }

  private init(_ path: String, _ type: MessageType, _ document: String, code: String, mapping: String) throws {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let golden = mapping == "itself" ? nil : try Self.golden(of: path)
    name = "\(type.name) \(file.prefix { $0 != "." })"
    self.type = type
    self.document = document
    self.golden = golden?.text
    isGoldenXML = golden?.isXML ?? true
    self.code = code
  }

  private init(_ other: ConformanceExample, document: String, golden: String?, code: String) {
    name = other.name
    type = other.type
    self.document = document
    self.golden = golden
    self.code = code
    isGoldenXML = other.isGoldenXML
  }

  /// The same about another dossier: the last digits of the code are another number.
  func about(_ number: Int) -> ConformanceExample {
    let digits = code.reversed().prefix { $0.isASCII && $0.isNumber }.count
    let width = min(digits, 4)
    precondition(width >= 2, "\(name): the dossier's code ends in a number")
    let text = String(
      String(String(number).reversed()).padding(toLength: width, withPad: "0", startingAt: 0).reversed())
    return replacing(code, with: code.dropLast(width) + text)
  }

  /// The same with another text in its place, in the document and in what must arrive.
  func replacing(_ text: String, with other: some StringProtocol) -> ConformanceExample {
    ConformanceExample(
      self, document: document.replacing(text, with: other), golden: golden?.replacing(text, with: other),
      code: code.replacing(text, with: other))
  }

  /// The same document in so many bytes, with white space that says nothing: behind JSON, and in XML before the last end tag,
  /// with comments between it, for no text of XML may be that long.
  func padded(to bytes: Int, isXML: Bool) -> ConformanceExample {
    var padding = ""
    var left = bytes - document.utf8.count
    let comment = "<!-- -->"
    while isXML, left > 1 << 20 {
      padding += String(repeating: " ", count: (1 << 20) - comment.utf8.count) + comment
      left -= 1 << 20
    }
    padding += String(repeating: " ", count: max(0, left))
    guard isXML, let end = document.range(of: "</", options: .backwards) else {
      return ConformanceExample(self, document: document + padding, golden: golden, code: code)
    }
    let padded = document[..<end.lowerBound] + padding + document[end.lowerBound...]
    return ConformanceExample(self, document: String(padded), golden: golden, code: code)
  }

  /// The same document as other bytes.
  var rewritten: ConformanceExample {
    ConformanceExample(self, document: document + "<!-- lần nữa -->", golden: golden, code: code)
  }

  private static func documents(_ mapping: String, kind: MessageKind, ending: String, _ catalogue: String) -> [String] {
    if mapping == "itself" {
      return FolderListing.files(in: catalogue + "/Schemas/canonical/1/valid", ending: ".xml")
        .filter { $0.contains("/\(kind.rawValue)--") }
    }
    return FolderListing.files(in: catalogue + "/Mappings/\(mapping)/1/examples", ending: ending)
  }

  private static func golden(of path: String) throws -> (text: String, isXML: Bool)? {
    let stem = path.replacing(/\.in\.[a-z]+$/, with: ".out.")
    for ending in ["xml", "json"] where FileManager.default.fileExists(atPath: stem + ending) {
      return (String(decoding: TestFiles.read(stem + ending), as: UTF8.self), ending == "xml")
    }
    return nil
  }
}
