import DocumentKit
import DossierModel
import GatewayTesting
import Routing
import Testing
import XMLKit

@Suite("The recipient list")
struct RecipientListTests {
  private static let dossier = MessageType(
    name: "a/ho-so", format: .xml, kind: .dossier, recognise: "self::a", schema: "a")
  private static let progress = MessageType(
    name: "a/tien-do", format: .xml, kind: .progress, recognise: "self::a", schema: "a")

  /// The recipients of a dossier with procedure 1.009994 from `sender`, as text; the error is the refusal.
  private func recipients(
    _ routes: [Route], from sender: PartyID = "mot-cua", type: MessageType = dossier, receivingNothing: PartyID? = nil,
    addressees: Set<PartyID>? = nil, addressable: Set<PartyID> = []
  ) throws -> [String] {
    var types: [PartyID: [MessageType]] = [:]
    for party in Set(routes.flatMap(\.to)) where party != receivingNothing {
      types[party] = MessageKind.allCases.map { kind in
        MessageType(name: "\(party)/\(kind.rawValue)", format: .json, kind: kind, recognise: "x", schema: "x")
      }
    }
    let list = try RecipientList(routes: routes, addressable: addressable, types: types)
    var passage = try SamplePassages.passage("<a/>", type: type, from: sender, addressees: addressees)
    passage.canonical = try SamplePassages.xml(
      "<dossier><code>H1</code><procedure><code>1.009994</code></procedure><fee>250000</fee></dossier>")
    try list.process(&passage)
    return passage.recipients.map { "\($0.party) as \($0.type.name)" }
  }

  private func route(
    _ to: PartyID..., message: MessageKind = .dossier, from: Set<PartyID>? = nil, when: String? = nil
  ) -> Route { Route(name: "thử", message: message, from: from, when: when, to: to) }

  @Test("a route without conditions is for every message of its kind, and each recipient gets its own type")
  func plain() throws {
    #expect(try recipients([route("x", "y")]) == ["x as x/dossier", "y as y/dossier"])
    let both = [route("x"), route("y", message: .progress)]
    #expect(try recipients(both) == ["x as x/dossier"])
    #expect(try recipients(both, type: Self.progress) == ["y as y/progress"])
  }

  @Test(
    "a condition is XPath on the canonical document",
    arguments: [
      ("procedure/code = '1.009994'", true), ("procedure/code = '2.000488'", false), ("fee > 200000", true),
      ("fee > 300000", false), ("starts-with(code, 'H')", true), ("missing", false), ("not(missing)", true),
    ])
  func conditions(condition: String, holds: Bool) throws {
    let found = try recipients([route("x", when: condition), route("always")])
    #expect(found == (holds ? ["x as x/dossier"] : []) + ["always as always/dossier"])
  }

  @Test("a route for certain senders is for nobody else")
  func senders() throws {
    let routes = [route("x", from: ["mot-cua", "khac"]), route("y", from: ["ai-do"]), route("z")]
    #expect(try recipients(routes) == ["x as x/dossier", "z as z/dossier"])
    #expect(try recipients(routes, from: "ai-do") == ["y as y/dossier", "z as z/dossier"])
    #expect(try recipients(routes + [route("w", from: [])]).contains("w as w/dossier") == false)
  }

  @Test("a message never goes back to its sender")
  func notBack() throws {
    #expect(try recipients([route("mot-cua", "x")]) == ["x as x/dossier"])
    #expect(throws: Refusal.self) { try recipients([route("mot-cua")]) }
  }

  @Test("all matching routes add up, in their order, and nobody gets a message twice")
  func union() throws {
    let routes = [route("x", "y"), route("never", when: "false()"), route("y", "z"), route("x")]
    #expect(try recipients(routes) == ["x as x/dossier", "y as y/dossier", "z as z/dossier"])
  }

