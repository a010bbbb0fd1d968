import DocumentKit
import Testing
import Translation

/// A document kept beside a mapping, with what the mapping must make of it.
struct MappingExample: Sendable, CustomTestStringConvertible {
  /// The folder of one version of a mapping.
  let folder: PackageFolder
  let mapping: String
  /// `examples` or `refusals`.
  let kind: String
  /// The name of the input without `.in.json` or `.in.xml`.
  let name: String
  let sourceFormat: DocumentTree.Format

  var testDescription: String { "\(mapping): \(name)" }

  func input() throws -> [UInt8] {
    try folder[kind].read("\(name).in.\(sourceFormat.rawValue)")
  }

  func tree() throws -> DocumentTree {
    try DocumentTree(parsing: try input(), as: sourceFormat)
  }

  func goldenName(_ format: DocumentTree.Format) -> String { "\(name).out.\(format.rawValue)" }

  /// `refused row` or `held table`, from the file beside the input.
  func expectation() throws -> [String] {
    String(decoding: try folder[kind].read("\(name).expect"), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// Every mapping's folder, named as the mapping.
  static let mappings = PackageFolder.root["Mappings"].names.filter { $0.contains("--") }

  static func all(_ kind: String) -> [MappingExample] {
    mappings.flatMap { mapping in
      PackageFolder.root["Mappings"][mapping].names.flatMap { version in
        let folder = PackageFolder.root["Mappings"][mapping][version]
        return folder[kind].names.compactMap { file in
          [DocumentTree.Format.json, .xml].first { file.hasSuffix(".in.\($0.rawValue)") }.map { format in
            MappingExample(
              folder: folder, mapping: mapping, kind: kind,
              name: String(file.dropLast(".in.\(format.rawValue)".count)), sourceFormat: format)
          }
        }
      }
    }
  }
}
