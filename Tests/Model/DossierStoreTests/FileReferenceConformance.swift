import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Testing

@Suite("Which files messages name, on every engine", .timeLimit(.minutes(2)))
struct FileReferenceConformance {
  private let place = StorePlace()
  private let samples = SampleMessages()
  private let t0 = Timestamp(seconds: 1_790_000_000)

  private let plan = String(repeating: "1a", count: 32)
  private let permit = String(repeating: "2b", count: 32)

  @Test(
    "a file is its sender's and of those whose deliveries name it; of others, and of no file, nothing is said",
    arguments: StoreEngine.allCases)
  func named(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    var record = samples.message("A", to: ["x", "y"], at: t0)
    record.files = [plan, permit]
    record.deliveries[0].files = [plan]
    _ = try store.recordAndWait([record])
    // Named twice by one message and again by another: one answer.
    var again = samples.message("B", body: "2", to: ["x"], at: t0)
    again.files = [plan]
    again.deliveries[0].files = [plan]
    _ = try store.recordAndWait([again])
    #expect(try store.parties(namingFile: plan) == ["mot-cua", "x"])
    #expect(try store.parties(namingFile: permit) == ["mot-cua"])
    #expect(try store.parties(namingFile: String(repeating: "3c", count: 32)).isEmpty)
    #expect(try store.parties(namingFile: "no digest").isEmpty)
  }

  @Test("a refused key names nothing", arguments: StoreEngine.allCases)
  func keyReused(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([samples.message("A", key: MessageKey("k"), to: ["x"], at: t0)])
    var other = samples.message("A", body: "khác", key: MessageKey("k"), to: ["x"], at: t0)
    other.files = [plan]
    guard case .keyReused = try store.recordAndWait([other]) else {
      Issue.record("the key was taken twice")
      return
    }
    #expect(try store.parties(namingFile: plan).isEmpty)
  }

  @Test("bytes that are supplied later name their files", arguments: StoreEngine.allCases)
  func supplied(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    var record = samples.message("A", to: ["x"], at: t0, held: "a file is not here yet")
    record.deliveries[0].payload = []
    _ = try store.recordAndWait([record])
    let held = try #require(try store.heldOutputs(after: nil, limit: 1).first)
    #expect(try store.supplyAndWait([1], naming: [permit], to: held.delivery, at: t0))
    #expect(try store.parties(namingFile: permit) == ["x"])
    #expect(try !store.supplyAndWait([1], naming: [plan], to: held.delivery, at: t0))
    #expect(try store.parties(namingFile: plan).isEmpty)
  }
}
