import DocumentKit
import GatewayTesting
import Testing
import Translation
import Workbench

@Suite("Checking the shipped mappings", .timeLimit(.minutes(5)))
struct ShippedMappingsCheckTests {
  static let workbench = Result {
    try Workbench(
      schemas: TestFiles.projectRoot + "/Schemas", mappings: TestFiles.projectRoot + "/Mappings")
  }

  static var tables: [Mapping] {
    (try? workbench.get())?.registry.mappings.filter { $0.definition != nil } ?? []
  }

  /// Mappings without an error, which stay so; a list that only becomes longer.
  static let clean = [
    "btxh.dong-bo-dvc--canonical",
    "btxh.xu-ly-ho-so--canonical",
    "canonical--btxh.dong-bo-dvc",
    "canonical--btxh.xu-ly-ho-so",
    "canonical--dvclt.trang-thai",
    "canonical--dvcqg-a.ho-so",
    "canonical--dvcqg-a.tien-do",
    "canonical--dvcqg-b.ho-so",
    "canonical--dvcqg-b.tien-trinh",
    "canonical--dvcqg-b.trang-thai",
    "canonical--edxml.status",
    "canonical--hotich.dang-ky-ho-tich",
    "canonical--hotich.ho-so",
    "canonical--hotich.ho-so-cu",
    "canonical--lltp.ho-so",
    "canonical--lltp.trang-thai",
    "canonical--oc-lgsp.document-traces",
    "canonical--oc-lgsp.sync-document",
    "canonical--oc-publish.dossier",
    "canonical--vbdlis.bo-sung",
    "canonical--vbdlis.sai-ket-qua",
    "canonical--vbdlis.tiep-nhan",
    "canonical--vbdlis.tra-ket-qua",
    "canonical--vnpost.don-hang",
    "dkkd.chi-tiet-ngsp--canonical",
    "dkkd.chi-tiet-tinh--canonical",
    "dvclt.chi-tiet--canonical",
    "dvclt.trang-thai--canonical",
    "dvcqg-a.ho-so--canonical",
    "dvcqg-a.tien-do--canonical",
    "dvcqg-b.ho-so--canonical",
    "dvcqg-b.tien-trinh--canonical",
    "dvcqg-b.trang-thai--canonical",
    "edxml.document--canonical",
    "edxml.status--canonical",
    "hotich.dang-ky-ho-tich--canonical",
    "hotich.ho-so--canonical",
    "hotich.ket-qua--canonical",
    "lltp.ho-so--canonical",
    "lltp.ket-qua--canonical",
    "lltp.trang-thai--canonical",
    "lltp.vneid--canonical",
    "oc-lgsp.document-traces--canonical",
    "oc-lgsp.sync-document--canonical",
    "oc-publish.dossier--canonical",
    "vbdlis.cho-bo-sung--canonical",
    "vbdlis.cung-cap-so-bien-nhan--canonical",
    "vbdlis.da-bo-sung--canonical",
    "vbdlis.ilis-ket-qua-thue--canonical",
    "vbdlis.ket-qua-thue--canonical",
    "vbdlis.ket-thuc--canonical",
    "vbdlis.luan-chuyen--canonical",
    "vbdlis.sai-thu-tuc--canonical",
    "vbdlis.thue-tra-lai--canonical",
    "vbdlis.yeu-cau-cap-nhat--canonical",
    "vnpost.hanh-trinh-don--canonical",
  ].map { $0 + "/1" }

  @Test("a mapping that was without an error stays so")
  func staysClean() throws {
    let reports = try Self.workbench.get().checkAll()
    for report in reports where Self.clean.contains(report.label) {
      #expect(report.findings(from: .error).map(\.description) == [], "\(report.label)")
    }
    #expect(Set(Self.clean).isSubset(of: reports.map(\.label)))
  }
}
