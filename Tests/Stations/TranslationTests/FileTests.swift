import CryptographyKit
import DocumentKit
import FileKit
import Glibc
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

  @Test("a sender cannot name a reference, and what is no base64 is refused")
  func refused() throws {
    let mapping = try Workbench.mapping(Self.inward)
    for value in [FileReference(of: Self.bytes).description, "không", "YQ", "===="] {
      let outcome = try mapping.translate(
        Workbench.json("{\"tep\":[{\"noiDung\":\"\(value)\"}]}"), files: MemoryFileDesk())
      guard case .refused(let findings) = outcome else {
        Issue.record("\(value) was taken")
        continue
      }
      #expect(findings.map(\.rule) == ["mapping.base64"])
      #expect(findings.map(\.path) == ["/tep/0/noiDung"])
      #expect(findings.allSatisfy { !$0.messageEnglish.contains(value) })
    }
  }

  @Test("a file at the limit is taken, one byte more is not, on both ways")
  func limit() throws {
    var limits = TranslationLimits()
    limits.fileBytes = 3
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

  // MARK: The folder

  @Test("a folder keeps a file under its hash, once, whole, and gives it back")
  func folder() throws {
    let temporary = try TemporaryFolder([:])
    let path = temporary.path + "/files"
    defer { removeTree(path) }
    let desk = FolderFileDesk(folder: path, baseURL: "https://tep.example.vn/files")
    let reference = FileReference(of: Self.bytes)
    #expect(try desk.content(of: reference) == nil)
    #expect(try desk.url(of: reference) == nil)
    #expect(try desk.claim(Self.bytes) == reference)
    #expect(try desk.claim(Self.bytes) == reference)
    let file = "\(path)/\(reference.sha256.prefix(2))/\(reference.sha256)"
    #expect(try FileContent.read(file, limit: 100) == Self.bytes)
    // No draft is left beside it: hidden files count here.
    #expect(entries("\(path)/\(reference.sha256.prefix(2))") == [reference.sha256])
    #expect(try FolderFileDesk(folder: path).content(of: reference) == Self.bytes)
    #expect(try desk.url(of: reference) == "https://tep.example.vn/files/\(reference.sha256)")
    #expect(try desk.upload(of: reference) == nil)
  }

  @Test("a damaged file is an error and never handed out; a folder that cannot be written says so")
  func damaged() throws {
    let temporary = try TemporaryFolder(["blocked": "a file where a folder should be"])
    let path = temporary.path + "/files"
    defer { removeTree(path) }
    let desk = FolderFileDesk(folder: path)
    let reference = try desk.claim(Self.bytes)
    let file = try #require(fopen("\(path)/\(reference.sha256.prefix(2))/\(reference.sha256)", "w"))
    fputs("khác", file)
    fclose(file)
    #expect(throws: FileError.self) { try desk.content(of: reference) }
    // Claiming it again mends it.
    _ = try desk.claim(Self.bytes)
    #expect(try desk.content(of: reference) == Self.bytes)
    let blocked = FolderFileDesk(folder: temporary.path + "/blocked/files")
    let error = try #require(throws: FileError.self) { try blocked.claim(Self.bytes) }
    #expect(error.code == .unwritable)
    let translation = try #require(throws: TranslationError.self) {
      try Workbench.mapping(Self.inward).translate(
        Workbench.json("{\"tep\":[{\"noiDung\":\"\(Self.base64)\"}]}"), files: blocked)
    }
    #expect(translation.code == .files)
  }

  private func entries(_ path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private func removeTree(_ path: String) {
    for name in entries(path) { removeTree(path + "/" + name) }
    remove(path)
  }
}
