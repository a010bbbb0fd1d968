import Testing

@testable import JSONKit

@Suite("Properties of random JSON, by seed")
struct JSONPropertyTests {
  @Test(
    "A text without white space comes back byte for byte, also through indentation",
    arguments: 1...200 as ClosedRange<UInt64>)
  func roundTrips(seed: UInt64) throws {
    var sampler = JSONSampler(seed: seed)
    let text = sampler.text(depth: 6)
    let bytes = Array(text.utf8)
    #expect(try JSONDocument(parsing: bytes).serialised() == bytes, "seed \(seed)")
    let spaced = try JSONDocument(parsing: sampler.spaced(text))
    #expect(spaced.serialised() == bytes, "seed \(seed)")
    let indented = try JSONDocument(parsing: spaced.serialised(indent: 3))
    #expect(indented.serialised() == bytes, "seed \(seed)")
  }

  @Test("What a reader sees is what a writer wrote, value by value", arguments: 1...100 as ClosedRange<UInt64>)
  func rewrites(seed: UInt64) throws {
    var sampler = JSONSampler(seed: seed)
    let document = try JSONDocument(parsing: sampler.text(depth: 6))
    var writer = JSONWriter()
    rewrite(document.root, to: &writer)
    let copy = try JSONDocument(parsing: writer.finish())
    var steps = 0
    let isEqual = JSONTapeView.with(document) { one in
      JSONTapeView.with(copy) { one.isEqual(0, 0, of: $0, steps: &steps) }
    }
    #expect(isEqual, "seed \(seed)")
  }

  @Test(
    "Any change of bytes is read or refused at a place inside, never a crash", arguments: 1...300 as ClosedRange<UInt64>
  )
  func survivesMutation(seed: UInt64) throws {
    var sampler = JSONSampler(seed: seed)
    let original = Array(sampler.spaced(sampler.text(depth: 5)).utf8)
    for _ in 0..<40 {
      var bytes = original
      for _ in 0...sampler.integer(in: 0..<3) where !bytes.isEmpty {
        let place = sampler.integer(in: 0..<bytes.count)
        switch sampler.integer(in: 0..<4) {
        case 0: bytes[place] = UInt8(sampler.integer(in: 0..<256))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(Array("\"\\{}[],:0e-.u".utf8)[sampler.integer(in: 0..<13)], at: place)
        default: bytes.removeLast(bytes.count - place)
        }
      }
      do throws(JSONError) {
        let document = try JSONDocument(parsing: bytes)
        _ = try? document.canonicalised()
        let again = try JSONDocument(parsing: document.serialised())
        #expect(again.serialised() == document.serialised(), "seed \(seed)")
      } catch {
        #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
        #expect(error.line >= 1 && error.column >= 1)
      }
    }
  }

  @Test("Every prefix of a text is refused as ended too soon", arguments: 1...20 as ClosedRange<UInt64>)
  func refusesPrefixes(seed: UInt64) throws {
    var sampler = JSONSampler(seed: seed)
    let bytes = Array(("[" + sampler.text(depth: 4) + "]").utf8)
    for length in 0..<bytes.count {
      do throws(JSONError) {
        _ = try JSONDocument(parsing: Array(bytes[..<length]))
        Issue.record("accepted a prefix, seed \(seed)")
      } catch {
        let isCutInScalar = error.code == .invalidUTF8
        #expect(error.code == .unexpectedEnd || isCutInScalar, "seed \(seed), length \(length)")
      }
    }
  }

  @Test("A hundred thousand members are read and compared in time linear in their number")
  func linearInMembers() throws {
    func cost(_ count: Int) throws -> Duration {
      let text = "{" + (0..<count).map { "\"thuộc tính \($0)\":\($0)" }.joined(separator: ",") + "}"
      let bytes = Array(text.utf8)
      return try CPUTime.spent {
        let document = try JSONDocument(parsing: bytes)
        #expect(document.root.count == count)
      }
    }
    // Ten times the members cost about ten times as much; a check of every pair would cost a hundred times as much.
    let small = try cost(10_000)
    #expect(try cost(100_000) < small * 40)
  }

  private func rewrite(_ value: JSONValue, to writer: inout JSONWriter) {
    switch value.kind {
    case .object:
      writer.beginObject()
      for member in value.members {
        writer.name(member.name)
        rewrite(member.value, to: &writer)
      }
      writer.endObject()
    case .array:
      writer.beginArray()
      for element in value.elements { rewrite(element, to: &writer) }
      writer.endArray()
    case .string: writer.string(value.string ?? "")
    case .number: writer.number(value.numberText ?? "")
    case .boolean: writer.boolean(value.boolean == true)
    case .null: writer.null()
    }
  }
}
