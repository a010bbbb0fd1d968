import DocumentKit
import Synchronization
import Testing
import Translation

/// A dossier of the portal's generation A becomes the canonical dossier and then the OpenCPS LGSP document.
@Suite("A dossier from the portal to an agency")
struct DossierTests {
  private static let inward = """
    mapping: dvcqg-a--canonical
    version: 1
    source: { schema: dvcqg-a/1/ho-so.schema.json, format: json }
    target: { schema: canonical/1/canonical.xsd, format: xml, root: dossier }
    rows:
      - { to: code, from: MaHoSo, required: true }
      - { to: procedure/code, from: MaTTHC, required: true }
      - { to: procedure/name, from: TenTTHC }
      - { to: channel, from: KenhThucHien, default: "1" }
      - { to: owner/name, from: normalize-space(ChuHoSo) }
      - { to: owner/identityNumber, from: SoGiayToChuHoSo }
      - { to: owner/email, from: Email }
      - { to: summary, from: TrichYeuHoSo, cut: 29 }
      - { to: receivedAt, from: NgayTiepNhan, time: yyyyMMddHHmmss, required: true }
      - { to: appointedAt, from: NgayHenTra, time: yyyyMMddHHmmss }
      - { to: status, from: TrangThaiHoSo, codes: dvcqg-status, required: true }
      - to: attachment
        each: TaiLieuNop
        when: "not(KhongGuiTep)"
        rows:
          - { to: name, from: TenTepDinhKem }
          - { to: deleted, from: IsDeleted, boolean: { true: "True", false: "False" } }
          - { to: url, from: DuongDanTaiTepTin }
      - to: fee
        each: DanhSachLePhi
        rows: [ { to: name, from: TenPhiLePhi }, { to: amount, from: Gia, number: decimal } ]
    ignore:
      - { from: ThongTinKhac, reason: empty in every known sender }
    """

  private static let outward = """
    mapping: canonical--oc-lgsp
    version: 1
    source: { schema: canonical/1/canonical.xsd, format: xml }
    target: { schema: oc-lgsp/1/lgsp.xsd, format: xml, root: MSyncDocument }
    rows:
      - { to: DocTypeCode, from: procedure/code }
      - { to: DocTypeName, from: procedure/name }
      - { to: DocCode, from: code }
      - { to: CitizenName, from: owner/name }
      - { to: ApplicantsId, from: owner/identityNumber }
      - { to: Phone, from: owner/phone, empty: keep }
      - { to: Compendium, from: summary }
      - { to: DateReceived, from: receivedAt, time: "yyyy-MM-ddTHH:mm:ss" }
      - { to: DateAppointed, from: appointedAt, time: "yyyy-MM-ddTHH:mm:ss" }
      - { to: IsSuccess, from: "boolean(status[. = 'completed' or . = 'returned'])" }
      - { to: Status, from: status, codes: dvcqg-status }
      - to: Attachments
        each: attachment
        rows:
          - { to: AttachmentId, from: count(preceding-sibling::attachment) + 1 }
          - { to: AttachmentName, from: name }
          - { to: IsDeleted, from: deleted, boolean: { true: "true", false: "false" } }
      - { to: DocFees, each: fee, rows: [ { to: FeeName, from: name }, { to: Price, from: amount, number: integer } ] }
    """

  private static let status = """
    codes: dvcqg-status
    foreign: TrangThaiHoSo
    canonical: dossier status
    unmapped: hold
    rows:
      - { foreign: "2", canonical: accepted }
      - { foreign: "9", canonical: completed }
    """

  private static let dossier = """
    {
      "MaHoSo": "H29.110-261120-00001", "MaTTHC": "1.001193", "TenTTHC": "Thủ tục đăng ký khai sinh",
      "KenhThucHien": "", "SoGiayToChuHoSo": "001099000001", "ChuHoSo": "  Nguyễn  Thị Ánh ", "Email": "",
      "ThongTinKhac": "", "TrichYeuHoSo": "Đăng ký khai sinh cho trẻ em tại phường Bến Thành",
      "NgayTiepNhan": "20261120083000", "NgayHenTra": "20261123170000", "TrangThaiHoSo": "2",
      "TaiLieuNop": [
        { "TenTepDinhKem": "Tờ khai & giấy chứng sinh.pdf", "IsDeleted": "False", "DuongDanTaiTepTin": "https://a/1" },
        { "TenTepDinhKem": "", "IsDeleted": "" },
        { "TenTepDinhKem": "Sổ hộ khẩu.pdf", "IsDeleted": "True", "DuongDanTaiTepTin": "https://a/2" }
      ],
      "DanhSachLePhi": [ { "TenPhiLePhi": "Lệ phí hộ tịch", "Gia": "8000.00" } ]
    }
    """

