import DocumentKit
import FileKit
import Validation
import XMLKit

/// The schema that a command of `schema` was given: a file, or the namespace of one below the folder of schemas.
struct SchemaFile {
  static let help = """
    FILE is an XSD 1.0 or a JSON Schema (draft-07, 2020-12), told apart by content. In place of FILE an XSD may be named by
    the namespace it describes, `URI`, or `URI#VERSION` where it has several versions.
    """
  static let optionHelp = "--schemas   the folder in which a namespace is looked up; Schemas unless told"

  let path: String
  /// For imports that name no file.
  let catalogue: XMLCatalogue

  /// The schema of the command's only word.
  init(_ arguments: Arguments) throws(CommandFailure) {
    let text = try arguments.words("FILE")[0]
    guard text.contains(":"), !FileContent.exists(text) else {
      path = text
      catalogue = .empty
      return
    }
    let folder = arguments.value("--schemas") ?? "Schemas"
    let schemas = try Self.namespaces(folder)
    do throws(SchemaNamespaces.LookupError) {
      path = try folder + "/" + schemas.schema(named: text, root: arguments.value("--root")).path
      catalogue = schemas.catalogue
    } catch {
      throw .unusable("\(folder): \(error.message)")
    }
  }

  private static func namespaces(_ folder: String) throws(CommandFailure) -> SchemaNamespaces {
    do throws(SchemaNamespaceErrors) {
      return try SchemaNamespaces(contentsOf: folder)
    } catch {
      throw .unusable(error.reasons.map { "\(folder): \($0.message)" }.joined(separator: "\n"))
    }
  }

  func shape() throws(CommandFailure) -> SchemaShape {
    do throws(SchemaShapeError) {
      return try SchemaShape(contentsOf: path, catalogue: catalogue)
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
