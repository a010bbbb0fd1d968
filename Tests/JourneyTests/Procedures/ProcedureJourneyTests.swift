import GatewayTesting
import Glibc
import HTTPKit
import Testing

/// The birth procedure through the whole gateway: five partners, each in its turn.
@Suite("A procedure that the gateway conducts", .timeLimit(.minutes(3)))
struct ProcedureJourneyTests {
  private static let code = "H99.14-261116-0001"

  @Test("goes to the registrar, then to police and insurance with the child's number, and ends at the one-stop desk")
  func birth() throws {
    let site = BirthSite.make()
    let gateway = try GatewayInProcess(site: site.site, log: site.log)
    let visitor = try Visitor(port: gateway.port)
    func partner(_ party: String) -> ProcedureSite.Partner { ProcedureSite.partner(party, visitor) }

    #expect(partner("mot-cua").send(BirthSite.dossier(Self.code)) == 202)
    let first = try #require(partner("ho-tich-xa").receive())
    #expect(first.contains("<system>lienthong</system><id>\(Self.code)</id>"))
    #expect(partner("cong-an-xa").hasNothing && partner("bhxh-tinh").hasNothing)
    #expect(try #require(partner("cong").receive()).contains("<status>accepted</status>"))

    #expect(partner("ho-tich-xa").send(BirthSite.certificate(Self.code)) == 202)
    for agency in ["cong-an-xa", "bhxh-tinh"] {
      let sent = try #require(partner(agency).receive())
      #expect(sent.contains("<system>soDinhDanh</system><id>001226000011</id>"), "\(sent)")
    }
    for told in ["mot-cua", "cong"] {
      let word = try #require(partner(told).receive())
      #expect(word.contains("<status>processing</status>") && word.contains("<number>12/2026</number>"), "\(word)")
    }
    #expect(partner("bhxh-tinh").send(ProcedureSite.progress(Self.code, "completed")) == 202)
    #expect(try #require(partner("mot-cua").receive()).contains("<status>processing</status>"))
    #expect(partner("cong-an-xa").send(ProcedureSite.progress(Self.code, "completed")) == 202)
    let end = try #require(partner("mot-cua").receive())
    #expect(end.hasPrefix("<?xml") && end.contains("<dossier>") && end.contains("<status>completed</status>"))
    #expect(end.contains("<number>12/2026</number>"))
    #expect(partner("mot-cua").hasNothing && partner("ho-tich-xa").hasNothing)
  }

  @Test("sends nothing by routes to its agencies, and what they say goes to nobody as it is")
  func routes() throws {
    let site = BirthSite.make()
    TestFiles.write(
      """
      routes:
        - { name: mọi hồ sơ, message: dossier, to: [cong, ho-tich-xa, cong-an-xa, bhxh-tinh] }
        - { name: mọi tiến độ, message: progress, to: [cong, mot-cua, cong-an-xa] }

      """, to: site.site + "/routes.yaml")
    let gateway = try GatewayInProcess(site: site.site, log: site.log)
    let visitor = try Visitor(port: gateway.port)
    #expect(ProcedureSite.partner("mot-cua", visitor).send(BirthSite.dossier(Self.code, choices: ["bhyt"])) == 202)
    #expect(ProcedureSite.partner("ho-tich-xa", visitor).receive() != nil)
    #expect(ProcedureSite.partner("ho-tich-xa", visitor).send(ProcedureSite.progress(Self.code, "notAccepted")) == 202)
    let end = try #require(ProcedureSite.partner("mot-cua", visitor).receive())
    #expect(end.contains("<status>stopped</status>"))
    for agency in ["cong-an-xa", "bhxh-tinh"] { #expect(ProcedureSite.partner(agency, visitor).hasNothing) }
  }

  @Test("refuses a dossier that chooses nothing of the procedure, and takes in nothing of it")
  func unfit() throws {
    let site = BirthSite.make()
    let gateway = try GatewayInProcess(site: site.site, log: site.log)
    let visitor = try Visitor(port: gateway.port)
    let answer = try #require(
      visitor.send(
        .post, "/v1/messages", key: "mot-cua", headers: ["Content-Type": "application/xml"],
        body: Array(BirthSite.dossier(Self.code, choices: ["mai-tang"]).utf8)))
    #expect(answer.status == 422)
    #expect(String(decoding: answer.body, as: UTF8.self).contains("thuong-tru, bhyt"))
    #expect(visitor.send(.get, "/v1/dossiers/\(Self.code)", key: "mot-cua")?.status == 404)
  }

