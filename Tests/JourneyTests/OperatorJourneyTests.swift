import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// An operator at three in the morning, with the built program beside a running gateway.
@Suite("An operator's orders", .timeLimit(.minutes(2)))
struct OperatorJourneyTests {
  private static let code = "H99.14-260101-0001"

  @Test("hold, why, release and cancel work beside a running gateway, and the story tells who did what and why")
  func orders() throws {
    let site = TestSite()
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    #expect(visitor.lodge(Dossiers.json(Self.code))?.status == 202)
    func queue(_ arguments: String...) -> ProgramRun {
      ProgramRun([TestFiles.program("lienthong"), "queue"] + arguments + ["--data", site.data])
    }

    let held = queue("hold", "--destination", "cong", "--reason", "cổng bảo trì", "--as", "lan")
    #expect(held.exitCode == 0 && held.text.contains("ready -> held"), "\(held.text)\(held.errorText)")
    let states = try JSONDocument(parsing: queue("--json").output).root.elements
    #expect(states.first { $0["destination"]?.string == "cong" }?["state"]?.string == "held")

    let ordered = try JSONDocument(
      parsing: queue("release", "--state", "held", "--reason", "xong", "--as", "lan", "--json").output
    ).root
    let delivery = try #require(ordered[0]?["delivery"]?.string)
    #expect(ordered[0]?["from"]?.string == "held" && ordered[0]?["to"]?.string == "ready")

    let why = queue("why", delivery)
    #expect(why.exitCode == 0 && why.lines.count == 1 && why.text.contains("is ready and next"), "\(why.text)")
    let whyJSON = try JSONDocument(parsing: queue("why", delivery, "--json").output).root
    #expect(whyJSON["delivery"]?["state"]?.string == "ready" && whyJSON["dossier"]?.string == Self.code)
    #expect(queue("why", "9999").exitCode == 1)

    let shape = queue("shape")
    #expect(shape.exitCode == 0 && shape.lines.count == 3 && shape.text.contains("cong"))

    let cancelled = queue("cancel", "--delivery", delivery, "--reason", "gửi nhầm")
    #expect(cancelled.exitCode == 0)
    #expect(queue("cancel", "--delivery", delivery, "--reason", "gửi nhầm").exitCode == 1, "it is finished")

    let story = ProgramRun.lienthong("dossier", "trace", Self.code, "--data", site.data).text
    for part in [
      "held (ready → held) — cổng bảo trì", "released (held → ready) — xong",
      "cancelled (ready → cancelled) — gửi nhầm",
    ] {
      #expect(story.contains(part), "\(part) in \(story)")
    }
    #expect(visitor.lodge(Dossiers.json("H99.14-260101-0002"))?.status == 202, "the gateway goes on")
  }

  @Test("what an agency refused for good, or lost, is sent once more: as it was, or translated anew")
  func resend() throws {
    let site = TestSite()
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    #expect(visitor.lodge(Dossiers.json(Self.code))?.status == 202)
    func lienthong(_ arguments: String...) -> ProgramRun {
      ProgramRun([TestFiles.program("lienthong")] + arguments + ["--data", site.data])
    }
    let story = try JSONDocument(parsing: lienthong("dossier", "trace", Self.code, "--json").output).root
    let message = try #require(story["messages"]?[0]?["id"]?.string)
    #expect(lienthong("message", "trace", message).text.contains("received"))
    let open = lienthong("message", "resend", message, "--to", "cong", "--reason", "thử")
    #expect(open.exitCode == 1 && open.errorText.contains("not done yet"), "\(open.errorText)")

    #expect(lienthong("dead").text == "Nothing is dead or held.\n")
    #expect(lienthong("queue", "hold", "--destination", "cong", "--reason", "bảo trì").exitCode == 0)
    let group = try JSONDocument(parsing: lienthong("dead", "--json").output).root[0]
    let fingerprint = try #require(group?["fingerprint"]?.string)
    #expect(group?["note"]?.string == "bảo trì" && group?["state"]?.string == "held")
    #expect(lienthong("dead", "list", fingerprint).text.contains(Self.code))
    #expect(lienthong("dead", "release", fingerprint).exitCode == 2, "a reason is asked for")
    #expect(lienthong("dead", "release", "00", "--reason", "xong").exitCode == 1)
    let released = lienthong("dead", "release", String(fingerprint.prefix(4)), "--reason", "xong")
    #expect(released.exitCode == 0 && released.text.contains("1 changed"), "\(released.text)\(released.errorText)")

    #expect(lienthong("queue", "cancel", "--destination", "cong", "--reason", "gửi nhầm").exitCode == 0)
    let again = lienthong("message", "resend", message, "--to", "cong", "--reason", "lại", "--site", site.site)
    #expect(again.exitCode == 0 && again.text.contains("is ready"), "\(again.text)\(again.errorText)")
    #expect(lienthong("queue", "cancel", "--destination", "cong", "--reason", "gửi nhầm").exitCode == 0)
    let anew = lienthong(
      "message", "resend", message, "--to", "cong", "--reason", "bảng mã mới", "--translate", "--site", site.site)
    #expect(anew.exitCode == 0, "\(anew.text)\(anew.errorText)")
    let told = lienthong("dossier", "trace", Self.code).text
    #expect(told.contains("stored bytes of") && told.contains("translated anew instead of"), "\(told)")
  }

