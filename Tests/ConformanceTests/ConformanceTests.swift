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
    (try? PartnerCatalogue(folder: TestFiles.projectRoot + "/Deploy/partners", catalogue: TestFiles.projectRoot)
      .profiles) ?? []
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

  @Test(
    "the agency of the guide “Connect an agency in an hour”, made of files alone, stands every case that concerns it")
  func agencyOfTheGuide() throws {
    let root = TestFiles.projectRoot
    let folder = TemporaryFolder()
    let copy = ProgramRun(["cp", "-r", root + "/Schemas", root + "/Mappings", root + "/Deploy", folder.path])
    #expect(copy.exitCode == 0, "\(copy.errorText)")
    let guide = Guide(root + "/Deploy/partners/GUIDE.md")
    guide.writeFiles(to: folder.path)
    let reader = GuideReader(guide, folder: folder.path)
    for mapping in ["canonical--van-hoa.ho-so", "van-hoa.trang-thai--canonical"] {
      #expect(reader.run("lienthong map test \(mapping) --update").exitCode == 0)
    }
    let profiles = try PartnerCatalogue(folder: folder.path + "/Deploy/partners", catalogue: folder.path).profiles
    let kit = try ConformanceKit(
      try #require(profiles.first { $0.name == "van-hoa" }), catalogue: folder.path)
    var stood: Set<ConformanceCase> = []
    for name in ConformanceCase.allCases {
      guard let result = try kit.run(name) else { continue }
      #expect(result, "\(name)")
      stood.insert(name)
    }
    #expect(stood.isSuperset(of: [.happy, .alreadyThere, .expiredSession, .retry, .refusal, .garbage, .inbound]))
  }

  @Test("the table has a row for every profile and no other")
  func complete() {
    let rows = ConformanceTable.rows(of: String(decoding: TestFiles.read(Self.table), as: UTF8.self))
    #expect(Set(rows.keys) == Set(Self.profiles.map(\.name)) && Self.profiles.count >= 11)
  }
}
