import DossierModel
import DossierStore
import GatewayTesting
import SQLKit
import ServiceKit
import Testing

@Suite("A store that is given more than it can write, on every engine", .timeLimit(.minutes(2)))
struct BackPressureConformance {
  private let place = StorePlace()
  private let samples = SampleMessages()
  private let t0 = Timestamp(seconds: 1_800_000_000)

  /// A store that commits when the test says so.
  private func driven(_ engine: StoreEngine, _ change: (inout StoreLimits) -> Void) throws -> SQLDossierStore {
    var limits = StoreLimits()
    change(&limits)
    return try SQLDossierStore(
      driven: place.location(for: engine), at: t0, wrapping: TroubledDisk(), limits: limits)
  }

  private func submit(_ record: MessageRecord, to store: SQLDossierStore) -> Awaited<
    Result<RecordingOutcome, StoreError>
  > {
    let awaited = Awaited<Result<RecordingOutcome, StoreError>>()
    store.record([record]) { awaited.bring($0) }
    return awaited
  }

  private func code(_ awaited: Awaited<Result<RecordingOutcome, StoreError>>) -> StoreError.Code? {
    guard case .failure(let error)? = awaited.get(within: 0) else { return nil }
    return error.code
  }

  @Test(
    "lets as many changes wait as its limit says; one more is refused at once, and what frees it is taken",
    arguments: StoreEngine.allCases)
  func changesLimit(engine: StoreEngine) throws {
    let store = try driven(engine) { $0.waitingChanges = 3 }
    defer { store.close() }
    let waiting = (0..<3).map { submit(samples.message(DossierCode("D\($0)"), to: ["x"], at: t0), to: store) }
    let refused = submit(samples.message("D3", to: ["x"], at: t0), to: store)
    #expect(code(refused) == .overloaded)
    #expect(waiting.allSatisfy { $0.get(within: 0) == nil }, "they wait for their commit")
    #expect(store.waitingChanges == 3)
    store.journalRefusal(RefusalRecord(at: t0, sender: "mot-cua", fault: .malformed))
    #expect(store.waitingChanges == 3, "nor do lines about refusals pile up")

    let claims = Awaited<Result<[ClaimedDelivery], StoreError>>()
    store.exchange(DeliveryExchange(claims: ["x": 10], at: t0)) { claims.bring($0) }
    while store.commitWaiting() {}
    for answer in waiting { guard case .success? = answer.get() else { return #expect(Bool(false), "none was lost") } }
    #expect(try claims.get()?.get().count == 3, "the deliverer is never turned away")
    #expect(store.waitingChanges == 0 && store.waitingBytes == 0)
    let next = submit(samples.message("D3", to: ["x"], at: t0), to: store)
    while store.commitWaiting() {}
    guard case .success? = next.get() else { return #expect(Bool(false), "there is room again") }
  }

  @Test("lets as many bytes wait as its limit says, and one change of any size", arguments: StoreEngine.allCases)
  func bytesLimit(engine: StoreEngine) throws {
    func record(_ code: String, bytes: Int) -> MessageRecord {
      var record = samples.message(DossierCode(code), body: String(repeating: "a", count: bytes - 1), to: ["x"], at: t0)
      record.deliveries[0].payload = [1]
      return record
    }
    let store = try driven(engine) { $0.waitingBytes = 1_000 }
    defer { store.close() }
    let first = submit(record("A", bytes: 400), to: store)
    let second = submit(record("B", bytes: 600), to: store)
    #expect(store.waitingBytes == 1_000, "the limit itself passes")
    #expect(code(submit(record("C", bytes: 2), to: store)) == .overloaded)
    while store.commitWaiting() {}
    #expect(first.get() != nil && second.get() != nil)

    let large = submit(record("D", bytes: 5_000), to: store)
    #expect(code(submit(record("E", bytes: 2), to: store)) == .overloaded)
    while store.commitWaiting() {}
    guard case .success? = large.get() else { return #expect(Bool(false), "alone it is taken") }
  }

  @Test(
    "goes on reading while its disk fails, and takes changes again by itself, without anybody writing",
    arguments: StoreEngine.allCases, [SQLError.Code.inputOutput, .full])
  func failingDisk(engine: StoreEngine, code: SQLError.Code) throws {
    let disk = TroubledDisk()
    var limits = StoreLimits()
    limits.probePause = .milliseconds(20)
    let store = try SQLDossierStore(
      place.location(for: engine), at: SystemTimeSource().now(), limits: limits, wrapping: disk)
    defer { store.close() }
    let record = samples.message("A", to: ["x"], at: t0)
    _ = try store.recordAndWait([record])
    disk.fail(code)
    let error = #expect(throws: StoreError.self) {
      try store.recordAndWait([samples.message("B", to: ["x"], at: t0)])
    }
    #expect(error?.code == .unavailable && error?.cause?.code == code)
    #expect(!store.isWritable)
    #expect(store.wasFull(within: .seconds(60)) == (code == .full))
    // It tries, and sees that it cannot.
    let tried = disk.transactions
    #expect(eventually { disk.transactions >= tried + 3 ? true : nil } == true)
    #expect(!store.isWritable)
    #expect(try store.message(record.envelope.id) != nil && store.queue().map(\.count) == [1])
    disk.fail(nil)
    #expect(eventually { store.isWritable ? true : nil } == true)
    _ = try store.recordAndWait([samples.message("B", to: ["x"], at: t0)])
    #expect(try store.queue().map(\.count) == [2])
    let database = try connect(to: engine)
    let lines = try database.prepare("SELECT count(*) FROM journal WHERE event = 'writesAgain'")
    defer { lines.reset() }
    #expect(try lines.step() && lines.integer(0) == 1, "one line for the incident, by the try that worked")
  }

  private func connect(to engine: StoreEngine) throws -> any SQLDatabase {
    switch place.location(for: engine) {
    case .sqlite(let path): try SQLiteDatabase(path: path)
    case .postgresql(let configuration, _): try PostgreSQLDatabase(configuration)
    }
  }
}
