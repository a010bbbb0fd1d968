import CXML

/// A compiled XML Schema that any number of threads may validate with at the same time.
///
/// `@unchecked Sendable`: libxml2 writes to a compiled schema only while it compiles; validation keeps its state in a
/// context of its own, made for each call.
package final class XMLSchema: @unchecked Sendable {
  let pointer: xmlSchemaPtr
  let limits: XMLSchemaLimits
  /// Path of the file it was compiled from.
  package let path: String

  /// Compiles the schema in a file with everything it includes and imports.
  ///
  /// - Parameters:
  ///   - catalogue: files of namespaces that live elsewhere; it goes before the locations that schemas name themselves.
  ///   - root: the folder that relative locations may not leave; the file's own folder unless given.
  package init(
    contentsOf path: String, catalogue: XMLCatalogue = .empty, root: String? = nil, limits: XMLSchemaLimits = .standard
  ) throws(XMLError) {
    XMLLibrary.start()
    let bundle = try XMLFileBundle(
      contentsOf: path, root: root, language: .schema(catalogue),
      limits: XMLFileBundle.Limits(files: limits.files, fileBytes: limits.fileBytes))
    let notes = XMLSchemaCompilationNotes()
    let compiled = XMLLoadScope(files: bundle.files).withFilesLent { Self.compile(bundle.mainName, notes) }
    guard let compiled, notes.first == nil else {
      if let compiled { xmlSchemaFree(compiled) }
      throw notes.error(bundle: bundle)
    }
    pointer = compiled
    self.limits = limits
    self.path = path
  }

  deinit {
    xmlSchemaFree(pointer)
  }

  private static func compile(_ name: String, _ notes: XMLSchemaCompilationNotes) -> xmlSchemaPtr? {
    guard let context = xmlSchemaNewParserCtxt(name) else { return nil }
    defer { xmlSchemaFreeParserCtxt(context) }
    // The notes outlive the compilation, which is over when this function returns.
    xmlSchemaSetParserStructuredErrors(
      context,
      { data, error in
        guard let data, let error else { return }
        Unmanaged<XMLSchemaCompilationNotes>.fromOpaque(data).takeUnretainedValue().take(error.pointee)
      }, Unmanaged.passUnretained(notes).toOpaque())
    return xmlSchemaParse(context)
  }
}

/// The first error of a schema's compilation.
final class XMLSchemaCompilationNotes {
  struct Note {
    let file: String?
    let line: Int
    let text: String
  }

  private(set) var first: Note?

  func take(_ error: xmlError) {
    guard first == nil, error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
    // Texts about schemas may be shown whole: they are files of the installation, not documents of citizens.
    first = Note(
      file: error.file.map { String(cString: $0) }, line: Int(error.line),
      text: error.message.map { String(cString: $0).trimmingLineFeeds } ?? "libxml2 code \(error.code)")
  }

  func error(bundle: XMLFileBundle) -> XMLError {
    let path = first?.file.flatMap { bundle.path(of: $0) } ?? bundle.path(of: bundle.mainName)
    return XMLError(
      .schemaInvalid, "the schema cannot be used: \(first?.text ?? "libxml2 gives no reason")", line: first?.line ?? 0,
      path: path)
  }
}
