import GatewayTesting
import JSONKit
import Simulation
import Testing

/// The five partners of the birth procedure as their simulators play them, each in its own tongue, and a site that knows them.
///
/// A citizen hands in on the platform (`dvclt`), the registrar is asked for results (`hotich`), police and insurance report
/// (`cu-tru`, `bhxh`), and the portal is told (`dvcqg-a`).
final class BirthPartners {
  let played: PlayedSite
  let platform: ServiceSimulator
  let registrar: ServiceSimulator
  let police: ServiceSimulator
  let insurance: ServiceSimulator
  let portal: PortalSimulator

  /// - Parameters:
  ///   - plan: of the registrar, where it is not that of the demo.
  ///   - database: where the store is, unless it is a file.
  init(plan: String = "ho-tich", store database: TemporaryPostgreSQLDatabase? = nil) throws {
    played = PlayedSite(
      """
      procedures:
        khai-sinh-thuong-tru-bhyt:
          parties: { ho-tich: ho-tich-xa, cong-an: cong-an-xa, bhxh: bhxh-tinh }
      enrichments:
        - from: [nen-tang]
          when: "starts-with(procedure/code, '2.002621')"
          add: { procedure/name: Liên thông khai sinh, field/code: G15-HT01, field/name: Hộ tịch, resultReturn/method: inPerson }
        - { from: [nen-tang], when: "unit/code = '14758'", add: { unit/name: UBND phường (mẫu) } }
      """, routes: "  - { name: lên Cổng, message: dossier, from: [nen-tang], to: [cong] }", store: database)
    platform = try played.play(
      "dvclt", as: "nen-tang", sends: "dvclt/chi-tiet, dvclt/trang-thai", "polls: { danh-sach: { every: 200ms } }")
    registrar = try played.play(
      "hotich", as: "ho-tich-xa", plan: plan, sends: "hotich/ket-qua", "values: { maTinh: \"38\" }",
      "polls: { ket-qua-ltks: { every: 200ms } }")
    police = try played.play("cu-tru", as: "cong-an-xa", plan: "cong-an", sends: "cu-tru/tien-do")
    insurance = try played.play("bhxh", as: "bhxh-tinh", plan: "bhxh", sends: "bhxh/tien-do")
    portal = try played.addPortal()
  }

  /// A citizen hands in a birth on the platform, or hands it in again with a paper that was missing.
  func submit(_ code: String, adding paper: String? = nil) {
    let example = TestFiles.projectRoot + "/Mappings/dvclt.chi-tiet--canonical/1/examples/khai-sinh.in.json"
    let text = String(decoding: TestFiles.read(example), as: UTF8.self)
      .replacing("G22.99.02-261120-0004", with: code).replacing("1.006714", with: "2.000986")
      .replacing("to-khai.pdf", with: paper ?? "to-khai.pdf")
    #expect(platform.put(Array(text.utf8), into: "ho-so"))
  }

  /// The statuses that the platform was told, in their order.
  var toldPlatform: [String] {
    played.taken(platform, by: "trangThai").compactMap { text in
      (try? JSONDocument(parsing: text).root["trangThai"]).flatMap { $0?.integer }.map(String.init)
    }
  }

  /// A registrar who says one thing about every birth, a moment after it came.
  static func registrarPlan(status: String, note: String) -> String {
    "nhanHoSoDKHT:\n  reads: { unit: maDonVi, platform: maHoSoLT }\n  steps:\n\(says(status, note))"
  }

  /// A registrar who asks for papers so often, and registers the birth when it comes after that.
  static func registrarPlan(asking rounds: Int) -> String {
    let demo = String(
      decoding: TestFiles.read(TestFiles.projectRoot + "/Deploy/demo/plans/ho-tich.yaml"), as: UTF8.self)
    let registers = demo.split(separator: "\n").drop { !$0.hasPrefix("    -") }.map { "    " + $0 }
    let asks = (1...rounds).map { says("2", "Thiếu giấy chứng sinh, lần \($0)") }
    let again = (asks.dropFirst().map(indented) + [registers.joined(separator: "\n")]).map { "    - steps:\n\($0)" }
    return "nhanHoSoDKHT:\n  reads: { unit: maDonVi, platform: maHoSoLT }\n  steps:\n\(asks[0])\n  again:\n"
      + again.joined(separator: "\n") + "\n"
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
  }

  private static func says(_ status: String, _ note: String) -> String {
    """
        - after: 200ms
          into: ket-qua
          json:
            maDonVi: "{unit}"
            maTinh: "38"
            module: LTKS
            maHoSoLT: "{platform}"
            maHoSoMCDT: "{dossier}"
            errors: null
            trangThai: "\(status)"
            thoiGianThucHien: "{now.local}"
            ghiChu: "\(note)"
            ketQuaXuLy: null
            nguoiXuLy: Nguyễn Thị Tư Pháp
            hanBoSungHoSo: null
    """
  }
}
