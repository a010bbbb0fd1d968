import CryptographyKit
import GatewayTesting
import HTTPKit
import Testing

/// What a partner fetches of us, through a gateway: VBDLIS and the one-stop's lists.
@Suite("A partner that fetches a list of us", .timeLimit(.minutes(2)))
struct ListJourneyTests {
  private static let key = "ma-bao-mat-vbdlis"
  private static let states =
    #"[{"MaTrangThai": "4", "TenTrangThai": "Đang xử lý"}, {"MaTrangThai": "5", "TenTrangThai": "Yêu cầu bổ sung"}]"#

  private let site = TestSite()

  private func add(lists: String, states: String = ListJourneyTests.states) {
    TestFiles.write(states, to: site.site + "/lists/trang-thai.json")
    TestFiles.write(
      """
      party: vbdlis
      name: VBDLIS (thử)
      credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(Self.key)))" }]
      sends: [vbdlis/ket-thuc]
      lists: \(lists)

      """, to: site.site + "/parties/vbdlis.yaml")
  }

  private func fetch(_ visitor: Visitor, _ list: String, _ body: String) -> String {
    let answer = visitor.send(.post, "/callbacks/vbdlis/\(list)", body: Array(body.utf8))
    return answer.map { "\($0.status) " + String(decoding: $0.body, as: UTF8.self) } ?? "no answer"
  }

  @Test("gets what its party's file names, showing its key as ever, and is told in its own words what it does not get")
  func fetched() throws {
    add(lists: "{ vbdlis/DanhMucTrangThai: ../lists/trang-thai.json }")
    let gateway = try GatewayInProcess(site)
    defer { withExtendedLifetime(gateway) {} }
    let visitor = try Visitor(port: gateway.port)
    let asked = "{\"SecurityCode\": \"\(Self.key)\"}"
    #expect(fetch(visitor, "DanhMucTrangThai", asked) == "200 {\"Result\":1,\"Message\":\"\",\"Data\":\(Self.states)}")
    let missing = fetch(visitor, "DanhMucNguoiDung", asked)
    #expect(missing.hasPrefix(#"200 {"Result":0,"Message":"#) && missing.contains("chưa có danh mục"), "\(missing)")
    for stranger in ["{\"SecurityCode\": \"sai\"}", "{}"] {
      #expect(fetch(visitor, "DanhMucTrangThai", stranger) == #"401 {"Result":0,"Message":"Mã bảo mật không đúng"}"#)
    }
    let other = fetch(visitor, "DanhMucTrangThai", "{\"SecurityCode\": \"\(TestSite.senderKey)\"}")
    #expect(
      other.hasPrefix(#"200 {"Result":0"#) && !other.contains("MaTrangThai"), "another party has no list: \(other)")
    #expect(fetch(visitor, "DanhMucTrangThai", "{").hasPrefix(#"200 {"Result":0"#))
    let padding = String(repeating: " ", count: 16 * 1_024 - asked.utf8.count)
    #expect(fetch(visitor, "DanhMucTrangThai", asked + padding).contains("MaTrangThai"))
    #expect(fetch(visitor, "DanhMucTrangThai", asked + padding + " ").contains("dài nhất 16384 byte"))
    #expect(
      Patience.until {
        String(decoding: TestFiles.read(site.folder.path + "/log"), as: UTF8.self).contains("event=list")
      })
  }

  @Test("fetches it by itself when a dossier comes, as the partner's simulator does")
  func played() throws {
    let plan = """
      tiepnhan:
        steps: [{ after: 50ms, call: DanhMucTrangThai, json: { SecurityCode: "{key}" } }]
      """
    let played = PlayedSite("", routes: "  - { name: hồ sơ, message: dossier, from: [mot-cua], to: [dat-dai] }")
    TestFiles.write(Self.states, to: played.site + "/lists/trang-thai.json")
    let registry = try played.play(
      "vbdlis", as: "dat-dai", plan: plan, sends: "vbdlis/ket-thuc",
      own: ["lists: { vbdlis/DanhMucTrangThai: ../lists/trang-thai.json }"])
    played.addSender("mot-cua", sends: "rest/dossier")
    let daemon = try played.start()
    let dossier = PlayedSite.dossier(
      "H99.14-261122-0032", of: "1.004199", named: "Đăng ký biến động quyền sử dụng đất",
      "<land><address>Phường (mẫu)</address><provinceCode>38</provinceCode><communeCode>14758</communeCode></land>")
    #expect(played.send(dossier, from: "mot-cua"))
    #expect(Patience.until(seconds: 30) { played.reported(registry) == 1 }, "\(played.story("H99.14-261122-0032"))")
    withExtendedLifetime(daemon) {}
  }

  @Test("has a list that is none, breaks its schema, or goes by an unknown name found before the gateway starts")
  func misfits() {
    for (lists, states, told) in [
      ("{ vbdlis/DanhMucKhac: ../lists/trang-thai.json }", Self.states, "known here: vbdlis/DanhMucNguoiDung"),
      ("{ vbdlis/DanhMucTrangThai: ../lists/trang-thai.json }", "{}", "this is no list"),
      ("{ vbdlis/DanhMucTrangThai: ../lists/trang-thai.json }", #"[{"TenTrangThai": "x"}]"#, "as an answer to"),
      ("{ vbdlis/DanhMucTrangThai: ../lists/trang-thai.json }", "[", "trang-thai.json:1:2"),
      ("{ vbdlis/DanhMucTrangThai: ../lists/khong-co.json }", Self.states, "khong-co.json"),
    ] {
      add(lists: lists, states: states)
      let check = ProgramRun.lienthong("check", site.site)
      #expect(check.exitCode == 2 && (check.text + check.errorText).contains(told), "\(told): \(check.text)")
    }
  }
}
