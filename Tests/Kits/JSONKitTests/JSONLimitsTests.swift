import Testing

@testable import JSONKit

@Suite("JSON limits: each passes at the limit and refuses one beyond")
struct JSONLimitsTests {
  private func code(_ text: String, _ limits: JSONLimits) -> JSONError.Code? {
    do throws(JSONError) {
      _ = try JSONDocument(parsing: text, limits: limits)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("Bytes")
  func bytes() {
    #expect(code("[1,2]", JSONLimits(bytes: 5)) == nil)
    #expect(code("[1,2]", JSONLimits(bytes: 4)) == .tooLarge)
  }

  @Test("Depth", arguments: [1, 2, 64, 1_000, 100_000])
  func depth(limit: Int) {
    let limits = JSONLimits(depth: limit)
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(code(nested(limit), limits) == nil)
    #expect(code(nested(limit + 1), limits) == .tooDeep)
    let objects = String(repeating: "{\"a\":", count: limit) + "1" + String(repeating: "}", count: limit)
    #expect(code(objects, limits) == nil)
    #expect(code("[" + objects + "]", limits) == .tooDeep)
  }

  @Test("Values, member names counted")
  func values() {
    #expect(code("[{\"a\":1},2]", JSONLimits(values: 5)) == nil)
    #expect(code("[{\"a\":1},2]", JSONLimits(values: 4)) == .tooManyValues)
    #expect(code("{\"a\":1}", JSONLimits(values: 1)) == .tooManyValues)
  }

  @Test("Members of one object")
  func members() {
    #expect(code("{\"a\":1,\"b\":2}", JSONLimits(members: 2)) == nil)
    #expect(code("{\"a\":1,\"b\":2,\"c\":3}", JSONLimits(members: 2)) == .tooManyMembers)
    #expect(code("[{\"a\":1},{\"b\":2},{\"c\":3}]", JSONLimits(members: 1)) == nil)
  }

  @Test("Length of a number")
  func numberLength() {
    #expect(code(String(repeating: "7", count: 1_000), .standard) == nil)
    #expect(code(String(repeating: "7", count: 1_001), .standard) == .numberTooLong)
    #expect(code(String(repeating: "7", count: 1_000_000), .standard) == .numberTooLong)
    #expect(code("-1.5e+3", JSONLimits(numberLength: 7)) == nil)
    #expect(code("-1.5e+3", JSONLimits(numberLength: 6)) == .numberTooLong)
  }

  @Test("A limit that makes no sense traps")
  func senseless() async {
    await #expect(processExitsWith: .failure) { _ = JSONLimits(depth: 0) }
    await #expect(processExitsWith: .failure) { _ = JSONLimits(bytes: JSONLimits.bytesMaximum + 1) }
  }
}
