package import DocumentKit

/// A document somebody brings to the workbench: its bytes, its tree and the name to call it by.
package final class SourceDocument {
  package let name: String
  package let bytes: [UInt8]
  package let tree: DocumentTree

  /// Parses `bytes`; the error says where they are no document of this format.
  package init(_ bytes: [UInt8], as format: DocumentTree.Format, named name: String) throws(WorkbenchError) {
    self.name = name
    self.bytes = bytes
    do throws(DocumentError) {
      tree = try DocumentTree(parsing: bytes, as: format)
    } catch {
      let place = error.line.map { ":\($0):\(error.column ?? 1)" } ?? ""
      throw WorkbenchError(.document, "\(name)\(place): \(error.message)")
    }
  }

  /// The same of a document whose format shows in its first sign.
  package convenience init(_ bytes: [UInt8], named name: String) throws(WorkbenchError) {
    try self.init(bytes, as: SchemaShape.looksLikeXML(bytes) ? .xml : .json, named: name)
  }
}
