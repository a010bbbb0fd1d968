import Testing
import Translation
import Workbench

@Suite("Samples through the shipped mappings")
struct SampleTests {
  /// Where a valid document is known to become an invalid one, and why. The gateway validates its output and sends none of
  /// them. An entry that no sample needs any more fails, so that the list can only become shorter.
  static let known: [String: [String: String]] = {
    let number = "the portal's pattern for numbers of dossiers is narrower than the canonical text"
    let spaces = "the partner's schema allows spaces in a number, the canonical one does not"
    return [
      "canonical--dvcqg-a.tien-do/1": ["/MaHoSo pattern": number],
      "canonical--dvcqg-b.ho-so/1": [
        "/MaHoSo pattern": number,
        "/MaTTHC pattern": "the portal knows codes of procedures of one form only",
        "/MaDonViTiepNhan pattern": "the portal knows codes of units of one form only",
      ],
      "canonical--dvcqg-b.tien-trinh/1": ["/MaHoSo pattern": number],
      "canonical--dvcqg-b.trang-thai/1": ["/MaHoSo pattern": number],
      "canonical--hotich.dang-ky-ho-tich/1": [
        "/data pattern": "the canonical form is any text, also where its format says XML",
        "/maDonVi pattern": "the software goes by the code of the commune, the canonical unit by any",
        "/module pattern": "the canonical kind of a form is any text",
      ],
      "dvcqg-b.ho-so--canonical/1": [
        "/dossier/procedure/serviceCode cvc-pattern-valid": spaces,
        "/dossier/attachment/componentCode cvc-complex-type.2.4":
          "the portal's schema allows a file without id and name, the canonical one does not",
      ],
      "lltp.ho-so--canonical/1": ["/dossier/code cvc-pattern-valid": spaces],
      "lltp.ket-qua--canonical/1": ["/progress/code cvc-pattern-valid": spaces],
      "lltp.trang-thai--canonical/1": ["/progress/code cvc-pattern-valid": spaces],
      "lltp.vneid--canonical/1": [
        "/dossier/code cvc-pattern-valid": spaces,
        "/dossier/recordRequest/person/birth/year cvc-pattern-valid":
          "the declaration allows any text for a day or year of birth",
      ],
    ]
  }()

  @Test("what a mapping makes of a valid document is valid", arguments: Shelf.labels)
  func valid(label: String) throws {
    let workbench = try Shelf.shared().workbench
    let report = try workbench.test(try workbench.mapping(label), samples: 20, seed: 1)
    #expect(report.samples == 20)
    let found = Set(report.failures.map { "\($0.path.withoutNumbers) \($0.rule)" })
    let failures = report.failures.map { "\($0.sample): \($0.path): \($0.rule): \($0.message)" }
    #expect(found.sorted() == Self.known[label, default: [:]].keys.sorted(), "\(failures.joined(separator: "\n"))")
  }

  @Test("what is known belongs to a mapping that is there")
  func knownMappings() {
    #expect(Set(Self.known.keys).subtracting(Shelf.labels) == [])
  }

  @Test("samples reach the other side of many mappings")
  func reach() throws {
    let workbench = try Shelf.shared().workbench
    let reached = try Shelf.labels.filter { label in
      try workbench.test(try workbench.mapping(label), samples: 20, seed: 1).translated > 0
    }
    #expect(reached.count >= 25, "\(reached)")
  }
}

extension String {
  /// The path without numbers of list members.
  fileprivate var withoutNumbers: String {
    split(separator: "/").compactMap { step in
      let name = step.prefix { $0 != "[" }
      return name.allSatisfy(\.isNumber) ? nil : "/" + name
    }.joined()
  }
}
