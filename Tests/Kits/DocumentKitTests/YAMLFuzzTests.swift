import DocumentKit
import GatewayTesting
import Testing

@Suite("Random bytes for the YAML reader")
struct YAMLFuzzTests {
  private static let words = [
    "- ", ": ", "{", "}", "[", "]", "\n", "  ", "\t", "#", "&a ", "*a", "!!str ", "!!int ", "%YAML 1.2\n", "---\n",
    "...\n",
    "|\n  ", ">-\n  ", "'", "\"", "\"\\x00\"", "? ", "<<: ", "~", "\r\n", "ế", "\u{FEFF}", "\u{2028}", "\u{85}", ",",
  ]
  private static let corpus: [[UInt8]] = {
    let root = TestFiles.projectRoot + "/Mappings"
    return ["codes/dvcqg-status.yaml", "oc-lgsp.document-traces--canonical/1/mapping.yaml"].map {
      TestFiles.read(root + "/" + $0)
    } + [Array("a: [1, 'b', \"c\\n\", { d: ~ }]\ne: |\n  f\n  g\n".utf8), Array("- - -\n".utf8)]
  }()

  private static func fuzzer(_ seed: UInt64) -> Fuzzer { Fuzzer(corpus: corpus, words: words, seed: seed) }

  /// Inputs end with a line feed, as files do: behind a last line without one libyaml counts a further line.
  private static func check(
    _ input: [UInt8], reading read: ([UInt8]) throws(YAMLError) -> YAMLDocument,
    writing write: (YAMLNode) -> String,
  ) -> FuzzVerdict {
    let bytes = input + [UInt8(ascii: "\n")]
    let document: YAMLDocument
    do throws(YAMLError) {
      document = try read(bytes)
    } catch {
      guard error.file == "f.yaml", TextPlaces(bytes).contains(line: error.line, column: error.column) else {
        return .broken("the error is not inside the file: \(error)")
      }
      return .refused
    }
    do throws(YAMLError) {
      let again = try YAMLDocument(parsing: write(document.root), file: "again.yaml")
      return document.root.means(again.root) ? .accepted : .broken("what was written is another value")
    } catch {
      return .broken("what was written cannot be read: \(error)")
    }
  }

  private static func read(_ bytes: [UInt8]) throws(YAMLError) -> YAMLDocument {
    try YAMLDocument(parsing: bytes, file: "f.yaml")
  }

  @Test("nothing crashes, errors are inside the file, and what is accepted is written as the same value")
  func reader() {
    let report = Self.fuzzer(20_261_120).run(iterations: 20_000) { bytes in
      Self.check(bytes, reading: Self.read) { $0.flow }
    }
    print(report)
    #expect(report.failure == nil, "\(report)")
    #expect(report.accepted > 20 && report.refused > 50, "\(report)")
  }

  @Test("the fuzzer finds a reader that points behind the file, and a writer that forgets an escape")
  func canaries() {
    let misplaced = Self.fuzzer(1).run(iterations: 20_000) { bytes in
      Self.check(
        bytes,
        reading: { bytes throws(YAMLError) in
          do throws(YAMLError) {
            return try Self.read(bytes)
          } catch {
            let place = YAMLPosition(file: error.file, line: error.line + 1, column: error.column)
            throw YAMLError(error.code, at: place, error.message)
          }
        }, writing: { $0.flow })
    }
    #expect(misplaced.failure?.reason.contains("not inside the file") == true, "\(misplaced)")
    let careless = Self.fuzzer(2).run(iterations: 20_000) { bytes in
      Self.check(bytes, reading: Self.read) { $0.flow.replacing("\\U0000000a", with: " ") }
    }
    #expect(careless.failure?.reason.contains("another value") == true, "\(careless)")
  }
}