  @Test(
    "what a recipient's tongue cannot say stays held and is told with the rule that it breaks; the others get theirs")
  func unwritable() throws {
    let site = BirthSite.make()
    // It asks for more than this dossier tells.
    site.write(party: "bhxh-tinh", receiving: "oc-lgsp")
    let gateway = try GatewayInProcess(site: site.site, log: site.log)
    let visitor = try Visitor(port: gateway.port)
    #expect(ProcedureSite.partner("mot-cua", visitor).send(BirthSite.dossier(Self.code)) == 202)
    #expect(ProcedureSite.partner("ho-tich-xa", visitor).receive() != nil)
    #expect(ProcedureSite.partner("ho-tich-xa", visitor).send(BirthSite.certificate(Self.code)) == 202)
    #expect(ProcedureSite.partner("cong-an-xa", visitor).receive() != nil)
    #expect(
      Patience.until {
        String(decoding: TestFiles.read(site.log), as: UTF8.self).contains("event=procedure-output-refused")
      })
    let story = ProgramRun.lienthong("procedure", "trace", Self.code, "--site", site.site).text
    #expect(story.contains("send bhyt 1  held"), "\(story)")
  }

  @Test("an operator sees who has it and how long, and ends it with a reason")
  func operators() throws {
    let site = BirthSite.make()
    func lienthong(_ words: String...) -> ProgramRun { ProgramRun.lienthong(words + ["--site", site.site]) }
    do {
      let gateway = try GatewayInProcess(site: site.site, log: site.log)
      let visitor = try Visitor(port: gateway.port)
      #expect(ProcedureSite.partner("mot-cua", visitor).send(BirthSite.dossier(Self.code)) == 202)
      #expect(ProcedureSite.partner("ho-tich-xa", visitor).receive() != nil)
      let list = lienthong("procedure", "list")
      #expect(list.exitCode == 0 && list.text.contains("ho-tich-xa (khai-sinh)"), "\(list.text)")
      #expect(lienthong("procedure", "list", "--late").text.split(separator: "\n").count == 1)
      #expect(ProcedureSite.partner("ho-tich-xa", visitor).send(BirthSite.certificate(Self.code)) == 202)
      #expect(ProcedureSite.partner("bhxh-tinh", visitor).receive() != nil)
    }
    let story = lienthong("procedure", "trace", Self.code)
    #expect(story.exitCode == 0)
    for line in [
      "by the calendar vietnam/", "waits for bhxh-tinh (bhyt), cong-an-xa (thuong-tru)",
      "Đăng ký khai sinh: đã xong, có soDinhDanh",
      "Đăng ký khai sinh: hồ sơ đã đến nơi (lần 1)", "send thuong-tru 1  ready", "transport 0 min, agency 0 min",
    ] { #expect(story.text.contains(line), "\(line) in \(story.text)") }
    #expect(!story.text.contains("001226000011"), "results are the citizen's")
    let dossier = lienthong("dossier", "trace", Self.code)
    #expect(
      dossier.text.contains("Procedure khai-sinh-thuong-tru-bhyt/1 waits for bhxh-tinh (bhyt)"), "\(dossier.text)")

    #expect(lienthong("procedure", "order", "cancel", Self.code).exitCode == 2, "without a reason")
    let order = lienthong("procedure", "order", "cancel", Self.code, "--reason", "thử", "--as", "an")
    #expect(order.exitCode == 0, "\(order.text)")
    let json = lienthong("procedure", "trace", Self.code, "--json").text
    #expect(json.contains("\"outcome\":\"cancelled\"") && json.contains("order by operator:an: thử"), "\(json)")
    #expect(lienthong("procedure", "trace", "H0").exitCode == 1)
    let gateway = try GatewayInProcess(site: site.site, log: site.log)
    let visitor = try Visitor(port: gateway.port)
    #expect(try #require(ProcedureSite.partner("cong-an-xa", visitor).receive()).contains("<dossier>"))
    #expect(try #require(ProcedureSite.partner("cong-an-xa", visitor).receive()).contains("<status>stopped</status>"))
  }

  @Test("the daemon killed after every step: each partner gets each message once, and the procedure ends")
  func killed() throws {
    try killed(BirthSite.make())
  }

  @Test("the same on PostgreSQL")
  func killedOnPostgreSQL() throws {
    try killed(BirthSite.make(store: TemporaryPostgreSQL.shared.makeDatabase()))
  }

  /// One act of a partner, after which the daemon is killed.
  private func killed(_ site: ProcedureSite) throws {
    let code = Self.code
    var received: [String: [String]] = [:]
    func run(_ act: (Visitor) -> Bool) throws {
      let daemon = DaemonProcess(site: site.site, data: site.data, output: site.log)
      let port = try #require(
        daemon.waitUntilListening(), "\(String(decoding: TestFiles.read(site.log), as: UTF8.self))")
      let visitor = try Visitor(port: port)
      #expect(act(visitor))
      daemon.process.signal(SIGKILL)
      #expect(daemon.process.wait() != nil)
    }
    func send(_ party: String, _ document: String) throws {
      try run { ProcedureSite.partner(party, $0).send(document) == 202 }
    }
    func receive(_ party: String) throws {
      try run { visitor in
        guard let text = ProcedureSite.partner(party, visitor).receive() else { return false }
        received[party, default: []].append(text)
        return true
      }
    }
    try send("mot-cua", BirthSite.dossier(code))
    try receive("ho-tich-xa")
    try send("ho-tich-xa", BirthSite.certificate(code))
    try receive("cong-an-xa")
    try receive("bhxh-tinh")
    try send("cong-an-xa", ProcedureSite.progress(code, "completed"))
    // The answer was lost with the daemon: the agency says it again, and nothing happens twice.
    try send("cong-an-xa", ProcedureSite.progress(code, "completed"))
    try send("bhxh-tinh", ProcedureSite.progress(code, "completed"))
    for _ in 1...3 { try receive("mot-cua") }
    try run { visitor in
      BirthSite.parties.filter { $0 != "cong" }.allSatisfy { ProcedureSite.partner($0, visitor).hasNothing }
    }
    #expect(received["mot-cua"]?.map { $0.contains("<status>completed</status>") } == [false, false, true])
  }
}
