import DocumentKit
import Testing
import Translation

@testable import Workbench

/// Every row of every shipped mapping is deleted, alone; what the check then says besides is held against what the row
/// read and wrote, path by path.
@Suite("A row deleted from a shipped mapping", .timeLimit(.minutes(10)))
struct DroppedRowTests {
  /// The findings of the target: that a place of it is not fed, or not always.
  private static let aboutTarget: Set<CheckRule> = [.unfedRequired, .unfedOptional, .whenLeavesEmpty, .mayBeEmpty]

  @Test("is named by exactly its paths", arguments: ShippedMappingsCheckTests.clean)
  func row(label: String) throws {
    let workbench = try ShippedMappingsCheckTests.workbench.get()
    let definition = try #require(ShippedMappingsCheckTests.tables.first { $0.label == label }?.definition)
    let checker = MappingChecker(codes: workbench.registry.codes, shelf: workbench.shelf)
    let before = checker.check(definition)
    let places = try RowPlaces(definition, root: before.sourceRoot ?? "", in: workbench)
    #expect(places.unread() == [], "what no row of \(label) reads, by the words of its expressions alone")
    let known = Dictionary(before.findings.map { (Self.key($0), 1) }, uniquingKeysWith: +)
    var silent: [DocumentPlace: [Int]] = [:]
    for index in places.entries.indices {
      let row = places.entries[index].row
      var left = known
      let new = checker.check(definition.without(rowAt: row.position)).findings.filter { finding in
        left[Self.key(finding), default: 0] -= 1
        return left[Self.key(finding), default: 0] < 0
      }
      hold(new, against: places, without: index)
      guard new.isEmpty, let place = places.entries[index].writes.last else { continue }
      silent[place, default: []].append((places.writers(of: place).firstIndex(of: index) ?? 0) + 1)
    }
    let told = silent.map { place, rows in
      "\(place): \(rows.map(String.init).joined(separator: ", ")) of \(places.writers(of: place).count)"
    }
    #expect(told.sorted() == Self.silent[label, default: [:]].keys.sorted(), "\(label)")
  }

  /// A finding by what it says and where it speaks of, and not by its place in the file.
  private static func key(_ finding: CheckFinding) -> String {
    // Of a place that no row feeds the message tells whether some group does not, or all.
    let words = finding.rule == .unfedOptional ? finding.message.english : ""
    return "\(finding.rule.rawValue) \(finding.path) \(finding.code ?? "") \(words)"
  }

  private func hold(_ findings: [CheckFinding], against places: RowPlaces, without index: Int) {
    let dropped = places.dropped(with: index)
    let position = places.entries[index].row.position
    // The source: exactly the leaves that nobody else reads, and a larger part only where it holds no other leaf.
    let unread = places.unread(without: dropped)
    var named: Set<DocumentPlace> = []
    for finding in findings where finding.rule == .unreadSource {
      let inside = unread.filter { $0.path == finding.path || $0.path.hasPrefix(finding.path + "/") }
      #expect(inside.count == finding.leafCount, "without \(position), which read \(inside): \(finding)")
      named.formUnion(inside)
    }
    #expect(named == unread, "without \(position)")
    // The target: each place that nobody else writes, told once at the place above it that is not written either.
    let unwritten = places.unwritten(without: dropped)
    let told = findings.filter { Self.aboutTarget.contains($0.rule) }
    for place in unwritten where !unwritten.contains(where: { place.isInside($0) }) {
      #expect(told.contains { $0.names(place.path) }, "without \(position) nothing is said of \(place)")
    }
    let own = Set(dropped.flatMap { places.entries[$0].writes }.map(\.path))
    // What is around it may be empty now, where this row was the one that always wrote.
    let around = own.union(places.around(index).map(\.path))
    for finding in told {
      let allowed = finding.rule == .mayBeEmpty ? around : own
      #expect(allowed.contains { finding.names($0) }, "without \(position), which wrote \(own.sorted()): \(finding)")
    }
    for finding in findings where finding.rule != .unreadSource && !Self.aboutTarget.contains(finding.rule) {
      // Without the row that refuses a second node, others read the first of several.
      let text: String? =
        if case .from(let expression) = places.entries[index].row.content { expression.text } else { nil }
      #expect(finding.rule == .firstWins && text?.contains("[last() = 1]") == true, "without \(position): \(finding)")
    }
  }

