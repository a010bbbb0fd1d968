/// What a document may cost: the sender chooses the document, so each way to make it dear has a ceiling.
///
/// A document at the limit is read, one step beyond it is refused with `XMLError.Code.limitExceeded` naming the limit.
package struct XMLLimits: Sendable, Equatable {
  /// Bytes of the document as it arrived.
  package var bytes: Int
  /// Elements open at once; the root alone is depth 1. libxml2 itself stops at 256.
  package var depth: Int
  /// Elements, attributes, comments, processing instructions and CDATA sections together: `<a/>` takes four bytes on
  /// the wire and more than a hundred in memory.
  package var nodes: Int
  /// Attributes and namespace declarations of one element: libxml2 compares each with every other.
  package var attributesPerElement: Int
  /// Namespace declarations in scope at once: libxml2 searches them one by one for every element.
  package var namespacesInScope: Int

  package init(
    bytes: Int = 16 << 20, depth: Int = 200, nodes: Int = 500_000, attributesPerElement: Int = 256,
    namespacesInScope: Int = 256
  ) {
    precondition(depth <= 256, "libxml2 refuses more than 256 open elements whatever this limit says")
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.attributesPerElement = attributesPerElement
    self.namespacesInScope = namespacesInScope
  }

  /// The limits for messages of partners.
  package static let standard = XMLLimits()
}
