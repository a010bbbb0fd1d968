/// Which canonical form of XML is written.
package enum XMLCanonicalForm: Sendable {
  /// Canonical XML 1.0, which carries everything inherited from outside of the subset along.
  case inclusive
  /// Canonical XML 1.1, which treats inherited `xml:id` and `xml:base` better.
  case inclusive11
  /// Exclusive XML Canonicalization 1.0, which carries only namespaces that are used: a part keeps its form when it is
  /// moved into another document.
  case exclusive
}

/// Which part of a document is written in canonical form.
package enum XMLCanonicalSubset {
  /// The whole document.
  case whole
  /// One element with its attributes, namespaces and everything inside of it.
  case subtree(XMLNode)
  /// The node-set that an expression yields at a node, namespace nodes included; what is left out of it is left out of
  /// the result, even inside of elements.
  case nodes(XPathExpression, at: XMLNode)
}
