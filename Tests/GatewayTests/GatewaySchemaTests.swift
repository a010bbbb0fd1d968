import DocumentKit
import FileKit
import Gateway
import GatewayTesting
import JSONKit
import ServiceKit
import Testing

@Suite("The schema by which editors complete gateway.yaml")
struct GatewaySchemaTests {
  private static let folder = TestFiles.projectRoot + "/Schemas/lienthong-gateway/1"
  private static let examples = FolderListing.files(in: folder + "/valid", ending: ".json")
  /// Has every key.
  private static let complete = folder + "/valid/gateway--day-du.json"

  private let schema: EditorSchema

  init() throws { schema = try EditorSchema(Self.folder + "/gateway.schema.json") }

  /// What the reader makes of a file.
  private struct Read {
    let site: Site
    let asked: [String: Set<String>]
    let complaints: [ConfigurationError]
  }

  private func read(_ bytes: [UInt8]) throws -> Read {
    // JSON is YAML.
    let text = String(decoding: bytes, as: UTF8.self)
    let reader = ConfigurationReader(try YAMLDocument(parsing: text, file: "/site/gateway.yaml"))
    let (site, asked) = (Site(reading: reader.root, folder: "/site"), reader.asked)
    do throws(ConfigurationErrors) {
      try reader.finish()
      return Read(site: site, asked: asked, complaints: [])
    } catch {
      return Read(site: site, asked: asked, complaints: error.errors)
    }
  }

  @Test("knows the keys that the reader asks for, and no others")
  func keys() throws {
    var asked: [String: Set<String>] = [:]
    for path in Self.examples {
      let read = try read(TestFiles.read(path))
      #expect(read.complaints.map(\.description) == [], "\(path)")
      asked.merge(read.asked) { $0.union($1) }
    }
    #expect(asked[""]?.count ?? 0 > 15)
    #expect(schema.differences(from: asked) == [])
  }

  @Test("a key too many on either side is seen")
  func differences() throws {
    var asked = try read(TestFiles.read(Self.complete)).asked
    asked["files"]?.insert("new")
    asked["statistics[1]"]?.remove("name")
    asked["elsewhere"] = ["key"]
    #expect(
      schema.differences(from: asked) == [
        "/files/new: the reader asks for it, and the schema does not know it",
        "/statistics/-/name: the schema knows it, and the reader never asks for it",
        "elsewhere: the schema has no such section",
      ])
  }

  @Test("a key misspelt or left out is refused by both or by neither")
  func agreement() throws {
    let example = try EditorExample(TestFiles.read(Self.complete))
    var refused = 0
    for path in example.keyPaths {
      for change in [.named((path.last ?? "") + "x"), .dropped] as [EditorExample.Change] {
        let bytes = example.with(path, change)
        let (accepts, complaints) = (try schema.accepts(bytes), try read(bytes).complaints)
        #expect(accepts == complaints.isEmpty, "\(change) \(path): \(complaints.map(\.description))")
        if !accepts { refused += 1 }
      }
    }
    #expect(refused > 60, "\(refused)")
  }

  @Test("numbers, durations and sizes have the reader's limits")
  func limits() throws {
    let example = try EditorExample(TestFiles.read(Self.complete))
    var (numbers, quantities) = (0, 0)
    for path in example.keyPaths {
      func complaints(_ json: String) throws -> [ConfigurationError] {
        try read(example.with(path, .value(try JSONDocument(parsing: Array(json.utf8)).root))).complaints
      }
      let said = schema.subschemas(at: path)
      if let least = said.first?["minimum"]?.integer, let most = said.first?["maximum"]?.integer {
        numbers += 1
        for number in [least, most] { #expect(try complaints("\(number)").isEmpty, "\(path): \(number)") }
        for number in [least - 1, most + 1] {
          #expect(try complaints("\(number)").map(\.code) == [.outOfRange], "\(path): \(number)")
        }
      }
      guard let pattern = said.last?["pattern"]?.string, let description = said.first?["description"]?.string
      else { continue }
      let beyond = pattern.contains("KiB") ? "1000000TiB" : pattern.contains("ms") ? "99999999d" : nil
      guard let beyond else { continue }
      quantities += 1
      let told = try complaints("\"\(beyond)\"").map(\.remedy.english)
      #expect(told.count == 1 && told[0].hasPrefix("write one from "), "\(path): \(told)")
      let span = told.first?.dropFirst("write one from ".count) ?? ""
      #expect(!span.isEmpty && description.contains(span), "\(path): \(span)")
    }
    #expect(numbers == 4 && quantities >= 12, "\(numbers) \(quantities)")
  }

  @Test("what it calls a default is what the reader takes where the key is left out")
  func defaults() throws {
    func facts(_ bytes: [UInt8]) throws -> String {
      let read = try read(bytes)
      return SiteFacts.of(read.site) + read.complaints.map(\.message.english).joined()
    }
    var (told, seen): (Set<String>, Set<String>) = ([], [])
    for file in Self.examples {
      let bytes = TestFiles.read(file)
      let (example, own) = (try EditorExample(bytes), try facts(bytes))
      for path in example.keyPaths {
        guard let value = schema.subschemas(at: path).first?["default"] else { continue }
        let key = path.joined(separator: "/")
        told.insert(key)
        let without = try facts(example.with(path, .dropped))
        #expect(try facts(example.with(path, .value(value))) == without, "\(key)")
        if own != without { seen.insert(key) }
      }
    }
    #expect(told.count > 20, "\(told)")
    #expect(told.subtracting(seen) == [], "an example has to say another value than the default, and it has to matter")
  }

  @Test("every gateway.yaml that is shipped is valid, and so is every piece of one in the manual")
  func shipped() throws {
    let sites = TestFiles.projectRoot + "/Deploy/sites"
    let names = try FolderListing(of: sites).folders
    #expect(!names.isEmpty)
    for name in names { #expect(try schema.accepts(yaml: "\(sites)/\(name)/gateway.yaml"), "\(name)") }
    let test = TestSite()
    #expect(try schema.accepts(yaml: test.site + "/gateway.yaml"))
    let pieces = try GatewayPiece.ofManual()
    #expect(pieces.count >= 8, "\(pieces.map(\.place))")
    for piece in pieces {
      let document = try YAMLDocument(parsing: piece.whole, file: piece.place)
      var writer = JSONWriter()
      document.root.write(to: &writer)
      let bytes = writer.finish()
      #expect(try schema.accepts(bytes), "\(piece.place)\n\(piece.whole)")
      #expect(try read(Array(piece.whole.utf8)).complaints.map(\.description) == [], "\(piece.place)")
    }
  }
}
