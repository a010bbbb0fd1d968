import Testing

@testable import JSONKit

@Suite("Published JSON Patch cases, for the pointers in them (RFC 6901 through RFC 6902)")
struct JSONPatchCaseTests {
  /// Both files hold one disabled case whose patch says "op" twice, which no strict reader accepts: the second "op" of
  /// that case is renamed so that the other cases can be read.
  private static let repairs = [
    "json-patch/tests.json": "\"op\": \"move\", \"from\":\"/foo\" } ]",
    "json-patch/spec_tests.json": "\"op\": \"remove\" }\n],\n    \"error\": \"operation has two",
  ]

  private func cases(_ file: String) throws -> [JSONValue] {
    let text = String(decoding: try TestData.bytes(file), as: UTF8.self)
    let duplicate = try #require(Self.repairs[file])
    #expect(text.contains(duplicate))
    let repaired = text.split(separator: duplicate).joined(separator: duplicate.replacing("\"op\"", with: "\"op2\""))
    return Array(try JSONDocument(parsing: repaired).root.elements)
  }

  @Test("As published, a file is refused for its second \"op\"", arguments: Self.repairs.keys.sorted())
  func refusesDuplicate(file: String) throws {
    let bytes = try TestData.bytes(file)
    do throws(JSONError) {
      _ = try JSONDocument(parsing: bytes)
      Issue.record("accepted")
    } catch {
      #expect(error.code == .duplicateName)
    }
  }

  @Test(
    "Each enabled case gives its document or its refusal",
    arguments: [("json-patch/tests.json", 92), ("json-patch/spec_tests.json", 16)])
  func enabledCases(file: String, expectedCount: Int) throws {
    var ran = 0
    for record in try cases(file) where record["disabled"]?.boolean != true {
      guard let source = record["doc"], let patch = record["patch"] else { continue }  // a bare comment
      let name = record["comment"]?.string ?? patch.serialised().description
      let document = try JSONDocument(parsing: source.serialised())
      let result = try? JSONPatch.apply(patch, to: document)
      if record["error"] != nil {
        #expect(result == nil, "\(name)")
      } else {
        let expected = try (record["expected"] ?? source).canonicalised()
        #expect(try result?.canonicalised() == expected, "\(name)")
      }
      ran += 1
    }
    #expect(ran == expectedCount)
  }
}
