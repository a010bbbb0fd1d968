import Delivery
import Dictionaries
import DocumentKit
import DossierModel
import GatewayTesting
import HTTPKit
import ServiceKit
import Synchronization
import Testing
import ThreadKit

@Suite("Fetching a dictionary", .timeLimit(.minutes(2)))
struct DictionaryFetcherTests {
  private static func text(_ pages: String = "", authentication: String = "authentication: none") -> String {
    """
    profile: nguon
    version: 1
    messages: {}
    delivery:
      \(authentication)
      dictionaries:
        co-quan:
          path: "/dm?trang={page}&so={size}"
          \(authentication.contains("session") ? "headers: { X-Phien: \"{session}\" }" : "method: GET")
          answers:
            format: json
            rules:
              - { outcome: listed, when: "ma = 0" }
              - { outcome: retry, when: "ma = 8" }
              - { outcome: refused, when: "ma = 7" }
              \(authentication.contains("session") ? "- { outcome: sessionExpired, when: \"ma = 9\" }" : "")
          items: ds
          code: ma
          name: ten
          parent: cha
          from: tu
          until: den
          days: dd/MM/yyyy
          \(pages)
    """
  }

  private static let session = """
    authentication:
        session: { request: { path: /login, json: { ten: a } }, format: json, token: phien }
    """

  private func fetch(
    _ partner: ScriptedPartner, _ text: String, limits: DictionaryFetchLimits = .standard,
    rate: RateLimit? = nil
  ) throws -> DictionaryFetcher.Outcome {
    let profile = try PartnerProfile(try YAMLDocument(parsing: text, file: "nguon.yaml"))
    let destination = try Destination(
      party: "nguon", profile: profile, address: partner.address, rate: rate, dictionaries: ["co-quan": nil])
    let client = try HTTPClient()
    defer { client.stop() }
    let rates = RequestRates([destination])
    let fetcher = DictionaryFetcher(
      transport: client, rates: rates,
      sessions: PartnerSessions([destination], rates: rates, transport: client, version: "1"), version: "1",
      limits: limits)
    return fetcher.fetch(try #require(destination.dictionaries.first), of: destination)
  }

  private static func answer(_ codes: [String], more: String = "") -> ScriptedPartner.Reaction {
    let entries = codes.map { "{\"ma\": \"\($0)\", \"ten\": \"Tên \($0)\"}" }.joined(separator: ",")
    return .answer(.text(200, "{\"ma\": 0, \"ds\": [\(entries)]\(more)}"))
  }

  private static let paged = "pages: { size: 2 }"

  @Test("reads code, name, parent and days, with blanks in texts made one")
  func entries() throws {
    let partner = try ScriptedPartner { _, _ in
      .answer(
        .text(
          200,
          #"{"ma":0,"ds":[{"ma":"H1","ten":" Sở  Tư\tpháp ","cha":"H","tu":"01/07/2025 00:00","den":""},{"ma":"H2","ten":"","cha":null}]}"#
        ))
    }
    #expect(
      try fetch(partner, Self.text("pages: { size: 500, more: \"false()\" }"))
        == .listed([
          ListedCode(code: "H1", name: "Sở Tư pháp", parent: "H", from: CivilDay("2025-07-01")),
          ListedCode(code: "H2", name: ""),
        ]))
  }

  @Test("asks page after page until one is not full; a full last page is followed by an empty one")
  func pages() throws {
    let partner = try ScriptedPartner { request, _ in
      switch request.query["trang"] {
      case "1": Self.answer(["a", "b"])
      case "2": Self.answer(["c", "d"])
      default: Self.answer([])
      }
    }
    guard case .listed(let codes) = try fetch(partner, Self.text(Self.paged)) else {
      return #expect(Bool(false), "no list")
    }
    #expect(codes.map(\.code) == ["a", "b", "c", "d"])
    #expect(partner.requests.map { $0.query["trang"] } == ["1", "2", "3"])
    #expect(partner.requests.allSatisfy { $0.query["so"] == "2" })
  }

