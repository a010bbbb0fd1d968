import CryptographyKit
import DocumentKit
import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

/// The five partners of the birth procedure as their simulators play them, each in its own tongue, and a site that knows them.
///
/// A citizen hands in on the platform (`dvclt`), the registrar is asked for results (`hotich`), police and insurance report
/// (`cu-tru`, `bhxh`), and the portal is told (`dvcqg-a`).
final class BirthPartners {
  static let registrarName = "ho-tich-xa"
  private static let portalSecrets = (username: "cong", password: "mat-khau-cong")

  let folder = TemporaryFolder()
  var site: String { folder.path + "/site" }
  var data: String { folder.path + "/data" }
  var log: String { folder.path + "/log" }
  /// Where the gateway is to listen.
  let port = Loopback.freePort()

  let platform: ServiceSimulator
  let registrar: ServiceSimulator
  let police: ServiceSimulator
  let insurance: ServiceSimulator
  let portal: PortalSimulator
  private var servers: [SimulatorServer] = []
  private let database: TemporaryPostgreSQLDatabase?

  /// - Parameters:
  ///   - plans: of the registrar, police and insurance, where not those of the demo.
  ///   - database: where the store is, unless it is a file.
  init(plans: [String: String] = [:], store database: TemporaryPostgreSQLDatabase? = nil) throws {
    self.database = database
    let gateway = "http://127.0.0.1:\(port)"
    func simulator(_ name: String, planned plan: String? = nil, as party: String = "") throws -> ServiceSimulator {
      let root = TestFiles.projectRoot
      let description = try ServiceDescription(YAMLDocument(contentsOf: "\(root)/Deploy/simulators/\(name).yaml"))
      let steps: ServicePlan =
        try plans[party].map {
          try ServicePlan(YAMLDocument(parsing: Array($0.utf8), file: "\(party).yaml"), of: description)
        } ?? plan.map {
          try ServicePlan(YAMLDocument(contentsOf: "\(root)/Deploy/demo/plans/\($0).yaml"), of: description)
        } ?? .quiet
      return try ServiceSimulator(
        description, schemas: root + "/Schemas", plan: steps, gateway: OutboxGateway(url: gateway, key: party))
    }
    platform = try simulator("dvclt")
    registrar = try simulator("hotich", planned: "ho-tich", as: Self.registrarName)
    police = try simulator("cu-tru", planned: "cong-an", as: "cong-an-xa")
    insurance = try simulator("bhxh", planned: "bhxh", as: "bhxh-tinh")
    var configuration = PortalConfiguration()
    configuration.username = Self.portalSecrets.username
    configuration.password = Self.portalSecrets.password
    configuration.destinationCode = "VN:THU"
    configuration.agencies = ["H99"]
    portal = PortalSimulator(configuration: configuration, catalogue: .builtIn)

    TestFiles.write(
      """
      gateway: thu
      listen: 127.0.0.1:0
      data: \(data)
      catalogue: \(TestFiles.projectRoot)
      procedures:
        khai-sinh-thuong-tru-bhyt:
          parties: { ho-tich: \(Self.registrarName), cong-an: cong-an-xa, bhxh: bhxh-tinh }
      publicAddress: http://127.0.0.1:\(port)
      files: { addressKey: file:secrets/file-address.key }
      enrichments:
        - from: [nen-tang]
          when: "starts-with(procedure/code, '2.002621')"
          add: { procedure/name: Liên thông khai sinh, field/code: G15-HT01, field/name: Hộ tịch, resultReturn/method: inPerson }
        - { from: [nen-tang], when: "unit/code = '14758'", add: { unit/name: UBND phường (mẫu) } }
      \(database?.siteSection ?? "")

      """, to: site + "/gateway.yaml")
    TestFiles.write(String(repeating: "k", count: 32), to: site + "/secrets/file-address.key")
    TestFiles.write(
      "routes:\n  - { name: lên Cổng, message: dossier, from: [nen-tang], to: [cong] }\n", to: site + "/routes.yaml")
    try write(
      "nen-tang", platform, sends: "dvclt/chi-tiet, dvclt/trang-thai", "profile: dvclt",
      "  polls: { danh-sach: { every: 200ms } }")
    try write(
      Self.registrarName, registrar, sends: "hotich/ket-qua", "profile: hotich", "  values: { maTinh: \"38\" }",
      "  polls: { ket-qua-ltks: { every: 200ms } }")
    try write("cong-an-xa", police, sends: "cu-tru/tien-do", "profile: cu-tru")
    try write("bhxh-tinh", insurance, sends: "bhxh/tien-do", "profile: bhxh")
    try write(
      "cong", portal, sends: nil, "profile: dvcqg-a", "  values: { madonvi: H99, dstcode: VN:THU }",
      secrets: ["username": Self.portalSecrets.username, "password": Self.portalSecrets.password])
  }

