import Testing

/// A document kept beside a schema: one it accepts, or one it must refuse by a rule and at a place that are written down.
struct Example: Sendable, CustomTestStringConvertible {
  /// The folder of the schema, as `<partner>/<version>`.
  let schema: String
  let folder: PackageFolder
  let file: String

  /// The part of the name before `--`: which schema or which root it is an example of.
  var subject: String { String(file[..<(file.firstRange(of: "--")?.lowerBound ?? file.endIndex)]) }
  var testDescription: String { "\(schema) \(file)" }

  func bytes() throws -> [UInt8] { try folder.read(file) }

  /// `rule place`, from the file beside the example.
  func expectation() throws -> (rule: String, path: String) {
    let name = file.prefix(upTo: file.lastIndex(of: ".") ?? file.endIndex) + ".expect"
    let text = String(decoding: try folder.read(String(name)), as: UTF8.self)
    let parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
    try #require(parts.count == 2, "\(name) must say a rule and a place")
    return (parts[0], parts[1])
  }

  /// The examples of a kind (`valid` or `invalid`) in one language, by the end of their names.
  static func all(_ schema: String, _ kind: String, _ suffix: String) -> [Example] {
    let folder = PackageFolder.root["Schemas"][schema][kind]
    return folder.names.filter { $0.hasSuffix(suffix) }.map { Example(schema: schema, folder: folder, file: $0) }
  }
}