  @Test("a page that is empty although another should follow, or that fails, leaves nothing of the list")
  func brokenPages() throws {
    let empty = try ScriptedPartner { request, _ in
      request.query["trang"] == "1"
        ? Self.answer(["a", "b"], more: ",\"con\":true") : Self.answer([], more: ",\"con\":true")
    }
    let more = Self.text("pages: { size: 2, more: \"con = 'true'\" }")
    guard case .failed(.unreadableAnswer, _) = try fetch(empty, more) else {
      return #expect(Bool(false), "it was taken")
    }
    let failing = try ScriptedPartner { request, _ in
      request.query["trang"] == "1" ? Self.answer(["a", "b"]) : .answer(.text(503, ""))
    }
    #expect(
      try fetch(failing, Self.text(Self.paged)) == .failed(.throttled, note: "HTTP 503, the partner asks to come later")
    )
  }

  @Test("so many pages and codes as the limits say, and not one more; the answer's bytes likewise")
  func limits() throws {
    let partner = try ScriptedPartner { request, _ in
      let page = Int(request.query["trang"] ?? "") ?? 0
      return page < 4 ? Self.answer(["a\(page)", "b\(page)"]) : Self.answer([])
    }
    var limits = DictionaryFetchLimits()
    limits.pages = 4
    guard case .listed = try fetch(partner, Self.text(Self.paged), limits: limits) else {
      return #expect(Bool(false), "four pages are allowed")
    }
    limits.pages = 3
    #expect(
      try fetch(partner, Self.text(Self.paged), limits: limits)
        == .failed(.answerTooLarge, note: "the list has more than 3 pages"))
    limits.pages = 4
    limits.dictionary.codes = 6
    guard case .listed = try fetch(partner, Self.text(Self.paged), limits: limits) else {
      return #expect(Bool(false), "six codes are allowed")
    }
    limits.dictionary.codes = 5
    #expect(
      try fetch(partner, Self.text(Self.paged), limits: limits)
        == .failed(.answerTooLarge, note: "the list has more than 5 codes"))
  }

  @Test(
    "an entry without a code, with one that is too long or with a day that is none makes the whole answer unreadable",
    arguments: [
      (#"{"ten": "x"}"#, false), (#"{"ma": "a b"}"#, false), (#"{"ma": "a", "tu": "31/02/2026"}"#, false),
      (#"{"ma": "a", "den": "2026-01-01"}"#, false), (#"{"ma": "a", "den": "28/02/2026"}"#, true),
    ])
  func badEntries(entry: String, isGood: Bool) throws {
    let partner = try ScriptedPartner { _, _ in .answer(.text(200, "{\"ma\":0,\"ds\":[\(entry)]}")) }
    let outcome = try fetch(partner, Self.text("pages: { size: 9 }"))
    if case .listed = outcome { #expect(isGood) } else { #expect(!isGood, "\(outcome)") }
  }

  @Test("a code has so many bytes as the limit says, and not one more; a longer name is cut at a character")
  func lengths() throws {
    let codeLimit = DictionaryLimits.standard.codeBytes
    for (length, isGood) in [(codeLimit, true), (codeLimit + 1, false)] {
      let partner = try ScriptedPartner { _, _ in Self.answer([String(repeating: "a", count: length)]) }
      let outcome = try fetch(partner, Self.text("pages: { size: 9 }"))
      if case .listed = outcome { #expect(isGood) } else { #expect(!isGood, "\(outcome)") }
    }
    let name = String(repeating: "ệ", count: DictionaryLimits.standard.nameBytes)
    let partner = try ScriptedPartner { _, _ in
      .answer(.text(200, "{\"ma\":0,\"ds\":[{\"ma\":\"a\",\"ten\":\"\(name)\"}]}"))
    }
    guard case .listed(let codes) = try fetch(partner, Self.text("pages: { size: 9 }")) else {
      return #expect(Bool(false), "no list")
    }
    #expect((4_093...4_096).contains(codes[0].name.utf8.count) && codes[0].name.allSatisfy { $0 == "ệ" })
  }

  @Test("a session that the partner drops between pages is renewed once for each question")
  func session() throws {
    let logins = Atomic<Int>(0)
    let partner = try ScriptedPartner { request, _ in
      if request.path == ["login"] {
        return .answer(.text(200, "{\"phien\": \"p\(logins.add(1, ordering: .relaxed).newValue)\"}"))
      }
      switch (request.query["trang"], request.headers["X-Phien"]) {
      case ("1", "p1"): return Self.answer(["a", "b"])
      case ("2", "p2"): return Self.answer(["c"])
      default: return .answer(.text(200, "{\"ma\": 9}"))
      }
    }
    guard case .listed(let codes) = try fetch(partner, Self.text(Self.paged, authentication: Self.session)) else {
      return #expect(Bool(false), "no list")
    }
    #expect(codes.count == 3 && logins.load(ordering: .relaxed) == 2)
    let strict = try ScriptedPartner { request, _ in
      .answer(.text(200, request.path == ["login"] ? "{\"phien\": \"x\"}" : "{\"ma\": 9}"))
    }
    guard
      case .failed(.authentication, _) = try fetch(strict, Self.text(Self.paged, authentication: Self.session))
    else { return #expect(Bool(false), "it goes on for ever") }
    #expect(strict.requests.count == 4)
  }

  @Test("the party's rate counts every question")
  func rate() throws {
    let partner = try ScriptedPartner { request, _ in
      request.query["trang"] == "1" ? Self.answer(["a", "b"]) : Self.answer([])
    }
    let started = ContinuousClock.now
    _ = try fetch(partner, Self.text(Self.paged), rate: RateLimit(requests: 1, period: .milliseconds(300)))
    #expect(ContinuousClock.now - started >= .milliseconds(250))
  }

  @Test("stop ends a fetch that hangs, and every later one")
  func stop() throws {
    let partner = try ScriptedPartner { _, _ in .hold }
    let profile = try PartnerProfile(try YAMLDocument(parsing: Self.text(Self.paged), file: "nguon.yaml"))
    let destination = try Destination(
      party: "nguon", profile: profile, address: partner.address, dictionaries: ["co-quan": nil])
    let client = try HTTPClient()
    defer { client.stop() }
    let rates = RequestRates([destination])
    let fetcher = DictionaryFetcher(
      transport: client, rates: rates,
      sessions: PartnerSessions([destination], rates: rates, transport: client, version: "1"), version: "1")
    let dictionary = try #require(destination.dictionaries.first)
    let outcomes = Mutex<[DictionaryFetcher.Outcome]>([])
    let worker = WorkerThread(name: "fetch") {
      outcomes.withLock { $0.append(fetcher.fetch(dictionary, of: destination)) }
    }
    #expect(partner.waitUntilHeld(1))
    fetcher.stop()
    worker.join()
    #expect(outcomes.withLock { $0 } == [.stopped])
    #expect(fetcher.fetch(dictionary, of: destination) == .stopped)
  }

  @Test("what a profile says wrong about a dictionary is told with its place")
  func mistakes() throws {
    func complaints(_ old: String, _ new: String) -> String {
      let text = Self.text(Self.paged).replacing(old, with: new)
      do {
        _ = try PartnerProfile(try YAMLDocument(parsing: text, file: "nguon.yaml"))
        return ""
      } catch { return "\(error)" }
    }
    #expect(complaints("pages: { size: 2 }", "pages: { size: 2 }") == "")
    #expect(complaints("      code: ma\n", "").contains("code"))
    #expect(complaints("co-quan:", "../co-quan:").contains("folder of its name"))
    #expect(complaints("pages: { size: 2 }", "").contains("{page}"))
    #expect(complaints("pages: { size: 2 }", "pages: { size: 2 }\n      vanishing: 101").contains("out of range"))
    #expect(
      complaints(
        "pages: { size: 2 }", "pages: { size: 2 }\n      every: 1h\n      nightly: { from: \"01:00\" }"
      )
      .contains("nightly or every so often"))
    let profile = try PartnerProfile(try YAMLDocument(parsing: Self.text(Self.paged), file: "nguon.yaml"))
    let error = #expect(throws: DestinationError.self) {
      try Destination(party: "a", profile: profile, address: "http://a", dictionaries: ["khac": nil])
    }
    #expect(error?.problems.map(\.code) == [.unknownDictionary])
  }
}
