import DocumentKit
import FileKit
package import Translation

/// A document kept beside a mapping, with what the mapping must make of it.
package struct MappingExample: Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// `examples/<case>.in.*` and `<case>.out.*`: must be translated, and to this.
    case example = "examples"
    /// `refusals/<case>.in.*` and `<case>.expect`: must be `held TABLE …`, `refused ROW` or `refused RULE`.
    case refusal = "refusals"
  }

  /// `name/version` of the mapping.
  package let mapping: String
  package let kind: Kind
  /// The name of the input without `.in.json` or `.in.xml`.
  package let name: String
  package let inputPath: String
  /// The golden document, or the `.expect` file.
  package let expectationPath: String

  package var description: String { "\(mapping): \(name)" }
}

extension Workbench {
  /// The examples or refusals beside a mapping, by name; none if it has no such folder.
  package func examples(of mapping: Mapping, _ kind: MappingExample.Kind) -> [MappingExample] {
    let folder = "\(mappingsFolder)/\(mapping.label)/\(kind.rawValue)"
    let ending = ".in.\(mapping.source.format.rawValue)"
    return FolderListing.files(in: folder, ending: ending).map { path in
      let stem = String(path.dropLast(ending.count))
      let expectation = kind == .example ? ".out.\(mapping.target.format.rawValue)" : ".expect"
      return MappingExample(
        mapping: mapping.label, kind: kind, name: stem.split(separator: "/").last.map(String.init) ?? stem,
        inputPath: path, expectationPath: stem + expectation)
    }
  }

  /// The input of an example, parsed.
  package func document(of example: MappingExample, for mapping: Mapping) throws(WorkbenchError) -> SourceDocument {
    try SourceDocument(try Self.read(example.inputPath), as: mapping.source.format, named: example.inputPath)
  }

  /// Largest document the workbench reads, in bytes.
  package static let bytesLimit = 256 * 1_024 * 1_024

  static func read(_ path: String) throws(WorkbenchError) -> [UInt8] {
    do throws(FileError) {
      return try FileContent.read(path, limit: bytesLimit)
    } catch {
      throw WorkbenchError(.file, error.description)
    }
  }
}
