import GatewayTesting
import HTTPKit
import JSONKit
import Testing

@Suite("The command line: a site and its data", .serialized, .timeLimit(.minutes(5)))
struct CommandLineSiteTests {
  private static let code = "H99.14-260101-0001"

  @Test("check says that a good site can be started, and tells everything about one that cannot")
  func check() {
    let site = TestSite()
    let good = ProgramRun.lienthong("check", site.site)
    #expect(good.exitCode == 0 && good.errorText.isEmpty && good.text.contains("5 parties"))
    #expect(good.lines.filter { $0.contains(": warning: ") }.count == 2, "\(good.text)")
    #expect(ProgramRun.lienthong("check", "--warnings-as-errors", site.site).exitCode == 2)
    for party in ["cong", "mot-cua"] { site.append("filesTo: { from: [127.0.0.1] }", to: "parties/\(party).yaml") }
    #expect(ProgramRun.lienthong("check", "--warnings-as-errors", site.site).lines.count == 1)
    TestFiles.write("party: la\nname: lạ\nsend: [dvcqg-a/ho-so]\n", to: site.site + "/parties/la.yaml")
    site.append("      - { name: hỏng, message: dossier, to: [khong-co] }", to: "routes.yaml")
    let spelling = ProgramRun.lienthong("check", site.site)
    #expect(spelling.exitCode == 2 && spelling.text.contains("\(site.site)/parties/la.yaml:3:"), "\(spelling.text)")
    TestFiles.write("party: la\nname: lạ\nsends: [dvcqg-a/la]\n", to: site.site + "/parties/la.yaml")
    TestFiles.write(
      "routes:\n  - { name: hỏng, message: dossier, to: [khong-co] }\n  - { name: sai, message: dossier, when: \"a[\", to: [cong] }\n",
      to: site.site + "/routes.yaml")
    let meaning = ProgramRun.lienthong("check", site.site)
    #expect(meaning.exitCode == 2)
    for part in ["parties/la.yaml:", "dvcqg-a/la", "routes.yaml:2:", "khong-co", "sai"] {
      #expect(meaning.text.contains(part), "\(part): \(meaning.text)")
    }
    let vietnamese = ProgramRun.lienthong("check", "--language", "vi", site.site)
    #expect(
      vietnamese.exitCode == 2 && vietnamese.text.contains("không hồ sơ đối tác nào có loại bản tin ‘dvcqg-a/la’"))
    let json = ProgramRun.lienthong("check", "--json", site.site)
    #expect(
      json.exitCode == 2 && json.text.contains(#""rule":"name""#) && json.text.contains(#""messageVi":"tuyến ‘hỏng’"#))
    #expect(ProgramRun.lienthong("check", "--language", "fr", site.site).exitCode == 2)
    #expect(ProgramRun.lienthong("check", site.folder.path + "/none").exitCode == 2)
    let other = TestSite()
    other.append(
      "  - { name: sai, message: dossier, when: \"procedure/cod = '1'\", to: [cong] }", to: "routes.yaml")
    let condition = ProgramRun.lienthong("check", other.site)
    #expect(condition.exitCode == 2 && condition.text.contains("did you mean ‘procedure/code’?"), "\(condition.text)")
  }

  @Test("serve ends with 2 for a site or an address that cannot be used, and says why")
  func serveUnusable() {
    let site = TestSite()
    for arguments in [
      [site.folder.path + "/none"], [site.site, "--listen", "nowhere"], [site.site, "--log-level", "loud"],
      [site.site, "--log-format", "xml"],
    ] {
      let run = ProgramRun([TestFiles.program("lienthong"), "serve"] + arguments)
      #expect(run.exitCode == 2 && !run.errorText.isEmpty, "\(arguments)")
      let vietnamese = ProgramRun([TestFiles.program("lienthong"), "serve"] + arguments + ["--language", "vi"])
      #expect(vietnamese.exitCode == 2 && isVietnamese(vietnamese), "\(vietnamese.errorText)")
    }
    // Also where the call is refused before its words are sorted.
    for arguments in [["--language=vi"], ["--language", "vi", "a", "b"], ["--language", "vi", "a", "--data"]] {
      let run = ProgramRun([TestFiles.program("lienthong"), "serve"] + arguments)
      #expect(run.exitCode == 2 && isVietnamese(run), "\(run.errorText)")
    }
    site.append("filesTo: { certificate: true }", to: "parties/cong.yaml")
    let wrong = ProgramRun.lienthong("serve", site.site, "--language", "vi")
    #expect(wrong.errorText.contains("cong.yaml:") && wrong.errorText.contains("hãy thêm"), "\(wrong.errorText)")
    let unknown = ProgramRun.lienthong("serve", site.site, "--language", "fr")
    #expect(unknown.exitCode == 2 && unknown.errorText.contains("--language is en or vi"), "\(unknown.errorText)")
  }

  /// Behind `lienthong serve: `.
  private func isVietnamese(_ run: ProgramRun) -> Bool {
    run.errorText.contains { $0.isLetter && !$0.isASCII } && !run.errorText.contains(" is ")
      && !run.errorText.contains("cannot")
  }

