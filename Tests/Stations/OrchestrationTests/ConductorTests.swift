import Deadlines
import DocumentKit
import DossierModel
import GatewayTesting
import Orchestration
import ServiceKit
import Testing
import XMLKit

@Suite("A procedure conducted message by message")
struct ConductorTests {
  private static let code = "H99.14-261116-0001"

  private static func birth() throws -> ProcedureDefinition {
    let path = TestFiles.projectRoot + "/Deploy/procedures/khai-sinh-thuong-tru-bhyt/1.yaml"
    return try Procedures.read(String(decoding: TestFiles.read(path), as: UTF8.self))
  }

  private static func dossier(
    _ more: String = "", choices: [String] = ["thuong-tru", "bhyt"], status: String = "accepted", code: String = code
  ) -> String {
    """
    <dossier><code>\(code)</code><procedure><code>2.002621</code></procedure><owner><name>Lê Minh An</name></owner>\
    <receivedAt>2026-11-16T09:00:00+07:00</receivedAt><status>\(status)</status><unit><code>1</code></unit>\
    \(choices.map { "<externalId><system>thu-tuc</system><id>\($0)</id></externalId>" }.joined())\(more)</dossier>
    """
  }

  private static func progress(_ status: String, _ more: String = "", code: String = code, head: String = "") -> String
  {
    "<progress><code>\(code)</code>\(head)<entry><status>\(status)</status>\(more)</entry></progress>"
  }

  /// The registrar's answer: the certificate and the child's number.
  private static func registered(number: String? = "001226000011") -> String {
    let identity = number.map { "<personalNumber>\($0)</personalNumber>" } ?? ""
    return dossier(
      """
      <result><name>Giấy khai sinh</name><number>12/2026</number><registration><person><role>child</role>\(identity)\
      </person></registration></result>
      """, status: "completed")
  }

  @Test(
    "the birth procedure: the registrar first, then the police and the insurance at once, then the end with all papers")
  func birth() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00", to: ["cong"])
    #expect(play.owed == ["ho-tich: send khai-sinh 1 (dossier)"])
    #expect(play.last?.isAnswer == false && play.last?.withheldFrom == ["ho-tich", "cong-an", "bhxh"])
    let first = try play.document(to: "ho-tich")
    #expect(try first.text("externalId[system='lienthong']/id") == Self.code)
    #expect(try first.text("externalId[system='buoc']/id") == "khai-sinh")

