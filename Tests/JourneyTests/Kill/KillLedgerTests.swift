import Testing

@Suite("The ledger of the kill rounds")
struct KillLedgerTests {
  private typealias Message = KillLedger.Message
  private static let first = Message(dossier: "a", number: 1)
  private static let second = Message(dossier: "a", number: 2)

  /// Two messages of a dossier, accepted and carried out in order.
  private static func sound() -> KillLedger {
    var ledger = KillLedger()
    for (message, id) in [(first, "m1"), (second, "m2")] {
      ledger.attempt(message)
      ledger.accept(message, id: id)
      ledger.receive(message, key: id + ".1")
    }
    return ledger
  }

  private static let stored = [
    "a": [
      KillLedger.Stored(id: "m1", states: ["delivered"]), KillLedger.Stored(id: "m2", states: ["delivered"]),
    ]
  ]

  @Test("agrees when everything happened once and in order, and when the sink was asked twice under one key")
  func agreement() {
    var ledger = Self.sound()
    #expect(ledger.findings(stored: Self.stored) == [])
    ledger.receive(Self.first, key: "m1.1")
    #expect(ledger.findings(stored: Self.stored) == [])
    #expect(ledger.repetitions == 1)
  }

  @Test("finds what was acknowledged and is not stored, and what is stored and not delivered")
  func loss() {
    let ledger = Self.sound()
    let short = ledger.findings(stored: ["a": Array(Self.stored["a", default: []].prefix(1))])
    #expect(short.contains("a #2 got a 2xx and is not in the store"))
    #expect(short.contains("a: 1 in the store, 2 at the sink"))
    let waiting = ledger.findings(
      stored: ["a": [.init(id: "m1", states: ["delivered"]), .init(id: "m2", states: ["ready"])]])
    #expect(waiting == ["a: 1 not delivered"])
  }

  @Test("finds what was acknowledged and never carried out")
  func undone() {
    var ledger = KillLedger()
    ledger.attempt(Self.first)
    ledger.accept(Self.first, id: "m1")
    let found = ledger.findings(stored: ["a": [.init(id: "m1", states: ["delivered"])]])
    #expect(found.contains("a #1 got a 2xx and never reached the sink"))
  }

  @Test("finds a second effect, an effect nobody asked for, one without a key, and one key for two messages")
  func effects() {
    var ledger = Self.sound()
    ledger.receive(Self.first, key: "m7.1")
    ledger.receive(Message(dossier: "b", number: 1), key: "b1")
    ledger.receive(Self.second, key: nil)
    ledger.receive(Self.second, key: "m1.1")
    let found = ledger.findings(stored: Self.stored)
    #expect(found.contains("a #1 was carried out 2 times"))
    #expect(found.contains("a #1 came under the key of another message"))
    #expect(found.contains("b #1 reached the sink and nobody sent it"))
    #expect(found.contains("a #2 came to the sink without a key"))
    #expect(found.contains("a key stands for a #1 and for a #2"))
  }

  @Test("finds a later message that was carried out before an earlier one")
  func order() {
    var ledger = KillLedger()
    for message in [Self.second, Self.first] {
      ledger.attempt(message)
      ledger.receive(message, key: "k\(message.number)")
    }
    #expect(ledger.findings(stored: Self.stored) == ["a #1 reached the sink after #2"])
  }

  @Test("finds two receipts for one message, a receipt without an identifier, and a stored refusal")
  func receipts() {
    var ledger = Self.sound()
    ledger.accept(Self.first, id: "m9")
    ledger.accept(Self.second, id: nil)
    ledger.refuse("a")
    let found = ledger.findings(stored: Self.stored)
    #expect(found.contains("a #1 has two receipts"))
    #expect(found.contains("a #2 was accepted without an identifier"))
    #expect(found.contains("a was refused and is in the store"))
  }
}