  @Test("what the first route to a recipient declares says whether what waits for it is coalesced")
  func coalescing() throws {
    var routes = [route("x", message: .progress), route("y", message: .progress), route("x", "y", message: .progress)]
    routes[1].coalescing = .latestProgress
    let types = ["x": [Self.progress], "y": [Self.progress]] as [PartyID: [MessageType]]
    var passage = try SamplePassages.passage("<a/>", type: Self.progress, from: "mot-cua")
    passage.canonical = try SamplePassages.xml("<progress><code>H1</code></progress>")
    try RecipientList(routes: routes, types: types).process(&passage)
    #expect(passage.recipients.map(\.coalescing) == [.none, .latestProgress])
  }

  @Test("a party that receives nothing of this kind is passed over")
  func receivesNothing() throws {
    #expect(try recipients([route("x", "y")], receivingNothing: "x") == ["y as y/dossier"])
  }

  @Test("a message without a recipient is refused, and says nothing of what it holds")
  func noRecipient() throws {
    for routes in [[], [route("x", when: "false()")], [route("x", message: .progress)]] {
      let refusal = try #require(throws: Refusal.self) { try recipients(routes) }
      #expect(refusal.code == .noRecipient && refusal.findings.isEmpty)
      #expect(!refusal.detailEnglish.contains("1.009994") && !refusal.detailEnglish.isEmpty)
      #expect(!refusal.detailVietnamese.isEmpty)
    }
  }

  @Test(
    "receivers that the sender names get it and others that could be named do not; who has no code goes by the routes")
  func addressees() throws {
    let routes = [route("x", "y", "cong")]
    let named: Set<PartyID> = ["x", "y", "z"]
    #expect(
      try recipients(routes, addressees: ["x"], addressable: named) == ["x as x/dossier", "cong as cong/dossier"])
    #expect(try recipients(routes, addressees: nil, addressable: named).count == 3)
    #expect(try recipients(routes, addressees: [], addressable: named) == ["cong as cong/dossier"])
  }

  @Test("a receiver to whom no route leads refuses the message for all, and so does the sender's own name")
  func unreachable() throws {
    let named: Set<PartyID> = ["x", "y", "z", "mot-cua"]
    for addressees: Set<PartyID> in [["x", "z"], ["z"], ["mot-cua"], ["x", "mot-cua"]] {
      let refusal = try #require(throws: Refusal.self) {
        try recipients([route("x", "y", "mot-cua")], addressees: addressees, addressable: named)
      }
      #expect(refusal.code == .noRecipient)
    }
  }

  @Test("a condition that is no XPath is refused before the start, with the name of its route")
  func brokenCondition() throws {
    let broken = Route(name: "tuyến hỏng", message: .dossier, when: "procedure/[", to: ["x"])
    let error = try #require(throws: XMLError.self) { try RecipientList(routes: [broken], types: [:]) }
    #expect(error.message.contains("tuyến hỏng"))
    let type = Self.written("x/ho-so", when: "status = [")
    let other = try #require(throws: XMLError.self) { try RecipientList(routes: [], types: ["x": [type]]) }
    #expect(other.message.contains("x/ho-so"))
  }

  private static func written(_ name: String, when: String?) -> MessageType {
    MessageType(
      name: name, format: .json, kind: .dossier, recognise: "x", schema: "x", fromCanonical: "x", when: when)
  }

  @Test("a recipient gets the first type of its tongue that is for this document, or none")
  func conditionalTypes() throws {
    func name(_ types: [MessageType]) throws -> String? {
      let list = try RecipientList(routes: [route("x", "y")], types: ["x": types, "y": [Self.written("y", when: nil)]])
      var passage = try SamplePassages.passage("<a/>", type: Self.dossier, from: "mot-cua")
      passage.canonical = try SamplePassages.xml("<dossier><code>H1</code><status>returned</status></dossier>")
      try list.process(&passage)
      return passage.recipients.first { $0.party == "x" }?.type.name
    }
    let returned = Self.written("tra-ket-qua", when: "status = 'returned'")
    let registered = Self.written("tiep-nhan", when: "status = 'registered'")
    #expect(try name([registered, returned]) == "tra-ket-qua")
    #expect(try name([Self.written("moi", when: nil), returned]) == "moi")
    #expect(try name([registered]) == nil)
  }
}
