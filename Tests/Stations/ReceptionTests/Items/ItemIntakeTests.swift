import DossierModel
import DossierStore
import GatewayTesting
import Reception
import Testing

@Suite("What a partner hands out when it is asked")
struct ItemIntakeTests {
  private let rig: ReceptionRig
  private let intake: ItemIntake

  init() throws {
    rig = try ReceptionRig()
    intake = ItemIntake(
      intake: rig.intake,
      parties: [Party(id: "dvclt", name: "DVCLT", credentials: [], sends: ["thu/ho-so", "thu/tai-lieu"])])
  }

  private func item(
    _ name: String, _ text: String, type: String? = "thu/ho-so", party: PartyID = "dvclt"
  ) -> PollItem {
    PollItem(poll: PollID(party, "danh-sach"), name: name, type: type, bytes: Array(text.utf8))
  }

  private func take(_ items: [PollItem], scope: MessageKey.Scope = .always) throws -> [PollItemOutcome] {
    let awaited = Awaited<[PollItemOutcome]>()
    intake.take(items, scope: scope) { awaited.bring($0) }
    return try #require(awaited.get(), "no outcome came")
  }

  private func refusal(_ outcome: PollItemOutcome) -> FaultCode? {
    if case .refused(let fault, _) = outcome { fault } else { nil }
  }

  @Test(
    "goes down the line with the party as its sender, is recognised where it says no type, and is one message twice")
  func taken() throws {
    let items = [
      item("1", #"{"MaHoSo": "H1"}"#), item("2", #"{"MaHoSo": "H2"}"#, type: nil),
      item("3", "<TaiLieu>H3</TaiLieu>", type: nil),
    ]
    #expect(try take(items) == Array(repeating: .taken(isNew: true), count: 3))
    #expect(try take(items) == Array(repeating: .taken(isNew: false), count: 3))
    let message = try #require(try rig.store.latestMessage(of: "H3", from: "dvclt"))
    #expect(message.envelope.type == "thu/tai-lieu")
    // Other bytes under the same name, and the same bytes under another, are messages of their own.
    #expect(
      try take([item("1", #"{"MaHoSo": "H1", "Moi": 1}"#), item("4", #"{"MaHoSo": "H1"}"#)])
        == [.taken(isNew: true), .taken(isNew: true)])
    #expect(try rig.store.timeline(of: "H1", visibleTo: nil)?.messages.count == 3)
    #expect(try take([]) == [])
  }

  @Test("is compared with the latest state only where the poll says so: 4, 5 and 4 again")
  func latest() throws {
    for (step, isNew) in [("4", true), ("4", false), ("5", true), ("4", true)] {
      let told = item("H1", #"{"MaHoSo": "H1", "TrangThai": "\#(step)"}"#)
      #expect(try take([told], scope: .latest) == [.taken(isNew: isNew)])
    }
  }

  @Test("is refused alone, with its rule and without a value, and not journalled: whoever asked keeps it")
  func refused() throws {
    let outcomes = try take([
      item("1", #"{"MaHoSo": "H1"}"#), item("2", #"{"MaHoSo": "H2", "Sai": "bí mật"}"#), item("3", "{"),
      item("4", #"{"La": 1}"#, type: nil), item("5", #"{"Cam": 1}"#, type: "thu/bi-cam"),
      item("6", #"{"MaHoSo": "H6"}"#, party: "la"), item("7", #"{"MaHoSo": "H7"}"#),
    ])
    #expect(
      outcomes.map(refusal) == [nil, .invalid, .malformed, .unknownMessage, .forbidden, .forbidden, nil])
    guard case .refused(_, let note) = outcomes[1] else { return #expect(Bool(false), "it was taken") }
    #expect(note.contains("/Sai \(ScriptedLine.rule)") && !note.contains("bí mật"))
    #expect(try rig.refusals().isEmpty)
  }

  @Test("waits while nothing can be stored")
  func postponed() throws {
    rig.gate.isOpen = false
    #expect(try take([item("1", #"{"MaHoSo": "H1"}"#)]) == [.postponed])
    rig.gate.isOpen = true
    #expect(try take([item("1", #"{"MaHoSo": "H1"}"#)]) == [.taken(isNew: true)])
  }
}
