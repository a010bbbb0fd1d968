import Deadlines
import EngineSimulation
import GatewayTesting
import Glibc
import Orchestration
import ServiceKit
import Testing

@Suite("Procedures in a world of faults", .timeLimit(.minutes(10)))
struct ProcedureWorldTests {
  /// Procedures of one world, and how many worlds; `make soak` plays more of them.
  private static let dossiers = getenv("PROCEDURE_DOSSIERS").flatMap { Int(String(cString: $0)) } ?? 500
  private static let seeds: ClosedRange<UInt64> = 1...4

  private func machines() throws -> [(machine: ProcedureMachine, code: String, choices: [String])] {
    let deploy = TestFiles.projectRoot + "/Deploy"
    let calendars = try CalendarCatalogue(folder: deploy + "/calendars")
    let catalogue = try ProcedureCatalogue(folder: deploy + "/procedures")
    return try [
      ("khai-sinh-thuong-tru-bhyt", "2.002621", ["thuong-tru", "bhyt"]),
      ("khai-tu-xoa-thuong-tru-mai-tang", "2.002622", ["xoa-thuong-tru", "mai-tang-phi", "tu-tuat"]),
      ("dat-dai-thue", "D", []), ("giay-phep-xay-dung", "X", []), ("dang-ky-kinh-doanh", "K", []),
    ].map { name, code, choices in
      let definition = try #require(catalogue.procedure(name)).bound(to: [:], adding: [code])
      return (
        ProcedureMachine(definition, clock: try #require(ProcedureClock(definition, calendars: calendars))), code,
        choices
      )
    }
  }

  @Test(
    "each that was acknowledged is there, ends or waits for somebody, and nobody gets anything twice", arguments: seeds)
  func promises(seed: UInt64) throws {
    let folder = TemporaryFolder(inMemory: true)
    let world = try ProcedureWorld(seed: seed, in: folder.path, dossiers: Self.dossiers, machines: machines())
    for _ in 0..<(Self.dossiers * 40) { try world.step() }
    let summary = try world.settle()
    print("procedures \(seed): \(summary.ended) ended, \(summary.waiting) wait, \(world.crashes) times killed")
    #expect(summary.ended > Self.dossiers / 2 && world.crashes > 0)
  }

  @Test("a store that loses what it has acknowledged is found out")
  func canary() throws {
    let folder = TemporaryFolder(inMemory: true)
    let world = try ProcedureWorld(
      seed: 5, in: folder.path, dossiers: 200, machines: machines(), canary: .losesCommits)
    #expect(throws: Violation.self) {
      for _ in 0..<8_000 { try world.step() }
      _ = try world.settle()
    }
  }
}