    try play.send(Self.registered(), from: "ho-tich", at: "16 10:00")
    #expect(play.last?.isAnswer == true)
    #expect(
      play.owed == [
        "cong-an: send thuong-tru 1 (dossier)", "bhxh: send bhyt 1 (dossier)", "mot-cua: inform 1 (progress)",
        "cong: inform 1 (progress)",
      ])
    let told = try play.document(to: "cong")
    #expect(try told.text("entry/status") == "processing", "the registrar is done, and the whole is not")
    #expect(try told.text("entry/result/number") == "12/2026" && told.text("entry/department") == "HO-TICH")
    let residence = try play.document(to: "cong-an")
    #expect(try residence.text("externalId[system='soDinhDanh']/id") == "001226000011")
    #expect(try residence.text("owner/name") == "Lê Minh An" && residence.text("result/number").isEmpty)

    try play.send(Self.progress("processing"), from: "cong-an", at: "16 11:00")
    #expect(play.owed == ["mot-cua: inform 2 (progress)", "cong: inform 2 (progress)"])
    try play.send(
      Self.progress("completed", "<result><name>Thẻ BHYT</name><number>T1</number></result>"), from: "bhxh",
      at: "16 14:00")
    try play.send(Self.progress("completed"), from: "cong-an", at: "17 09:00")
    #expect(play.owed == ["mot-cua: inform 4 (dossier)", "cong: inform 4 (dossier)"])
    #expect(play.move?.outcome == "completed" && play.move?.timer == nil)
    let end = try play.document(to: "mot-cua")
    #expect(try end.text("status") == "completed" && end.text("count(result)") == "2")
    #expect(try end.text("finishedAt") == "2026-11-17T09:00:00+07:00" && end.text("owner/name") == "Lê Minh An")
    #expect(Set(play.outputs.map { "\($0.destination) \($0.name)" }).count == play.outputs.count)
  }

  @Test("what is written of a dossier and of its progress is as the canonical schema wants it")
  func schema() throws {
    let schema = try XMLSchema(contentsOf: TestFiles.projectRoot + "/Schemas/canonical/1/canonical.xsd")
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(
      Self.progress(
        "supplementRequested", "<content>Thiếu giấy chứng sinh</content><fee><name>Phí</name><amount>0</amount></fee>"),
      from: "ho-tich", at: "16 09:30")
    for party in ["ho-tich", "mot-cua"] as [PartyID] {
      let document = try play.document(to: party)
      #expect(
        try schema.validate(XMLDocument(parsing: document.xml())).isEmpty,
        "\(String(decoding: document.xml(), as: UTF8.self))")
    }
    let request = try play.document(to: "mot-cua")
    let until = try request.text("entry/supplementDueAt")
    #expect(until == "2026-11-26T17:00:00+07:00", "seven working days; the 24th is a holiday")
    #expect(try request.text("entry/content") == "Thiếu giấy chứng sinh")
  }

  @Test("a supplement makes the next round, with the dossier as it is then")
  func supplement() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00")
    try play.send(Self.progress("supplementRequested"), from: "ho-tich", at: "16 09:30")
    #expect(play.owed == ["mot-cua: inform 1 (progress)"])
    try play.send(Self.dossier("<applicant/>", status: "accepted"), from: "mot-cua", at: "17 09:00")
    #expect(play.owed == ["ho-tich: send khai-sinh 2 (dossier)"])
    #expect(try play.document(to: "ho-tich").text("count(applicant)") == "1")
    #expect(play.history.map(\.word).contains("supplemented"))
  }

  @Test("an agency's refusal ends the whole or its branch, and its reason is passed on")
  func refusal() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00")
    try play.send(Self.progress("notAccepted", "<note>Đã đăng ký nơi khác</note>"), from: "ho-tich", at: "16 10:00")
    #expect(play.move?.outcome == "refused" && play.owed == ["mot-cua: inform 1 (dossier)"])
    #expect(try play.document(to: "mot-cua").text("status") == "stopped")

    let branch = try ConductedPlay([Self.birth()])
    try branch.send(Self.dossier(), from: "mot-cua", at: "16 09:00")
    try branch.send(Self.registered(), from: "ho-tich", at: "16 10:00")
    try branch.send(Self.progress("stopped", "<note>Chỗ ở không hợp pháp</note>"), from: "cong-an", at: "16 11:00")
    #expect(branch.owed == ["mot-cua: inform 2 (progress)"])
    #expect(try branch.document(to: "mot-cua").text("entry/note") == "Chỗ ở không hợp pháp")
    #expect(try branch.document(to: "mot-cua").text("entry/status") == "processing")
    try branch.send(Self.progress("completed"), from: "bhxh", at: "16 15:00")
    #expect(branch.move?.outcome == "partlyCompleted")
  }

  @Test("a withdrawal is told to who has the dossier, whoever says it")
  func withdrawal() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.progress("withdrawn"), from: "mot-cua", at: "16 10:00")
    #expect(play.owed == ["ho-tich: tell khai-sinh withdrawn 1 (progress)", "cong: inform 2 (dossier)"])
    #expect(try play.document(to: "ho-tich").text("entry/status") == "withdrawn")
    #expect(try play.document(to: "ho-tich").text("externalId[system='lienthong']/id") == Self.code)
  }

  @Test("who has no part in it cannot withdraw it, nor give an answer")
  func stranger() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00", to: ["cong"])
    let before = play.state
    for word in ["withdrawn", "completed"] {
      try play.send(Self.progress(word), from: "nguoi-la", at: "16 10:00")
      #expect(play.last == nil && play.state == before)
    }
    try play.send(Self.progress("withdrawn"), from: "cong", at: "16 11:00")
    #expect(play.move?.outcome == "withdrawn", "the portal has a part in it")
  }

  @Test("each computed moment is kept with the edition of the calendar by which it was counted")
  func calendar() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00")
    let kept = try #require(play.conducted?.instance)
    #expect(kept.calendar?.description == "vietnam/1" && kept.dueAt != nil)
    #expect(kept["khai-sinh"].calendar == kept.calendar && kept["bhyt"].calendar == nil)
  }

  @Test("an answer with the agency's own code is understood by ours in it, and later ones by the code itself")
  func twoCodes() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier("<nationalCode>G22.99.02-1</nationalCode>"), from: "mot-cua", at: "16 09:00")
    #expect(play.codes == [ConductedMove.Code("G22.99.02-1", of: nil)])
    let ours = "<externalId><system>lienthong</system><id>\(Self.code)</id></externalId>"
    try play.send(Self.progress("processing", code: "HT-7", head: ours), from: "ho-tich", at: "16 10:00")
    #expect(play.last?.codes == ["HT-7", DossierCode(Self.code)])
    #expect(play.codes.last == ConductedMove.Code("HT-7", of: "ho-tich"))
  }

  @Test("what was delivered when is known by the answer, as the end of the transport")
  func delivered() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00")
    play.delivered["ho-tich"] = ["send khai-sinh 1": try Procedures.moment("16 09:20")]
    try play.send(Self.registered(), from: "ho-tich", at: "16 10:00")
    #expect(play.conducted?.instance["khai-sinh"].deliveredAt == (try Procedures.moment("16 09:20")))
    #expect(play.history.contains { $0.word == "delivered" && $0.party == "ho-tich" })
  }

  @Test("a result that is missing blocks what needs it, and an operator is told; the same answer again changes nothing")
  func missing() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00")
    try play.send(Self.registered(number: nil), from: "ho-tich", at: "16 10:00")
    #expect(play.owed == ["mot-cua: inform 1 (progress)"])
    #expect(
      play.history.filter { $0.kind == .alarm }.map(\.word) == [
        "alarm.resultMissing", "alarm.blocked", "alarm.blocked",
      ])
    let before = play.state
    try play.send(Self.registered(number: nil), from: "ho-tich", at: "16 11:00")
    #expect(play.move == nil && play.state == before)
  }

  @Test("time warns, makes late, and says nothing twice; an operator assigns, answers and cancels")
  func timeAndOperators() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00")
    let timer = try #require(play.move?.timer)
    #expect(Procedures.text(timer) == "16 17:00")
    try play.tick(at: "16 17:00")
    #expect(play.history.last?.word == "alarm.late.transport" && play.history.last?.step == "khai-sinh")
    let count = play.history.count
    try play.tick(at: "16 17:01")
    #expect(play.history.count == count)
    try play.order(.answer("khai-sinh", .done(results: ["soDinhDanh": "1"])), at: "17 09:00")
    #expect(play.owed.prefix(2) == ["cong-an: send thuong-tru 1 (dossier)", "bhxh: send bhyt 1 (dossier)"])
    try play.order(.cancel, at: "17 10:00")
    #expect(play.move?.outcome == "cancelled" && play.owed.first == "cong-an: tell thuong-tru stopped 2 (progress)")
  }

  @Test("a dossier that chooses nothing is refused with the choices; one that asks for more than its level too")
  func unfit() throws {
    let play = try ConductedPlay([Self.birth()])
    let refusal = try #require(try play.send(Self.dossier(choices: ["khac"]), from: "mot-cua", at: "16 09:00"))
    #expect(refusal.code == .invalid && refusal.detailVietnamese.contains("thuong-tru, bhyt"))
    #expect(play.state == nil)
    let plain = try ConductedPlay([
      Procedures.definition("  a: { title: A, agency: so }\n")  // of level 3
    ])
    let paid = """
      <dossier><code>H99</code><procedure><code>1.000001</code></procedure><status>accepted</status>\
      <onlinePayment>nationalPortal</onlinePayment></dossier>
      """
    let beyond = try #require(try plain.send(paid, from: "mot-cua", at: "16 09:00"))
    #expect(beyond.findings.first?.rule == "procedure.level" && beyond.findings.first?.path == "/dossier/onlinePayment")
    #expect(try plain.send(paid.replacing("nationalPortal", with: "none"), from: "mot-cua", at: "16 09:00") == nil)
  }

  @Test("an agency gives back by naming the step; it is carried out again, and the one behind it after it")
  func givenBack() throws {
    let steps = """
        tham-dinh: { title: Thẩm định, agency: dat-dai }
        thue: { title: Thuế, agency: thue, after: [tham-dinh], returnsTo: [tham-dinh] }

      """
    let play = try ConductedPlay([Procedures.definition(steps)])
    let dossier =
      "<dossier><code>\(Self.code)</code><procedure><code>1.000001</code></procedure><status>accepted</status></dossier>"
    try play.send(dossier, from: "mot-cua", at: "16 09:00")
    try play.send(Self.progress("completed"), from: "dat-dai", at: "16 10:00")
    let back = "<externalId><system>chuyen-tra</system><id>tham-dinh</id></externalId>"
    #expect(try play.document(to: "thue").text("externalId[system = 'lan']") == "")
    try play.send(
      Self.progress("stopped", "<note>Thiếu nguồn gốc đất</note>", head: back), from: "thue", at: "16 11:00")
    #expect(play.owed == ["mot-cua: inform 2 (progress)", "dat-dai: send tham-dinh 2 (dossier)"])
    let again = try play.document(to: "dat-dai")
    #expect(try again.text("externalId[system = 'lan']/id") == "2" && again.text("note") == "Thiếu nguồn gốc đất")
    #expect(try again.text("externalId[system = 'tra-lai-tu']/id") == "thue" && again.text("status") == "accepted")
    try play.send(Self.progress("completed"), from: "dat-dai", at: "16 13:30")
    #expect(play.owed.first == "thue: send thue 2 (dossier)")
    let onward = try play.document(to: "thue")
    #expect(try onward.text("externalId[system = 'lan']/id") == "2" && onward.text("note") == "")
    #expect(try onward.text("externalId[system = 'tra-lai-tu']") == "")
  }

  @Test("an agency that has had the dossier learns that it was handed in again, in whatever step; others do not")
  func newPapers() throws {
    let steps = """
        tham-dinh: { title: Thẩm định, agency: dat-dai, time: { term: 2 workingDays } }
        thue: { title: Thuế, agency: thue, after: [tham-dinh] }
        cap-giay: { title: Cấp giấy, agency: dat-dai, after: [thue], time: { term: 1 workingDays } }

      """
    func dossier(_ more: String = "", appointed: String = "") -> String {
      """
      <dossier><code>\(Self.code)</code><procedure><code>1.000001</code></procedure>\(appointed)<status>accepted</status>\
      \(more)</dossier>
      """
    }
    let again = "externalId[system = 'nop-lai']/id"
    let play = try ConductedPlay([Procedures.definition(steps)])
    try play.send(dossier(), from: "mot-cua", at: "16 09:00")
    #expect(try play.document(to: "dat-dai").text(again) == "")
    // Its own request, answered.
    try play.send(Self.progress("supplementRequested"), from: "dat-dai", at: "16 10:00")
    try play.send(dossier("<attachment><name>A</name></attachment>"), from: "mot-cua", at: "17 09:00")
    let second = try play.document(to: "dat-dai")
    #expect(try second.text(again) == play.conducted?.dossier.description)
    let dueAt = try second.text("appointedAt")
    #expect(
      try dueAt == #require(play.conducted?.instance["tham-dinh"].dueAt).rfc3339(offset: .vietnam, fraction: .none))
    try play.send(Self.progress("completed"), from: "dat-dai", at: "17 10:00")
    #expect(try play.document(to: "thue").text(again) == "", "it never had another")
    // Another's request, answered: the one who asked and the one who had it before learn it.
    try play.send(Self.progress("supplementRequested"), from: "thue", at: "17 11:00")
    try play.send(
      dossier(appointed: "<appointedAt>2026-11-30T17:00:00+07:00</appointedAt>"), from: "mot-cua", at: "18 09:00")
    #expect(try play.document(to: "thue").text(again) != "")
    try play.send(Self.progress("completed"), from: "thue", at: "18 10:00")
    #expect(play.owed.first == "dat-dai: send cap-giay 1 (dossier)")
    let third = try play.document(to: "dat-dai")
    #expect(try third.text(again) == play.conducted?.dossier.description)
    #expect(try third.text("appointedAt") == "2026-11-30T17:00:00+07:00", "what was promised stands")
  }

  @Test("an agency whose step was done is told once that the citizen has the result; who is told anyway is not")
  func toldTheEnd() throws {
    let steps = """
        tham-dinh: { title: Thẩm định, agency: dat-dai, toldTheEnd: true }
        cap-giay: { title: Cấp giấy, agency: dat-dai, after: [tham-dinh], toldTheEnd: true }
        kiem-tra: { title: Kiểm tra, agency: mot-cua, after: [tham-dinh], toldTheEnd: true }
        tra: { title: Trả, agency: mot-cua, after: [cap-giay, kiem-tra], handsOver: true }

      """
    let play = try ConductedPlay([Procedures.definition(steps)])
    let dossier =
      "<dossier><code>\(Self.code)</code><procedure><code>1.000001</code></procedure><status>accepted</status></dossier>"
    try play.send(dossier, from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.progress("completed"), from: "dat-dai", at: "16 10:00")
    try play.send(Self.progress("completed"), from: "mot-cua", at: "16 11:00")
    try play.send(
      Self.progress("completed", "<result><name>Giấy chứng nhận</name></result>"), from: "dat-dai", at: "16 12:00")
    // Handled, and told so with the result, while the desk has only to hand it over.
    #expect(try play.document(to: "cong").text("status") == "completed")
    #expect(try play.document(to: "cong").text("result/name") == "Giấy chứng nhận")
    #expect(play.move?.outcome == nil)
    try play.send(Self.progress("returned"), from: "mot-cua", at: "16 14:00")
    #expect(play.move?.outcome == "completed")
    let told = play.outputs.filter { $0.name.hasPrefix("tell") }
    #expect(told.map(\.destination) == ["dat-dai"] && told[0].name.hasPrefix("tell tham-dinh returned"))
    let word = try play.document(to: "dat-dai")
    #expect(try word.text("entry/status") == "returned" && word.text("entry/at") == "2026-11-16T14:00:00+07:00")
    let end = try play.document(to: "cong")
    #expect(try end.text("status") == "returned" && end.text("returnedAt") == "2026-11-16T14:00:00+07:00")
    #expect(try end.text("finishedAt") == "2026-11-16T12:00:00+07:00", "it was handled before")
    #expect(play.history.count { $0.word == "tell.returned" } == 1)
    let before = (play.outputs.count, play.state)
    try play.send(Self.progress("returned"), from: "mot-cua", at: "16 15:00")
    #expect(play.outputs.count == before.0 && play.state == before.1)
  }

  /// The editions of the level-4 procedure of one agency.
  private static let editions = [1, 2]

  private static func online(edition: Int) throws -> ProcedureDefinition {
    let path = TestFiles.projectRoot + "/Deploy/procedures/mot-co-quan-toan-trinh/\(edition).yaml"
    return try Procedures.read(String(decoding: TestFiles.read(path), as: UTF8.self))
      .bound(to: ["mot-cua": "mot-cua-xa"], adding: ["1.000001"])
  }

  private static func online(_ more: String) -> String {
    "<dossier><code>\(code)</code><procedure><code>1.000001</code></procedure><status>accepted</status>\(more)</dossier>"
  }

  private static let parcel = """
    <delivery><purpose>returnResult</purpose><sender><code>KH1</code></sender><recipient><name>An</name></recipient>\
    </delivery>
    """

  @Test(
    "a payment is asked of the citizen and ended by the platform's word, not by the desk's or by one that failed",
    arguments: editions)
  func payment(edition: Int) throws {
    let play = try ConductedPlay([Self.online(edition: edition)])
    try play.send(Self.online("<payment/>"), from: "mot-cua", at: "16 09:00")
    try play.send(Self.progress("accepted"), from: "mot-cua-xa", at: "16 10:00")
    #expect(play.owed.contains("thanh-toan: send thu-phi 1 (dossier)"))
    #expect(try play.document(to: "mot-cua").text("entry/status") == "processing")
    #expect(play.conducted?.instance["thu-phi"].state == .paying)
    try play.send(Self.progress("processing"), from: "mot-cua", at: "16 10:30")
    try play.send(
      "<progress><code>\(Self.code)</code><entry><content>Thanh toán không thành công, mã 3</content></entry></progress>",
      from: "thanh-toan", at: "16 10:40")
    #expect(play.conducted?.instance["thu-phi"].state == .paying)
    try play.send(
      "<progress><code>\(Self.code)</code><entry><content>Đã thanh toán</content></entry></progress>",
      from: "thanh-toan", at: "16 11:00")
    #expect(play.owed == ["co-quan: send giai-quyet 1 (dossier)", "mot-cua: inform 4 (progress)"])
    try play.send(Self.progress("completed"), from: "co-quan", at: "16 15:00")
    #expect(play.move?.outcome == "completed" && !play.outputs.contains { $0.destination == "buu-dien" })
    #expect(try play.document(to: "mot-cua").text("status") == "completed")
  }

  @Test(
    "what was paid at the portal is not asked for again; what is paid there later ends the payment", arguments: editions
  )
  func paidElsewhere(edition: Int) throws {
    let paid = "<onlinePayment>nationalPortal</onlinePayment>"
    let before = try ConductedPlay([Self.online(edition: edition)])
    try before.send(Self.online(paid + "<payment/>"), from: "mot-cua", at: "16 09:00")
    try before.send(Self.progress("accepted"), from: "mot-cua-xa", at: "16 10:00")
    #expect(before.owed.first == "co-quan: send giai-quyet 1 (dossier)")
    let later = try ConductedPlay([Self.online(edition: edition)])
    try later.send(Self.online("<payment/>"), from: "mot-cua", at: "16 09:00")
    try later.send(Self.progress("accepted"), from: "mot-cua-xa", at: "16 10:00")
    try later.send(Self.online(paid + "<payment/>"), from: "mot-cua", at: "16 11:00")
    #expect(later.owed == ["co-quan: send giai-quyet 1 (dossier)"])
  }

  @Test(
    "by post: the dossier is told as completed when the post has the order, and as returned when the citizen has it",
    arguments: editions)
  func post(edition: Int) throws {
    let play = try ConductedPlay([Self.online(edition: edition)])
    try play.send(Self.online(Self.parcel), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.progress("accepted"), from: "mot-cua-xa", at: "16 10:00")
    try play.send(
      Self.progress("completed", "<result><name>Quyết định</name></result>"), from: "co-quan", at: "16 15:00")
    #expect(
      play.owed == [
        "buu-dien: send tra-ket-qua 1 (dossier)", "mot-cua: inform 2 (dossier)", "cong: inform 2 (dossier)",
      ])
    #expect(try play.document(to: "cong").text("status") == "completed")
    #expect(try play.document(to: "cong").text("result/name") == "Quyết định")
    #expect(try play.document(to: "buu-dien").text("delivery/sender/code") == "KH1")
    func post(_ text: String, at moment: String) throws {
      try play.send(
        "<progress><code>\(Self.code)</code><entry><content>\(text)</content></entry></progress>", from: "buu-dien",
        at: moment)
    }
    try post("Đang vận chuyển (mã bưu chính 2)", at: "17 08:00")
    #expect(try play.document(to: "cong").text("entry/status") == "completed", "not back to processing")
    try post("Phát thành công (mã bưu chính 5)", at: "18 08:00")
    #expect(play.move?.outcome == "completed")
    let end = try play.document(to: "cong")
    #expect(try end.text("status") == "returned" && end.text("returnedAt") == "2026-11-18T08:00:00+07:00")
    #expect(try end.text("result/name") == "Quyết định")
  }

  @Test("a parcel that comes back, and an order that is cancelled", arguments: editions)
  func postFails(edition: Int) throws {
    func sent() throws -> ConductedPlay {
      let play = try ConductedPlay(
        [Self.online(edition: edition)], receivers: ["buu-dien": [.dossier], "mot-cua": [.dossier, .progress]])
      try play.send(Self.online(Self.parcel), from: "mot-cua", at: "16 09:00")
      try play.send(Self.progress("accepted"), from: "mot-cua-xa", at: "16 10:00")
      try play.send(Self.progress("completed"), from: "co-quan", at: "16 15:00")
      return play
    }
    let back = try sent()
    try back.send(
      "<progress><code>\(Self.code)</code><entry><content>Chuyển hoàn</content></entry></progress>", from: "buu-dien",
      at: "18 08:00")
    #expect(back.move?.outcome == "partlyCompleted")
    #expect(try back.document(to: "mot-cua").text("status") == "completed")
    let cancelled = try sent()
    try cancelled.order(.cancel, at: "16 16:00")
    #expect(cancelled.owed.first == "buu-dien: tell tra-ket-qua stopped 3 (dossier)")
    #expect(try cancelled.document(to: "buu-dien").text("status") == "stopped")
    #expect(try cancelled.document(to: "buu-dien").text("delivery/sender/code") == "KH1")
  }

  @Test("a look ahead writes what cannot make it, once, and nothing where all is well")
  func lookAhead() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00")
    func forecast(_ moment: String) throws -> StepForecast {
      StepForecast(step: "khai-sinh", round: 1, expectedAt: try Procedures.moment(moment), holder: .transport)
    }
    try play.lookAhead([forecast("16 16:00")], at: "16 10:00")
    #expect(play.move == nil)
    try play.lookAhead([forecast("16 19:00")], at: "16 10:00")
    #expect(play.move?.history.map(\.word) == ["alarm.cannotMakeIt.transport"] && play.owed.isEmpty)
    #expect(play.conducted?.instance["khai-sinh"].isForecastLate == true, "it is stored")
    try play.lookAhead([forecast("16 20:00")], at: "16 11:00")
    #expect(play.move == nil)
  }

  @Test("an operator acts for an agency that telephoned: a supplement, a payment, the dossier given back")
  func telephoned() throws {
    let steps = """
        mot: { title: Một, agency: a, supplements: [7 workingDays] }
        hai: { title: Hai, agency: b, after: [mot], returnsTo: [mot] }

      """
    let play = try ConductedPlay([Procedures.definition(steps)])
    try play.send(
      "<dossier><code>\(Self.code)</code><procedure><code>1.000001</code></procedure><status>accepted</status></dossier>",
      from: "mot-cua", at: "16 09:00")
    try play.order(.paid, at: "16 09:10")
    #expect(play.move == nil, "nobody waits for a payment, and no history says otherwise")
    try play.order(.answer("mot", .supplementRequested), at: "16 10:00")
    #expect(play.owed == ["mot-cua: inform 1 (progress)"])
    #expect(try play.document(to: "mot-cua").text("entry/status") == "supplementRequested")
    #expect(try play.document(to: "mot-cua").text("entry/content").hasSuffix(": thử"), "what is wanted is told")
    #expect(play.history.contains { $0.word == "order" && $0.text == "order by an: thử" })
    try play.order(.supplemented, at: "17 10:00")
    #expect(play.owed == ["a: send mot 2 (dossier)"])
    try play.order(.answer("mot", .done(results: [:])), at: "17 11:00")
    try play.order(.answer("hai", .paymentRequested), at: "17 12:00")
    #expect(play.conducted?.instance["hai"].state == .paying)
    try play.order(.paid, at: "17 14:00")
    #expect(play.owed == ["b: tell hai paid 4 (progress)"])
    try play.order(.answer("hai", .returned(to: "mot")), at: "17 15:00")
    #expect(play.owed.last == "a: send mot 3 (dossier)")
    #expect(try play.document(to: "a").text("note") == "thử", "the operator's reason")
  }

  @Test("a one-stop desk is done with its check when it accepts, where the definition says so")
  func doneBy() throws {
    let steps = """
        kiem-tra: { title: Kiểm tra, agency: mot-cua, doneBy: [accepted] }
        giai-quyet: { title: Giải quyết, agency: so, after: [kiem-tra] }

      """
    let play = try ConductedPlay([Procedures.definition(steps)])
    let dossier =
      "<dossier><code>\(Self.code)</code><procedure><code>1.000001</code></procedure><status>registered</status></dossier>"
    try play.send(dossier, from: "cong", at: "16 09:00")
    #expect(play.owed == ["mot-cua: send kiem-tra 1 (dossier)"])
    try play.send(Self.progress("accepted"), from: "mot-cua", at: "16 10:00")
    #expect(play.owed == ["so: send giai-quyet 1 (dossier)", "cong: inform 1 (progress)"])
  }

  @Test("who can be told only dossiers is told dossiers, and who can be told nothing, nothing")
  func receivers() throws {
    let play = try ConductedPlay([Self.birth()], receivers: ["ho-tich": [.dossier], "mot-cua": [.dossier]])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.progress("supplementRequested"), from: "ho-tich", at: "16 09:30")
    #expect(play.owed == ["mot-cua: inform 1 (dossier)"])
    #expect(try play.document(to: "mot-cua").text("status") == "supplementRequested")
  }

  @Test(
    "a dossier that is handed in again goes to the portal with where it stands, and not as one that is only registered")
  func handedInAgain() throws {
    let play = try ConductedPlay([Self.birth()])
    try play.send(Self.dossier(), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.progress("supplementRequested"), from: "ho-tich", at: "16 09:30")
    let again = Self.dossier(status: "registered")
    try play.send(again, from: "mot-cua", at: "17 09:00")
    #expect(play.last?.withheldFrom.contains("cong") == true)
    #expect(play.owed == ["ho-tich: send khai-sinh 2 (dossier)", "cong: inform 2 (dossier)"])
    #expect(try play.document(to: "cong").text("status") == "processing")
    // Once more, while nobody waits for it: those who are told have the latest papers, and nobody works anew.
    try play.send(again, from: "mot-cua", at: "17 10:00")
    #expect(play.owed == ["cong: inform 3 (dossier)"])
    // What its sender itself says of where it stands goes the way of routes.
    try play.send(Self.dossier(), from: "mot-cua", at: "17 11:00")
    #expect(play.last?.withheldFrom.contains("cong") == false && play.owed.isEmpty)
  }

  // MARK: Acceptance

  private static let atOnce = """
      acceptedAtOnce: true
      time: { term: 5 workingDays }
      steps:
        mot: { title: Một, agency: a }
    """

  private static func read(_ lines: String) throws -> ProcedureDefinition {
    try Procedures.read(
      "procedure: thu\nversion: 1\ntitle: Thủ tục thử\ncodes: [\"1.000001\"]\n"
        + lines.split(separator: "\n").map { $0.dropFirst(2) }.joined(separator: "\n") + "\n")
  }

  private static func handedIn(_ status: String) -> String {
    "<dossier><code>\(code)</code><procedure><code>1.000001</code></procedure>\(status)</dossier>"
  }

  @Test("a dossier that is accepted at once is told so first, with its appointment, to its sender and the portal")
  func acceptedAtOnce() throws {
    let play = try ConductedPlay([Self.read(Self.atOnce)], receivers: ["mot-cua": [.progress], "cong": [.dossier]])
    try play.send(Self.handedIn("<status>registered</status>"), from: "mot-cua", at: "16 09:00", to: ["cong"])
    #expect(play.owed == ["mot-cua: inform 1 (progress)", "cong: inform 1 (dossier)"])
    #expect(try play.document(to: "mot-cua").text("entry/status") == "accepted")
    #expect(try play.document(to: "mot-cua").text("entry/dueAt") == "2026-11-23T17:00:00+07:00")
    #expect(try play.document(to: "cong").text("status") == "accepted")
    #expect(try play.document(to: "cong").text("appointedAt") == "2026-11-23T17:00:00+07:00")
    #expect(play.history.map(\.word) == ["began", "inform.accepted", "send"])
  }

  @Test(
    "what somebody has accepted before is not told so again; what is only registered, or says nothing, is",
    arguments: [("accepted", false), ("processing", false), ("registered", true), ("", true)])
  func acceptedBefore(status: String, isTold: Bool) throws {
    let play = try ConductedPlay([Self.read(Self.atOnce)])
    try play.send(
      Self.handedIn(status.isEmpty ? "" : "<status>\(status)</status>"), from: "mot-cua", at: "16 09:00")
    #expect(play.history.contains { $0.word == "inform.accepted" } == isTold)
  }

  @Test("the desk's appointment goes before the dossier's own and the procedure's time, and comes once")
  func acceptedByStep() throws {
    let definition = try Self.read(
      """
        time: { term: 5 workingDays }
        steps:
          mot: { title: Một, agency: a, doneBy: [accepted], accepts: true }
          hai: { title: Hai, agency: b, after: [mot], returnsTo: [mot] }
      """)
    let play = try ConductedPlay([definition])
    try play.send(Self.handedIn("<status>registered</status>"), from: "mot-cua", at: "16 09:00")
    #expect(play.owed == ["a: send mot 1 (dossier)"])
    let appointed = "<newAppointedAt>2026-11-20T17:00:00+07:00</newAppointedAt>"
    try play.send(
      "<progress><code>\(Self.code)</code><entry><status>accepted</status>\(appointed)</entry></progress>", from: "a",
      at: "16 10:00")
    #expect(play.owed == ["mot-cua: inform 1 (dossier)", "b: send hai 1 (dossier)"])
    #expect(try play.document(to: "mot-cua").text("status") == "accepted")
    #expect(try play.document(to: "mot-cua").text("appointedAt") == "2026-11-20T17:00:00+07:00")
    try play.order(.answer("hai", .returned(to: "mot")), at: "17 09:00")
    try play.send(Self.progress("accepted"), from: "a", at: "17 10:00")
    #expect(play.history.count { $0.word == "inform.accepted" } == 1)
    #expect(try play.document(to: "mot-cua").text("entry/status") == "processing", "it has been accepted before")
  }

  @Test("when all is done, that the citizen has the result is its sender's to say, and goes the way of routes")
  func handedOverBySender() throws {
    let play = try ConductedPlay([try Self.read("  steps:\n    mot: { title: Một, agency: a }")])
    try play.send(Self.handedIn("<status>accepted</status>"), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.progress("completed"), from: "a", at: "16 10:00")
    #expect(try play.document(to: "cong").text("status") == "completed")
    let (count, lines) = (play.outputs.count, play.history.count)
    try play.send(Self.progress("returned"), from: "mot-cua", at: "17 09:00")
    #expect(play.last?.isAnswer == false && play.last?.withheldFrom == ["a"])
    #expect(play.outputs.count == count && play.history.count == lines, "the procedure has nothing to add to it")
  }

  @Test("an agency's own “returned” in a step that hands nothing over ends the step, and the whole as completed")
  func returnedByAgency() throws {
    let steps = "  steps:\n    mot: { title: Một, agency: a }\n    hai: { title: Hai, agency: b, after: [mot] }"
    let play = try ConductedPlay([try Self.read(steps)])
    try play.send(Self.handedIn("<status>accepted</status>"), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.progress("returned"), from: "a", at: "16 10:00")
    #expect(try play.document(to: "cong").text("entry/status") == "processing", "whom it gave it to, it does not say")
    try play.send(Self.progress("returned"), from: "b", at: "16 11:00")
    #expect(try play.document(to: "cong").text("status") == "completed" && play.move?.outcome == "completed")
    #expect(try play.document(to: "cong").text("returnedAt") == "")
  }

  private static let desk = """
      time: { term: 5 workingDays }
      steps:
        mot: { title: Một, agency: a, doneBy: [accepted], accepts: true }
        hai: { title: Hai, agency: b, after: [mot], returnsTo: [mot] }
    """

  private static func appointed(_ day: String, _ status: String = "accepted") -> String {
    "<progress><code>\(code)</code><entry><status>\(status)</status>"
      + "<newAppointedAt>2026-11-\(day)T17:00:00+07:00</newAppointedAt></entry></progress>"
  }

  /// What the portal is told of an appointment, and of the whole as such: `status date`.
  private static func told(_ play: ConductedPlay, to party: PartyID = "cong") throws -> String {
    let document = try play.document(to: party, as: .dossier)
    return try "\(document.text("status")) \(document.text("appointedAt").prefix(10))"
  }

  @Test(
    "the desk's appointment for a dossier that came as accepted is told once, and everything that tells the whole has it",
    arguments: ["accepted", "processing"])
  func appointedAfterAcceptance(status: String) throws {
    let play = try ConductedPlay([Self.read(Self.desk)])
    try play.send(Self.handedIn("<status>\(status)</status>"), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.appointed("20"), from: "a", at: "16 10:00")
    #expect(
      play.owed == [
        "mot-cua: inform 1 (dossier)", "cong: inform 1 (dossier)", "b: send hai 1 (dossier)",
        "mot-cua: inform 2 (progress)", "cong: inform 2 (progress)",
      ])
    #expect(play.history.count { $0.word == "inform.appointed" } == 1)
    #expect(play.history.contains { $0.text == "Báo nơi gửi và Cổng: hẹn trả kết quả 20/11/2026 17:00" })
    let outputs = play.outputs.count
    try play.send(Self.appointed("20"), from: "a", at: "16 10:05")
    #expect(play.outputs.count == outputs, "it is known")
    try play.send(Self.progress("completed"), from: "b", at: "17 09:00")
    #expect(try Self.told(play) == "completed 2026-11-20")
  }

  @Test("the appointment that the dossier came with is no news from the desk, and another one is, each time")
  func appointedAnew() throws {
    let play = try ConductedPlay([Self.read(Self.desk)])
    let own = "<appointedAt>2026-11-20T17:00:00+07:00</appointedAt><status>accepted</status>"
    try play.send(Self.handedIn(own), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.appointed("20"), from: "a", at: "16 10:00")
    #expect(play.owed.allSatisfy { !$0.contains("inform 1 (dossier)") }, "\(play.owed)")
    // An apology with a new date, when its step has long been done.
    try play.send(Self.appointed("24", "processing"), from: "a", at: "18 10:00")
    #expect(play.owed == ["mot-cua: inform 2 (dossier)", "cong: inform 2 (dossier)"])
    #expect(try Self.told(play) == "processing 2026-11-24")
    // The sender still has the date that it had.
    try play.send(Self.handedIn(own.replacing("accepted", with: "registered")), from: "mot-cua", at: "18 11:00")
    #expect(try Self.told(play) == "processing 2026-11-24")
    // What is given back and checked again may get a third.
    try play.order(.answer("hai", .returned(to: "mot")), at: "19 09:00")
    try play.send(Self.appointed("26"), from: "a", at: "19 10:00")
    #expect(play.history.count { $0.word == "inform.appointed" } == 2)
    try play.send(Self.progress("completed"), from: "b", at: "20 09:00")
    #expect(try Self.told(play) == "completed 2026-11-26")
  }

  @Test("who does not accept the dossier gives no appointment, and who refuses it none either")
  func appointedByNobody() throws {
    let play = try ConductedPlay([Self.read(Self.desk)])
    try play.send(Self.handedIn("<status>accepted</status>"), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.progress("accepted"), from: "a", at: "16 10:00")
    try play.send(Self.appointed("20", "processing"), from: "b", at: "16 11:00")
    try play.send(Self.appointed("20", "stopped"), from: "a", at: "16 12:00")
    #expect(!play.history.contains { $0.word == "inform.appointed" })
    let refused = try ConductedPlay([Self.read(Self.desk)])
    try refused.send(Self.handedIn("<status>accepted</status>"), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try refused.send(Self.appointed("20", "stopped"), from: "a", at: "16 10:00")
    #expect(try Self.told(refused) == "stopped ")
  }

  @Test(
    "a date of an agency whose step appoints is the citizen's, whoever accepted the dossier, or nobody",
    arguments: ["accepted", "registered"])
  func appointedByAnother(status: String) throws {
    let steps =
      "  steps:\n    mot: { title: Một, agency: a, appoints: true }\n    hai: { title: Hai, agency: b, after: [mot] }"
    let play = try ConductedPlay([Self.read(steps)])
    try play.send(Self.handedIn("<status>\(status)</status>"), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.appointed("20", "processing"), from: "a", at: "16 10:00")
    #expect(try play.owed.contains("cong: inform 1 (dossier)") && Self.told(play) == "processing 2026-11-20")
    try play.send(Self.appointed("27", "processing"), from: "a", at: "17 10:00")
    #expect(try Self.told(play) == "processing 2026-11-27")
    try play.send(Self.progress("completed"), from: "a", at: "18 10:00")
    try play.send(Self.appointed("30", "completed"), from: "b", at: "19 10:00")
    #expect(try Self.told(play) == "completed 2026-11-27", "it is not for the other to say")
  }

  @Test("a party that takes only progress learns the appointment as the date by which the whole is due")
  func appointedInProgress() throws {
    let play = try ConductedPlay([Self.read(Self.desk)], receivers: ["cong": [.progress], "a": [.dossier]])
    try play.send(Self.handedIn("<status>accepted</status>"), from: "mot-cua", at: "16 09:00", to: ["cong"])
    try play.send(Self.appointed("20", "processing"), from: "a", at: "16 10:00")
    let output = try #require(play.outputs.first { $0.name == "inform 1" && $0.destination == "cong" })
    #expect(OutputErrand(json: output.errand)?.dueAt == (try Procedures.moment("20 17:00")))
  }

  @Test("a dossier cannot be accepted at once and by a step")
  func acceptedTwice() throws {
    let definition = try Self.read(
      "  acceptedAtOnce: true\n  steps:\n    mot: { title: Một, agency: a, accepts: true }")
    let findings = ProcedureCheck(calendars: try Procedures.calendars()).findings(definition)
    #expect(findings.map(\.rule) == [.acceptedTwice] && findings[0].step == "mot")
  }
}