  @Test("what was tried is listed, and what was sent and answered is shown byte for byte to who asks for it")
  func attempts() throws {
    let agency = try LGSPAgency()
    agency.setDown(true)
    let site = TestSite(agency: agency.port)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    let id = try #require(visitor.json(visitor.lodge(Dossiers.json(Self.code)))?["id"]?.string)
    #expect(Patience.until { visitor.states(of: Self.code, to: "so-xay-dung") == ["deferred"] })
    agency.setDown(false)
    #expect(Patience.until { visitor.states(of: Self.code, to: "so-xay-dung") == ["delivered"] })
    func message(_ arguments: String...) -> ProgramRun {
      ProgramRun([TestFiles.program("lienthong"), "message"] + arguments + ["--data", site.data])
    }
    let listed = try JSONDocument(parsing: message("attempts", id, "--json").output).root.elements
      .filter { $0["destination"]?.string == "so-xay-dung" }
    let (first, last) = (try #require(listed.first), try #require(listed.last))
    #expect(first["attempt"]?.integer == 1 && first["event"]?.string == "postponed" && first["status"]?.integer == 503)
    #expect(first["failure"]?.string == "throttled" && first["answerBytes"]?.integer == 4)
    #expect(last["event"]?.string == "accepted" && last["failure"] == nil)
    let delivery = try #require(first["delivery"]?.string)
    let text = message("attempts", id).text
    #expect(text.contains("\(delivery).1") && text.contains("postponed (throttled)") && !text.contains("down"))
    #expect(message("show", id, "--answer", "\(delivery).1").text == "down")
    let payload = message("show", id, "--payload", delivery)
    #expect(payload.output == agency.partner.requests.last?.body && payload.text.contains("<MSyncDocument"))
    #expect(message("show", id, "--answer", "\(delivery).99").exitCode == 1)
    #expect(message("show", id, "--payload", "999").exitCode == 1)
    for wrong in [["--payload", "x"], ["--answer", "1"], ["--answer", "1.0"], ["--body", "--payload", delivery]] {
      #expect(
        ProgramRun([TestFiles.program("lienthong"), "message", "show", id] + wrong + ["--data", site.data]).exitCode
          == 2)
    }
  }

  @Test(
    "an order without a reason, without a selection or for unknown things is refused and changes nothing",
    arguments: [
      ["hold", "--destination", "cong"], ["hold", "--reason", "x"],
      ["hold", "--all", "--state", "held", "--reason", "x"],
      ["hold", "--state", "delivered", "--reason", "x"], ["hold", "--failure", "bad", "--reason", "x"],
      ["hold", "--delivery", "0", "--reason", "x"], ["why", "x"], ["why"], ["shape", "x"], ["resend"],
    ])
  func refused(arguments: [String]) {
    let folder = TemporaryFolder()
    let run = ProgramRun([TestFiles.program("lienthong"), "queue"] + arguments + ["--data", folder.path])
    #expect(run.exitCode == 2 && run.text.isEmpty && !run.errorText.isEmpty, "\(run.text)")
  }
}
