import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// A code that the recipient's table does not know holds one output, until the table has been completed.
@Suite("An output held for a code", .timeLimit(.minutes(2)))
struct HeldOutputJourneyTests {
  private static let code = "H99.14-260101-0001"

  @Test("goes out with the next start after the table was completed, with the journal telling so")
  func completedTable() throws {
    let folder = TemporaryFolder()
    let catalogue = folder.path + "/catalogue"
    #expect(ProgramRun(["/bin/mkdir", catalogue]).exitCode == 0)
    for part in ["Schemas", "Mappings", "Deploy"] {
      #expect(ProgramRun(["/bin/cp", "-r", TestFiles.projectRoot + "/" + part, catalogue]).exitCode == 0)
    }
    let site = TestSite(catalogue: catalogue)
    // Internal to agencies: the portal has no code for it.
    let dossier = Array(
      String(decoding: Dossiers.json(Self.code), as: UTF8.self).replacing(
        /"TrangThaiHoSo": *"[0-9]+"/, with: "\"TrangThaiHoSo\": \"0\""
      ).utf8)
    try run(site) { visitor in
      #expect(visitor.lodge(dossier)?.status == 202)
      #expect(visitor.states(of: Self.code, to: "cong") == ["held"])
    }
    // Nothing has changed, and so nothing changes.
    try run(site) { visitor in
      #expect(Patience.until { Self.log(of: site).contains("held-outputs-kept") })
      #expect(visitor.states(of: Self.code, to: "cong") == ["held"])
    }
    let table = catalogue + "/Mappings/codes/dvcqg-status.yaml"
    let row = "  - { foreign: \"4\", canonical: interoperating, direction: out, note: thử }\n"
    TestFiles.write(String(decoding: TestFiles.read(table), as: UTF8.self) + row, to: table)
    try run(site) { visitor in
      #expect(Patience.until { visitor.states(of: Self.code, to: "cong") == ["ready"] })
    }
    let story = ProgramRun.lienthong("dossier", "trace", Self.code, "--data", site.data).text
    #expect(story.contains("released (held → ready) — translated with the tables as they are now"), "\(story)")
  }

  private func run(_ site: TestSite, _ body: (Visitor) throws -> Void) throws {
    let gateway = try GatewayInProcess(site)
    try body(Visitor(port: gateway.port))
  }

  private static func log(of site: TestSite) -> String {
    String(decoding: TestFiles.read(site.folder.path + "/log"), as: UTF8.self)
  }
}
