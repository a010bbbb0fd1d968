import DocumentKit
import Testing
import Translation
import Workbench

@Suite("There and back through the shipped mappings")
struct RoundTripTests {
  /// Pairs of which no sample comes back, and why. An entry that is not needed any more fails, so that the list can only
  /// become shorter.
  static let stopped: [String: String] = [
    "canonical--hotich.dang-ky-ho-tich/1":
      "the kind of a form is any word of capitals, and only the modules of the table hotich-procedure come back",
    "hotich.ho-so--canonical/1":
      "codes and the place of registration are any text, and numbers and a unit's code in the form that is written",
  ]

  static let pairs: [String] = Shelf.labels.filter { label in
    guard let workbench = try? Shelf.shared().workbench, let mapping = try? workbench.mapping(label) else {
      return true
    }
    return workbench.opposite(of: mapping) != nil
  }

  @Test("what comes back is what went out, except for what is declared", arguments: pairs)
  func same(label: String) throws {
    let workbench = try Shelf.shared().workbench
    let report = try workbench.test(try workbench.mapping(label), samples: 20, seed: 1, isRoundTrip: true)
    #expect(report.failures.map { "\($0.sample): \($0.kind.rawValue): \($0.message)" } == [])
    #expect((report.returned > 0) == (Self.stopped[label] == nil), "stopped: \(report.stoppedOnReturn)")
  }

  @Test("both directions of every pair are tried, and only they declare anything")
  func pairing() throws {
    #expect(Self.pairs.count == 40)
    #expect(Self.pairs.contains("canonical--edxml.document/1") && Self.pairs.contains("edxml.document--canonical/1"))
    let declaring = Shelf.labels.filter { PackageFolder.root["Mappings/\($0)"].names.contains("round-trip.yaml") }
    #expect(Set(declaring).subtracting(Self.pairs) == [])
    #expect(declaring.count >= 17)
  }

  /// One text of a shipped mapping, what is put in its place, and where the way there and back shows it.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let mapping: String
    let text: String
    let mistake: String
    /// The mapping with which the way begins.
    let start: String
    let path: String
    var testDescription: String { "\(mapping): \(mistake)" }
  }

  static let mistakes = [
    Mistake(
      mapping: "canonical--dvcqg-b.tien-trinh", text: "from: \"entry[last() = 1]/handler\"",
      mistake: "from: \"concat(entry[last() = 1]/handler, '.')\"", start: "dvcqg-b.tien-trinh--canonical",
      path: "/NguoiXuLy"),
    Mistake(
      mapping: "dvcqg-a.tien-do--canonical", text: "from: ThoiDiemXuLy, time: yyyyMMddHHmmss",
      mistake: "from: \"concat('2025', substring(ThoiDiemXuLy, 5))\", time: yyyyMMddHHmmss",
      start: "dvcqg-a.tien-do--canonical", path: "/ThoiDiemXuLy"),
    Mistake(
      mapping: "btxh.xu-ly-ho-so--canonical", text: "from: NoiDungXuLy",
      mistake: "from: \"substring(NoiDungXuLy, 2)\"", start: "btxh.xu-ly-ho-so--canonical", path: "/NoiDungXuLy"),
    Mistake(
      mapping: "canonical--oc-publish.dossier", text: "from: owner/residence/commune/name",
      mistake: "from: owner/residence/district/name", start: "oc-publish.dossier--canonical",
      path: "/DossierPublishModel/wardName"),
  ]

  @Test("a broken row of a shipped mapping is found on the way there and back", arguments: mistakes)
  func mistake(mistake: Mistake) throws {
    let shelf = try Shelf.shared()
    let label = try shelf.mapping(mistake.mapping).label
    let text = String(
      decoding: try PackageFolder.root["Mappings/\(label)"].read("mapping.yaml"), as: UTF8.self)
    try #require(text.contains(mistake.text))
    let document = try YAMLDocument(
      parsing: text.replacing(mistake.text, with: mistake.mistake, maxReplacements: 1), file: "broken.yaml")
    let broken = try Mapping(try MappingDefinition(document), codes: shelf.registry.codes)
    let registry = MappingRegistry(
      shelf.registry.mappings.map { $0.label == label ? broken : $0 }, codes: shelf.registry.codes)
    let workbench = Workbench(
      schemas: shelf.workbench.schemasFolder, mappings: shelf.workbench.mappingsFolder, registry: registry)
    let report = try workbench.test(
      try workbench.mapping(mistake.start), samples: 20, seed: 1, isRoundTrip: true)
    #expect(report.failures.contains { $0.kind == .roundTrip && $0.path == mistake.path }, "\(report.failures)")
  }
}
