import Glibc
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
    for name in neighbours(in: folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder) {
      // A neighbour that cannot be read matters only when it is referred to; then its reference does not resolve.
      guard let neighbour = try? parse(folder.isEmpty ? name : folder + "/" + name) else { continue }
      if let identifier = neighbour.root["$id"]?.string { registry.add(neighbour, at: identifier) }
      registry.add(neighbour, at: uri(name))
    }
    let own = path.split(separator: "/").last.map(String.init) ?? path
    do throws(JSONError) {
      return try JSONSchema(
        document, at: uri(own), registry: registry, options: JSONSchemaOptions(formats: formats, isStrict: true))
    } catch {
      throw failure(error, in: path)
    }
  }

  /// Only names count inside a folder, so that a schema means the same wherever the folder lies.
  private static func uri(_ name: String) -> String { "file:///" + name }

  private static func parse(_ path: String) throws(Failure) -> JSONDocument {
    let bytes = try read(path)
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

  private static func read(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(description: "\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw Failure(description: "\(path): \(String(cString: strerror(errno)))")
      }
      bytes += chunk[..<count]
      guard bytes.count <= bytesLimit else {
        throw Failure(description: "\(path): a schema has at most \(bytesLimit) bytes")
      }
    }
  }

  private static func neighbours(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".json") && !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