  @Test("dossier, queue and message look into the data of a running gateway without disturbing it")
  func running() throws {
    let site = TestSite()
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    let dossier = Dossiers.json(Self.code)
    let receipt = try #require(visitor.json(visitor.lodge(dossier)))
    let id = try #require(receipt["id"]?.string)

    let trace = ProgramRun.lienthong("dossier", "trace", Self.code, "--data", site.data)
    #expect(trace.exitCode == 0 && trace.lines.first == "Dossier \(Self.code)", "\(trace.errorText)")
    #expect(trace.text.contains("received dvcqg-a/ho-so from mot-cua"))
    #expect(trace.text.contains("oc-lgsp/sync-document for so-xay-dung (delivery "))
    let filled = "canonical--oc-lgsp.sync-document/1 cut or filled in "
    #expect(trace.text.contains(filled) && trace.text.contains("Amount (line 90) default"), "\(trace.text)")
    // A default with a reason in the mapping is no news.
    #expect(!trace.text.contains("IsVerified"))
    #expect(ProgramRun.lienthong("message", "trace", id, "--data", site.data).text.contains(filled))
    let traceJSON = try JSONDocument(
      parsing: ProgramRun.lienthong("dossier", "trace", Self.code, "--data", site.data, "--json").output
    ).root
    #expect(traceJSON["dossier"]?.string == Self.code && traceJSON["messages"]?.count == 1)
    let none = ProgramRun.lienthong("dossier", "trace", "H0", "--data", site.data)
    #expect(none.exitCode == 1 && none.text.isEmpty && none.errorText.contains("H0"))

    let list = ProgramRun.lienthong("dossier", "list", "--site", site.site)
    #expect(list.exitCode == 0 && list.lines.count == 2 && list.lines[1].hasPrefix(Self.code))
    let listJSON = try JSONDocument(
      parsing: ProgramRun.lienthong("dossier", "list", "--data", site.data, "--json").output
    ).root
    #expect(listJSON.elements.map { $0["openDeliveries"]?.integer } == [2])

    let queue = ProgramRun.lienthong("queue", "--data", site.data)
    #expect(queue.exitCode == 0 && queue.lines.count == 3)
    #expect(queue.lines.dropFirst().allSatisfy { $0.contains("ready") })
    let queueJSON = try JSONDocument(parsing: ProgramRun.lienthong("queue", "--data", site.data, "--json").output).root
    #expect(Set(queueJSON.elements.compactMap { $0["destination"]?.string }) == ["so-xay-dung", "cong"])

    let message = try JSONDocument(
      parsing: ProgramRun.lienthong("message", "show", id, "--data", site.data).output
    ).root
    #expect(message["id"]?.string == id && message["bytes"]?.integer == dossier.count)
    let body = ProgramRun.lienthong("message", "show", id, "--body", "--data", site.data)
    #expect(body.exitCode == 0 && body.output == dossier)
    let missing = ProgramRun.lienthong(
      "message", "show", "01890000-0000-7000-8000-000000000000", "--data", site.data)
    #expect(missing.exitCode == 1 && missing.text.isEmpty)

    #expect(visitor.lodge(Dossiers.json("H99.14-260101-0002"))?.status == 202)
  }

  @Test("nothing of a citizen is in what operators see, unless they ask for the bytes")
  func privacy() throws {
    let site = TestSite()
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    let id = try #require(visitor.json(visitor.lodge(Dossiers.json(Self.code)))?["id"]?.string)
    for arguments in [
      ["dossier", "trace", Self.code], ["dossier", "trace", Self.code, "--json"], ["dossier", "list"], ["queue"],
      ["message", "show", id],
    ] {
      let run = ProgramRun([TestFiles.program("lienthong")] + arguments + ["--data", site.data])
      #expect(run.exitCode == 0 && !run.text.isEmpty)
      for word in ["Thử Nghiệm", "038079000142", "0900000142"] { #expect(!run.text.contains(word), "\(arguments)") }
    }
  }

  @Test("a data folder without a database is named, with exit code 2")
  func noDatabase() {
    let site = TestSite()
    for arguments in [["queue"], ["dossier", "list"], ["dossier", "trace", "H1"]] {
      for place in [["--data", site.folder.path], ["--site", site.site], ["--site", site.folder.path + "/none"]] {
        let run = ProgramRun([TestFiles.program("lienthong")] + arguments + place)
        #expect(run.exitCode == 2 && run.text.isEmpty && !run.errorText.isEmpty, "\(arguments) \(place)")
      }
    }
  }

  @Test("the queue of a gateway that has nothing to do says so")
  func emptyQueue() throws {
    let site = TestSite()
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    _ = try #require(daemon.waitUntilListening())
    let run = ProgramRun.lienthong("queue", "--data", site.data)
    #expect(run.exitCode == 0 && run.text == "The queue is empty.\n")
    #expect(ProgramRun.lienthong("queue", "--data", site.data, "--json").text == "[]\n")
  }
}
