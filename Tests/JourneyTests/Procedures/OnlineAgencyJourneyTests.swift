import CryptographyKit
import DossierModel
import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

/// The procedure of one agency at level 4, with simulators of everybody in it: the desk, the agency, the payment platform, the post
/// and the portal. The daemon is killed after every act.
@Suite("One agency's procedure at level 4 among its partners", .serialized, .timeLimit(.minutes(3)))
struct OnlineAgencyJourneyTests {
  /// The payment platform's simulator knows a payment by this code.
  private static let code = "H99.14-261120-0001"
  private static let sender = "cong-tinh"

  private final class World {
    let played: PlayedSite
    let desk: ServiceSimulator
    let agency: ServiceSimulator
    let payments: ServiceSimulator
    let post: ServiceSimulator
    let portal: PortalSimulator
    private var told = 0

    init(store database: TemporaryPostgreSQLDatabase?) throws {
      played = PlayedSite(
        """
        procedures:
          mot-co-quan-toan-trinh: { parties: { co-quan: so-chuyen-nganh }, codes: ["1.000001"] }
        """, routes: "  - { name: lên Cổng, message: dossier, from: [\(sender)], to: [cong] }", store: database)
      played.addSender(sender, sends: "rest/dossier, rest/progress")
      desk = try played.play(
        "rest", as: "mot-cua",
        plan: PlayedSite.report(
          on: "dossier", step: "kiem-tra", "accepted", "<newAppointedAt>2026-11-30T17:00:00+07:00</newAppointedAt>"),
        sends: "rest/progress", own: ["lookups: [thanh-toan/khoi-tao]"])
      agency = try played.play(
        "rest", as: "so-chuyen-nganh",
        plan: PlayedSite.report(
          on: "dossier", step: "giai-quyet", "completed",
          "<result><name>Quyết định</name><url>https://so.example.vn/kq/1</url></result>"), sends: "rest/progress")
      payments = try played.play("thanh-toan", as: "thanh-toan", sends: "thanh-toan/ket-qua")
      // It proves its callbacks with the second key, which we do not send it.
      let file = "\(played.site)/parties/thanh-toan.yaml"
      let party = String(decoding: TestFiles.read(file), as: UTF8.self)
        .replacing(
          /credentials: .*/, with: "credentials: [{ checksum: { secret: \"file:../secrets/thanh-toan.hashKey2\" } }]"
        ).replacing(/, "?hashKey2"?: "[^"]*"/, with: "")
      TestFiles.write(party, to: file)
      post = try played.play(
        "vnpost", as: "buu-dien", sends: "vnpost/hanh-trinh-don", "polls: { hanh-trinh: { every: 200ms } }")
      portal = try played.addPortal(knowing: "1.000001")
    }

    func submit() -> Bool {
      let more = """
        <delivery><purpose>returnResult</purpose><sender><code>H99MC01</code><name>Một cửa</name><address>Số 1 phố Ví Dụ\
        </address><provinceCode>44</provinceCode><phone>02370000001</phone></sender><recipient><name>Lê Minh An</name>\
        <address>Số 2 phố Ví Dụ</address><provinceCode>44</provinceCode><phone>0900000002</phone></recipient></delivery>\
        <payment/>
        """
      let dossier = PlayedSite.dossier(code, of: "1.000001", named: "Cấp giấy phép (mẫu)", more)
        .replacing("<status>accepted<", with: "<status>registered<")
        .replacing("<method>inPerson<", with: "<method>post<")
      return played.send(dossier, from: sender)
    }

    /// The desk begins the payment; the answer has where the citizen pays.
    func beginPayment() -> Bool {
      let body = """
        {"giaoDich": "\(code)", "soTien": "50000", "noiDung": "Lệ phí cấp giấy phép", "maHoSo": "\(code)",
         "maThuTuc": "1.000001", "tenThuTuc": "Cấp giấy phép (mẫu)", "maDonVi": "H99.14", "tenDonVi": "Sở (mẫu)",
         "nguoiNop": "Lê Thị Ánh", "diaChiQuayLai": "https://motcua.example.vn/thanh-toan"}
        """
      let answer = (try? Visitor(port: Int(played.port)))?.send(
        .post, "/v1/lookups/thanh-toan/khoi-tao", key: "mot-cua", body: Array(body.utf8))
      return answer?.status == 200
    }

    /// The platform tells how the payment ended, 0 being paid; whether the gateway took it.
    func pays(_ status: Int) -> Bool {
      let sum = Hexadecimal.encode(
        HMACSHA256.code(of: Array("0|CL0001|PAY|50000|\(code)|3.0".utf8), key: Array("khoa-bam-2-mo-phong".utf8)))
      let body = """
        {"client_id": "CL0001", "transaction_id": "\(code)", "trans_amount": "50000", "command": "PAY", "addition_fee": "0",
         "version": "3.0", "status": \(status), "check_sum": "\(sum)"}
        """
      let answer = (try? Visitor(port: Int(played.port)))?.send(
        .post, "/callbacks/thanh-toan/ket-qua", headers: ["Content-Type": "application/json"], body: Array(body.utf8))
      return String(decoding: answer?.body ?? [], as: UTF8.self).contains("success")
    }

    /// The post has a record of the parcel for those who ask.
    func tracks(_ message: String) -> Bool {
      told += 1
      return post.hold(
        Array(
          """
          {"orderNumber": "\(code)", "statusCode": 5, "statusMessage": "\(message)",
           "_id": {"$oid": "6b10d428000000000000000\(told)"}}
          """.utf8), kind: "progress")
    }

