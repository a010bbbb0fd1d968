/// The files of an XML Schema as documents to be read, found exactly as `XMLSchema` finds them.
///
/// References are followed by relative path or through the catalogue and nothing else is opened. In each document the
/// `schemaLocation` of a reference that was followed is a name of this collection, to be given to the subscript.
package struct XMLSchemaFiles {
  /// One file of the schema.
  package struct File {
    /// Without links and dots.
    package let path: String
    /// Lines are those of the file; columns too, but for elements that refer to other files.
    package let document: XMLDocument
  }

  /// The file that everything began with.
  package let main: File
  private let files: [String: File]

  /// Reads the schema in a file with everything it includes, imports and redefines.
  package init(
    contentsOf path: String, catalogue: XMLCatalogue = .empty, root: String? = nil, limits: XMLSchemaLimits = .standard
  ) throws(XMLError) {
    XMLLibrary.start()
    let bundle = try XMLFileBundle(
      contentsOf: path, root: root, language: .schema(catalogue),
      limits: XMLFileBundle.Limits(files: limits.files, fileBytes: limits.fileBytes))
    var files: [String: File] = [:]
    for (name, bytes) in bundle.files {
      files[name] = File(path: bundle.path(of: name) ?? path, document: try XMLDocument(parsingTrusted: bytes))
    }
    guard let main = files[bundle.mainName] else { preconditionFailure("a bundle holds the file it began with") }
    self.main = main
    self.files = files
  }

  /// The file that a `schemaLocation` leads to.
  package subscript(_ location: String) -> File? { files[location] }
}
