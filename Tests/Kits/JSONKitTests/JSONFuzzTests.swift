import GatewayTesting
import JSONKit
import Testing

@Suite("Random bytes for the JSON reader")
struct JSONFuzzTests {
  private static let words = [
    "{}", "[]", "{\"a\":1}", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "1e9", "-0", "null", "true", ",", ":", "\u{FEFF}",
    "ế",
    "\\", "\"", "\r\n",
  ]
  private static let corpus: [[UInt8]] = {
    let root = TestFiles.projectRoot + "/Schemas/dvcqg-a/1"
    let files = ["valid/ho-so--toi-thieu.json", "types.schema.json", "tien-do.schema.json"].map {
      TestFiles.read(root + "/" + $0)
    }
    return files + [Array(#"{"a":[1,-2.50e3,"ế\n\u00e9",{"b":null,"":true}],"c":{}}"#.utf8), Array("[[[]]]".utf8)]
  }()

  private static func fuzzer(_ seed: UInt64) -> Fuzzer { Fuzzer(corpus: corpus, words: words, seed: seed) }

  /// Reads, and checks what every reader of JSON promises.
  private static func check(
    _ bytes: [UInt8], reading read: ([UInt8]) throws(JSONError) -> JSONDocument,
    writing write: (JSONDocument) -> [UInt8],
  ) -> FuzzVerdict {
    let document: JSONDocument
    do throws(JSONError) {
      document = try read(bytes)
    } catch {
      guard TextPlaces(bytes).contains(line: error.line, column: error.column), (0...bytes.count).contains(error.offset)
      else { return .broken("the error is not inside the text: \(error.line):\(error.column)") }
      return .refused
    }
    let written = write(document)
    guard let again = try? JSONDocument(parsing: written) else { return .broken("what was written cannot be read") }
    return same(document.root, again.root) ? .accepted : .broken("what was written is another value")
  }

  private static func same(_ left: JSONValue, _ right: JSONValue) -> Bool {
    guard left.kind == right.kind else { return false }
    switch left.kind {
    case .object:
      let (left, right) = (Array(left.members), Array(right.members))
      return left.count == right.count
        && zip(left, right).allSatisfy { pair in
          pair.0.name.utf8.elementsEqual(pair.1.name.utf8) && same(pair.0.value, pair.1.value)
        }
    case .array:
      let (left, right) = (Array(left.elements), Array(right.elements))
      return left.count == right.count && zip(left, right).allSatisfy { same($0, $1) }
    case .string: return left.string?.utf8.elementsEqual(right.string?.utf8 ?? "".utf8) == true
    case .number: return left.numberText == right.numberText
    case .boolean: return left.boolean == right.boolean
    case .null: return true
    }
  }

  @Test("nothing crashes, errors are inside the text, and what is accepted is written as the same value")
  func reader() {
    let report = Self.fuzzer(20_261_120).run(iterations: 20_000) { bytes in
      Self.check(bytes, reading: { bytes throws(JSONError) in try JSONDocument(parsing: bytes) }) { $0.serialised() }
    }
    print(report)
    #expect(report.failure == nil, "\(report)")
    #expect(report.accepted > 20 && report.refused > 100, "\(report)")
  }

  @Test("the fuzzer finds a reader that points behind the text, and one that loses a digit")
  func canaries() {
    let misplaced = Self.fuzzer(1).run(iterations: 20_000) { bytes in
      Self.check(
        bytes,
        reading: { bytes throws(JSONError) in
          do throws(JSONError) {
            return try JSONDocument(parsing: bytes)
          } catch {
            throw JSONError(
              code: error.code, message: error.message, line: error.line + 1, column: error.column,
              offset: error.offset)
          }
        }, writing: { $0.serialised() })
    }
    #expect(misplaced.failure?.reason.contains("not inside the text") == true, "\(misplaced)")
    let forgetful = Self.fuzzer(2).run(iterations: 20_000) { bytes in
      Self.check(bytes, reading: { bytes throws(JSONError) in try JSONDocument(parsing: bytes) }) { document in
        // A writer that takes every number for a double of few digits.
        var written = document.serialised()
        if let digit = written.firstIndex(of: UInt8(ascii: "5")) { written[digit] = UInt8(ascii: "6") }
        return written
      }
    }
    #expect(forgetful.failure?.reason.contains("another value") == true, "\(forgetful)")
  }

  @Test("the same seed makes the same inputs")
  func repeatable() {
    func inputs(_ seed: UInt64) -> [[UInt8]] {
      var inputs: [[UInt8]] = []
      _ = Self.fuzzer(seed).run(iterations: 60) { bytes in
        inputs.append(bytes)
        return .accepted
      }
      return inputs
    }
    let first = inputs(7)
    #expect(first.count == 60 && first == inputs(7) && first != inputs(8))
  }
}
