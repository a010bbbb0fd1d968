import DocumentKit
import Testing

@Suite("A path in a shape")
struct SchemaPathTests {
  static let closed = """
    {"type": "object", "additionalProperties": false, "required": ["chuHoSo"], "properties": {
      "chuHoSo": {"type": "object", "required": ["ten"], "properties": {"ten": {"type": "string"}}}}}
    """

  @Test("leads to a leaf, to a place without text, or stays at the root")
  func found() throws {
    let shape = try SchemaFolder.json(Self.closed)
    let root = shape.roots[0]
    let leaf = try #require(shape.find("chuHoSo/ten", from: root).match)
    #expect(leaf.path == "chuHoSo/ten")
    #expect(leaf.isAlwaysRequired)
    #expect(leaf.value?.kind == .string)
    #expect(shape.find("chuHoSo", from: root).match?.value == nil)
    #expect(shape.find(".", from: root).match?.places == [root])
  }

  @Test("names the step that is not there and what was probably meant")
  func unknown() throws {
    let shape = try SchemaFolder.json(Self.closed)
    guard case .unknown(let step, let known, let nearest) = shape.find("chuhoso/ten", from: shape.roots[0]) else {
      Issue.record("a closed object allows no other member")
      return
    }
    #expect((step, known, nearest) == (0, ["chuHoSo"], "chuHoSo"))
  }

  @Test("tells what is allowed without being named from what is not, with the nearest name all the same")
  func wildcard() throws {
    let shape = try SchemaFolder.json(Self.closed)
    guard case .wildcard(let step, let nearest) = shape.find("chuHoSo/tem", from: shape.roots[0]) else {
      Issue.record("an open object allows other members")
      return
    }
    #expect((step, nearest) == (1, "ten"))
  }
}
