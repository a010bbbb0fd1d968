import DocumentKit
import Synchronization
import Validation
import XMLKit

/// The schemas of a folder, each read once and unfolded once from each of its roots, and the expressions over them, each
/// taken apart once: whoever checks many versions of one mapping asks for the same ones again and again.
final class SchemaShelf: Sendable {
  private let folder: String
  /// The files of namespaces, for imports. A clash of two is told where schemas are compiled; here an import is open then.
  private let catalogue = Mutex<XMLCatalogue?>(nil)
  private let shapes = Mutex<[String: Result<SchemaShape, SchemaShapeError>]>([:])
  private let trees = Mutex<[Root: SchemaTree]>([:])
  private let terms = Mutex<[String: Result<XPathTerm, XMLError>]>([:])

  private struct Root: Hashable {
    let schema: String
    let place: SchemaShape.Place.ID
  }

  init(folder: String) {
    self.folder = folder
  }

  /// The shape of the schema at a path below the folder.
  func shape(_ schema: String) throws(SchemaShapeError) -> SchemaShape {
    let known = shapes.withLock { $0[schema] }
    if let known { return try known.get() }
    let made = Result { () throws(SchemaShapeError) in
      try SchemaShape(contentsOf: folder + "/" + schema, catalogue: namespaces())
    }
    shapes.withLock { $0[schema] = made }
    return try made.get()
  }

  private func namespaces() -> XMLCatalogue {
    catalogue.withLock { known in
      let files = known ?? (try? SchemaNamespaces(contentsOf: folder))?.catalogue ?? .empty
      known = files
      return files
    }
  }

  /// The shape, which is that of the schema at the path, unfolded from one of its roots.
  func tree(of shape: SchemaShape, at schema: String, from place: SchemaShape.Place.ID) -> SchemaTree {
    let root = Root(schema: schema, place: place)
    if let known = trees.withLock({ $0[root] }) { return known }
    let made = SchemaTree(shape, from: place)
    trees.withLock { $0[root] = made }
    return made
  }

  /// The expression taken apart.
  func term(_ expression: String) throws(XMLError) -> XPathTerm {
    let known = terms.withLock { $0[expression] }
    if let known { return try known.get() }
    let made = Result { () throws(XMLError) in try XPathSyntax(expression).root }
    terms.withLock { $0[expression] = made }
    return try made.get()
  }
}
