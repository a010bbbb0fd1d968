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
    "canonical--dvclt.da-nhan",
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

  /// A finding by what it says and where it speaks of, and not by its place in the file.
  private static func key(_ finding: CheckFinding) -> String {
    // Of a place that no row feeds the message tells whether some group does not, or all.
    let words = finding.rule == .unfedOptional ? finding.message : ""
    return "\(finding.rule.rawValue) \(finding.path) \(finding.code ?? "") \(words)"
  }

  /// Every name a row speaks of, in `to` and in its expressions, with those of the rows in it.
  private static func names(of row: MappingRow) -> Set<String> {
    var texts = [row.target.text, row.each?.text, row.when?.text, row.groupBy?.text, row.parse?.from.text]
    if case .from(let expression) = row.content { texts.append(expression.text) }
    if case .codes(let inward, let outward)? = row.conversion {
      for table in [inward, outward] { texts += table?.columns.map(\.expression.text) ?? [] }
    }
    let own = texts.compactMap(\.self).flatMap { text in
      text.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" && $0 != "." }.map(String.init)
    }
    return row.children.reduce(into: Set(own)) { $0.formUnion(names(of: $1)) }
  }

  /// The names of the groups around a row, which go with their last row.
  private static func around(_ row: MappingRow, in rows: [MappingRow]) -> Set<String> {
    rows.reduce(into: []) { names, outer in
      let isInside = outer.children.contains { $0.withInnerRows.contains { $0.position == row.position } }
      guard isInside else { return }
      names.formUnion(
        [outer.target.text, outer.each?.text ?? ""].flatMap { $0.split(separator: "/").map(String.init) })
      names.formUnion(around(row, in: outer.children))
    }
  }

  /// The whole path of the target that each row writes, through the groups and documents around it.
  private static func targets(_ rows: [MappingRow], below around: String = "") -> [(MappingRow, path: String)] {
    rows.flatMap { row in
      var path = row.target.text == "." ? around : "\(around)/\(row.target.text)"
      let own = (row, path: path)
      if case .document(let nested, _) = row.content { path += " » \(nested.target.schema)" }
      return [own] + targets(row.children, below: path)
    }
  }

  /// Places of which a row can be deleted without a finding, and why: two rows write each for two cases, and nothing says
  /// that a place which may be absent must be there in both; what they read is read by the other or elsewhere.
  private static let unprovable: [String: [String: String]] = [
    "canonical--dvcqg-a.ho-so/1": [
      "/TaiLieuNop/DuongDanTaiTepTin": "the address it has, or one of the gateway",
      "/DanhSachHoSoBoSung/DanhSachGiayToBoSung/DuongDanTaiTepTin": "the address it has, or one of the gateway",
      "/DanhSachGiayToKetQua/DuongDanTepTinKetQua": "the address it has, or one of the gateway",
      "/NgayKetThucXuLy": "which must be said once the handling is over, and may be before",
      "/DinhDanhCHS/SoDinhDanh": "a number of the form that its kind has",
    ],
    "canonical--dvcqg-b.ho-so/1": ["/ThanhPhanHoSo/SoLuong": "the copies that are said, or the files counted"],
    "canonical--hotich.dang-ky-ho-tich/1": ["/fileDinhKem/id": "its own number, or its place among the files"],
    "canonical--oc-lgsp.sync-document/1": ["/Attachments": "files numbered by their own ids, or by their places"],
    "dvcqg-b.ho-so--canonical/1": ["/owner/identityNumber": "beside the owner, or of who hands the dossier in"],
    "edxml.status--canonical/1": ["/entry/handler": "the clerk, or the agency, which is the sender too"],
    "hotich.dang-ky-ho-tich--canonical/1": ["/unit/level": "a constant for each length of the unit's code"],
    "hotich.ket-qua--canonical/1": [
      "/entry/at": "with or without a time of day", "/entry/supplementDueAt": "with or without a time of day",
    ],
    "lltp.ho-so--canonical/1": ["/appointedAt": "with or without a time of day"],
    "lltp.trang-thai--canonical/1": ["/entry/newAppointedAt": "with or without a time of day"],
    "vbdlis.luan-chuyen--canonical/1": ["/entry/content": "forwarded, or sent back"],
    "vnpost.hanh-trinh-don--canonical/1": ["/entry/content": "with or without the post's code"],
  ]

  /// Mappings of which only some rows are dropped, in even steps, and why.
  private static let sampled: [String: String] = [
    "canonical--hotich.ho-so-cu/1": "hundreds of rows, each a check of the whole mapping",
    "canonical--hotich.ho-so/1": "hundreds of rows, each a check of the whole mapping",
    "dvclt.chi-tiet--canonical/1": "the rows tell which form the document inside has; fewer may tell another",
    "hotich.ho-so--canonical/1": "hundreds of rows, each a check of the whole mapping",
  ]

  @Test("a row that is deleted is named by its paths, and nothing else is", arguments: clean)
  func droppedRow(label: String) throws {
    let workbench = try Self.workbench.get()
    let definition = try #require(Self.tables.first { $0.label == label }?.definition)
    let before = Dictionary(workbench.checkAlone(definition).map { (Self.key($0), 1) }, uniquingKeysWith: +)
    let targets = Self.targets(definition.rows)
    let writers = Dictionary(targets.map { ($0.path, 1) }, uniquingKeysWith: +)
    var silent: Set<String> = []
    let step = Self.sampled[label] == nil ? 1 : max(1, targets.count / 12)
    for (row, path) in stride(from: 0, to: targets.count, by: step).map({ targets[$0] }) {
      var known = before
      let new = workbench.checkAlone(definition.without(rowAt: row.position)).filter { finding in
        known[Self.key(finding), default: 0] -= 1
        return known[Self.key(finding), default: 0] < 0
      }
      let names = Self.names(of: row).union(Self.around(row, in: definition.rows))
      // Without the row that refuses a second node, others read the first of several.
      for finding in new where !(finding.rule == .firstWins && names.contains("last")) {
        let last = finding.path.split(separator: "/").last.map { String($0.drop { $0 == "@" }) } ?? ""
        #expect(names.contains(last), "without \(row.position): \(finding)")
      }
      guard new.isEmpty else { continue }
      silent.insert(path)
      #expect(writers[path, default: 0] > 1, "without \(row.position) nothing is said")
    }
    guard Self.sampled[label] == nil else { return }
    #expect(silent == Set(Self.unprovable[label, default: [:]].keys), "\(label)")
  }

  @Test("a code row that is deleted is named by its table and code, wherever a schema lists the codes")
  func droppedCodeRow() throws {
    let workbench = try Self.workbench.get()
    let definitions = Self.tables.compactMap(\.definition)
    let all = try workbench.registry.codes.names.map { try #require(workbench.registry.codes[$0]) }
    var named = 0
    for table in all {
      let users = definitions.filter { definition in
        definition.allRows.contains { row in
          guard case .codes(let inward, let outward)? = row.conversion else { return false }
          return inward?.name == table.name || outward?.name == table.name
        }
      }
      let before = Set(users.flatMap { workbench.checkAlone($0) }.map(Self.key))
      let isOpen = users.flatMap { workbench.checkAlone($0) }.contains {
        $0.rule == .notProved && $0.message.contains("‘\(table.name)’")
      }
      for row in table.rows {
        let others = all.filter { $0.name != table.name } + [table.without(rowAt: row.position)]
        let registry = MappingRegistry([], codes: try CodeTableRegistry(others))
        let changed = Workbench(
          schemas: workbench.schemasFolder, mappings: workbench.mappingsFolder, registry: registry)
        let new = users.flatMap { changed.checkAlone($0) }.filter { !before.contains(Self.key($0)) }
        for finding in new {
          #expect(finding.rule == .codesNotTotal && finding.message.contains("‘\(table.name)’"), "\(finding)")
          #expect(finding.code == row.foreign || finding.code == row.canonical, "\(finding)")
        }
        if !new.isEmpty { named += 1 }
        // Where no schema lists the codes, the check says so of the table; other rows may answer for the same code.
        let isAnswered = table.rows.contains {
          $0.position != row.position && ($0.foreign == row.foreign || $0.canonical == row.canonical)
        }
        #expect(!new.isEmpty || isOpen || users.isEmpty || isAnswered, "without \(row.position) nothing is said")
      }
    }
    #expect(named >= 10, "only \(named) code rows were named")
  }
}
