import DocumentKit
import Synchronization

/// The schemas of a folder, each read and unfolded once.
final class SchemaShelf: Sendable {
  private let folder: String
  private let shapes = Mutex<[String: Result<SchemaShape, SchemaShapeError>]>([:])

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

}