  private static let canonical =
    "<dossier><code>H29.110-261120-00001</code><procedure><code>1.001193</code>"
    + "<name>Thủ tục đăng ký khai sinh</name></procedure><channel>1</channel><owner><name>Nguyễn Thị Ánh</name>"
    + "<identityNumber>001099000001</identityNumber></owner><summary>Đăng ký khai sinh cho trẻ em </summary>"
    + "<receivedAt>2026-11-20T08:30:00+07:00</receivedAt><appointedAt>2026-11-23T17:00:00+07:00</appointedAt>"
    + "<status>accepted</status><attachment><name>Tờ khai &amp; giấy chứng sinh.pdf</name><deleted>false</deleted>"
    + "<url>https://a/1</url></attachment><attachment><name>Sổ hộ khẩu.pdf</name><deleted>true</deleted>"
    + "<url>https://a/2</url></attachment><fee><name>Lệ phí hộ tịch</name><amount>8000.00</amount></fee></dossier>"

  private static let lgsp =
    "<MSyncDocument><DocTypeCode>1.001193</DocTypeCode><DocTypeName>Thủ tục đăng ký khai sinh</DocTypeName>"
    + "<DocCode>H29.110-261120-00001</DocCode><CitizenName>Nguyễn Thị Ánh</CitizenName>"
    + "<ApplicantsId>001099000001</ApplicantsId><Phone/><Compendium>Đăng ký khai sinh cho trẻ em </Compendium>"
    + "<DateReceived>2026-11-20T08:30:00</DateReceived><DateAppointed>2026-11-23T17:00:00</DateAppointed>"
    + "<IsSuccess>false</IsSuccess><Status>2</Status><Attachments><AttachmentId>1</AttachmentId>"
    + "<AttachmentName>Tờ khai &amp; giấy chứng sinh.pdf</AttachmentName><IsDeleted>false</IsDeleted></Attachments>"
    + "<Attachments><AttachmentId>2</AttachmentId><AttachmentName>Sổ hộ khẩu.pdf</AttachmentName>"
    + "<IsDeleted>true</IsDeleted></Attachments><DocFees><FeeName>Lệ phí hộ tịch</FeeName><Price>8000</Price>"
    + "</DocFees></MSyncDocument>"

  private static func mapping(_ text: String) throws -> Mapping {
    let codes = try Workbench.tables([status])
    return try Mapping(MappingDefinition(YAMLDocument(parsing: text, file: "mapping.yaml")), codes: codes)
  }

  @Test("from the portal's JSON over the canonical form to the agency's XML")
  func journey() throws {
    let inward = try Self.mapping(Self.inward)
    guard case .translated(let canonical, let report, _) = try inward.translate(Workbench.json(Self.dossier)) else {
      Issue.record("the dossier was not translated")
      return
    }
    #expect(try Workbench.text(canonical) == Self.canonical)
    #expect(report.notes.map(\.target) == ["channel", "summary"])
    #expect(try Self.mapping(Self.outward).text(canonical) == Self.lgsp)
  }

  @Test("many threads share one mapping")
  func threads() async throws {
    let inward = try Self.mapping(Self.inward)
    let outward = try Self.mapping(Self.outward)
    let good = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<50 {
            guard let tree = try? Workbench.json(Self.dossier),
              case .translated(let canonical, _, _)? = try? inward.translate(tree),
              let text = try? outward.text(canonical)
            else { continue }
            if text == Self.lgsp { good.count.withLock { $0 += 1 } }
          }
        }
      }
    }
    #expect(good.count.withLock { $0 } == 400)
  }
}

private final class Counter: Sendable {
  let count = Mutex(0)
}
