import Dictionaries
import DocumentKit
import DossierModel
import GatewayTesting
import ServiceKit
import Testing
import Validation
import XMLKit

@Suite("Codes of a message, against a dictionary")
struct DictionaryValidationTests {
  private static let name = DictionaryName("nguon/linh-vuc")!

  private static func edition(_ codes: [ListedCode], number: Int = 1) throws -> DictionaryEdition {
    try #require(DictionaryEdition(name, number: number, fetched: .epoch, codes: codes.map { DictionaryCode($0) }))
  }

  private static func station(
    _ shelf: DictionaryShelf, unknown: CodeRule.Strictness = .refuse, without: DictionaryReference.Absence = .warn
  ) throws -> DictionaryValidation {
    let rule = CodeRule(
      value: try XPathExpression("ds/ma"), dictionary: DictionaryReference(name, without: without), unknown: unknown,
      position: YAMLPosition(file: "a", line: 1, column: 1))
    return DictionaryValidation(rules: [Workshop.json.name: [rule]], dictionaries: shelf)
  }

  private func passage(_ codes: String...) throws -> Passage {
    let list = codes.map { "{\"ma\": \"\($0)\"}" }.joined(separator: ",\n")
    return try SamplePassages.passage("{\"ds\": [\(list)]}", type: Workshop.json)
  }

  private let codes = [
    ListedCode(code: "A", name: "a"), ListedCode(code: "B", name: "b", until: CivilDay("2020-01-01")),
  ]

  @Test("valid codes pass, empty ones are left aside, and a type without rules is not looked at")
  func valid() throws {
    let station = try Self.station(DictionaryShelf([try Self.edition(codes)]))
    var good = try passage("A", "", " A ")
    try station.process(&good)
    #expect(good.note == nil)
    var other = try SamplePassages.passage("<a><code>H1</code></a>", type: Workshop.xml)
    try station.process(&other)
  }

  @Test("every code that is not valid on the day of the message is told with its place and the reason")
  func invalid() throws {
    let station = try Self.station(DictionaryShelf([try Self.edition(codes)]))
    var bad = try passage("A", "B", "Nguyễn Văn An")
    let refusal = try #require(throws: Refusal.self) { try station.process(&bad) }
    #expect(refusal.code == .invalid)
    #expect(refusal.findings.map(\.path) == ["/ds/1/ma", "/ds/2/ma"])
    #expect(refusal.findings.map(\.line) == [2, 3])
    #expect(refusal.findings.map(\.rule) == ["dictionary.nguon/linh-vuc", "dictionary.nguon/linh-vuc"])
    #expect(refusal.findings[0].messageEnglish.contains("‘B’ ended on 2020-01-01"))
    #expect(
      refusal.findings.allSatisfy { !$0.messageEnglish.contains("Nguyễn") && !$0.messageVietnamese.contains("Nguyễn") })
  }

  @Test("a rule that only warns has the journal say so")
  func warning() throws {
    let station = try Self.station(DictionaryShelf([try Self.edition(codes)]), unknown: .warn)
    var bad = try passage("B", "C")
    try station.process(&bad)
    #expect(bad.note == "2 code(s) not valid by their dictionary")
  }

  @Test("without an edition the message passes with a word in the journal, or is refused, as the rule says")
  func absence() throws {
    var passing = try passage("X", "Y")
    try Self.station(DictionaryShelf()).process(&passing)
    #expect(passing.note == "codes not checked, for there is no edition of nguon/linh-vuc")
    var refused = try passage("X")
    let refusal = try #require(throws: Refusal.self) {
      try Self.station(DictionaryShelf(), without: .refuse).process(&refused)
    }
    #expect(refusal.findings.count == 1 && refusal.findings[0].messageEnglish.contains("no edition"))
  }

  @Test("a new edition holds from the next message on")
  func exchange() throws {
    let shelf = DictionaryShelf([try Self.edition(codes)])
    let station = try Self.station(shelf)
    var early = try passage("C")
    #expect(throws: Refusal.self) { try station.process(&early) }
    shelf.put(try Self.edition(codes + [ListedCode(code: "C", name: "c")], number: 2))
    var late = try passage("C")
    try station.process(&late)
  }

  @Test("so many findings as the limit says, and not one more")
  func limit() throws {
    let station = try Self.station(DictionaryShelf([try Self.edition(codes)]))
    for (count, told) in [(100, 100), (101, 100)] {
      let list = (0..<count).map { "{\"ma\": \"X\($0)\"}" }.joined(separator: ",")
      var passage = try SamplePassages.passage("{\"ds\": [\(list)]}", type: Workshop.json)
      let refusal = try #require(throws: Refusal.self) { try station.process(&passage) }
      #expect(refusal.findings.count == told)
    }
  }
}
