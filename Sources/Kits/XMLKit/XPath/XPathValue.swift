/// What an XPath expression evaluates to, or a variable holds (XPath 1.0 §1).
package enum XPathValue {
  /// Nodes in document order.
  case nodes([XMLNode])
  case string(String)
  case number(Double)
  case boolean(Bool)
}
