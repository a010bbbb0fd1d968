import FileKit
package import JSONKit

/// Compiles a JSON Schema from a file, with the schemas beside it in its folder as what it may refer to.
///
/// A reference is found by the `$id` of a neighbour or by its file name; nothing outside the folder is read, and no
/// network. An unknown keyword is refused, never ignored: a rule that nobody checks is worse than none.
package enum JSONSchemaFile {
  /// Why a schema file cannot be used: `file:line:column: sentence`.
  package struct Failure: Error, Sendable, CustomStringConvertible {
    package let description: String
  }

  /// Largest schema file, in bytes.
  package static let bytesLimit = 16 * 1_024 * 1_024

  package static func compile(_ path: String, formats: Set<JSONSchemaFormat> = []) throws(Failure) -> JSONSchema {
    let document = try parse(path)
    var registry = JSONSchemaRegistry.standard
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    for path in FolderListing.files(in: folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, ending: ".json") {
      // A neighbour that cannot be read matters only when it is referred to; then its reference does not resolve.
      guard let neighbour = try? parse(path) else { continue }
      if let identifier = neighbour.root["$id"]?.string { registry.add(neighbour, at: identifier) }
      registry.add(neighbour, at: uri(name(of: path)))
    }
    do throws(JSONError) {
      return try JSONSchema(
        document, at: identifier(of: document) ?? uri(name(of: path)), registry: registry,
        options: JSONSchemaOptions(formats: formats, isStrict: true))
    } catch {
      throw failure(error, in: path)
    }
  }

  /// The `$id` of a schema, by which findings name it, if it is a URI of its own and not relative to another.
  private static func identifier(of document: JSONDocument) -> String? {
    document.root["$id"]?.string.flatMap { $0.contains(":") ? $0 : nil }
  }

  /// Only names count inside a folder, so that a schema means the same wherever the folder lies.
  private static func uri(_ name: String) -> String { "file:///" + name }

  private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  private static func parse(_ path: String) throws(Failure) -> JSONDocument {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileContent.read(path, limit: bytesLimit)
    } catch {
      throw Failure(description: error.description)
    }
    do throws(JSONError) {
      return try JSONDocument(parsing: bytes)
    } catch {
      throw failure(error, in: path)
    }
  }

  private static func failure(_ error: JSONError, in path: String) -> Failure {
    let place = error.path.map { " [at \($0)]" } ?? ""
    return Failure(description: "\(path):\(error.line):\(error.column): \(error.message)\(place)")
  }
}
