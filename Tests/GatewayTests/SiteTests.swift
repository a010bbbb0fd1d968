import Delivery
import DocumentKit
import DossierModel
import DossierStore
import FileKit
import Gateway
import GatewayTesting
import Glibc
import SQLKit
import ServiceKit
import Testing

@Suite("A site's files")
struct SiteTests {
  private func errors(_ change: (TestSite) -> Void) -> String {
    let test = TestSite()
    change(test)
    do throws(SiteErrors) {
      _ = try SitePlan(try Site(folder: test.site))
      return ""
    } catch {
      return error.description
    }
  }

  @Test("that hold together make a plan, the demo's among them")
  func demo() throws {
    let site = try Site(folder: TestFiles.projectRoot + "/Deploy/sites/demo")
    let plan = try SitePlan(site)
    #expect(site.parties.count == 9)
    #expect(plan.summary.english.contains("‘demo’ holds together: 9 parties (7 pushed to, 1 pulling)"))
    #expect(plan.findings().isEmpty)
  }

  @Test("are named with line and column, all of them at once, where they are wrong")
  func allErrorsAtOnce() {
    let text = errors { test in
      TestFiles.write("gateway: x\nlisten: nowhere\ncatalogue: /\nport: 1\n", to: test.site + "/gateway.yaml")
      TestFiles.write("party: a\nnam: b\n", to: test.site + "/parties/cong.yaml")
    }
    #expect(text.contains("gateway.yaml:2:9: "))
    #expect(text.contains("127.0.0.1:8440"))
    #expect(text.contains("gateway.yaml:4:1: "))
    #expect(text.contains("parties/cong.yaml:"))
    #expect(text.contains("name"))
  }

  @Test("that add to dossiers name a sender, a path of the canonical dossier, and a text that may stand there")
  func enrichments() {
    let text = errors { test in
      test.append(
        """
        enrichments:
          - { from: [nobody], add: { procedure/name: x } }
          - { add: { procedure/nam: x } }
          - { add: { procedure: x } }
          - { add: { resultReturn/method: online } }
          - { when: "procedure/[", add: { note: x } }
        """, to: "gateway.yaml")
    }
    for line in [
      "there is no party ‘nobody’", "the canonical dossier has no ‘procedure/nam’ (did you mean name?)",
      "‘procedure’ holds elements and no text", "‘online’ is not allowed at ‘resultReturn/method’ (inPerson, post)",
      "the condition cannot be used",
    ] { #expect(text.contains(line), "\(line) in \(text)") }
  }

  @Test(
    "start with a mistake in a mapping that nobody uses, which the check tells; one that is used it tells as an error")
  func unusedMapping() throws {
    let catalogue = TemporaryFolder()
    let (root, copy) = (TestFiles.projectRoot, catalogue.path)
    for name in ["Deploy", "Schemas"] { try #require(symlink("\(root)/\(name)", "\(copy)/\(name)") == 0) }
    let rest = """
      source: { schema: dvcqg-a/1/ho-so.schema.json, format: json }
      target: { schema: canonical/1/canonical.xsd, format: xml, root: dossier }
      rows: [{ to: code, form: MaHoSo }]
      """
    TestFiles.write("mapping: a--b\nversion: 1\n\(rest)\n", to: copy + "/Mappings/a--b/1/mapping.yaml")
    for name in try FolderListing(of: root + "/Mappings").folders {
      try #require(symlink("\(root)/Mappings/\(name)", "\(copy)/Mappings/\(name)") == 0)
    }
    let test = TestSite(catalogue: copy)
    let findings = try SitePlan(Site(folder: test.site)).findings().filter { $0.rule == .unusedMapping }
    #expect(
      !findings.isEmpty
        && findings.allSatisfy { $0.level == .warning && $0.position?.file.hasSuffix("/a--b/1/mapping.yaml") == true })
    let told = findings.map(\.description).joined(separator: "\n")
    #expect(
      told.contains(":5:20: warning: in a mapping that this site does not use: ") && told.contains("‘form’"), "\(told)")

    let used = copy + "/Mappings/dvcqg-a.ho-so--canonical"
    unlinkFile(used)
    TestFiles.write("mapping: dvcqg-a.ho-so--canonical\nversion: 1\n\(rest)\n", to: used + "/1/mapping.yaml")
    let error = try #require(throws: SiteErrors.self) { try SitePlan(Site(folder: test.site)) }
    #expect(error.description.contains("/dvcqg-a.ho-so--canonical/1/mapping.yaml:5:20: "), "\(error)")
  }

