/// Functions in Swift under one namespace, fixed once made and shared by all threads.
///
/// An expression finds them with the prefix `lt`, a stylesheet by declaring `urn:lienthong:functions`.
package final class XPathFunctionLibrary: Sendable {
  /// The namespace of all functions of this kind.
  package static let namespace = "urn:lienthong:functions"
  /// No function at all.
  package static let empty = XPathFunctionLibrary([])

  private let functions: [String: XPathFunction]

  /// A library of these functions; two of one name are a mistake and trap.
  package init(_ functions: [XPathFunction]) {
    self.functions = Dictionary(uniqueKeysWithValues: functions.map { ($0.name, $0) })
  }

  /// The names in alphabetical order.
  package var names: [String] { functions.keys.sorted() }

  package subscript(_ name: String) -> XPathFunction? { functions[name] }
}
