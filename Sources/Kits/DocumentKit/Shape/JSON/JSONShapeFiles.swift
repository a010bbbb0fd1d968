import FileKit
import JSONKit

/// The schema files of one folder: a reference finds a neighbour by its `$id` or its name, as when schemas are compiled.
///
/// Neighbours are read when the first reference leaves the file; one that cannot be read matters only when it is meant.
final class JSONShapeFiles {
  let main: JSONShapeFile
  private let limits: SchemaShapeLimits
  private let folder: String
  private var neighbours: [JSONShapeFile]?

  init(_ document: JSONDocument, at path: String, limits: SchemaShapeLimits) {
    main = JSONShapeFile(path: path, document: document)
    self.limits = limits
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    folder = parts.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parts
  }

  /// The schema that a reference of `schema` leads to.
  func resolve(_ reference: String, from schema: JSONShapeSchema) throws(SchemaShapeError) -> JSONShapeSchema? {
    if reference.hasPrefix("#") { return schema.file.schema(at: String(reference.dropFirst())) }
    let target = URIReference(reference).resolved(against: schema.file.base)
    let wanted = target.withoutFragment
    let fragment = target.fragment ?? ""
    for file in [main] + (try others()) {
      if file.base.withoutFragment == wanted || "file:///" + Self.name(of: file.path) == wanted {
        return file.schema(at: fragment)
      }
      if let value = file.embedded[wanted], fragment.isEmpty { return JSONShapeSchema(value: value, file: file) }
    }
    return nil
  }

  private func others() throws(SchemaShapeError) -> [JSONShapeFile] {
    if let neighbours { return neighbours }
    var found: [JSONShapeFile] = []
    let own = Self.name(of: main.path)
    let paths = FolderListing.files(in: folder, ending: ".json").filter { Self.name(of: $0) != own }
    guard paths.count < limits.files else {
      throw SchemaShapeError(
        .limit, at: main.path, "Its folder has more files than the limit files = \(limits.files); split the folder.")
    }
    for path in paths {
      guard let bytes = try? FileContent.read(path, limit: limits.fileBytes),
        let document = try? JSONDocument(parsing: bytes)
      else { continue }
      let shown = folder == "." && !main.path.hasPrefix("./") ? String(path.dropFirst(2)) : path
      found.append(JSONShapeFile(path: shown, document: document))
    }
    neighbours = found
    return found
  }

  private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
