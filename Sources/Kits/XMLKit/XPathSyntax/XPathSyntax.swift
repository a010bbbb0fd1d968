/// An XPath 1.0 expression taken apart, for those who want to know what it reads without running it.
///
/// `XPathExpression` is what evaluates. This is the grammar of XPath 1.0 §2–3 and nothing beyond; libxml2 lets a few texts
/// pass that are no XPath (`a///b`, `f(`), which are refused here.
package struct XPathSyntax: Sendable {
  /// The expression as written.
  package let source: String
  package let root: XPathTerm

  /// Throws `expressionInvalid` with the column of what cannot be read, and `limitExceeded` for brackets nested deeper
  /// than `depthLimit`.
  package init(_ source: String) throws(XMLError) {
    var parser = XPathParser(source)
    root = try parser.expression()
    try parser.finish()
    self.source = source
  }

  /// Most brackets, predicates and calls inside one another.
  package static let depthLimit = 256
}
