import CryptographyKit
import DocumentKit
import DossierFiles
import Testing
import Translation
import XMLKit

@Suite("How files travel")
struct FileTests {
  private static let inward = "  - { to: a, each: tep, rows: [ { to: content, from: noiDung, file: claim } ] }"
  private static func outward(_ form: String) -> String { "  - { to: x, from: content, file: \(form) }" }
  private static func out(_ form: String) throws -> Mapping {
    try Workbench.mapping(outward(form), source: RowTests.toPartner, target: RowTests.json)
  }
  /// `Tệp một`
  private static let base64 = "VOG7h3AgbeG7mXQ="
  private static let bytes = Array("Tệp một".utf8)

  private static func document(_ content: some CustomStringConvertible) throws -> DocumentTree {
    try Workbench.xml("<d><content>\(content)</content></d>")
  }

  private func text(_ mapping: Mapping, _ tree: DocumentTree, _ desk: any FileDesk) throws -> String? {
    guard case .translated(let target, _, _) = try mapping.translate(tree, files: desk) else { return nil }
    return try Workbench.text(target)
  }

  @Test("bytes become a reference on the way in and bytes again on the way out")
  func roundTrip() throws {
    let desk = MemoryFileDesk()
    let reference = FileReference(of: Self.bytes)
    let message = try Workbench.json(#"{"tep":[{"noiDung":"VOG7h3Ag\r\nbeG7mXQ="},{}]}"#)
    #expect(
      try text(Workbench.mapping(Self.inward), message, desk)
        == "<dossier><a><content>\(reference)</content></a></dossier>")
    #expect(
      reference.description.hasPrefix("urn:sha256:") && reference.description.hasSuffix(";bytes=\(Self.bytes.count)"))
    #expect(try text(Self.out("inline"), Self.document(reference), desk) == #"{"x":"\#(Self.base64)"}"#)
    // A document from before files were claimed holds the bytes themselves.
    #expect(try text(Self.out("inline"), Self.document(Self.base64), desk) == #"{"x":"\#(Self.base64)"}"#)
    #expect(try text(Self.out("inline"), Workbench.xml("<d/>"), desk) == "{}")
  }

  @Test("address, id and hash are those the desk knows; what it does not know holds the document")
  func references() throws {
    let desk = MemoryFileDesk()
    let reference = FileReference(of: Self.bytes)
    for form in ["inline", "url", "upload", "uploadHash"] {
      guard case .held(let reason) = try Self.out(form).translate(Self.document(reference), files: desk) else {
        Issue.record("\(form) was not held")
        continue
      }
      #expect(reason.codes.isEmpty)
      #expect(reason.files.map(\.form.rawValue) == [form])
      #expect(reason.files.map(\.sourcePath) == ["/d/content"])
      #expect(reason.messageEnglish.contains("not here yet") && reason.messageEnglish.contains("/d/content"))
      #expect(reason.messageVietnamese.contains("chưa có"))
    }
    desk.publish(reference, at: "https://tep.example.vn/1")
    desk.upload(reference, as: PartnerFile(id: "F-1", hash: "abc"))
    #expect(try text(Self.out("url"), Self.document(reference), desk) == #"{"x":"https://tep.example.vn/1"}"#)
    #expect(try text(Self.out("upload"), Self.document(reference), desk) == #"{"x":"F-1"}"#)
    #expect(try text(Self.out("uploadHash"), Self.document(reference), desk) == #"{"x":"abc"}"#)
    // Bytes by value are claimed first.
    #expect(try text(Self.out("upload"), Self.document(Self.base64), desk) == #"{"x":"F-1"}"#)
  }

  @Test("a sender cannot name a file it has not handed over, and what is no base64 is refused")
  func refused() throws {
    let mapping = try Workbench.mapping(Self.inward)
    let reference = FileReference(of: Self.bytes).description
    for value in [reference, "không", "YQ", "===="] {
      let outcome = try mapping.translate(
        Workbench.json("{\"tep\":[{\"noiDung\":\"\(value)\"}]}"), files: MemoryFileDesk())
      guard case .refused(let findings) = outcome else {
        Issue.record("\(value) was taken")
        continue
      }
      #expect(findings.map(\.rule) == [value == reference ? "mapping.file" : "mapping.base64"])
      #expect(findings.map(\.path) == ["/tep/0/noiDung"])
      #expect(findings.allSatisfy { !$0.messageEnglish.contains(value) })
    }
  }

  @Test("a sender names the file it has handed over, and the report says which files a document names")
  func handedOver() throws {
    let desk = MemoryFileDesk()
    let reference = desk.handOver(Self.bytes)
    let outcome = try Workbench.mapping(Self.inward).translate(
      Workbench.json("{\"tep\":[{\"noiDung\":\"\(reference)\"},{\"noiDung\":\"dGVzdA==\"}]}"), files: desk)
    guard case .translated(let tree, let report, _) = outcome else {
      Issue.record("the file was not taken")
      return
    }
    #expect(try Workbench.text(tree).contains("<content>\(reference)</content>"))
    #expect(report.files == [reference, FileReference(of: Array("test".utf8))])
    guard case .translated(_, let sent, _) = try Self.out("inline").translate(Self.document(reference), files: desk)
    else {
      Issue.record("the file was not written")
      return
    }
    #expect(sent.files == [reference])
  }

  @Test("a file at an address of the sender is a reference once it is here, and holds what needs it until then")
  func fetched() throws {
    let desk = MemoryFileDesk()
    let mapping = try Workbench.mapping(
      "  - { to: a, each: tep, rows: [ { to: content, from: noiDung, file: fetch } ] }")
    let address = "https://tep.example.vn/1"
    let message = try Workbench.json("{\"tep\":[{\"noiDung\":\"\(address)\"}]}")
    #expect(try text(mapping, message, desk) == "<dossier><a><content>\(address)</content></a></dossier>")
    for form in ["inline", "url", "upload", "uploadHash"] {
      guard case .held(let reason) = try Self.out(form).translate(Self.document(address), files: desk) else {
        Issue.record("\(form) was not held")
        continue
      }
      #expect(reason.files.map(\.form.rawValue) == [form])
    }
    let reference = desk.fetch(Self.bytes, from: address)
    #expect(try text(mapping, message, desk) == "<dossier><a><content>\(reference)</content></a></dossier>")
    let other = try mapping.translate(Workbench.json(#"{"tep":[{"noiDung":"file:///etc/passwd"}]}"#), files: desk)
    guard case .refused(let findings) = other else {
      Issue.record("an address of another kind was taken")
      return
    }
    #expect(findings.map(\.rule) == ["mapping.file"])
  }

  @Test("a file at the limit is taken, one byte more is not, on both ways")
  func limit() throws {
    var limits = TranslationLimits()
    limits.fileBytes = 3
    limits.inlineBytes = 3
    let inward = try Workbench.mapping(Self.inward, limits: limits)
    let outward = try Workbench.mapping(
      Self.outward("inline"), source: RowTests.toPartner, target: RowTests.json, limits: limits)
    for (count, isTaken) in [(3, true), (4, false)] {
      let desk = MemoryFileDesk()
      let bytes = [UInt8](repeating: 65, count: count)
      let message = try Workbench.json("{\"tep\":[{\"noiDung\":\"\(Base64.encode(bytes))\"}]}")
      #expect(try (text(inward, message, desk) != nil) == isTaken)
      let reference = try desk.claim(bytes)
      #expect(try (text(outward, Self.document(reference), desk) != nil) == isTaken)
    }
  }

  @Test("the limit of what is written as base64 is that of all files of a document together")
  func inlineLimit() throws {
    let row = "  - { to: x, each: content, from: ., file: inline }"
    for (limit, isTaken) in [(6, true), (5, false)] {
      var limits = TranslationLimits()
      limits.inlineBytes = limit
      let desk = MemoryFileDesk()
      let first = try desk.claim([1, 2, 3])
      let second = try desk.claim([4, 5, 6])
      let document = try Workbench.xml("<d><content>\(first)</content><content>\(second)</content></d>")
      let mapping = try Workbench.mapping(row, source: RowTests.toPartner, target: RowTests.json, limits: limits)
      #expect(try (text(mapping, document, desk) != nil) == isTaken)
    }
  }

  @Test("without a desk a row with files is an error of the call")
  func noDesk() throws {
    let error = try #require(throws: TranslationError.self) {
      try Self.out("url").translate(Self.document(Self.base64))
    }
    #expect(error.code == .files)
    #expect(try Self.out("url").text(Workbench.xml("<d/>")) == "{}")
  }

  @Test(
    "only a reference is a reference",
    arguments: [
      ("", false), ("urn:sha256:;bytes=1", false), ("urn:sha256:\(String(repeating: "a", count: 64))", false),
      ("urn:sha256:\(String(repeating: "a", count: 64));bytes=", false),
      ("urn:sha256:\(String(repeating: "a", count: 64));bytes=01", false),
      ("urn:sha256:\(String(repeating: "A", count: 64));bytes=1", false),
      ("urn:sha256:\(String(repeating: "/", count: 64));bytes=1", false),
      ("urn:sha256:\(String(repeating: "a", count: 63));bytes=1", false),
      ("urn:sha256:\(String(repeating: "a", count: 64));bytes=-1", false),
      ("urn:sha256:\(String(repeating: "a", count: 64));bytes=0", true),
      ("urn:sha256:\(String(repeating: "0", count: 64));bytes=1024", true),
    ])
  func syntax(text: String, isReference: Bool) {
    #expect((FileReference(text)?.description == text) == isReference)
  }
}
