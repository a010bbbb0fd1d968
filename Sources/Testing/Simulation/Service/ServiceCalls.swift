package import XMLKit

/// How a partner calls the gateway by rules of its own, in place of reporting to the v1 API.
package struct ServiceCalls: Sendable {
  /// Before the name of a call, such as `/callbacks/vbdlis`.
  package var path: String
  package var names: Set<String>
  /// The header that shows the gateway its key; nil where the key stands in the body.
  package var keyHeader: String?
  /// Of the answer, which is JSON: whether the gateway has taken it.
  package var taken: XPathExpression
}
