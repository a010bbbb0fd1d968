import CryptographyKit
import DocumentKit
import GatewayTesting
import HTTPKit
import JSONKit
import ServiceKit
import Simulation
import Testing

/// Every procedure of the catalogue through the whole gateway, by what its agencies get and what the one-stop desk learns.
@Suite("The procedures of the catalogue, conducted", .timeLimit(.minutes(3)))
struct ShippedProcedureJourneyTests {
  private static let code = "H99.14-261116-0001"

  /// A procedure being played: who sends what, and what comes to whom.
  private final class Play {
    private let site: ProcedureSite
    private var gateway: GatewayInProcess?
    private var visitor: Visitor
    private var said = 0

    init(_ site: ProcedureSite) throws {
      self.site = site
      let gateway = try GatewayInProcess(site: site.site, log: site.log)
      self.gateway = gateway
      visitor = try Visitor(port: gateway.port)
    }

    var folder: String { site.site }
    var logged: String { String(decoding: TestFiles.read(site.log), as: UTF8.self) }

    var metrics: String { String(decoding: visitor.send(.get, "/metrics")?.body ?? [], as: UTF8.self) }

    /// The gateway is stopped, and starts again so much later.
    func goOn(after pause: Duration) throws {
      gateway = nil
      let later = try GatewayInProcess(site: site.site, log: site.log, time: LaterTime(by: pause))
      gateway = later
      visitor = try Visitor(port: later.port)
    }

    func send(_ party: String, _ document: String, at location: SourceLocation = #_sourceLocation) {
      #expect(ProcedureSite.partner(party, visitor).send(document) == 202, sourceLocation: location)
    }

    /// Progress with a moment of its own: the same words twice would be the same message.
    func says(_ party: String, _ status: String, _ more: String = "", content: String? = nil, head: String = "") {
      said += 1
      let at = "<at>2026-11-16T10:\(said + 10):00+07:00</at>"
      let before = at + (content.map { "<content>\($0)</content>" } ?? "")
      send(party, ProcedureSite.progress(ShippedProcedureJourneyTests.code, status, more, before: before, head: head))
    }

    /// What the answer to a message says that is not taken.
    func refused(_ party: String, _ document: String) -> String {
      let answer = visitor.send(
        .post, "/v1/messages", key: party, headers: ["Content-Type": "application/xml"], body: Array(document.utf8))
      #expect(answer?.status == 422)
      return String(decoding: answer?.body ?? [], as: UTF8.self)
    }

    /// The payment platform tells that the dossier was paid for; what it is answered.
    func pays(with key: String, _ amount: Int) -> String {
      let code = ShippedProcedureJourneyTests.code
      let sum = Hexadecimal.encode(
        HMACSHA256.code(of: Array("0|CL0001|PAY|\(amount)|\(code)|3.0".utf8), key: Array(key.utf8)))
      let body = """
        {"client_id": "CL0001", "transaction_id": "\(code)", "trans_amount": "\(amount)", "command": "PAY", "addition_fee": "0",
         "version": "3.0", "status": 0, "check_sum": "\(sum)"}
        """
      let answer = visitor.send(
        .post, "/callbacks/thanh-toan/ket-qua", headers: ["Content-Type": "application/json"], body: Array(body.utf8))
      return String(decoding: answer?.body ?? [], as: UTF8.self)
    }

    /// The next message of a party has all these texts.
    func gets(_ party: String, _ texts: String..., at location: SourceLocation = #_sourceLocation) {
      guard let message = ProcedureSite.partner(party, visitor).receive() else {
        return #expect(Bool(false), "\(party) gets nothing", sourceLocation: location)
      }
      for text in texts { #expect(message.contains(text), "\(message)", sourceLocation: location) }
    }

    func getsNothing(_ parties: String..., at location: SourceLocation = #_sourceLocation) {
      for party in parties {
        #expect(ProcedureSite.partner(party, visitor).hasNothing, "\(party)", sourceLocation: location)
      }
    }
  }

