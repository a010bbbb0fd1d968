import DocumentKit
import Glibc

/// A folder of schema files for one test, gone with it.
final class SchemaFolder {
  let path: String

  init(_ files: [String: String]) throws {
    var template = Array("/tmp/schema-shape-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SchemaShapeError(.file, at: "/tmp", "no folder could be made") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for (name, text) in files {
      let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT, 0o600)
      let bytes = Array(text.utf8)
      guard write(descriptor, bytes, bytes.count) == bytes.count, close(descriptor) == 0 else {
        throw SchemaShapeError(.file, at: name, "the file could not be written")
      }
    }
  }

  deinit {
    if let stream = opendir(path) {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        }
        unlink(path + "/" + name)
      }
      closedir(stream)
    }
    rmdir(path)
  }

  func shape(_ name: String, limits: SchemaShapeLimits = .standard) throws(SchemaShapeError) -> SchemaShape {
    try SchemaShape(contentsOf: path + "/" + name, limits: limits)
  }

  /// The shape of an XSD of these components, without namespace.
  static func xsd(_ components: String, limits: SchemaShapeLimits = .standard) throws -> SchemaShape {
    let schema = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">\(components)</xs:schema>
      """
    return try SchemaFolder(["s.xsd": schema]).shape("s.xsd", limits: limits)
  }

  static func json(_ schema: String, limits: SchemaShapeLimits = .standard) throws -> SchemaShape {
    try SchemaFolder(["s.schema.json": schema]).shape("s.schema.json", limits: limits)
  }
}

extension SchemaShape {
  /// Each leaf below the first root as `path min..max kind`, `?` behind the name of an alternative.
  var lines: [String] {
    guard let root = roots.first else { return [] }
    return leaves(of: root).map { leaf in
      let steps = leaf.steps.map { step in
        let maximum = step.occurs.maximum.map(String.init) ?? "*"
        let occurs = step.occurs == .once ? "" : "{\(step.occurs.minimum),\(maximum)}"
        return step.name + occurs + (step.isAlternative ? "?" : "")
      }
      return steps.joined(separator: "/") + " " + leaf.value.kind.rawValue + (leaf.isRecursive ? " …" : "")
    }
  }
}