  deinit {
    for service in [platform, registrar, police, insurance] { service.stop() }
    for server in servers { server.stop() }
  }

  /// Serves a partner and writes its party into the site.
  private func write(
    _ party: String, _ partner: any SimulatedPartner, sends: String?, _ lines: String...,
    secrets given: [String: String]? = nil
  ) throws {
    let server = try SimulatorServer(partner: partner)
    servers.append(server)
    let secrets = given ?? (partner as? ServiceSimulator)?.description.secrets ?? [:]
    for (name, secret) in secrets { TestFiles.write(secret, to: "\(site)/secrets/\(party).\(name)") }
    let named = secrets.keys.sorted().map { "\($0): \"file:../secrets/\(party).\($0)\"" }.joined(separator: ", ")
    TestFiles.write(
      """
      party: \(party)
      name: \(party) (thử)
      credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(party)))" }]
      \(sends.map { "sends: [\($0)]" } ?? "")
      receives:
        address: \(server.url)
        secrets: { \(named) }
        retry: { minimum: 100ms, maximum: 500ms, lifetime: 1h }
        \(lines.joined(separator: "\n"))

      """, to: "\(site)/parties/\(party).yaml")
  }

  /// A citizen hands in a birth on the platform.
  func submit(_ code: String) {
    let example = TestFiles.projectRoot + "/Mappings/dvclt.chi-tiet--canonical/1/examples/khai-sinh.in.json"
    let text = String(decoding: TestFiles.read(example), as: UTF8.self)
      .replacing("G22.99.02-261120-0004", with: code).replacing("1.006714", with: "2.000986")
    #expect(platform.put(Array(text.utf8), into: "ho-so"))
  }

  /// What a partner has taken by an operation, as texts.
  func taken(_ partner: any SimulatedPartner, by operation: String) -> [String] {
    partner.journal.messages.filter { $0.subject == operation && $0.outcome == .accepted }
      .map { String(decoding: $0.body, as: UTF8.self) }
  }

  /// The statuses that the platform was told, in their order.
  var toldPlatform: [String] {
    taken(platform, by: "trangThai").compactMap { text in
      (try? JSONDocument(parsing: text).root["trangThai"]).flatMap { $0?.integer }.map(String.init)
    }
  }

  /// How many of a partner's reports the gateway has taken.
  func reported(_ partner: ServiceSimulator) -> Int {
    partner.journal.events.count { $0.name == .messageAccepted }
  }

  /// TrangThaiHoSo of the dossier on the portal.
  func portalStatus(_ code: String) -> String? {
    let response = portal.show(["dossiers", code], HTTPRequest(method: .get, target: "", path: []))
    return response.flatMap { try? JSONDocument(parsing: $0.body).root["status"]?.string } ?? nil
  }

  /// What partners had for the gateway and it could not take, as an operator sees it.
  var items: String {
    let text = ProgramRun.lienthong("poll", "items", "--site", site).text
    return text.contains("was taken") ? "" : text
  }

  /// A registrar who says one thing about every birth, a moment after it came.
  static func registrarPlan(status: String, note: String) -> String {
    """
    nhanHoSoDKHT:
      reads: { unit: maDonVi, platform: maHoSoLT }
      steps:
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
            ghiChu: \(note)
            ketQuaXuLy: null
            nguoiXuLy: Nguyễn Thị Tư Pháp
            hanBoSungHoSo: null
    """
  }
}
