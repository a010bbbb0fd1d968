import GatewayTesting
import JSONKit
import Testing
import XMLKit

@Suite("The command line: procedures", .timeLimit(.minutes(2)))
struct ProcedureCommandTests {
  private let folder = TemporaryFolder()

  private func procedure(_ words: String...) -> ProgramRun {
    ProgramRun(
      [TestFiles.program("lienthong"), "procedure"] + words + [
        "--procedures", TestFiles.projectRoot + "/Deploy/procedures", "--calendars",
        TestFiles.projectRoot + "/Deploy/calendars",
      ])
  }

  @Test("check finds nothing in the shipped ones, and names what is wrong with another")
  func check() {
    let run = ProgramRun.lienthong(
      "procedure", "check", "--procedures", TestFiles.projectRoot + "/Deploy/procedures", "--calendars",
      TestFiles.projectRoot + "/Deploy/calendars")
    #expect(run.exitCode == 0 && run.text.contains("hold together"), "\(run.text)\(run.errorText)")
    TestFiles.write(
      "procedure: mau\nversion: 1\ntitle: Mẫu\nsteps:\n  a: { title: A, agency: x, after: [b] }\n"
        + "  b: { title: B, agency: x, after: [a] }\n", to: folder.path + "/mau/1.yaml")
    let wrong = ProgramRun.lienthong(
      "procedure", "check", "--procedures", folder.path, "--calendars", TestFiles.projectRoot + "/Deploy/calendars")
    #expect(wrong.exitCode == 1 && wrong.text.contains("mau/1: a: it stands behind itself"), "\(wrong.text)")
    let vietnamese = ProgramRun.lienthong(
      "procedure", "check", "--procedures", folder.path, "--calendars", TestFiles.projectRoot + "/Deploy/calendars",
      "--language", "vi")
    #expect(
      vietnamese.exitCode == 1 && vietnamese.text.contains("mau/1: a: bước này đứng sau chính nó"), "\(vietnamese.text)"
    )
    TestFiles.write(
      "procedure: khac\nversion: 2\ntitle: Mẫu\nsteps: { a: { title: A } }\n", to: folder.path + "/mau/1.yaml")
    let broken = ProgramRun.lienthong("procedure", "check", "--procedures", folder.path)
    #expect(broken.exitCode == 2 && broken.errorText.contains("mau/1.yaml:1:12: procedure: the folder is named ‘mau’"))
    #expect(broken.errorText.contains("steps.a.agency: this key is missing"), "\(broken.errorText)")
    let unread = ProgramRun.lienthong("procedure", "check", "--procedures", folder.path, "--language", "vi")
    #expect(unread.exitCode == 2 && unread.errorText.contains("steps.a.agency: thiếu khóa này"), "\(unread.errorText)")
  }

  @Test("show tells the steps, and draws them as SVG that a parser takes")
  func show() {
    let text = procedure("show", "dat-dai-thue").text
    for part in [
      "5 ngày làm việc (standard), outside the procedure's time", "returns to   tham-dinh", "after        thue",
      "told the end its agency", "hands over   the result",
    ] {
      #expect(text.contains(part), "\(part): \(text)")
    }
    let run = procedure("show", "giay-phep-xay-dung", "--graph")
    #expect(run.text.components(of: "<rect ") == 5 && run.text.components(of: "marker-end") == 4)
    #expect(throws: Never.self) { try XMLDocument(parsing: Array(run.text.utf8)) }
    let land = procedure("show", "dat-dai-thue", "--graph").text
    #expect(land.contains("trả kết quả") && land.contains("được báo kết thúc"), "\(land)")
    #expect(procedure("show", "khong-co").exitCode == 2)
  }

  @Test("simulate plays supplements, refusals and silence over real days, a line an event")
  func simulate() throws {
    let run = procedure(
      "simulate", "khai-sinh-thuong-tru-bhyt", "--received", "2026-11-16T09:00", "--answer",
      "khai-sinh=supplement,done",
      "--answer", "bhyt=refused")
    let expected = """
      16/11/2026 09:00  Tiếp nhận hồ sơ
                          Hẹn trả 23/11/2026 17:00
                          → Báo nơi gửi và Cổng: hồ sơ được tiếp nhận
                          → Đăng ký khai sinh: gửi đến ho-tich (lần 1), hẹn trả lời 16/11/2026 17:00
      16/11/2026 10:00  Đăng ký khai sinh: cơ quan yêu cầu bổ sung
                          → Báo nơi gửi và Cổng: cần bổ sung cho “Đăng ký khai sinh”, hạn 26/11/2026 17:00
      17/11/2026 10:00  Công dân đã bổ sung hồ sơ
                          → Đăng ký khai sinh: gửi đến ho-tich (lần 2, đã bổ sung), hẹn trả lời 17/11/2026 17:00
      17/11/2026 11:00  Đăng ký khai sinh: đã xong, có soDinhDanh
                          → Đăng ký thường trú: gửi đến cong-an (lần 1)
                          → Cấp thẻ bảo hiểm y tế: gửi đến bhxh (lần 1), hẹn trả lời 19/11/2026 17:00
      17/11/2026 12:00  Đăng ký thường trú: đã xong
      17/11/2026 12:00  Cấp thẻ bảo hiểm y tế: cơ quan từ chối
                          → Báo nơi gửi và Cổng: “Cấp thẻ bảo hiểm y tế” bị từ chối
                          → Báo nơi gửi và Cổng: thủ tục kết thúc, một phần bị từ chối

      """
    #expect(run.exitCode == 0 && run.text == expected, "\(run.text)\(run.errorText)")
    let silent = procedure("simulate", "ly-lich-tu-phap", "--answer", "cap-phieu=silent")
    #expect(silent.exitCode == 1 && silent.text.contains("Đang chờ: Tra cứu, cấp phiếu lý lịch tư pháp (active)"))
    let consent = procedure("simulate", "giay-phep-xay-dung", "--answer", "y-kien-pccc=silent")
    #expect(consent.exitCode == 0 && consent.text.contains("30/11/2026 17:00  Đến giờ hẹn"))
    let tax = procedure("simulate", "dat-dai-thue", "--answer", "thue=payment,return:tham-dinh,done")
    #expect(tax.exitCode == 0 && tax.text.contains("gửi đến van-phong-dat-dai (lần 2, làm lại)"), "\(tax.text)")
    let object = try JSONDocument(
      parsing: procedure("simulate", "dat-dai-thue", "--answer", "thue=refused", "--json").output
    ).root
    #expect(object["outcome"]?.string == "refused" && object["refusedBy"]?.string == "thue")
    #expect(object["steps"]?["tham-dinh"]?["state"]?.string == "done")
    #expect(procedure("simulate", "mot-co-quan", "--answer", "kiem-tra=maybe").exitCode == 2)
    #expect(procedure("simulate", "mot-co-quan", "--without", "khong-co").exitCode == 2)
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
