import Foundation
import Gateway
import GatewayTesting
import Synchronization
import Testing

/// Every shipped profile against its simulated partner, through the whole gateway. The table in
/// `Deploy/partners/CONFORMANCE.md` is what this run gives; `LIENTHONG_UPDATE_GOLDENS=1` writes it anew.
@Suite("The conformance kit", .timeLimit(.minutes(15)))
struct ConformanceTests {
  private static let table = TestFiles.projectRoot + "/Deploy/partners/CONFORMANCE.md"

  /// Profiles are taken through at the same time, and write one file.
  private static let writing = Mutex(())

  private static let profiles: [SiteProfile] = {
    // What stands against the exchange of edXML is in EdXMLDoor's own journeys: its answers are signed texts of the wire.
    ((try? PartnerCatalogue(folder: TestFiles.projectRoot + "/Deploy/partners", catalogue: TestFiles.projectRoot)
      .profiles) ?? [])
      .filter { $0.name != "edxml-vxp" }
  }()

  @Test("every profile stands every case that concerns it, as the table says", arguments: profiles.map(\.name))
  func run(name: String) throws {
    let profile = try #require(Self.profiles.first { $0.name == name })
    let kit = try ConformanceKit(profile)
    var results: [ConformanceCase: Bool] = [:]
    for name in ConformanceCase.allCases {
      if let result = try kit.run(name) { results[name] = result }
    }
    let row = ConformanceTable.row(name, results)
    let isWritten = ProcessInfo.processInfo.environment["LIENTHONG_UPDATE_GOLDENS"] == "1"
    let known = Self.writing.withLock { _ in
      var rows = ConformanceTable.rows(of: String(decoding: TestFiles.read(Self.table), as: UTF8.self))
      guard isWritten else { return rows[name] }
      rows[name] = row
      TestFiles.write(ConformanceTable.text(rows), to: Self.table)
      return row
    }
    #expect(known == row, "LIENTHONG_UPDATE_GOLDENS=1 writes the table anew")
  }

  @Test("the table has a row for every profile and no other")
  func complete() {
    let rows = ConformanceTable.rows(of: String(decoding: TestFiles.read(Self.table), as: UTF8.self))
    #expect(Set(rows.keys) == Set(Self.profiles.map(\.name)) && Self.profiles.count >= 11)
  }
}
