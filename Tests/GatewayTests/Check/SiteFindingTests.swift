import DocumentKit
import FileKit
import Gateway
import GatewayTesting
import Glibc
import ServiceKit
import Testing

@Suite("What the check of a site finds")
struct SiteFindingTests {
  /// Everything that is found of a site after a change to its files.
  private func findings(catalogue: String = TestFiles.projectRoot, _ change: (TestSite) -> Void) -> [SiteFinding] {
    let test = TestSite(portal: 9, catalogue: catalogue)
    change(test)
    do throws(SiteErrors) {
      return try SitePlan(Site(folder: test.site)).findings()
    } catch {
      return error.findings
    }
  }

  /// A catalogue like the project's, with a broken mapping beside the others and another in the place of one that is used.
  private func catalogue() throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    let root = TestFiles.projectRoot
    for name in ["Deploy", "Schemas"] { try #require(symlink("\(root)/\(name)", "\(folder.path)/\(name)") == 0) }
    TestFiles.write("mapping: a--b\n", to: folder.path + "/Mappings/a--b/1/mapping.yaml")
    for name in try FolderListing(of: root + "/Mappings").folders where name != "dvcqg-a.ho-so--canonical" {
      try #require(symlink("\(root)/Mappings/\(name)", "\(folder.path)/Mappings/\(name)") == 0)
    }
    return folder
  }

  @Test("is told in both languages, whatever rule it is by; no rule is left out")
  func rules() throws {
    var found = findings { test in
      TestFiles.write("party: la\nnam: b\nlists: 1\n", to: test.site + "/parties/la.yaml")
    }
    found += findings { unlinkFile($0.site + "/secrets/password") }
    found += findings { test in
      TestFiles.write(
        "routes:\n  - { name: a, message: dossier, to: [nobody] }\n  - { name: b, message: dossier, to: [van-hanh] }\n",
        to: test.site + "/routes.yaml")
      test.append("procedures: { khai-sinh-thuong-tru-bhyt: { parties: { la: cong } } }", to: "gateway.yaml")
      test.append("filesFrom: []\nlookups: [a/b]\nquestions: [a/b]\nlists: { a/b: c.json }", to: "parties/cong.yaml")
      let path = test.site + "/parties/cong.yaml"
      let party = String(decoding: TestFiles.read(path), as: UTF8.self)
      TestFiles.write(party.replacing("dstcode: VN:THU", with: "la: VN:THU"), to: path)
    }
    found += findings { test in
      TestFiles.write(
        "routes: [{ name: a, message: dossier, to: [so-xay-dung], when: \"a[\" }]\n", to: test.site + "/routes.yaml")
    }
    found += findings { test in
      TestFiles.write(
        "routes: [{ name: a, message: dossier, to: [so-xay-dung], when: \"procedure/cod\" }]\n",
        to: test.site + "/routes.yaml")
    }
    found += findings { test in
      let digest = "\"sha256:\(String(repeating: "0", count: 64))\""
      test.append("credentials: [{ apiKey: \(digest) }, { certificate: \(digest) }]", to: "parties/cong.yaml")
    }
    let broken = try catalogue()
    TestFiles.write("mapping: [", to: broken.path + "/Mappings/dvcqg-a.ho-so--canonical/1/mapping.yaml")
    found += findings(catalogue: broken.path) { _ in }
    let unused = try catalogue()
    try #require(
      symlink(
        TestFiles.projectRoot + "/Mappings/dvcqg-a.ho-so--canonical",
        unused.path + "/Mappings/dvcqg-a.ho-so--canonical") == 0)
    found += findings(catalogue: unused.path) { _ in }
    unlinkFile(unused.path + "/Schemas")
    found += findings(catalogue: unused.path) { _ in }

    for finding in found {
      #expect(finding.message.isInBothLanguages, "\(finding)")
      #expect(finding.remedy.isEmpty || finding.remedy.isInBothLanguages, "\(finding)")
      #expect(finding.line(in: .vietnamese).contains(": cảnh báo: ") == (finding.level == .warning), "\(finding)")
    }
    #expect(Set(found.map(\.rule)) == Set(SiteFinding.Rule.allCases))
  }

  @Test("each code of a mistake in a YAML file is told in both languages")
  func configuration() throws {
    let reader = ConfigurationReader(
      try YAMLDocument(parsing: "a: x\nb: 9\nc: 5\nd: e\nf: mat-khau\ng: 1\n", file: "thu.yaml"))
    enum Word: String, CaseIterable { case one, two }
    _ = reader.root.string("missing")
    _ = reader.root.integer("a", in: 1...2)
    _ = reader.root.integer("b", in: 1...2)
    _ = reader.root.duration("c", in: .seconds(1)...(.seconds(2)))
    let _: Word = reader.root.choice("d")
    _ = reader.root.secret("f")
    reader.root.note(Sentence("this does not suit", "không phù hợp"), key: "a")
    var errors = (try #require(throws: ConfigurationErrors.self) { try reader.finish() }).errors
    var files = ConfigurationFiles()
    let nothing: Void? = files.read("/nonexistent.yaml") { _ in }
    #expect(nothing == nil)
    errors += files.errors
    for error in errors {
      #expect(error.message.isInBothLanguages, "\(error)")
      #expect(error.remedy.isEmpty || error.remedy.isInBothLanguages, "\(error)")
    }
    #expect(Set(errors.map(\.code)) == Set(ConfigurationError.Code.allCases))
  }
}
