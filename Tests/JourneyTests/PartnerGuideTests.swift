import GatewayTesting
import Testing

/// Carries out `Deploy/partners/GUIDE.md` in a copy of the catalogue, with the programs as they are built: an agency that
/// nobody has heard of is connected by files alone.
@Suite("The guide to connect an agency", .timeLimit(.minutes(5)))
struct PartnerGuideTests {
  private static let path = TestFiles.projectRoot + "/Deploy/partners/GUIDE.md"

  @Test("every step can be carried out, and a dossier arrives and a report comes back")
  func steps() {
    let folder = TemporaryFolder()
    let copy = ProgramRun([
      "cp", "-r", TestFiles.projectRoot + "/Schemas", TestFiles.projectRoot + "/Mappings",
      TestFiles.projectRoot + "/Deploy", folder.path,
    ])
    #expect(copy.exitCode == 0, "\(copy.errorText)")
    // The ports of the guide may be taken on this machine.
    let guide = Guide(
      Self.path, replacing: [":18450": ":\(Loopback.freePort())", ":8450": ":\(Loopback.freePort())"])
    let reader = GuideReader(guide, folder: folder.path)
    reader.follow()
    #expect(reader.complaints == [])
    for command in [
      "lienthong schema show", "lienthong map new", "lienthong map check", "lienthong map test",
      "lienthong partner check",
      "lienthong partner describe", "lienthong-simulator service", "lienthong partner try", "lienthong check site",
      "lienthong serve site", "lienthong dossier trace",
    ] {
      #expect(reader.entered.contains { $0.hasPrefix(command) }, "the guide no longer shows \(command)")
    }
    #expect(guide.blocks.allSatisfy { $0.value("file")?.hasSuffix(".swift") != true })
  }
}
