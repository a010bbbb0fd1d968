import Delivery
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

  /// What became of each case that concerns the profile; why one was not stood is an issue of the test that asks.
  private static func results(
    of profile: SiteProfile, catalogue: String = TestFiles.projectRoot
  ) async throws -> [ConformanceCase: Bool] {
    let (results, failures) = try await OwnThread.run {
      let kit = try ConformanceKit(profile, catalogue: catalogue)
      var results: [ConformanceCase: Bool] = [:]
      for name in ConformanceCase.allCases {
        if let result = try kit.run(name) { results[name] = result }
      }
      return (results, kit.failures)
    }
    for failure in failures { Issue.record("\(failure)") }
    return results
  }

  /// The cases that concern the profile, all of which it has to stand.
  private static func stood(_ profile: SiteProfile, catalogue: String) async throws -> Set<ConformanceCase> {
    let results = try await results(of: profile, catalogue: catalogue)
    for (name, isGood) in results { #expect(isGood, "\(name)") }
    return Set(results.keys)
  }

  @Test("every profile stands every case that concerns it, as the table says", arguments: profiles.map(\.name))
  func run(name: String) async throws {
    let profile = try #require(Self.profiles.first { $0.name == name })
    let row = ConformanceTable.row(name, try await Self.results(of: profile))
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
  func agencyOfTheGuide() async throws {
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
    let stood = try await Self.stood(try #require(profiles.first { $0.name == "van-hoa" }), catalogue: folder.path)
    #expect(stood.isSuperset(of: [.happy, .alreadyThere, .expiredSession, .retry, .refusal, .garbage, .inbound]))
  }

  /// An invented register that is asked for what changed in a span of time, page by page, and hands out XML in JSON.
  private static let register = (
    profile: """
    profile: so-bo
    version: 1
    title: Sổ bộ (mẫu), hỏi theo thời gian
    messages:
      progress: { format: xml, kind: progress, recognise: "self::progress", schema: canonical/1/canonical.xsd, toCanonical: itself }
    polls:
      thay-doi:
        every: 1m
        path: "/thay-doi?tu={from}&den={until}&trang={page}&so={size}"
        answers: { format: json, rules: [{ outcome: listed, when: "thanhCong = 'true'" }] }
        items: ketQua/muc
        id: so
        message: progress
        document: { at: noiDung, as: xml, base64: true }
        window: { format: "yyyy-MM-dd'T'HH:mm:ss", overlap: 10m, longest: 1h, start: 1h }
        pages: { size: 50 }
    delivery:
      authentication: { basic: { username: ten, password: mat-khau } }

    """,
    simulator: """
    simulator: so-bo
    title: Sổ bộ (mẫu)
    secrets: { ten: lien-thong-mau, mat-khau: mat-khau-mau }
    door:
      header: { name: Authorization, value: "Basic bGllbi10aG9uZy1tYXU6bWF0LWtoYXUtbWF1" }
      refused: { status: 401, json: { thanhCong: false } }
    boxes: { so: { dossier: code } }
    operations:
      thayDoi:
        method: GET
        path: /thay-doi
        gives:
          box: so
          from: { query: tu }
          until: { query: den }
          page: { query: trang }
          size: { query: so }
          entry: { json: { so: "{number}", noiDung: "{document.base64}" } }
        answers:
          listed: { json: { thanhCong: true, ketQua: { muc: "{items}" } } }

    """
  )

  @Test("an agency that is asked by time, made of two files, stands every case that concerns it")
  func agencyThatIsAsked() async throws {
    let root = TestFiles.projectRoot
    let folder = TemporaryFolder()
    let copy = ProgramRun(["cp", "-r", root + "/Schemas", root + "/Mappings", root + "/Deploy", folder.path])
    #expect(copy.exitCode == 0, "\(copy.errorText)")
    TestFiles.write(Self.register.profile, to: folder.path + "/Deploy/partners/so-bo.yaml")
    TestFiles.write(Self.register.simulator, to: folder.path + "/Deploy/simulators/so-bo.yaml")
    let profiles = try PartnerCatalogue(folder: folder.path + "/Deploy/partners", catalogue: folder.path).profiles
    let stood = try await Self.stood(try #require(profiles.first { $0.name == "so-bo" }), catalogue: folder.path)
    #expect(
      stood.isSuperset(of: [.polled, .polledNothing, .polledOutage, .polledAgain, .polledUntakable, .polledMany]),
      "\(stood)")
  }

  @Test("the table has a row for every profile and no other")
  func complete() {
    let rows = ConformanceTable.rows(of: String(decoding: TestFiles.read(Self.table), as: UTF8.self))
    #expect(Set(rows.keys) == Set(Self.profiles.map(\.name)) && Self.profiles.count >= 11)
  }
}
