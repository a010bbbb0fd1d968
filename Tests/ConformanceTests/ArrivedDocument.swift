import JSONKit
import XMLKit

/// Whether a document stands in what somebody got, whatever was put around it.
enum ArrivedDocument {
  static func holds(_ received: [UInt8], _ golden: String, isXML: Bool) throws -> Bool {
    if isXML {
      guard let own = try? XMLDocument(parsing: received).root else { return false }
      return try XMLDocument(parsing: Array(golden.utf8)).root.map { isSame(own, $0) } ?? false
    }
    guard let own = try? JSONDocument(parsing: received).root else { return false }
    return try holds(own, JSONDocument(parsing: golden).root)
  }

  /// Whether two elements say the same; white space between elements says nothing.
  private static func isSame(_ own: XMLNode, _ wanted: XMLNode) -> Bool {
    let (mine, others) = (Array(own.elements), Array(wanted.elements))
    guard own.localName == wanted.localName, own.namespace == wanted.namespace, mine.count == others.count else {
      return false
    }
    return mine.isEmpty ? own.text == wanted.text : zip(mine, others).allSatisfy { isSame($0, $1) }
  }

  /// Whether the value is the wanted one, has its members among others, or has it somewhere inside.
  private static func holds(_ value: JSONValue, _ wanted: JSONValue) throws -> Bool {
    if try hasAll(value, wanted) { return true }
    switch value.kind {
    case .object: return try value.members.contains { try holds($0.value, wanted) }
    case .array: return try value.elements.contains { try holds($0, wanted) }
    default: return false
    }
  }

  private static func hasAll(_ value: JSONValue, _ wanted: JSONValue) throws -> Bool {
    guard value.kind == .object, wanted.kind == .object else { return false }
    return try wanted.members.allSatisfy { member in
      try value[member.name].map { try $0.canonicalised() == member.value.canonicalised() } ?? false
    }
  }
}
