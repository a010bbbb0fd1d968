import DocumentKit
import GatewayTesting
import Testing

@Suite("YAML: what is refused")
struct YAMLRefusalTests {
  private func refusal(_ text: String, limits: YAMLLimits = .standard) -> YAMLError? {
    refusal(Array(text.utf8), limits: limits)
  }

  private func refusal(_ bytes: [UInt8], limits: YAMLLimits = .standard) -> YAMLError? {
    do throws(YAMLError) {
      _ = try YAMLDocument(parsing: bytes, file: "f.yaml", limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "What would mean different things to different readers is refused by name and place",
    arguments: [
      ("a: 1\na: 2", YAMLError.Code.duplicateKey, 2, 1),
      ("a: 1\n'a': 2", .duplicateKey, 2, 1),
      ("a: &x 1", .anchorRefused, 1, 4),
      ("a: &x {}", .anchorRefused, 1, 4),
      ("- &x a\n- *x", .anchorRefused, 1, 3),
      ("a: *x", .aliasRefused, 1, 4),
      ("<<: {a: 1}", .mergeKeyRefused, 1, 1),
      ("a: !secret 1", .tagRefused, 1, 4),
      ("a: !!binary aGk=", .tagRefused, 1, 4),
      ("a: !!str {b: 1}", .tagRefused, 1, 4),
      ("a: 1\n---\nb: 2", .severalDocuments, 2, 1),
      ("%YAML 1.1\n---\na: 1", .directiveRefused, 1, 1),
      ("[a]: 1", .keyNotScalar, 1, 1),
      ("? {a: 1}\n: 1", .keyNotScalar, 1, 3),
      ("", .empty, 1, 1),
      ("# only a comment\n", .empty, 1, 1),
      ("a: b: c", .syntax, 1, 5),
      ("a:\n\tb: 1", .syntax, 2, 1),
      ("a: 'open", .syntax, 1, 9),
      ("a: [1, 2", .syntax, 2, 1),
      ("x: 1\nđ: \u{1}", .encoding, 2, 4),
      ("a: one\u{2028}two", .encoding, 1, 7),
      ("a: b\u{FEFF}", .encoding, 1, 5),
    ])
  func refused(text: String, code: YAMLError.Code, line: Int, column: Int) {
    let error = refusal(text)
    #expect(error?.code == code)
    #expect(error?.position == YAMLPosition(file: "f.yaml", line: line, column: column), "\(text)")
    #expect(error?.message.isInBothLanguages == true)
    #expect(error?.remedy.isEmpty == true || error?.remedy.isInBothLanguages == true, "\(text)")
  }

  @Test("Each code is told in both languages")
  func languages() throws {
    var limits = YAMLLimits()
    (limits.bytes, limits.depth, limits.nodes, limits.scalarBytes) = (40, 3, 6, 8)
    let texts = [
      "", "a: 1\na: 2", "a: &x 1", "a: *x", "<<: {a: 1}", "a: !x 1", "a: 1\n---\nb: 2", "%YAML 1.1\n---\na: 1",
      "[a]: 1",
      "a: b: c", "đ: \u{1}", "[[[[]]]]", "[1, 2, 3, 4, 5, 6]", "a: 123456789", String(repeating: "a", count: 41),
    ]
    var errors = texts.compactMap { refusal($0, limits: limits) }
    let mapping = try YAMLDocument(parsing: "a: b\nn: ~\ny: yes", file: "f.yaml").root
    let (word, none) = (try #require(mapping["a"]), try #require(mapping["n"]))
    let readers: [() throws -> Void] = [
      { _ = try YAMLDocument(contentsOf: "/nonexistent") },
      { _ = try mapping.readMapping().required("z") },
      { try mapping.readMapping().refuseKeys(notIn: ["a", "n"]) },
      { _ = try mapping.readSequence() },
      { _ = try none.readString() }, { _ = try word.readInteger() },
      { _ = try word.readNumber() }, { _ = try word.readBoolean() },
      { _ = try word.readChoice(["x"]) },
    ]
    for reader in readers {
      errors.append(try #require(throws: YAMLError.self) { try reader() })
    }
    for error in errors {
      #expect(error.message.isInBothLanguages, "\(error)")
      #expect(error.remedy.isEmpty || error.remedy.isInBothLanguages, "\(error)")
    }
    #expect(Set(errors.map(\.code)) == Set(YAMLError.Code.allCases))
  }

  @Test("Bytes that are not UTF-8 are refused at their place, UTF-16 as well")
  func notUTF8() {
    let latin = refusal(Array("a: 1\nb: x".utf8) + [0xE9, 0x20])
    #expect(latin?.code == .encoding)
    #expect(latin?.position.description == "f.yaml:2:5")
    #expect(refusal([0xFF, 0xFE, 0x61, 0x00])?.code == .encoding)
  }

  @Test("A carriage return with or without a line feed ends one line")
  func lineEnds() {
    #expect(refusal("a: 1\r\nb: 2\r\nc: \u{1}")?.line == 3)
    #expect(refusal("a: 1\rb: 2\rc: \u{1}")?.line == 3)
    #expect(refusal("a: 1\r\nb: 2\r\nb: 3")?.line == 3)
  }

  @Test("Errors never quote a value: it could be a secret in the wrong place")
  func valuesStayOut() throws {
    let root = try YAMLDocument(parsing: "a: hunter2", file: "x").root
    let node = try #require(root["a"])
    let readers: [() throws -> Void] = [
      { _ = try node.readInteger() }, { _ = try node.readBoolean() }, { _ = try node.readNumber() },
      { _ = try node.readMapping() }, { _ = try node.readSequence() }, { _ = try node.readChoice(["b"]) },
    ]
    for reader in readers {
      let error = #expect(throws: YAMLError.self) { try reader() }
      #expect(error?.description.contains("hunter2") == false)
    }
    #expect(refusal("a: \"hunter2")?.description.contains("hunter2") == false)
  }

  @Test("Limit: bytes")
  func bytesLimit() {
    var limits = YAMLLimits()
    limits.bytes = 4
    #expect(refusal("a: 1", limits: limits) == nil)
    #expect(refusal("a: 12", limits: limits)?.code == .tooManyBytes)
  }

  @Test("Limit: depth")
  func depthLimit() {
    var limits = YAMLLimits()
    limits.depth = 3
    #expect(refusal("[[[]]]", limits: limits) == nil)
    #expect(refusal("[[[[]]]]", limits: limits)?.code == .tooDeep)
    #expect(refusal(String(repeating: "[", count: 100_000))?.code == .tooDeep)
  }

  @Test("Limit: nodes")
  func nodesLimit() {
    var limits = YAMLLimits()
    limits.nodes = 3
    #expect(refusal("a: 1", limits: limits) == nil)
    #expect(refusal("[a, b]", limits: limits) == nil)
    #expect(refusal("[a, b, c]", limits: limits)?.code == .tooManyNodes)
  }

  @Test("Limit: bytes of one scalar")
  func scalarLimit() {
    var limits = YAMLLimits()
    limits.scalarBytes = 3
    #expect(refusal("abc", limits: limits) == nil)
    #expect(refusal("abcd", limits: limits)?.code == .scalarTooLong)
  }

  @Test("A file that is not there is told by name, and a directory cannot be read")
  func unreadable() {
    let missing = #expect(throws: YAMLError.self) { try YAMLDocument(contentsOf: "/nonexistent/gateway.yaml") }
    #expect(missing?.code == .unreadable)
    #expect(missing?.file == "/nonexistent/gateway.yaml")
    let directory = #expect(throws: YAMLError.self) { try YAMLDocument(contentsOf: "/") }
    #expect(directory?.code == .unreadable)
  }
}
