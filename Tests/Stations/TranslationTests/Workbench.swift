import DocumentKit
import GatewayTesting
import Testing
import Translation
import XMLKit

/// Makes mappings from a few lines of YAML and runs documents through them.
enum Workbench {
  static let statusTable = """
    codes: status
    foreign: portal
    canonical: dossier status
    unmapped: hold
    rows:
      - { foreign: "1", canonical: registered }
      - { foreign: "2", canonical: accepted }
      - { foreign: "22", canonical: accepted, direction: in }
      - { foreign: "0", canonical: interoperating, direction: in }
      - { foreign: "9", canonical: archived, direction: out }
    """

  static let partner = "source: { schema: partner/1/a.json, format: json }"
  static let toCanonical = "target: { schema: canonical/1/c.xsd, format: xml, root: dossier }"

  /// The lines before `rows:` have the numbers 1 to 5, so that the first row is line 6.
  static func definition(
    _ rows: String, source: String = partner, target: String = toCanonical,
  ) throws -> MappingDefinition {
    let text = "mapping: a--b\nversion: 1\n\(source)\n\(target)\nrows:\n\(rows)"
    return try MappingDefinition(YAMLDocument(parsing: text, file: "m.yaml"))
  }

  static func tables(_ texts: [String] = [statusTable]) throws -> CodeTableRegistry {
    try CodeTableRegistry(
      texts.enumerated().map { try CodeTable(YAMLDocument(parsing: $0.element, file: "t\($0.offset).yaml")) })
  }

  static func mapping(
    _ rows: String, source: String = partner, target: String = toCanonical, tables: [String] = [statusTable],
    limits: TranslationLimits = .standard,
  ) throws -> Mapping {
    try Mapping(definition(rows, source: source, target: target), codes: self.tables(tables), limits: limits)
  }

  /// The mistakes of a mapping that must not be accepted, one line each.
  static func mistakes(
    _ rows: String, source: String = partner, target: String = toCanonical, tables: [String] = [statusTable],
  ) -> [String] {
    do {
      _ = try mapping(rows, source: source, target: target, tables: tables)
      return []
    } catch let errors as MappingErrors {
      for error in errors.errors {
        #expect(error.message.isInBothLanguages, "\(error)")
        #expect(error.remedy.isEmpty || error.remedy.isInBothLanguages, "\(error)")
      }
      return errors.errors.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  static func json(_ text: String) throws -> DocumentTree {
    try DocumentTree(parsing: Array(text.utf8), as: .json)
  }

  static func xml(_ text: String) throws -> DocumentTree {
    try DocumentTree(parsing: Array(text.utf8), as: .xml)
  }

  static func text(_ tree: DocumentTree) throws -> String {
    guard tree.format == .xml else { return String(decoding: try tree.json(), as: UTF8.self) }
    let bytes = tree.document.serialised(declaration: false)
    return String(decoding: bytes, as: UTF8.self).filter { $0 != "\n" }
  }
}

extension Mapping {
  /// The target document as text; anything but a translation is an issue.
  func text(_ tree: DocumentTree) throws -> String {
    guard case .translated(let target, _, _) = try translate(tree) else {
      Issue.record("not translated: \(try translate(tree))")
      return ""
    }
    return try Workbench.text(target)
  }

  func report(_ tree: DocumentTree) throws -> TranslationReport? {
    guard case .translated(_, let report, _) = try translate(tree) else { return nil }
    return report
  }

  func findings(_ tree: DocumentTree) throws -> [Finding] {
    guard case .refused(let findings) = try translate(tree) else { return [] }
    return findings
  }

  func held(_ tree: DocumentTree) throws -> HeldReason? {
    guard case .held(let reason) = try translate(tree) else { return nil }
    return reason
  }
}
