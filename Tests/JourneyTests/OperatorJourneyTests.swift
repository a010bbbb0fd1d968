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
    #expect(why.exitCode == 0 && why.lines.count == 1 && why.text.contains("may go at once"), "\(why.text)")
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
