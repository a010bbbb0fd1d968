import DocumentKit
import XMLKit

/// The second form of a mapping: an XSLT 1.0 stylesheet that says of itself what it translates.
///
/// For what a table cannot say. The stylesheet carries one element beside its templates:
///
///     <m:mapping xmlns:m="urn:lienthong:mapping" name="a--b" version="1">
///       <m:source schema="dvcqg-a/1/ho-so.schema.json" format="json"/>
///       <m:target schema="canonical/1/canonical.xsd" format="xml"/>
///       <m:ignore from="ThongTinKhac" reason="empty in every known sender"/>
///     </m:mapping>
///
/// A JSON source is transformed as the elements of its `DocumentTree`; a JSON target is written as elements that
/// `DocumentTree.init(typing:)` reads. The functions of `StylesheetFunctions` convert, refuse and hold as rows do.
package struct StylesheetMapping: Sendable {
  /// The namespace of the element that describes the mapping.
  package static let namespace = "urn:lienthong:mapping"

  package let name: String
  package let version: Int
  package let source: MappingDefinition.Source
  package let target: MappingDefinition.Target
  /// What may be lost, with reasons.
  package let ignored: [StylesheetIgnored]
  let stylesheet: XSLTStylesheet
  let codes: CodeTableRegistry
  /// The path of its main file.
  package let file: String

  /// Reads and compiles a `transform.xsl` and what it imports from its own folder.
  package init(contentsOf path: String, codes: CodeTableRegistry) throws(MappingErrors) {
    let start = YAMLPosition(file: path, line: 1, column: 1)
    let document: XMLDocument
    do throws(XMLError) {
      document = try XMLDocument(parsing: try StylesheetFile.read(path))
      stylesheet = try XSLTStylesheet(contentsOf: path, functions: StylesheetFunctions.library(codes))
    } catch {
      let position = YAMLPosition(
        file: error.path?.hasPrefix("/") == true ? error.path ?? path : path, line: max(1, error.line),
        column: max(1, error.column))
      throw MappingErrors([
        MappingError(
          .stylesheet, at: position,
          Sentence(error.message, "không dùng được bản định kiểu (stylesheet): \(error.message)"),
          cause: error)
      ])
    }
    var reader = StylesheetDescriptionReader(file: path)
    guard let root = document.root, let description = reader.description(of: root) else {
      throw MappingErrors(reader.errors)
    }
    self.codes = codes
    file = start.file
    name = description.name
    version = description.version
    ignored = description.ignored
    source = description.source
    target = description.target
  }
}