    /// The citizen withdraws at the province's portal; whether the gateway took it.
    func withdraw() -> Bool {
      played.send(
        """
        <progress><code>\(code)</code><entry><handler>Công dân</handler><at>2026-11-22T09:00:00+07:00</at>\
        <content>Rút hồ sơ</content><status>withdrawn</status></entry></progress>
        """, from: sender)
    }

    var status: String? { played.status(code, on: portal) }
    /// What the portal was told of the steps.
    var progress: [String] { played.taken(portal, by: "CapNhatTienDoHoSoMC") }

    /// The operations that the post has carried out, each once however often it was asked.
    var orders: [String] {
      var orders: [String] = []
      for message in post.journal.messages where message.outcome == .accepted && message.subject.hasSuffix("Order") {
        if orders.last != message.subject { orders.append(message.subject) }
      }
      return orders
    }

    /// What an agency has got of a step: each document once however often it was sent.
    func steps(_ name: String, of partner: ServiceSimulator) -> Set<String> {
      Set(played.taken(partner, by: "dossier").filter { $0.contains("<system>buoc</system><id>\(name)</id>") })
    }

    /// How a step stands, as an operator sees it.
    func state(of step: String) -> String? {
      let trace = ProgramRun.lienthong("procedure", "trace", code, "--site", played.site, "--json")
      return (try? JSONDocument(parsing: trace.output))?.root["steps"]?.elements
        .first { $0["step"]?.string == step }?["state"]?.string
    }

    func expectOver() {
      let list = ProgramRun.lienthong("procedure", "list", "--site", played.site).text
      #expect(!list.contains(code), "nothing of it is under way: \(list)")
    }
  }

  /// To where the agency has done its work and the post has the order.
  private func playToTheParcel(_ world: World, _ runUntil: KilledRuns) throws {
    var isIn = false
    try runUntil("checked at the desk") {
      isIn = isIn || world.submit()
      return !world.steps("kiem-tra", of: world.desk).isEmpty
    }
    try runUntil("the desk has taken it in") { world.played.reported(world.desk) >= 1 }
    try runUntil("to be paid") { world.progress.contains { $0.contains(/"TrangThai": ?"6"/) } }
    try runUntil("the payment is begun") { world.beginPayment() }
    try runUntil("the payment has failed") { world.pays(2) }
    // It moves with the message that moves it: nothing of it is still to come.
    #expect(world.state(of: "thu-phi") == "paying", "what failed is not paid")
    #expect(world.steps("giai-quyet", of: world.agency).isEmpty)
    try runUntil("paid") { world.pays(0) }
    // A platform that did not get our answer tells it again.
    try runUntil("at the agency") { world.pays(0) && !world.steps("giai-quyet", of: world.agency).isEmpty }
    try runUntil("handled") { world.played.reported(world.agency) >= 1 }
    try runUntil("at the post") { !world.orders.isEmpty }
    try runUntil("the portal knows that it is handled") { world.status == "9" }
  }

  @Test("is paid after a payment that failed and returned by post, killed after every act")
  func byPost() throws { try byPost(World(store: nil)) }

  @Test("the same on PostgreSQL")
  func byPostOnPostgreSQL() throws { try byPost(World(store: TemporaryPostgreSQL.shared.makeDatabase())) }

  private func byPost(_ world: World) throws {
    let runUntil = KilledRuns(world.played, Self.code)
    try playToTheParcel(world, runUntil)
    #expect(world.tracks("Đang vận chuyển"))
    try runUntil("under way") { world.progress.contains { $0.contains("Đang vận chuyển") } }
    #expect(world.tracks("Phát thành công"))
    try runUntil("handed over") { world.status == "10" }

    #expect(
      world.steps("kiem-tra", of: world.desk).count == 1 && world.steps("giai-quyet", of: world.agency).count == 1)
    #expect(world.steps("trao-ket-qua", of: world.desk).isEmpty && world.orders == ["postOrder"])
    let end = try #require(world.played.taken(world.portal, by: "DongBoHoSoMC").last)
    #expect(end.contains("20261130170000") && end.contains("https://so.example.vn/kq/1"), "\(end)")
    world.expectOver()
  }

  @Test("a parcel that comes back leaves the dossier handled and not handed over, killed after every act")
  func comesBack() throws {
    let world = try World(store: nil)
    let runUntil = KilledRuns(world.played, Self.code)
    try playToTheParcel(world, runUntil)
    #expect(world.tracks("Chuyển hoàn"))
    try runUntil("over") {
      !ProgramRun.lienthong("procedure", "list", "--site", world.played.site).text.contains(Self.code)
    }
    try runUntil("the portal has the end") {
      world.played.taken(world.portal, by: "DongBoHoSoMC").last?.contains("một phần bị từ chối") == true
    }
    #expect(world.status == "9" && world.orders == ["postOrder"])
  }

  @Test("a citizen who withdraws while the parcel is on its way has the order taken back, killed after every act")
  func withdrawn() throws { try withdrawn(World(store: nil)) }

  @Test("the same withdrawal on PostgreSQL")
  func withdrawnOnPostgreSQL() throws { try withdrawn(World(store: TemporaryPostgreSQL.shared.makeDatabase())) }

  private func withdrawn(_ world: World) throws {
    let runUntil = KilledRuns(world.played, Self.code)
    try playToTheParcel(world, runUntil)
    try runUntil("withdrawn") { world.withdraw() }
    try runUntil("the order is taken back") { world.orders == ["postOrder", "cancelOrder"] }
    try runUntil("the portal knows") { world.status == "7" }
    #expect(world.steps("giai-quyet", of: world.agency).count == 1)
    world.expectOver()
  }
}
