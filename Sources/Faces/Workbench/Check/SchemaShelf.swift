import DocumentKit
import Synchronization

/// The schemas of a folder, each read once and unfolded once from each of its roots.
final class SchemaShelf: Sendable {
  private let folder: String
  private let shapes = Mutex<[String: Result<SchemaShape, SchemaShapeError>]>([:])
  private let trees = Mutex<[Root: SchemaTree]>([:])

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
      try SchemaShape(contentsOf: folder + "/" + schema)
    }
    shapes.withLock { $0[schema] = made }
    return try made.get()
  }

  /// The shape, which is that of the schema at the path, unfolded from one of its roots.
  func tree(of shape: SchemaShape, at schema: String, from place: SchemaShape.Place.ID) -> SchemaTree {
    let root = Root(schema: schema, place: place)
    if let known = trees.withLock({ $0[root] }) { return known }
    let made = SchemaTree(shape, from: place)
    trees.withLock { $0[root] = made }
    return made
  }
}
