import Testing
import Translation
import Workbench

@Suite("Samples through the shipped mappings")
struct SampleTests {
  /// Mappings of whose samples none becomes a valid output, and why. An entry that is not needed any more fails, so that
  /// the list can only become shorter.
  static let unreached: [String: String] = [:]

  @Test("what a mapping makes of a valid document is valid", arguments: Shelf.labels)
  func valid(label: String) throws {
    let workbench = try Shelf.shared().workbench
    let report = try workbench.test(try workbench.mapping(label), samples: 20, seed: 1)
    #expect(report.samples == 20)
    let failures = report.failures.map { "\($0.sample): \($0.path): \($0.rule): \($0.message)" }
    #expect(failures == [])
  }

  @Test(
    "of every five samples a mapping translates one into a valid output", arguments: Shelf.labels, [1, 2] as [UInt64])
  func reach(label: String, seed: UInt64) throws {
    let workbench = try Shelf.shared().workbench
    let report = try workbench.test(try workbench.mapping(label), samples: 5, seed: seed)
    let broken = Set(report.failures.map(\.sample)).count
    #expect((report.translated - broken > 0) == (Self.unreached[label] == nil), "stopped: \(report.stopped)")
  }

  @Test("three of four samples get through all mappings together, but for those made without asking the mapping")
  func share() throws {
    let workbench = try Shelf.shared().workbench
    let reports = try Shelf.labels.map { try workbench.test(try workbench.mapping($0), samples: 5, seed: 1) }
    let (all, translated) = reports.reduce((0, 0)) { ($0.0 + $1.samples, $0.1 + $1.translated) }
    #expect(Double(translated) / Double(all) >= 0.75, "\(translated) of \(all)")
  }

  @Test("what is listed belongs to a mapping that is there")
  func listed() {
    #expect(Set(Self.unreached.keys).union(RoundTripTests.stopped.keys).subtracting(Shelf.labels) == [])
  }
}
