import DocumentKit

/// The schema that a command of `schema` was given.
enum SchemaFile {
  static func shape(_ path: String) throws(CommandFailure) -> SchemaShape {
    do throws(SchemaShapeError) {
      return try SchemaShape(contentsOf: path)
    } catch {
      throw .unusable(error.description)
    }
  }

  /// The root that `--root` names, or all of them.
  static func roots(_ name: String?, of shape: SchemaShape) throws(CommandFailure) -> [SchemaShape.Place.ID] {
    guard let name else { return shape.roots }
    guard let root = shape.root(named: name) else {
      let known = shape.roots.map { shape[$0].name }.joined(separator: ", ")
      throw .unusable("the schema has no root '\(name)'; it has \(known)")
    }
    return [root]
  }
}