  @Test("death: the register, then what was chosen of three; one refusal leaves the other")
  func death() throws {
    let play = try Play(
      ProcedureSite(
        "khai-tu-xoa-thuong-tru-mai-tang",
        roles: ["ho-tich": "ho-tich-xa", "cong-an": "cong-an-xa", "noi-vu": "noi-vu-xa", "bhxh": "bhxh-tinh"]))
    play.send(
      "mot-cua", ProcedureSite.dossier(Self.code, of: "2.002622", choices: ["xoa-thuong-tru", "mai-tang-phi"]))
    play.gets("ho-tich-xa", "<status>accepted</status>")
    let registered = """
      <result><name>Trích lục khai tử</name><registration><kind>death</kind><entry><number>7/2026</number></entry>\
      </registration></result>
      """
    play.send(
      "ho-tich-xa", ProcedureSite.dossier(Self.code, of: "2.002622", status: "completed", result: registered))
    play.gets("cong-an-xa", "<system>soDangKy</system><id>7/2026</id>")
    play.gets("noi-vu-xa", "<system>soDangKy</system><id>7/2026</id>")
    play.getsNothing("bhxh-tinh")
    play.says("noi-vu-xa", "notAccepted", "<note>Đã chi trả</note>")
    play.says("cong-an-xa", "completed")
    play.gets("mot-cua", "<status>processing</status>", "Trích lục khai tử")
    play.gets("mot-cua", "<status>processing</status>", "Đã chi trả")
    play.gets("mot-cua", "<dossier>", "<status>completed</status>", "một phần bị từ chối")
  }