  /// Which writers of which place, of how many, can be deleted without a word, and why. Two rows write it, each for its
  /// case; nothing says that a place which may be absent must be there in both, and what they read is read elsewhere too.
  private static let silent: [String: [String: String]] = [
    "canonical--dvcqg-a.ho-so/1": [
      "TaiLieuNop/DuongDanTaiTepTin: 1, 2 of 2": address,
      "DanhSachHoSoBoSung/DanhSachGiayToBoSung/DuongDanTaiTepTin: 1, 2 of 2": address,
      "DanhSachGiayToKetQua/DuongDanTepTinKetQua: 1, 2 of 2": address,
      "NgayKetThucXuLy: 1, 2 of 2": "which must be said once the handling is over, and may be before",
      "DinhDanhCHS/SoDinhDanh: 1, 2 of 2": "a number of the form that its kind has",
    ],
    "canonical--dvcqg-b.ho-so/1": [
      "ThanhPhanHoSo/SoLuong: 1, 2 of 3": "the copies that are said, or the files counted"
    ],
    "canonical--hotich.dang-ky-ho-tich/1": ["fileDinhKem/id: 1, 2 of 2": number],
    "canonical--hotich.ho-so-cu/1": ["fileDinhKem/id: 1, 2 of 2": number],
    "canonical--hotich.ho-so/1": partsOfNames.merging(["fileDinhKem/id: 1, 2 of 2": number]) { $1 },
    "canonical--oc-lgsp.sync-document/1": [
      "Attachments: 1, 2 of 2": "files numbered by their own ids, or by their places"
    ],
    "dvclt.chi-tiet--canonical/1": ["unit/level: 1, 2 of 2": level],
    "dvcqg-b.ho-so--canonical/1": [
      "owner/identityNumber: 1, 2 of 2": "beside the owner, or of who hands the dossier in"
    ],
    "edxml.document--canonical/1": [
      "nationalCode: 1 of 2": "the dossier's own code, where that is the national one; it is read elsewhere too"
    ],
    "edxml.status--canonical/1": ["entry/handler: 1, 2 of 2": "the clerk, or the agency, which is the sender too"],
    "hotich.dang-ky-ho-tich--canonical/1": ["unit/level: 1, 2 of 2": level],
    "hotich.ho-so--canonical/1": [
      "unit/level: 1, 2 of 2": level,
      "registration/notice/issuedOn/day: 1, 2 of 2":
        "of a birth or of a death; of the text it is part of the month and the year are read too",
    ],
    "hotich.ket-qua--canonical/1": ["entry/at: 1, 2 of 2": clock, "entry/supplementDueAt: 1, 2 of 2": clock],
    "lltp.ho-so--canonical/1": ["appointedAt: 1, 2 of 2": clock],
    "lltp.trang-thai--canonical/1": ["entry/newAppointedAt: 1, 2 of 2": clock],
    "vbdlis.luan-chuyen--canonical/1": ["entry/content: 1, 2 of 2": "forwarded, or sent back"],
    "vnpost.hanh-trinh-don--canonical/1": ["entry/content: 1, 2 of 2": "with or without the post's code"],
  ]
  private static let address = "the address it has, or one of the gateway"
  private static let number = "its own number, or its place among the files"
  private static let level = "a constant for each length of the unit's code"
  private static let clock = "with or without a time of day"

  /// The name of each person in parts, as they were said or taken from the whole name.
  private static let partsOfNames: [String: String] = Dictionary(
    uniqueKeysWithValues: [
      (1, ["nks", "me", "cha", "nyc"]), (2, ["nkt", "nyc"]), (3, ["chong", "vo"]),
    ].flatMap { document, persons in
      persons.flatMap { person in
        ["Ho", "ChuDem"].map { part in
          ("\(document) » \(person)HoTen/\(part): 1, 2 of 2", "the part that was said, or that of the whole name")
        }
      }
    })
}

extension CheckFinding {
  /// How many leaves the finding speaks of.
  fileprivate var leafCount: Int {
    guard let words = message.english.split(separator: " with its ").dropFirst().first else { return 1 }
    return Int(words.prefix { $0.isNumber }) ?? 1
  }

  /// Whether it speaks of this place: of a choice its message names each of the places that would do.
  fileprivate func names(_ path: String) -> Bool { self.path == path || message.english.contains("‘\(path)’") }
}

extension DocumentPlace {
  fileprivate func isInside(_ other: DocumentPlace) -> Bool {
    document == other.document && path.hasPrefix(other.path + "/")
  }
}
