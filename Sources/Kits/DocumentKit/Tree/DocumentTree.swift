package import JSONKit
package import XMLKit

/// The one tree of a document, whether it came as JSON or as XML, so that one expression language reads both.
///
/// JSON becomes elements like this; the way back is exact for every JSON text, numbers to the digit:
///
/// | JSON                        | tree                                                              |
/// |-----------------------------|-------------------------------------------------------------------|
/// | the whole                   | element `root`                                                    |
/// | member `"MaHoSo": …`        | element `MaHoSo`; names XML does not allow: see `MemberName`      |
/// | array of n values           | n elements of the member's name, marked as list members           |
/// | empty array                 | processing instruction `lt-empty-list NAME`, no element           |
/// | array in an array, or root  | its values are elements `item`                                    |
/// | string, number, boolean     | text as it stands, the type in the element's mark                 |
/// | null                        | element without text, the type in the element's mark              |
///
/// A tree belongs to one thread at a time, as its `XMLDocument` does. A JSON string with a character that XML 1.0
/// cannot carry is refused. Limits: those of the parsers (`JSONLimits`, `XMLLimits`).
package final class DocumentTree {
  /// The name of the element that stands for the whole of a JSON document.
  package static let rootName = "root"
  /// The name of the elements of an array that has no member name of its own.
  package static let itemName = "item"
  /// The processing instruction that stands for an empty array; its data is the element name.
  package static let emptyListTarget = "lt-empty-list"

  package let format: Format
  package let document: XMLDocument
  package let root: XMLNode
  /// Where the marks of a tree made from JSON point.
  let source: JSONDocument?

  /// The tree of an XML document, which the tree now shares.
  ///
  /// A document without root element, which only a transformation can make, is refused.
  package init(xml document: XMLDocument) throws(DocumentError) {
    guard let root = document.root else {
      throw DocumentError(.malformedXML, "The document has no root element; the transformation must write one.")
    }
    format = .xml
    self.document = document
    self.root = root
    source = nil
  }

  /// The tree of a JSON value; positions are those of the document it is part of.
  package init(json value: JSONValue) throws(DocumentError) {
    document = try JSONTreeBuilder.document(of: value)
    guard let root = document.root else { preconditionFailure("a JSON tree has a root element") }
    format = .json
    self.root = root
    source = value.document
  }

  /// A tree whose elements were tagged by whoever built it.
  package init(tagged document: XMLDocument) {
    guard let root = document.root else { preconditionFailure("a tagged tree has a root element") }
    format = .json
    self.document = document
    self.root = root
    source = nil
  }

  /// Parses `bytes` and makes their tree.
  package convenience init(
    parsing bytes: [UInt8], as format: Format, json: JSONLimits = .standard, xml: XMLLimits = .standard,
  ) throws(DocumentError) {
    switch format {
    case .json:
      let source: JSONDocument
      do throws(JSONError) {
        source = try JSONDocument(parsing: bytes, limits: json)
      } catch {
        throw DocumentError(.malformedJSON, error.message, line: error.line, column: error.column, cause: error)
      }
      try self.init(json: source.root)
    case .xml:
      let document: XMLDocument
      do throws(XMLError) {
        document = try XMLDocument(parsing: bytes, limits: xml)
      } catch {
        throw DocumentError(
          .malformedXML, error.message, path: error.path ?? "", line: error.line, column: error.column, cause: error)
      }
      try self.init(xml: document)
    }
  }

  /// The document in its own format.
  package func serialised() throws(DocumentError) -> [UInt8] {
    switch format {
    case .json: try json()
    case .xml: xml()
    }
  }

  /// The tree as XML: exactly the document for XML, the elements of the table above for JSON.
  package func xml(indent: Bool = false) -> [UInt8] {
    document.serialised(indent: indent)
  }

  /// What JSON knows of this element.
  package func tag(of node: XMLNode) -> NodeTag {
    NodeTag(rawValue: node.mark.tag)
  }
}