  @Test("tell who is given addresses of files that serve whoever has them, and how such a party is bound")
  func unboundAddresses() throws {
    let test = TestSite()
    func told() throws -> [String] {
      try SitePlan(Site(folder: test.site)).findings().filter { $0.rule == .unboundAddress }.map(\.description)
    }
    let both = try told()
    #expect(both.count == 2, "\(both)")
    #expect(both.contains { $0.contains("/parties/cong.yaml:1:1: warning: ‘cong’ is given addresses of files (") })
    #expect(both.contains { $0.contains("‘mot-cua’") && $0.contains("add ‘filesTo: { from: [RANGE, …] }’") })
    let pair = TestAuthority()
    let server = pair.makeServer()
    test.append(
      "tls: { certificate: \(server.certificatePath), key: \"file:\(server.keyPath)\", "
        + "clientAuthorities: \(pair.certificatePath) }", to: "gateway.yaml")
    test.append(
      "credentials: [{ certificate: \"sha256:\(String(repeating: "0", count: 64))\" }]", to: "parties/cong.yaml")
    // Among its credentials a certificate binds nothing yet.
    #expect(try told().contains { $0.contains("‘cong’") && $0.contains("add ‘filesTo: { certificate: true }’") })
    test.append("filesTo: { certificate: true }", to: "parties/cong.yaml")
    test.append("filesTo: { from: [10.20.0.0/16] }", to: "parties/mot-cua.yaml")
    #expect(try told() == [])
  }

  @Test("that bind the addresses of files say from which networks a party calls, or that it shows its certificate")
  func filesTo() {
    for (line, told) in [
      ("filesTo: { from: [10.1.0.0/8] }", "‘10.1.0.0/8’ is no range of addresses"),
      ("filesTo: { from: [mot-cua.example.vn] }", "10.20.0.0/16"),
      ("filesTo: { certificate: true }", "the party has no certificate to show"),
      ("filesTo: { from: [] }", "binds an address to nothing"),
      ("filesTo: { certificate: false }", "binds an address to nothing"),
    ] {
      let text = errors { $0.append(line, to: "parties/mot-cua.yaml") }
      #expect(text.contains("parties/mot-cua.yaml:8:") && text.contains(told), "\(line): \(text)")
    }
    #expect(errors { $0.append("filesTo: { from: [10.0.0.0/8, \"2001:db8::1\"] }", to: "parties/mot-cua.yaml") } == "")
  }

