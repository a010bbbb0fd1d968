/// What one evaluation of an XPath expression may cost.
package struct XPathLimits: Sendable, Equatable {
  /// Steps of libxml2's evaluator, about one per operator and per node visited; ten million take about a second. Plain
  /// paths of names visit no node twice and are not counted.
  package var operations: Int

  package init(operations: Int = 10_000_000) {
    precondition(operations > 0, "libxml2 takes 0 for unlimited")
    self.operations = operations
  }

  package static let standard = XPathLimits()
}
