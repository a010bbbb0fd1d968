import DocumentKit
import Glibc
import ServiceKit
import Testing

@Suite("Secrets")
struct SecretTests {
  /// A file in the temporary folder, gone at the end.
  private final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8], mode: mode_t = 0o600) throws {
      var template = Array("/tmp/lienthong-secret-XXXXXX".utf8CString)
      let descriptor = mkstemp(&template)
      try #require(descriptor >= 0)
      path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      try #require(write(descriptor, bytes, bytes.count) == bytes.count)
      fchmod(descriptor, mode)
      close(descriptor)
    }

    deinit { unlink(path) }
  }

  private func load(_ bytes: [UInt8]) throws -> Secret {
    let file = try TemporaryFile(bytes)
    return try SecretReference(.file(file.path)).load()
  }

  @Test(
    "One line end at the end of a file is left out, and nothing else",
    arguments: [
      ("hunter2", "hunter2"), ("hunter2\n", "hunter2"), ("hunter2\r\n", "hunter2"), ("hunter2\n\n", "hunter2\n"),
      (" hunter2 \n", " hunter2 "), ("hunter2\r", "hunter2\r"),
    ])
  func lineEnds(written: String, secret: String) throws {
    #expect(try load(Array(written.utf8)).text() == secret)
  }

  @Test("A secret comes from a variable as well")
  func variable() throws {
    setenv("LIENTHONG_TEST_SECRET", "hunter2\n", 1)
    defer { unsetenv("LIENTHONG_TEST_SECRET") }
    #expect(try SecretReference(.environment("LIENTHONG_TEST_SECRET")).load().text() == "hunter2\n")
    let missing = SecretReference(.environment("LIENTHONG_TEST_SECRET_NOT_SET"))
    let error = #expect(throws: SecretError.self) { try missing.load() }
    #expect(error?.code == .variableNotSet)
    #expect(error?.description.contains("env:LIENTHONG_TEST_SECRET_NOT_SET") == true)
  }

  @Test("Nothing, too much, and a file that is not there are refused; the limit itself passes")
  func refusals() throws {
    func code(_ bytes: [UInt8]) throws -> SecretError.Code? {
      do {
        _ = try load(bytes)
        return nil
      } catch let error as SecretError {
        return error.code
      }
    }
    #expect(try code([]) == .empty)
    #expect(try code(Array("\n".utf8)) == .empty)
    #expect(try code([UInt8](repeating: 65, count: Secret.bytesLimit)) == nil)
    #expect(try code([UInt8](repeating: 65, count: Secret.bytesLimit + 1)) == .tooLong)
    let missing = #expect(throws: SecretError.self) { try SecretReference(.file("/nonexistent/secret")).load() }
    #expect(missing?.code == .unreadable)
    #expect(missing?.systemError == ENOENT)
  }

  @Test("Bytes that are no text are kept as they are")
  func bytes() throws {
    let secret = try load([0xFF, 0x00, 0x41])
    #expect(secret.withBytes { Array($0) } == [0xFF, 0x00, 0x41])
    #expect(secret.count == 3)
    #expect(secret.text() == nil)
  }

  @Test("Neither printing nor dumping shows a secret")
  func printing() throws {
    let secret = try load(Array("hunter2".utf8))
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
      #expect(text.contains("‹secret›"))
      #expect(!text.contains("hunter2"))
    }
  }

  @Test("A file that others may read is noticed")
  func openFile() throws {
    let open = try TemporaryFile([65], mode: 0o644)
    let closed = try TemporaryFile([65], mode: 0o640)
    #expect(SecretReference(.file(open.path)).isFileOpenToOthers)
    #expect(!SecretReference(.file(closed.path)).isFileOpenToOthers)
    #expect(!SecretReference(.environment("PATH")).isFileOpenToOthers)
  }

  @Test(
    "Only file: and env: are references",
    arguments: ["hunter2", "file:", "env:", "env:1ST", "env:A B", "env:A-B", "FILE:/x", "http://x", "env:É"])
  func references(text: String) throws {
    let reader = ConfigurationReader(try YAMLDocument(parsing: "x: \"\(text)\"", file: "gw.yaml"))
    _ = reader.root.secret("x")
    let errors = #expect(throws: ConfigurationErrors.self) { try reader.finish() }
    #expect(errors?.errors.map(\.code) == [.secretInFile])
  }
}
