package import XMLKit

/// How many messages of an operation go in one request, each an element of the list in its body.
///
/// They are of different dossiers, and each is a delivery of its own. What a partner says of the whole holds for each, but
/// that a "no" to many is no answer to any: they are sent again one by one, so that one that is wrong keeps no other back.
package struct PartnerBatch: Sendable {
  package var size: Int
  /// Nodes of an answer that took the others: for each message that it did not take. Nil for a partner that does not tell.
  package var failed: XPathExpression?
  /// At such a node: the code of the dossier.
  package var dossier: XPathExpression?

  /// The dossiers that an answer says were not taken.
  func failures(in root: XMLNode?) -> Set<String> {
    guard let root, let failed, let dossier, let nodes = try? failed.nodes(at: root) else { return [] }
    return Set(nodes.compactMap { try? dossier.string(at: $0) })
  }
}