  @Test("that have a party show a certificate which the gateway asks nobody for are refused: it could fetch no file")
  func unservedCaller() {
    let pair = TestAuthority()
    let server = pair.makeServer()
    let files = "certificate: \(server.certificatePath), key: \"file:\(server.keyPath)\""
    let digest = "\"sha256:\(String(repeating: "0", count: 64))\""
    func told(_ tls: String?, _ bound: String) -> String {
      errors { test in
        if let tls { test.append("tls: { \(tls) }", to: "gateway.yaml") }
        test.append(
          "credentials: [{ apiKey: \(digest) }, { certificate: \(digest) }]\nfilesTo: { \(bound) }",
          to: "parties/cong.yaml")
      }
    }
    for tls in [nil, files] {
      for bound in ["certificate: true", "certificate: true, from: [10.20.0.0/16]"] {
        let text = told(tls, bound)
        #expect(
          text.contains("parties/cong.yaml:")
            && text.contains(": filesTo.certificate: ‘cong’ has to show a certificate")
            && text.contains("add ‘clientAuthorities: FILE’ to ‘tls’"), "\(text)")
      }
    }
    #expect(told(nil, "from: [10.20.0.0/16]") == "")
    #expect(told(files + ", clientAuthorities: \(pair.certificatePath)", "certificate: true") == "")
  }

  @Test(
    "with a party's certificate that the gateway asks nobody for are refused if the party has nothing else, and warned of otherwise"
  )
  func unaskedCertificate() throws {
    let pair = TestAuthority()
    let server = pair.makeServer()
    let files = "certificate: \(server.certificatePath), key: \"file:\(server.keyPath)\""
    let digest = "\"sha256:\(String(repeating: "0", count: 64))\""
    func site(_ tls: String?, _ credentials: String) -> TestSite {
      let test = TestSite()
      if let tls { test.append("tls: { \(tls) }", to: "gateway.yaml") }
      test.append("credentials: [\(credentials)]", to: "parties/cong.yaml")
      return test
    }
    let (certificate, key) = ("{ certificate: \(digest) }", "{ apiKey: \(digest) }")
    for tls in [nil, files] {
      for credentials in [certificate, "\(certificate), \(certificate)"] {
        let test = site(tls, credentials)
        let error = try #require(throws: SiteErrors.self) { try SitePlan(Site(folder: test.site)) }
        let finding = try #require(error.findings.first)
        #expect(error.findings.count == 1 && finding.level == .error, "\(error)")
        let party = String(decoding: TestFiles.read(test.site + "/parties/cong.yaml"), as: UTF8.self)
        let line = party.split(separator: "\n").firstIndex { $0.hasPrefix("credentials: ") }
        #expect(finding.position?.file.hasSuffix("/parties/cong.yaml") == true)
        #expect(finding.position?.line == line.map { $0 + 1 })
        #expect(
          finding.description.contains(": credentials.certificate: ‘cong’ has a certificate")
            && finding.message.english.hasSuffix("it can never call")
            && finding.remedy.english.contains("add ‘clientAuthorities: FILE’ to ‘tls’"), "\(finding)")
      }
      for credentials in ["\(key), \(certificate)", "\(certificate), \(key)"] {
        let test = site(tls, credentials)
        let findings = try SitePlan(Site(folder: test.site)).findings()
        let told = findings.filter { $0.rule == .unaskedCertificate }
        #expect(told.count == 1 && told.allSatisfy { $0.level == .warning }, "\(findings)")
        #expect(told.first?.line(in: .vietnamese).contains("cảnh báo: ‘cong’ có chứng thư") == true, "\(told)")
      }
      let without = site(tls, key)
      #expect(try SitePlan(Site(folder: without.site)).findings().allSatisfy { $0.rule == .unboundAddress })
    }
    let asked = site(files + ", clientAuthorities: \(pair.certificatePath)", certificate)
    #expect(try SitePlan(Site(folder: asked.site)).findings().allSatisfy { $0.rule == .unboundAddress })
  }

  @Test("do not hold together over a catalogue in which two tongues describe one namespace")
  func clashOfNamespaces() throws {
    let catalogue = TemporaryFolder()
    for name in ["Deploy", "Mappings"] {
      try #require(symlink(TestFiles.projectRoot + "/" + name, catalogue.path + "/" + name) == 0)
    }
    let schema = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:x\"/>"
    for tongue in ["a", "b"] { TestFiles.write(schema, to: "\(catalogue.path)/Schemas/\(tongue)/1/x.xsd") }
    let shipped = TestFiles.projectRoot + "/Schemas"
    for tongue in try FolderListing(of: shipped).folders {
      try #require(symlink("\(shipped)/\(tongue)", "\(catalogue.path)/Schemas/\(tongue)") == 0)
    }
    let test = TestSite(catalogue: catalogue.path)
    let error = try #require(throws: SiteErrors.self) { try SitePlan(try Site(folder: test.site)) }
    let lines = error.description.split(separator: "\n")
    #expect(lines.filter { $0.contains("urn:x is described by a/1/x.xsd and by b/1/x.xsd") }.count == 1, "\(error)")
  }

  @Test("name a database server, whose mistakes are told with their place and remedy")
  func databaseServer() throws {
    let test = TestSite()
    test.append(
      "store: { engine: postgresql, host: /run/postgresql, otherHosts: [\"127.0.0.1:5433\"], passwordFile: secrets/password }",
      to: "gateway.yaml")
    let server = try #require(try SitePlan(try Site(folder: test.site)).site.server)
    #expect(server.configuration.hosts.map(\.name) == ["/run/postgresql", "127.0.0.1"])
    #expect(server.configuration.hosts.map(\.port) == [5432, 5433])
    #expect(server.configuration.password == .file(test.site + "/secrets/password"))
    let plain = TestSite()
    #expect(try Site(folder: plain.site).server == nil, "a file unless told")

    for (store, finding) in [
      ("{ engine: postgres }", "gateway.yaml:9:"),
      ("{ engine: postgresql }", "store.host"),
      ("{ engine: sqlite, host: x }", "host"),
      ("{ engine: postgresql, host: db1 }", "add ‘tls: { authorities: FILE }’"),
      ("{ engine: postgresql, host: db1, password: geheim }", "password"),
      ("{ engine: postgresql, host: 127.0.0.1, passwordFile: nowhere }", "store.passwordFile: the file"),
      ("{ engine: postgresql, host: 127.0.0.1, passwordFile: a, passfile: b }", "the password comes from one place"),
      ("{ engine: postgresql, host: \"a,b\" }", "is no host"),
    ] {
      let text = errors { $0.append("store: \(store)", to: "gateway.yaml") }
      #expect(text.contains(finding) && text.contains("gateway.yaml:9:"), "\(store): \(text)")
      #expect(!text.contains("geheim"))
    }
  }

  @Test("say how long finished messages are kept and how much room is left, and are told where that is wrong")
  func retention() throws {
    let test = TestSite()
    #expect(try Site(folder: test.site).retention.removesNothing, "unless told, everything is kept")
    test.append(
      """
      retention: { default: 365d, types: { dvcqg-a/ho-so: 90d, dvcqg-a/tien-do: forever } }
      intake: { reserve: 2GiB, watch: [/var/lib/postgresql, db], waiting: 100, waitingBytes: 1MiB }
      """, to: "gateway.yaml")
    let site = try SitePlan(try Site(folder: test.site)).site
    #expect(site.retention.rule(for: "oc-lgsp/x").period == .time(.seconds(365 * 86_400)))
    #expect(site.retention.rule(for: "dvcqg-a/ho-so").period == .time(.seconds(90 * 86_400)))
    #expect(site.retention.rule(for: "dvcqg-a/ho-so").text == "retention.types.dvcqg-a/ho-so: 90d")
    #expect(site.retention.rule(for: "dvcqg-a/tien-do").period == .forever)
    #expect(site.intake.space.reserveBytes == 2 << 30 && site.intake.waiting.waitingBytes == 1 << 20)
    #expect(site.intake.watchedFolders == ["/var/lib/postgresql", test.site + "/db"])

    for (line, finding) in [
      ("retention: { default: 90 }", "gateway.yaml:9:23: "), ("retention: { default: 59m }", "1h to "),
      ("retention: { types: { dvcqg-a/ho-so: never } }", "gateway.yaml:9:38: "),
      ("retention: { types: { dvcqg-a/khong-co: 90d } }", "gateway.yaml:9:41: no profile has the message type"),
      ("retention: { type: {} }", "type"), ("intake: { reserve: 512 }", "gateway.yaml:9:20: "),
      ("intake: { waiting: 0 }", "from 1 to 1000000"), ("intake: { resserve: 1GiB }", "resserve"),
    ] {
      let text = errors { $0.append(line, to: "gateway.yaml") }
      #expect(text.contains(finding) && text.contains("gateway.yaml:9:"), "\(line): \(text)")
    }
  }

  @Test("are refused when a route leads to nobody, or to somebody who does not receive that")
  func routes() {
    let text = errors { test in
      TestFiles.write(
        """
        routes:
          - { name: a, message: dossier, to: [nobody] }
          - { name: b, message: dossier, from: [ghost], to: [van-hanh] }
        """, to: test.site + "/routes.yaml")
    }
    #expect(text.contains("routes.yaml:2:5: the route ‘a’ leads to ‘nobody’, who is no party here"))
    #expect(text.contains("the party ‘van-hanh’ receives no dossier"))
    #expect(text.contains("the route ‘b’ is for ‘ghost’, who is no party here"))
  }

  @Test("are refused when a route's condition is no XPath")
  func condition() {
    let text = errors { test in
      TestFiles.write(
        "routes:\n  - { name: a, message: dossier, when: \"code = \", to: [cong] }\n", to: test.site + "/routes.yaml")
    }
    #expect(text.contains("route 'a'"))
  }

  @Test(
    "have conditions that ask for what no canonical document has told, with the place and the path that was meant",
    arguments: [
      ("procedure/cod = '1'", "dossier", "‘procedure/cod’", "did you mean ‘procedure/code’?"),
      ("not(owner[knd = 'citizen'])", "dossier", "‘owner/knd’", "did you mean ‘owner/kind’?"),
      ("(owner | applicant)[kind = 'citizen'] and starts-with(unit/cde, 'H')", "dossier", "‘unit/cde’", "‘unit/code’"),
      ("/progress/entry/status = 'x'", "dossier", "‘/progress’", "did you mean ‘/dossier’?"),
      ("entry/stats = 'completed'", "progress", "‘entry/stats’", "did you mean ‘entry/status’?"),
      ("promotion/amends/../quantities", "dossier", "‘promotion/quantities’", "did you mean"),
      ("attachment/@id", "dossier", "‘attachment/@id’", "did you mean ‘attachment/id’?"),
      ("maThuTuc = '1'", "dossier", "‘maThuTuc’", "known there: code, nationalCode"),
    ])
  func conditionPaths(condition: String, message: String, path: String, remedy: String) throws {
    let test = TestSite()
    let party = message == "dossier" ? "so-xay-dung" : "mot-cua"
    TestFiles.write(
      "routes:\n  - { name: a, message: \(message), to: [\(party)], when: \"\(condition)\" }\n",
      to: test.site + "/routes.yaml")
    let findings = try SitePlan(Site(folder: test.site)).findings().filter { $0.rule == .condition }
    #expect(findings.map(\.level) == [.error])
    let text = findings.first?.description ?? ""
    #expect(text.contains("routes.yaml:2:") && text.contains("route ‘a’"), "\(text)")
    #expect(text.contains("asks for \(path), which no canonical \(message) has") && text.contains(remedy), "\(text)")
  }

  @Test(
    "have no condition complained of that may hold",
    arguments: [
      "procedure/code = '1.009994'", "/dossier/owner/name", "owner/*[. = 'x']", "//anything", "*/cod",
      "attachment[position() = 1]/name/text()", "count(fee[amount > 0]) > 1", "string-length(.) > 3", "owner/../code",
      "result[criminalRecord]/criminalRecord/conviction[1]/offence/name", "self::dossier and ancestor::la",
    ])
  func goodConditions(condition: String) throws {
    let test = TestSite()
    TestFiles.write(
      "routes:\n  - { name: a, message: dossier, to: [so-xay-dung], when: \"\(condition)\" }\n",
      to: test.site + "/routes.yaml")
    #expect(try SitePlan(Site(folder: test.site)).findings().filter { $0.rule == .condition } == [])
  }

  @Test("take stored forms of secrets only, never the secrets themselves")
  func secrets() {
    let text = errors { test in
      TestFiles.write(
        """
        party: mot-cua
        name: x
        credentials:
          - apiKey: "plain-key"
          - session: { username: u, password: "plain-password" }
          - { certificate: "sha256:00" }
          - { token: x }
        """, to: test.site + "/parties/mot-cua.yaml")
    }
    #expect(text.contains("parties/mot-cua.yaml:4:13: "))
    #expect(text.contains("lienthong secret"))
    #expect(!text.contains("plain-key") && !text.contains("plain-password"))
    #expect(text.contains("this is no credential"))
  }

  @Test("are refused when a message type or a profile is named that no file describes")
  func unknownNames() {
    let text = errors { test in
      TestFiles.write(
        "party: x\nname: x\nsends: [dvcqg-a/ho-sơ]\nreceives: { profile: dvcqg-z, pull: true }\n",
        to: test.site + "/parties/x.yaml")
    }
    #expect(text.contains("no profile has the message type ‘dvcqg-a/ho-sơ’ (did you mean ‘dvcqg-a/ho-so’?)"))
    #expect(text.contains("there is no profile ‘dvcqg-z’ (did you mean ‘dvcqg-"))
  }

  @Test("say when and how fast a party takes something, and where that is written wrongly")
  func hours() throws {
    let test = TestSite()
    func party(_ more: String) -> String {
      """
      party: x
      name: x
      receives:
        profile: oc-lgsp
        address: http://127.0.0.1:1
      \(more)
      """
    }
    func write(_ more: String) { TestFiles.write(party(more), to: test.site + "/parties/x.yaml") }
    write(
      """
        quiet: [{ days: [sat, sun], from: "00:00", to: "24:00" }, { from: "22:00", to: "05:30" }]
        maintenance: [{ from: 2026-12-01T08:00:00+07:00, to: 2026-12-01T10:00:00+07:00, reason: "new servers" }]
        rate: { requests: 30, period: 1m, burst: 5 }
      """)
    let site = try Site(folder: test.site)
    let opening = try Timestamp(rfc3339: "2026-12-01T03:00:00Z")
    #expect(site.closedUntil(for: "x", at: try Timestamp(rfc3339: "2026-12-01T02:00:00Z")) == opening)
    #expect(site.closedUntil(for: "x", at: opening) == nil && site.closedUntil(for: "nobody", at: opening) == nil)
    let receiving = try #require(site.parties.first { $0.party.id == "x" }?.receiving)
    #expect(receiving.rate == RateLimit(requests: 30, period: .seconds(60), burst: 5))
    #expect(
      receiving.hours.quiet == [
        DeliveryHours.Quiet(weekdays: [.saturday, .sunday], from: 0, length: 1_440),
        DeliveryHours.Quiet(from: 22 * 60, length: 450),
      ])
    #expect(
      receiving.hours.maintenance == [
        DeliveryHours.Maintenance(
          from: try Timestamp(rfc3339: "2026-12-01T01:00:00Z"), to: try Timestamp(rfc3339: "2026-12-01T03:00:00Z"))
      ])
    write(
      """
        quiet: [{ days: [Monday], from: "22:00", to: "05:30" }, { from: "22h", to: "25:00" }]
        maintenance: [{ from: 2026-12-01T08:00:00+07:00, to: 2026-12-01T07:00:00+07:00 }, { from: tonight, to: later }]
        rate: { requests: 0 }
      """)
    var text = ""
    do throws(SiteErrors) { _ = try Site(folder: test.site) } catch { text = error.description }
    #expect(!text.contains("not known"))
    #expect(text.contains("x.yaml:6:19: ") && text.contains("‘Monday’ is no day of the week"))
    #expect(text.contains("this is no time of day"))
    #expect(text.contains("the maintenance ends before it begins") && text.contains("this is no moment"))
    #expect(text.contains("x.yaml:8:21: ") && text.contains("write a number from 1 to 1000000"))
    write("  quiet: [{ from: \"05:00\", to: \"05:00\" }]")
    do throws(SiteErrors) { _ = try Site(folder: test.site) } catch { text = error.description }
    #expect(text.contains("the quiet hours leave no minute of the week to send in"))
  }

  @Test("are refused when a secret's file is missing, without naming what would be in it")
  func missingSecret() {
    let test = TestSite(portal: 9)
    unlinkFile(test.site + "/secrets/password")
    var text = ""
    do throws(SiteErrors) { _ = try SitePlan(try Site(folder: test.site)) } catch { text = error.description }
    #expect(text.contains("parties/cong.yaml:"))
    #expect(text.contains("password"))
  }

  @Test("open the SOAP door at the public address, and are told what it lacks")
  func soapDoor() throws {
    let door = "  soap: { path: /dich-vu/soap }"
    let test = TestSite()
    test.append(door, to: "gateway.yaml")
    let site = try Site(folder: test.site)
    #expect(site.soapDoor?.address == TestSite.publicAddress + "/dich-vu/soap")
    _ = try SitePlan(site)
    func text(_ door: String, without line: String = "none") -> String {
      errors { test in
        let path = test.site + "/gateway.yaml"
        let lines = String(decoding: TestFiles.read(path), as: UTF8.self).split(separator: "\n")
        TestFiles.write(lines.filter { !$0.hasPrefix(line) }.joined(separator: "\n") + "\n\(door)\n", to: path)
      }
    }
    #expect(text(door, without: "publicAddress").contains("the WSDL has to say where the door is"))
    #expect(text("  soap: { path: soap }").contains("this is no path (write it as /soap"))
    #expect(text("  soap: { paht: /soap }").contains("did you mean"))
    let catalogue = TemporaryFolder()
    for name in ["Deploy", "Mappings"] {
      try #require(symlink(TestFiles.projectRoot + "/" + name, catalogue.path + "/" + name) == 0)
    }
    let shipped = TestFiles.projectRoot + "/Schemas"
    try #require(mkdir(catalogue.path + "/Schemas", 0o700) == 0)
    for tongue in try FolderListing(of: shipped).folders where tongue != "lienthong-soap" {
      try #require(symlink("\(shipped)/\(tongue)", "\(catalogue.path)/Schemas/\(tongue)") == 0)
    }
    let bare = TestSite(catalogue: catalogue.path)
    bare.append(door, to: "gateway.yaml")
    let error = try #require(throws: SiteErrors.self) { try SitePlan(try Site(folder: bare.site)) }
    #expect(error.description.contains("frontDoors.soap: "))
  }

  @Test("open the door of the VXP wire, and are told what is wrong with it, its lists and its systems")
  func vxp() throws {
    let good = TestSite()
    good.addEDXML()
    let site = try SitePlan(try Site(folder: good.site)).site
    #expect(site.vxpDoor?.documentLimit == 32 << 20)
    #expect(site.vxpDoor?.path == "/vxp" && site.vxpDoor?.dictionaries == nil)
    let plain = TestSite()
    #expect(try Site(folder: plain.site).vxpDoor == nil)
    func wrong(_ change: (TestSite) -> Void) -> String {
      errors { test in
        test.addEDXML()
        change(test)
      }
    }
    for (door, finding) in [
      ("{ path: vxp }", "gateway.yaml:9:22: "), ("{ path: \"/vxp/\" }", "this is no path"),
      ("{ path: /vxp, largest: 1GiB }", "1MiB to 128MiB"), ("{ pfad: /vxp }", "pfad"), ("{}", "path"),
    ] {
      let text = errors { $0.append("  edxml-vxp: \(door)", to: "gateway.yaml") }
      #expect(text.contains(finding) && text.contains("gateway.yaml:9:"), "\(door): \(text)")
    }
    let missing = wrong { unlinkFile($0.site + "/secrets/so-noi-vu") }
    #expect(missing.contains("parties/so-noi-vu.yaml:") && missing.contains("secrets/so-noi-vu"))
    let twice = wrong {
      $0.add(
        party: "hai", credentials: "{ vxp: { system: H99.20, secret: \"file:../secrets/so-noi-vu\" } }", sends: "[]")
    }
    #expect(twice.contains("another party signs as ‘H99.20’") && twice.contains("parties/xa-an-thu.yaml"))
    let open = wrong { $0.add(party: "ba", credentials: "{ vxp: { system: X, secret: geheim } }", sends: "[]") }
    #expect(open.contains("parties/ba.yaml:3:") && !open.contains("geheim"))
    let lists = TestSite()
    lists.append("  edxml-vxp: { path: /vxp, dictionaries: danh-muc }", to: "gateway.yaml")
    TestFiles.write("[]", to: lists.site + "/danh-muc/getAgencyList.json")
    TestFiles.write("[{\"code\":\"H99\",\n\"name\":null}]", to: lists.site + "/danh-muc/getSynchronizeUnit.json")
    let error = try #require(throws: SiteErrors.self) { try SitePlan(try Site(folder: lists.site)) }
    #expect(error.description.contains("danh-muc/getAgencyList.json:1:1: no operation answers with this list"))
    #expect(error.description.contains("danh-muc/getSynchronizeUnit.json:1:2: an agency has a name"))
  }
}
