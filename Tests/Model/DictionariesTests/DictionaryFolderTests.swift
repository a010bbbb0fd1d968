import Dictionaries
import FileKit
import GatewayTesting
import ServiceKit
import Testing

@Suite("The folder of dictionaries")
struct DictionaryFolderTests {
  private let place = TemporaryFolder(inMemory: true)
  private let name = DictionaryEditionTests.name
  private let t0 = DictionaryEditionTests.t0
  private var folder: DictionaryFolder { DictionaryFolder(place.path + "/dictionaries") }

  private func codes(_ range: Range<Int>) -> [ListedCode] { DictionaryEditionTests.codes(range) }

  @Test("keeps each edition in a file of its own, as it was made, and gives back the latest")
  func keeps() throws {
    var first = codes(1..<6)
    first[0] = ListedCode(
      code: "H1", name: "Sở \"Tư pháp\"\n", parent: "H", from: CivilDay("2025-07-01"), until: CivilDay("2026-12-31"))
    guard case .edition(let made) = try folder.take(first, of: name, at: t0) else { throw Unexpected() }
    guard case .edition = try folder.take(codes(1..<7), of: name, at: t0 + .seconds(60)) else { throw Unexpected() }
    #expect(folder.names() == [name])
    #expect(folder.numbers(of: name) == [1, 2])
    let read = try folder.edition(1, of: name)
    #expect(read.codes == made.codes && read.fetched == t0 && read.changes == made.changes)
    #expect(folder.latest(of: name)?.number == 2)
    #expect(folder.latest(of: name)?.changes.added == ["H6"])
    #expect(DictionaryShelf(contentsOf: folder)[name]?.number == 2)
  }

  @Test("writes no file for a list without news, and none for one that is refused, and says how the fetching stands")
  func standing() throws {
    _ = try folder.take(codes(1..<6), of: name, at: t0)
    _ = try folder.take(codes(1..<6), of: name, at: t0 + .seconds(60))
    #expect(folder.standing(of: name).checked == t0 + .seconds(60))
    _ = try folder.take([], of: name, at: t0 + .seconds(120))
    try folder.fail("HTTP 503", of: name, at: t0 + .seconds(180))
    let standing = folder.standing(of: name)
    #expect(standing.checked == t0 + .seconds(60) && standing.tried == t0 + .seconds(180))
    #expect(standing.failures == 2 && standing.note == "HTTP 503")
    #expect(folder.numbers(of: name) == [1])
  }

  @Test("uses the edition before a damaged one, tells of it, and writes over neither")
  func damage() throws {
    _ = try folder.take(codes(1..<6), of: name, at: t0)
    _ = try folder.take(codes(1..<7), of: name, at: t0)
    TestFiles.write("{", to: place.path + "/dictionaries/dvcqg-a/co-quan/000002.json")
    var complaints: [FileError] = []
    #expect(folder.latest(of: name) { complaints.append($0) }?.number == 1)
    #expect(complaints.map(\.code) == [.damaged])
    guard case .edition(let next) = try folder.take(codes(1..<7), of: name, at: t0) else { throw Unexpected() }
    #expect(next.number == 3)
  }

  @Test("an edition's file has so many bytes as the limit says, and not one more")
  func bytes() throws {
    guard case .edition(let edition) = try folder.take(codes(1..<6), of: name, at: t0) else { throw Unexpected() }
    for (bytes, isGood) in [(edition.json.count, true), (edition.json.count - 1, false)] {
      var limits = DictionaryLimits()
      limits.editionBytes = bytes
      let other = DictionaryFolder(place.path + "/\(bytes)", limits: limits)
      let error: FileError?
      do throws(FileError) {
        _ = try other.take(codes(1..<6), of: name, at: t0)
        error = nil
      } catch let caught {
        error = caught
      }
      #expect(error?.code == (isGood ? nil : .tooLarge))
      #expect(other.numbers(of: name) == (isGood ? [1] : []), "nothing is written that could not be read")
    }
  }

  @Test("what a killed program left half written is removed, and nothing else")
  func drafts() throws {
    _ = try folder.take(codes(1..<6), of: name, at: t0)
    let own = "\(place.path)/dictionaries/\(name.profile)/\(name.dictionary)"
    TestFiles.write("nửa", to: own + "/\(FileDraft.namePrefix)1-1")
    TestFiles.write("nửa", to: own + "/\(FileDraft.namePrefix)1-2")
    TestFiles.write("khác", to: own + "/.khac")
    #expect(try folder.removeDrafts() == 2)
    let left = ProgramRun(["ls", "-A", own]).text.split(separator: "\n").map(String.init)
    #expect(left.sorted() == [".khac", ".lock", "000001.json", "standing.json"])
    #expect(try folder.removeDrafts() == 0 && folder.latest(of: name)?.number == 1)
  }

  @Test("a dictionary may say how much of it may vanish")
  func ownShare() throws {
    _ = try folder.take(codes(0..<10), of: name, at: t0)
    guard case .refused = try folder.take(codes(0..<9), of: name, at: t0, vanishingPercent: 0) else {
      throw Unexpected()
    }
    guard case .edition = try folder.take(codes(0..<5), of: name, at: t0, vanishingPercent: 50) else {
      throw Unexpected()
    }
  }

  @Test("is shared by who makes editions at the same time: each is made after the other")
  func sharing() async throws {
    let (folder, name, t0) = (folder, name, t0)
    await withTaskGroup(of: Void.self) { group in
      for number in 1...8 {
        group.addTask { _ = try? folder.take(DictionaryEditionTests.codes(0..<(20 + number % 4)), of: name, at: t0) }
      }
    }
    let editions = try folder.numbers(of: name).map { try folder.edition($0, of: name) }
    #expect(editions.map(\.number) == Array(1...editions.count))
    for (before, after) in zip(editions, editions.dropFirst()) {
      #expect(DictionaryChanges(from: before, to: after) == after.changes)
    }
  }

  private struct Unexpected: Error {}
}