  @Test("land with tax: the tax office gives back, wants to be paid, and the land office goes on")
  func land() throws {
    let play = try Play(
      ProcedureSite(
        "dat-dai-thue", roles: ["van-phong-dat-dai": "dat-dai", "thue": "chi-cuc-thue", "mot-cua": "tra-ket-qua-xa"],
        codes: ["1.004199"]))
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "1.004199"))
    play.gets("dat-dai", "<id>tham-dinh</id>")
    play.says("dat-dai", "completed")
    play.gets("chi-cuc-thue", "<id>thue</id>")
    let back = "<externalId><system>chuyen-tra</system><id>tham-dinh</id></externalId>"
    play.says("chi-cuc-thue", "stopped", "<note>Thiếu nguồn gốc đất</note>", head: back)
    play.gets("dat-dai", "<id>tham-dinh</id>")
    play.says("dat-dai", "completed")
    play.gets("chi-cuc-thue", "<id>thue</id>")
    play.says("chi-cuc-thue", "paymentRequested", "<fee><name>Lệ phí trước bạ</name><amount>500000</amount></fee>")
    for text in ["đã xong", "Thiếu nguồn gốc đất", "đã xong"] {
      play.gets("mot-cua", "<status>processing</status>", text)
    }
    play.gets("mot-cua", "<status>paymentRequested</status>", "Lệ phí trước bạ")
    play.says("mot-cua", "processing", content: "Đã nộp")
    play.gets("chi-cuc-thue", "<progress>", "<status>processing</status>")
    play.says("chi-cuc-thue", "completed")
    play.gets("dat-dai", "<id>cap-giay</id>")
    play.says("dat-dai", "completed")
    play.gets("tra-ket-qua-xa", "<id>tra-ket-qua</id>")
    play.gets("mot-cua", "<status>processing</status>")
    play.gets("mot-cua", "<dossier>", "<status>completed</status>")
    play.getsNothing("dat-dai")
    play.says("tra-ket-qua-xa", "returned")
    play.gets("mot-cua", "<dossier>", "<status>returned</status>", "<finishedAt>", "<returnedAt>")
    play.gets("dat-dai", "<progress>", "<id>cap-giay</id>", "<status>returned</status>")
    play.getsNothing("mot-cua", "dat-dai", "chi-cuc-thue")
  }

  @Test(
    "land with tax: that nobody fetches it is foretold, and is transport's lateness; what was fetched is the agency's")
  func lateness() throws {
    let play = try Play(
      ProcedureSite(
        "dat-dai-thue", roles: ["van-phong-dat-dai": "dat-dai", "thue": "chi-cuc-thue", "mot-cua": "tra-ket-qua-xa"],
        codes: ["1.004199"]))
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "1.004199"))
    func trace() throws -> JSONValue {
      try JSONDocument(
        parsing: ProgramRun.lienthong("procedure", "trace", Self.code, "--site", play.folder, "--json").output
      ).root
    }
    func step(_ trace: JSONValue) -> JSONValue? { trace["steps"]?.elements.first { $0["step"]?.string == "tham-dinh" } }
    func tells(_ word: String) -> Bool {
      (try? trace())?["history"]?.elements.contains { $0["word"]?.string == word } ?? false
    }
    let due = try Timestamp(rfc3339: try #require(try step(trace())?["dueAt"]?.string))
    let left = due - SystemTimeSource().now()
    try play.goOn(after: left * 9 / 10)
    #expect(Patience.until { tells("alarm.cannotMakeIt.transport") })
    #expect(try step(trace())?["cannotMakeIt"]?.boolean == true && step(trace())?["late"]?.boolean == false)
    let list = ProgramRun.lienthong("procedure", "list", "--site", play.folder)
    #expect(list.text.contains("cannot make it"), "\(list.text)")
    try play.goOn(after: left + .seconds(3_600))
    #expect(Patience.until { tells("alarm.late.transport") })
    play.gets("dat-dai", "<id>tham-dinh</id>")
    play.says("dat-dai", "completed")
    let ended = try #require(try step(trace()))
    #expect(
      ended["overdueTransportSeconds"]?.integer ?? 0 >= 3_590 && ended["overdueAgencySeconds"]?.integer ?? 99 < 99)
    #expect(Patience.until { play.metrics.contains("lienthong_procedure_late_total{holder=\"transport\"} 1") })
    let report = ProgramRun.lienthong("report", "--period", "2020-01-01/2099-12-31", "--site", play.folder)
    #expect(report.text.contains("steps answered late"), "\(report.text)\(report.errorText)")
  }

  @Test("business registration: the number goes to tax, insurance and labour at once")
  func business() throws {
    let play = try Play(
      ProcedureSite(
        "dang-ky-kinh-doanh",
        roles: ["dang-ky-kinh-doanh": "dkkd", "thue": "cuc-thue", "bhxh": "bhxh-tinh", "lao-dong": "so-noi-vu"],
        codes: ["2.001610"]))
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "2.001610"))
    play.gets("dkkd", "<id>dang-ky</id>")
    play.says("dkkd", "completed", "<result><name>Giấy chứng nhận</name><number>0101234567</number></result>")
    for agency in ["cuc-thue", "bhxh-tinh", "so-noi-vu"] {
      play.gets(agency, "<system>maSoDoanhNghiep</system><id>0101234567</id>")
      play.says(agency, "completed")
    }
    for _ in 1...3 { play.gets("mot-cua", "<status>processing</status>") }
    play.gets("mot-cua", "<dossier>", "<status>completed</status>", "0101234567")
  }

  @Test("construction: silence of the fire police is consent, after the days it has")
  func construction() throws {
    let play = try Play(
      ProcedureSite(
        "giay-phep-xay-dung",
        roles: ["xay-dung": "so-xay-dung", "cong-an": "pccc", "moi-truong": "so-moi-truong"], codes: ["1.009994"]))
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "1.009994"))
    play.gets("so-xay-dung", "<id>kiem-tra</id>")
    play.gets("pccc", "<id>y-kien-pccc</id>")
    play.gets("so-moi-truong", "<id>y-kien-moi-truong</id>")
    play.says("so-moi-truong", "completed")
    play.says("so-xay-dung", "completed")
    play.getsNothing("so-xay-dung")
    try play.goOn(after: .seconds(20 * 86_400))
    play.gets("so-xay-dung", "<id>tong-hop</id>")
    play.says("so-xay-dung", "completed")
    play.gets("so-xay-dung", "<id>cap-phep</id>")
    play.says("so-xay-dung", "completed", "<result><name>Giấy phép xây dựng</name><number>11/GPXD</number></result>")
    for _ in 1...3 { play.gets("mot-cua", "<status>processing</status>") }
    play.gets("mot-cua", "<status>completed</status>", "11/GPXD")
  }

  @Test("criminal record: a supplement is asked for, given, and the record issued")
  func criminalRecord() throws {
    let play = try Play(ProcedureSite("ly-lich-tu-phap", roles: ["so-tu-phap": "so-tu-phap"]))
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "2.000488"))
    play.gets("so-tu-phap", "<id>cap-phieu</id>")
    play.says("so-tu-phap", "supplementRequested", content: "Thiếu ảnh")
    play.gets("mot-cua", "<status>supplementRequested</status>", "Thiếu ảnh", "<supplementDueAt>")
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "2.000488", choices: ["anh"]))
    play.gets("so-tu-phap", "<id>cap-phieu</id>")
    play.says("so-tu-phap", "completed", "<result><name>Phiếu lý lịch tư pháp</name></result>")
    play.gets("mot-cua", "<status>completed</status>", "Phiếu lý lịch tư pháp")
  }

  /// A parcel to the citizen, with everything that the post wants to know.
  private static let parcel = """
    <delivery><purpose>returnResult</purpose><sender><code>H99MC01</code><name>Một cửa</name><address>Số 1 phố Ví Dụ\
    </address><provinceCode>44</provinceCode><phone>02370000001</phone></sender><recipient><name>Lê Minh An</name>\
    <address>Số 2 phố Ví Dụ</address><provinceCode>44</provinceCode><phone>0900000002</phone></recipient></delivery>
    """

  /// The level-4 procedure of one agency, with the payment platform and the post in their own tongues.
  private func online(_ post: SimulatorServer) throws -> Play {
    let site = ProcedureSite(
      "mot-co-quan-toan-trinh",
      roles: [
        "mot-cua": "mot-cua-xa", "co-quan": "so-chuyen-nganh", "thanh-toan": "thanh-toan", "buu-dien": "buu-dien",
      ], codes: ["1.000001"])
    func secret(_ name: String, _ text: String) -> String {
      TestFiles.write(text, to: "\(site.site)/secrets/\(name)")
      return "file:../secrets/\(name)"
    }
    TestFiles.write(
      """
      party: thanh-toan
      name: Nền tảng thanh toán (thử)
      credentials: [{ checksum: { secret: "\(secret("khoa-2", "khoa-bam-2"))" } }]
      sends: [thanh-toan/ket-qua]
      receives:
        profile: thanh-toan
        address: http://127.0.0.1:9
        secrets: { clientId: "\(secret("ma", "CL0001"))", hashKey1: "\(secret("khoa-1", "khoa-bam-1"))" }

      """, to: site.site + "/parties/thanh-toan.yaml")
    TestFiles.write(
      """
      party: buu-dien
      name: Bưu điện (thử)
      credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash("buu-dien")))" }]
      sends: [vnpost/hanh-trinh-don]
      receives:
        profile: vnpost
        address: \(post.url)
        secrets: { clientId: "\(secret("id", "mot-cua-mo-phong"))", clientSecret: "\(secret("bm", "bi-mat-mo-phong"))" }
        polls: { hanh-trinh: { every: 100ms } }

      """, to: site.site + "/parties/buu-dien.yaml")
    return try Play(site)
  }

  private func post() throws -> (ServiceSimulator, SimulatorServer) {
    let simulator = try ServiceSimulator(
      ServiceDescription(YAMLDocument(contentsOf: TestFiles.projectRoot + "/Deploy/simulators/vnpost.yaml")),
      schemas: TestFiles.projectRoot + "/Schemas")
    return (simulator, try SimulatorServer(partner: simulator))
  }

  /// The operations that the post has carried out.
  private static func orders(_ simulator: ServiceSimulator) -> [String] {
    simulator.journal.messages.filter { $0.outcome == .accepted && $0.subject.hasSuffix("Order") }.map(\.subject)
  }

  @Test("one agency at level 4: the fee is paid online, the result returned by post, and the end told when it is there")
  func byPost() throws {
    let (simulator, server) = try post()
    defer { server.stop() }
    let play = try online(server)
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "1.000001", more: Self.parcel + "<payment/>"))
    play.gets("mot-cua-xa", "<id>kiem-tra</id>")
    play.says("mot-cua-xa", "accepted")
    play.gets("mot-cua", "<status>paymentRequested</status>", "Thanh toán phí")
    play.gets("mot-cua", "<status>processing</status>", "đã xong")
    play.getsNothing("so-chuyen-nganh")
    #expect(play.pays(with: "khoa-bam-9", 50_000).contains("check_sum invalid"))
    #expect(play.pays(with: "khoa-bam-2", 50_000).contains("success"))
    play.gets("so-chuyen-nganh", "<id>giai-quyet</id>")
    play.gets("mot-cua", "<status>processing</status>", "Đã thanh toán", "<amount>50000</amount>")
    play.says("so-chuyen-nganh", "completed", "<result><name>Quyết định</name></result>")
    play.gets("mot-cua", "<dossier>", "<status>completed</status>", "Quyết định")
    #expect(Patience.until { !Self.orders(simulator).isEmpty }, "the post has the order")
    #expect(
      simulator.hold(
        Array(
          """
          {"orderNumber": "\(Self.code)", "statusCode": 5, "statusMessage": "Phát thành công",
           "_id": {"$oid": "6b10d4280000000000000001"}}
          """.utf8), kind: "progress"))
    play.gets("mot-cua", "<dossier>", "<status>returned</status>", "<returnedAt>", "Quyết định")
    play.getsNothing("mot-cua", "mot-cua-xa", "so-chuyen-nganh")
  }

  @Test("one agency at level 4: who chose nothing of it gets the result online, and the post nothing")
  func online() throws {
    let (simulator, server) = try post()
    defer { server.stop() }
    let play = try online(server)
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "1.000001"))
    play.gets("mot-cua-xa", "<id>kiem-tra</id>")
    play.says("mot-cua-xa", "accepted")
    play.gets("so-chuyen-nganh", "<id>giai-quyet</id>")
    play.says("so-chuyen-nganh", "completed", "<result><name>Quyết định</name></result>")
    play.gets("mot-cua", "<status>processing</status>")
    play.gets("mot-cua", "<dossier>", "<status>completed</status>", "Quyết định")
    #expect(Self.orders(simulator).isEmpty)
  }

  @Test("one agency at level 4: a result that is to be fetched is handed over by the desk, and the post gets nothing")
  func fetched() throws {
    let (simulator, server) = try post()
    defer { server.stop() }
    let play = try online(server)
    let dossier = ProcedureSite.dossier(Self.code, of: "1.000001")
      .replacing("</status>", with: "</status><resultReturn><method>inPerson</method></resultReturn>")
    play.send("mot-cua", dossier)
    play.gets("mot-cua-xa", "<id>kiem-tra</id>")
    play.says("mot-cua-xa", "accepted")
    play.gets("so-chuyen-nganh", "<id>giai-quyet</id>")
    play.gets("mot-cua", "<status>processing</status>")
    play.says("so-chuyen-nganh", "completed", "<result><name>Quyết định</name></result>")
    play.gets("mot-cua-xa", "<id>trao-ket-qua</id>")
    play.gets("mot-cua", "<dossier>", "<status>completed</status>", "Quyết định")
    play.says("mot-cua-xa", "returned")
    play.gets("mot-cua", "<dossier>", "<status>returned</status>", "<returnedAt>", "Quyết định")
    #expect(Self.orders(simulator).isEmpty)
  }

  @Test("one agency at level 4: a citizen who withdraws has the order at the post taken back")
  func withdrawn() throws {
    let (simulator, server) = try post()
    defer { server.stop() }
    let play = try online(server)
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "1.000001", more: Self.parcel))
    play.gets("mot-cua-xa", "<id>kiem-tra</id>")
    play.says("mot-cua-xa", "accepted")
    play.gets("so-chuyen-nganh", "<id>giai-quyet</id>")
    play.says("so-chuyen-nganh", "completed")
    #expect(Patience.until { Self.orders(simulator) == ["postOrder"] })
    play.says("mot-cua", "withdrawn")
    #expect(Patience.until { Self.orders(simulator) == ["postOrder", "cancelOrder"] })
  }

  @Test(
    "an order that the post's tongue cannot carry says which rule it breaks, and is tried again when an operator says so"
  )
  func unwritable() throws {
    let (simulator, server) = try post()
    defer { server.stop() }
    let play = try online(server)
    let silent = Self.parcel.replacing("<phone>0900000002</phone>", with: "")
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "1.000001", more: silent))
    play.gets("mot-cua-xa", "<id>kiem-tra</id>")
    play.says("mot-cua-xa", "accepted")
    play.gets("so-chuyen-nganh", "<id>giai-quyet</id>")
    play.says("so-chuyen-nganh", "completed")
    func owed() throws -> String? {
      let trace = ProgramRun.lienthong("procedure", "trace", Self.code, "--site", play.folder, "--json")
      return try JSONDocument(parsing: trace.output).root["outputs"]?.elements
        .first { $0["destination"]?.string == "buu-dien" }?["delivery"]?.string
    }
    let delivery = try #require(try owed())
    func why() -> String { ProgramRun.lienthong("queue", "why", delivery, "--site", play.folder).text }
    #expect(Patience.until { why().contains("ReceiverTel") }, "\(why())")
    let release = ProgramRun.lienthong(
      "queue", "release", "--delivery", delivery, "--reason", "thử lại", "--site", play.folder)
    #expect(release.exitCode == 0 && release.text.contains("writes it again"), "\(release.text)\(release.errorText)")
    #expect(
      Patience.until(seconds: 30) {
        play.logged.ranges(of: "procedure-output-refused").count == 2 && why().contains("ReceiverTel")
      }, "\(why())\n\(play.logged)")
    #expect(Self.orders(simulator).isEmpty)
  }

  @Test("at level 3 the same dossier is refused, for the payment and for the return by post, with the reason")
  func beyondLevel() throws {
    let play = try Play(
      ProcedureSite("mot-co-quan", roles: ["mot-cua": "mot-cua-xa", "co-quan": "so-chuyen-nganh"], codes: ["1.000001"]))
    for (more, path) in [("<payment/>", "/dossier/payment"), (Self.parcel, "/dossier/delivery/purpose")] {
      let answer = play.refused("mot-cua", ProcedureSite.dossier(Self.code, of: "1.000001", more: more))
      #expect(answer.contains("procedure.level") && answer.contains(path) && answer.contains("mức độ 3"), "\(answer)")
    }
    play.getsNothing("mot-cua-xa")
  }

  @Test("one agency: the portal's dossier is checked at the desk, handled, and handed over at the desk")
  func oneAgency() throws {
    let site = ProcedureSite(
      "mot-co-quan", roles: ["mot-cua": "mot-cua-xa", "co-quan": "so-chuyen-nganh"], codes: ["1.000001"])
    let play = try Play(site)
    play.send("cong", ProcedureSite.dossier(Self.code, of: "1.000001", status: "registered"))
    play.gets("mot-cua-xa", "<id>kiem-tra</id>", "<status>registered</status>")
    play.says("mot-cua-xa", "supplementRequested", content: "Thiếu bản sao")
    play.gets("cong", "<status>supplementRequested</status>")
    play.send("cong", ProcedureSite.dossier(Self.code, of: "1.000001"))
    play.gets("mot-cua-xa", "<id>kiem-tra</id>")
    play.says("mot-cua-xa", "accepted", "<newAppointedAt>2026-11-30T17:00:00+07:00</newAppointedAt>")
    play.gets("so-chuyen-nganh", "<id>giai-quyet</id>")
    play.says("so-chuyen-nganh", "processing")
    play.says("so-chuyen-nganh", "completed", "<result><name>Quyết định</name></result>")
    play.gets("mot-cua-xa", "<id>tra-ket-qua</id>")
    let appointed = "<appointedAt>2026-11-30T17:00:00+07:00</appointedAt>"
    play.gets("cong", "<dossier>", "<status>accepted</status>", appointed)
    play.gets("cong", "<status>processing</status>")
    play.gets("cong", "<dossier>", "<status>completed</status>", "Quyết định", appointed)
    play.getsNothing("cong")
    play.says("mot-cua-xa", "returned")
    play.gets(
      "cong", "<dossier>", "<status>returned</status>", "<finishedAt>", "<returnedAt>", "Quyết định", appointed)
  }

  @Test("one agency: the desk's appointment for a dossier that came as accepted reaches the portal once, and stays")
  func appointed() throws {
    let play = try Play(
      ProcedureSite("mot-co-quan", roles: ["mot-cua": "mot-cua-xa", "co-quan": "so-chuyen-nganh"], codes: ["1.000001"]))
    play.send("mot-cua", ProcedureSite.dossier(Self.code, of: "1.000001"))
    play.gets("cong", "<dossier>", "<status>accepted</status>")
    play.gets("mot-cua-xa", "<id>kiem-tra</id>")
    let appointment = "<newAppointedAt>2026-11-16T17:00:00+07:00</newAppointedAt>"
    play.says("mot-cua-xa", "accepted", appointment)
    let appointed = "<appointedAt>2026-11-16T17:00:00+07:00</appointedAt>"
    play.gets("cong", "<dossier>", "<status>processing</status>", appointed)
    play.gets("cong", "<progress>", "<status>processing</status>")
    play.says("mot-cua-xa", "processing", appointment)
    play.getsNothing("cong")
    play.says("so-chuyen-nganh", "completed", "<result><name>Quyết định</name></result>")
    play.gets("cong", "<dossier>", "<status>completed</status>", appointed)
    play.says("mot-cua-xa", "returned")
    play.gets("cong", "<dossier>", "<status>returned</status>", appointed)
    // It is long past, and the report counts by it; without an appointment everything would be on time.
    let report = ProgramRun.lienthong("report", "--period", "2020-01-01/2099-12-31", "--site", play.folder, "--json")
    let total = try JSONDocument(parsing: report.output).root["total"]
    #expect(total?["late"]?.integer == 1 && total?["onTime"]?.integer == 0, "\(report.text)\(report.errorText)")
  }
}
