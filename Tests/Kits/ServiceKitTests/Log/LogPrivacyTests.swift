import DocumentKit
import ServiceKit
import Testing

@Suite("Log: what does not get in")
struct LogPrivacyTests {
  private let memory = LogMemory()

  /// Everything that is logged by `write`, in both formats.
  private func logged(_ write: (Log) -> Void) -> String {
    for format in LogFormat.allCases { write(Log(level: .debug, format: format, output: memory)) }
    return memory.lines.joined(separator: "\n")
  }

  private static let personal = [
    "Nguyễn Văn An", "012345678901", "0912345678", "+84 912 345 678", "+84912345678", "12-345-678-901",
    "so 5, ngo 12 Lang Ha", "an.nguyen@example.vn", "{\"HoTen\":\"An\"}", "a\nlevel=error", "a\"b", "",
    String(repeating: "x", count: 97),
  ]

  @Test("A text that is no identifier is refused wherever a text is taken", arguments: personal)
  func identifiers(text: String) {
    let output = logged { log in
      log.info(
        "x",
        [
          .message(text), .delivery(text), .dossier(text), .procedure(text), .request(text), .party(text),
          .destination(text), .profile(text), .mapping(text), .schema(text), .rule(text), .service(text), .node(text),
          .version(text), .state(text), .outcome(text), .method(text), .errorCode(text),
        ])
      log.info("y", [.address(text)])
    }
    if !text.isEmpty { #expect(!output.contains(text)) }
    #expect(memory.lines.count == 4)
    #expect(output.components(of: "‹refused›") == 2 * 19)
  }

  @Test(
    "Identifiers of this project pass",
    arguments: [
      "0192f3c4-5d6e-7abc-8def-0123456789ab", "000.00.01.H26-241120-0001", "dvcqg-a/1", "bxd", "42", "1234567",
      "urn:lienthong:rule", String(repeating: "x", count: 96),
    ])
  func identifiersPass(text: String) {
    #expect(!logged { $0.info("x", [.dossier(text)]) }.contains("refused"))
  }

  @Test("Limit: bytes of a path; blanks, quotes and letters beyond ASCII are refused in one")
  func paths() {
    func isRefused(_ path: String) -> Bool {
      LogPrivacyTests().logged { $0.info("x", [.path(path)]) }.contains("refused")
    }
    #expect(!isRefused("/" + String(repeating: "x", count: 511)))
    #expect(isRefused("/" + String(repeating: "x", count: 512)))
    for path in ["", "/a b", "/a\"b", "/hồ-sơ", "/a\nb", "/a\\b"] {
      #expect(LogPrivacyTests().logged { $0.info("x", [.path(path)]) }.components(of: "path=‹refused›") == 1, "\(path)")
    }
  }

  private struct TalkativeError: Error, CustomStringConvertible, CustomDebugStringConvertible {
    let value: String
    var description: String { "the value \(value) is wrong" }
    var debugDescription: String { description }
  }

  private struct WrappingError: LoggableError {
    let cause: any Error
    var logFields: [LogField] { [.errorCode("outer"), .error(cause)] }
  }

  @Test("An error's message does not get in: neither its description, nor what it wraps, nor its associated values")
  func errorTexts() {
    let secret = "hunter2"
    let output = logged { log in
      log.error("x", [.error(TalkativeError(value: secret))])
      log.error("x", [.error(LogTestError.telling(secret))])
      log.error("x", [.error(WrappingError(cause: TalkativeError(value: secret)))])
      log.error(
        "x",
        [
          .error(
            ConfigurationErrors([
              ConfigurationError(
                .inconsistent, at: YAMLPosition(file: "gateway.yaml", line: 3, column: 5), path: secret,
                Sentence(same: secret), remedy: Sentence(same: secret))
            ]))
        ])
    }
    #expect(!output.contains(secret))
    #expect(output.contains("error=TalkativeError"))
    #expect(output.contains("error=WrappingError code=outer error=TalkativeError"))
    #expect(output.contains("error=ConfigurationErrors count=1 code=inconsistent path=gateway.yaml line=3 column=5"))
  }

  @Test("The same value does get in as a typed field: the test above can fail")
  func typedField() {
    #expect(logged { $0.info("x", [.party("hunter2")]) }.contains("party=hunter2"))
  }

  @Test("A secret has no way in, not even by interpolation into an identifier")
  func secrets() {
    let secret = Array("hunter2".utf8).withUnsafeBytes { Secret(copying: $0) }
    let output = logged { $0.info("x", [.party("\(secret)"), .destination(String(reflecting: secret))]) }
    #expect(!output.contains("hunter2"))
    #expect(output.contains("party=‹refused›"))
  }

  @Test("A YAML error gives code and place")
  func yamlError() throws {
    let error = try #require(#expect(throws: YAMLError.self) { try YAMLDocument(parsing: "a: [", file: "/etc/x.yaml") })
    let output = logged { $0.error("x", [.error(error)]) }
    #expect(output.contains("error=YAMLError code=syntax path=/etc/x.yaml line="))
  }
}

extension String {
  /// How often a text occurs.
  func components(of text: String) -> Int {
    var rest = self[...]
    var count = 0
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
