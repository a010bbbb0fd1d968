import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

/// Further procedures of the catalogue with their partners' own simulators.
@Suite("Procedures in their partners' own tongues", .serialized, .timeLimit(.minutes(2)))
struct LiveProcedureJourneyTests {
  private static let examples = TestFiles.projectRoot + "/Mappings/"

  private func example(_ path: String) -> String {
    String(decoding: TestFiles.read(Self.examples + path), as: UTF8.self)
  }

  /// A plan that puts one document into a box, a moment after the dossier was taken.
  private func plan(_ operation: String, reads: String = "{}", _ document: String) throws -> String {
    let json = try JSONDocument(parsing: document).root
    var writer = JSONWriter()
    writer.value(json)
    return """
      \(operation):
        reads: \(reads)
        steps:
          - { after: 200ms, into: ket-qua, json: \(String(decoding: writer.finish(), as: UTF8.self)) }
      """
  }

  @Test("a death comes from the platform, is registered, the residence is struck off, and the platform is told the end")
  func death() throws {
    let code = "G22.99.02-261122-0105"
    let world = PlayedSite(
      """
      procedures:
        khai-tu-xoa-thuong-tru-mai-tang: { parties: { noi-vu: so-noi-vu } }
      """, routes: "  - { name: đến nội vụ, message: dossier, from: [nen-tang], to: [so-noi-vu] }")
    let platform = try world.play(
      "dvclt", as: "nen-tang", sends: "dvclt/chi-tiet", "polls: { danh-sach: { every: 200ms } }")
    let result = example("hotich.ket-qua--canonical/1/examples/khai-tu.in.json")
      .replacing("\"14758\",\n  \"maTinh\"", with: "\"{unit}\",\n  \"maTinh\"")
      .replacing("G22.99.02-261120-0005", with: "{platform}").replacing("H56.14-261120-0010", with: "{dossier}")
      .replacing("20/11/2026 15:00:00", with: "{now.local}")
    let registrar = try world.play(
      "hotich", as: "ho-tich", plan: plan("nhanHoSoDKHT", reads: "{ unit: maDonVi, platform: maHoSoLT }", result),
      sends: "hotich/ket-qua", "values: { maTinh: \"38\" }", "polls: { ket-qua-ltkt: { every: 200ms } }")
    let police = try world.play("cu-tru", as: "cong-an", plan: "cong-an", sends: "cu-tru/tien-do")
    let insurance = try world.play("bhxh", as: "bhxh", plan: "bhxh", sends: "bhxh/tien-do")
    world.addDesk("so-noi-vu")
    let daemon = try world.start()
    let form = example("dvclt.chi-tiet--canonical/1/examples/khai-tu-cap-huyen.in.json")
      .replacing("G22.99.02-241120-0005", with: code).replacing("1.011733", with: "2.002622")
      .replacing("\"maDonVi\": 380", with: "\"maDonVi\": 14758").replacing(#"maDonVi\":380"#, with: #"maDonVi\":14758"#)
    #expect(platform.put(Array(form.utf8), into: "ho-so"))
    let isOver = Patience.until(seconds: 60) {
      world.taken(platform, by: "trangThai").last?.contains("\"trangThai\":4") == true
    }
    #expect(isOver, "\(world.story(code))")
    withExtendedLifetime(daemon) {}
    #expect(try #require(world.taken(registrar, by: "nhanHoSoDKHT").first).contains("\"module\":\"LTKT\""))
    let dossier = try #require(world.taken(police, by: "ho-so").first)
    #expect(dossier.contains("<system>soDangKy</system><id>45</id>"), "\(dossier)")
    #expect(world.taken(insurance, by: "ho-so").isEmpty, "the citizen did not choose it")
    #expect(world.taken(platform, by: "trangThai").contains { $0.contains("ketQuaXuLy") && $0.contains("45") })
    #expect(world.items.isEmpty)
  }

  @Test("a criminal record goes to the ministry, whose result is asked for, and comes back to the desk with its paper")
  func criminalRecord() throws {
    let code = "H56.08-261120-0021"
    let world = PlayedSite(
      """
      procedures:
        ly-lich-tu-phap: { parties: { so-tu-phap: lltp } }
      """, routes: "  - { name: về một cửa, message: dossier, from: [lltp], to: [mot-cua] }")
    let result = example("lltp.ket-qua--canonical/1/examples/khong-an-tich.in.json")
      .replacing(/"maHoSoMCDT": "[^"]*"/, with: "\"maHoSoMCDT\": \"{dossier}\"")
    let ministry = try world.play(
      "lltp", as: "lltp", plan: plan("nhanHoSoLLTP", result), sends: "lltp/ket-qua, lltp/trang-thai",
      "values: { maTinh: \"38\" }", "polls: { ket-qua: { every: 200ms } }")
    world.addDesk("mot-cua")
    let daemon = try world.start()
    let desk = ProcedureSite.partner("mot-cua", try Visitor(port: Int(world.port)))
    #expect(desk.send(example("canonical--lltp.ho-so/1/examples/day-du.in.xml")) == 202)
    let end = desk.receive()
    withExtendedLifetime(daemon) {}
    let dossier = try #require(end, "\(world.story(code))")
    #expect(dossier.contains("<status>completed</status>") && dossier.contains("<result>"), "\(dossier)")
    #expect(try #require(world.taken(ministry, by: "nhanHoSoLLTP").first).contains(code))
    #expect(world.items.isEmpty)
  }
}
