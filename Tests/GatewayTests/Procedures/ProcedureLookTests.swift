import Deadlines
import DocumentKit
import DossierModel
import DossierStore
import GatewayTesting
import Orchestration
import ServiceKit
import Testing

@testable import Gateway

@Suite("A look ahead over the ledger", .timeLimit(.minutes(1)))
struct ProcedureLookTests {
  private let folder = TemporaryFolder(inMemory: true)
  private let samples = SampleMessages()
  private let now = Timestamp(seconds: 1_790_000_000)

  /// Begins a procedure that owes `so` the dossier for its step.
  private struct Beginning: ProcedureConductor {
    func conduct(_ occasion: ConductOccasion, state: [UInt8]?, at now: Timestamp) -> ConductedMove? {
      guard state == nil else { return nil }
      return ConductedMove(
        procedure: "thu", version: 1, state: [UInt8(ascii: ".")], outcome: nil, dueAt: nil, timer: nil, codes: [],
        history: [],
        outputs: [
          ConductedOutput(destination: "so", kind: .dossier, name: ConductedState.sendName("a", 1), errand: [1])
        ])
    }
  }

  private func machine() throws -> ProcedureMachine {
    let text = """
      procedure: thu
      version: 1
      title: Thử
      steps: { a: { title: A, agency: so, time: { term: 1 days } } }

      """
    let reader = ConfigurationReader(try YAMLDocument(parsing: text, file: "thu.yaml"))
    let definition = ProcedureDefinition(reading: reader.root)
    try reader.finish()
    let calendars = try CalendarCatalogue(folder: TestFiles.projectRoot + "/Deploy/calendars")
    return ProcedureMachine(definition, clock: try #require(ProcedureClock(definition, calendars: calendars)))
  }

  @Test(
    "what waits behind others of its own stream arrives after all of them, at the pace of its destination",
    arguments: [0, 1, 3])
  func ownStream(before: Int) throws {
    let store = try SQLDossierStore(
      .sqlite(path: folder.path + "/so.sqlite"), at: now, conductor: Beginning())
    defer { store.close() }
    // The destination has taken four things within the hour.
    let earlier = now - .seconds(3_000)
    for number in 1...4 {
      _ = try store.recordAndWait([samples.message(DossierCode("K\(number)"), to: ["so"], at: earlier)])
    }
    let taken = try store.exchangeAndWait(DeliveryExchange(claims: ["so": 9], at: earlier)).map {
      Settlement(
        delivery: $0.id, epoch: $0.epoch, outcome: .accepted(alreadyThere: false), startedAt: earlier, endedAt: earlier)
    }
    #expect(taken.count == 4)
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: taken, at: earlier))
    // Others of the same dossier go before what the procedure sends; those of another dossier do not stand in its stream.
    for number in 0..<before {
      _ = try store.recordAndWait([samples.message("H1", body: "\(number)", to: ["so"], at: now)])
    }
    var record = samples.message("H1", body: "bắt đầu", to: [], at: now)
    record.conducted = ConductedMessage(codes: ["H1"], isAnswer: false, content: 0)
    _ = try store.recordAndWait([record])
    let owed = try #require(try store.procedureOutputs(of: "H1").first?.delivery)
    let supply = Supply.bytes(Array("x".utf8), files: [], type: "mau/thu", note: nil)
    #expect(try store.supplyAndWait(supply, to: owed, at: now))
    #expect(try store.standing(of: owed)?.delivery.state == (before == 0 ? .ready : .waiting))

    let machine = try machine()
    // Sent so long ago that it is due whenever it arrives.
    let (instance, _) = machine.begin(
      ProcedureFacts(applies: ["a"], agencies: ["a": "so"]), at: now - .seconds(5 * 86_400))
    var look = try ProcedureLook(over: store, at: now)
    let pace = try #require(try store.deliveryPaces(at: now).first)
    #expect(pace.delivered == 4)
    let forecast = try #require(try look.forecasts(of: "H1", instance, machine).first)
    #expect(forecast.step == "a" && forecast.holder == .agency)
    #expect(forecast.expectedAt == now + pace.time(for: before + 1), "\(before) stand before it")
  }
}
