package import XMLKit

/// The nodes that one evaluation of an expression touched, by what became of them.
package struct SourceReading {
  /// Their text is in the value, or they are the nodes found.
  package var used: [XMLNode] = []
  /// Found by the expression, and not used because only the first node of several counts.
  package var passedOver: [XMLNode] = []
  /// Read in a predicate only, or left out by it: they decided what is used.
  package var tested: [XMLNode] = []

  package init(used: [XMLNode] = [], passedOver: [XMLNode] = [], tested: [XMLNode] = []) {
    self.used = used
    self.passedOver = passedOver
    self.tested = tested
  }

  package static var nothing: SourceReading { SourceReading() }
}
