import GatewayTesting
import Simulation

/// The partners of a change in the land register as their simulators play them, each in its own tongue: the one-stop desk that
/// hands in and hands over (`rest`), the land registry that calls back (`vbdlis`, or `ilis`), the tax office (`thue`), and the portal.
final class LandPartners {
  static let desk = "mot-cua"

  let played: PlayedSite
  let desk: ServiceSimulator
  let registry: ServiceSimulator
  let tax: ServiceSimulator
  let portal: PortalSimulator

  /// - Parameters:
  ///   - service: which land registry it is.
  ///   - deskPlan, registryPlan, taxPlan: what they do with what they take; of `Deploy/demo/plans` by name, or the text of one.
  ///   - taxRole: the party to which the tax step goes.
  ///   - database: where the store is, unless it is a file.
  init(
    _ service: String = "vbdlis", desk deskPlan: String? = "mot-cua-dat-dai", registry registryPlan: String = "dat-dai",
    tax taxPlan: String? = "thue-dat-dai", taxRole: String = "chi-cuc-thue",
    store database: TemporaryPostgreSQLDatabase? = nil
  ) throws {
    played = PlayedSite(
      """
      procedures:
        dat-dai-thue:
          parties: { van-phong-dat-dai: dat-dai, thue: \(taxRole) }
          codes: ["1.004199"]
      """, routes: "  - { name: lên Cổng, message: dossier, from: [mot-cua], to: [cong] }", store: database)
    desk = try played.play("rest", as: Self.desk, plan: deskPlan, sends: "rest/dossier, rest/progress")
    registry = try played.play(
      service, as: "dat-dai", plan: registryPlan,
      sends: [
        "luan-chuyen", "cho-bo-sung", "da-bo-sung", "ket-thuc",
        service == "ilis" ? "ilis-ket-qua-thue" : "ket-qua-thue",
      ]
      .map { "\(service)/\($0)" }.joined(separator: ", "))
    tax = try played.play("thue", as: "chi-cuc-thue", plan: taxPlan, sends: "thue/tien-do")
    portal = try played.addPortal(knowing: "1.004199")
  }

  /// The plan of the land office for ILIS, which shows its key in a header and not in the body.
  static var planOfILIS: String {
    String(decoding: TestFiles.read(TestFiles.projectRoot + "/Deploy/demo/plans/dat-dai.yaml"), as: UTF8.self)
      .replacing(/\n *SecurityCode: "{key}"/, with: "")
  }

  /// The desk hands a dossier in; whether the gateway took it.
  ///
  /// - Parameter paper: the name of the one that it adds when it hands it in again; nothing in it says that it is a supplement.
  func submit(_ code: String, adding paper: String? = nil) -> Bool {
    let papers = paper.map { "<attachment><name>\($0)</name><content>JVBERi0xLjQK</content></attachment>" } ?? ""
    let land = """
      \(papers)<land><address>Phường (mẫu)</address><provinceCode>38</provinceCode><communeCode>14758</communeCode><parcel>\
      <number>117</number><mapSheet>12</mapSheet></parcel></land>
      """
    return played.send(
      PlayedSite.dossier(code, of: "1.004199", named: "Đăng ký biến động quyền sử dụng đất", land), from: Self.desk)
  }

  /// The desk says how the dossier stands; whether the gateway took it.
  func say(_ status: String, _ content: String, about code: String) -> Bool {
    played.send(
      """
      <progress><code>\(code)</code><entry><handler>Vũ Thị Một Cửa</handler><at>2026-11-22T09:00:00+07:00</at>\
      <content>\(content)</content><status>\(status)</status></entry></progress>
      """, from: Self.desk)
  }
}
