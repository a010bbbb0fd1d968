/// A name of a component of a schema: namespace and local part.
struct XSDName: Hashable, CustomStringConvertible {
  static let schemaNamespace = "http://www.w3.org/2001/XMLSchema"

  let namespace: String?
  let local: String

  /// It is a type of XML Schema itself.
  var isBuiltIn: Bool { namespace == Self.schemaNamespace }

  var description: String { namespace.map { "{\($0)}\(local)" } ?? local }
}
