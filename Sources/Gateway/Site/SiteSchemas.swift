import Validation

/// The XML Schemas of a site's catalogue while its profiles are read, looked at only when a profile asks.
final class SiteSchemas {
  private let folder: String
  private var known: Result<SchemaNamespaces, SchemaNamespaceErrors>?

  /// - Parameter folder: the folder of schemas itself.
  init(folder: String) { self.folder = folder }

  func namespaces() throws(SchemaNamespaceErrors) -> SchemaNamespaces {
    let read =
      known
      ?? Result { () throws(SchemaNamespaceErrors) in try SchemaNamespaces(contentsOf: folder) }
    known = read
    return try read.get()
  }
}
