import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// Promotions through the built daemon: the portal and the department of industry and trade are played by their own simulators.
@Suite("Promotions that merchants register with the portal", .timeLimit(.minutes(2)))
struct PromotionJourneyTests {
  private static let code = "000.00.17.G02-261121-0004"
  private static let amendment = "000.00.17.G02-261126-0009"

  /// When it is told that the department wants something changed, the portal hands in the merchant's amendment.
  private static let portalPlan = """
    DongBoTrangThaiHoSo:
      steps:
        - after: 100ms
          when: "data/TrangThai = '5'"
          call: updatedossierfromdvcqg
          json:
            service: DongBoHoSoKhuyenMai
            isUpdating: "True"
            data:
              MaHoSoQG: \(amendment)
              MaTTHC: "2.000033"
              NgayNopHoSo: "26/11/2026 08:30:00"
              TenThuongNhan: Hợp tác xã Sông Mã
              MaSoThue: "2800000042"
              ThongTinDaNop: { MaHoSoQGDNP: "{dossier}", SoVanBanDaNopDNP: 12/TB-KM, NgayNopHoSoDNP: 21/11/2026 }
              ThongTinSuaDoi: { SoLuongHangHoaDichVuKM: 4000 bao }
              LyDoDieuChinh: Tăng số lượng
              TenTepDangKy: ""
              URLTepDangKy: ""
    """

  @Test(
    "are handed on once, their outcome goes back to the portal, and the amendment it hands in then reaches whom it concerns"
  )
  func promotion() throws {
    let played = PlayedSite(
      "",
      routes: """
          - { name: đăng ký, message: dossier, from: [cong-km], to: [so-cong-thuong, theo-doi] }
          - { name: kết quả, message: progress, from: [can-bo], to: [cong-km] }
        """)
    let portal = try played.play(
      "khuyen-mai", as: "cong-km", plan: Self.portalPlan, sends: "khuyen-mai/khuyen-mai, khuyen-mai/sua-doi",
      "values: { madonvi: H99, dstcode: VN:THU }")
    let department = try played.play("khuyen-mai-mot-cua", as: "so-cong-thuong", sends: nil)
    let follower = try played.play("rest", as: "theo-doi", sends: nil)
    played.addSender("can-bo", sends: "rest/progress")
    let daemon = try played.start()
    defer { withExtendedLifetime(daemon) {} }

    let visitor = try Visitor(port: Int(played.port))
    let registration = TestFiles.read(
      TestFiles.projectRoot + "/Mappings/dvcqg-a.khuyen-mai--canonical/1/examples/toi-thieu.in.json")
    for expected in [0, 1] {
      let answer = try #require(
        visitor.send(
          .post, "/callbacks/khuyen-mai/nps/createdossierfromdvcqg", key: "cong-km",
          headers: ["Content-Type": "application/json"], body: registration))
      let number = try JSONDocument(parsing: answer.body).root["error_code"]?.integer
      #expect(answer.status == 200 && number == expected, "\(String(decoding: answer.body, as: UTF8.self))")
    }
    let isHandedOn = Patience.until(seconds: 30) {
      !played.taken(department, by: "createdossierfromdvcqg").isEmpty && !played.taken(follower, by: "dossier").isEmpty
    }
    #expect(isHandedOn, "\(played.story(Self.code))")

    let report = """
      <progress><code>\(Self.code)</code><entry><handler>Ngô Thị Thương</handler><at>2026-11-25T09:00:00+07:00</at>\
      <content>Đề nghị điều chỉnh số lượng</content><status>supplementRequested</status></entry></progress>
      """
    #expect(played.send(report, from: "can-bo"))
    try played.wait(until: "who follows has the amendment", of: Self.code) {
      played.taken(follower, by: "dossier").contains { $0.contains(Self.amendment) }
    }
    try played.wait(until: "the portal was heard", of: Self.code) { played.reported(portal) >= 1 }
    let told = played.taken(portal, by: "DongBoTrangThaiHoSo")
    let status = try JSONDocument(parsing: #require(told.first)).root
    #expect(told.count == 1 && status["type"]?.string == "2", "\(told)")
    #expect(status["data"]?["MaHoSo"]?.string == Self.code && status["data"]?["TrangThai"]?.string == "5", "\(told)")
    #expect(played.reported(portal) == 1, "the gateway took the portal's call")
    let amended = played.taken(follower, by: "dossier").filter { $0.contains(Self.amendment) }
    #expect(amended.count == 1 && amended[0].contains("<amends><code>\(Self.code)</code>"), "\(amended)")
    let registered = played.taken(department, by: "createdossierfromdvcqg")
    #expect(registered.count == 1 && registered[0].contains("Tuần lễ gạo nếp"), "no address is known for an amendment")
  }
}
