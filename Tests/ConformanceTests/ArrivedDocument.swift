import DocumentKit
import JSONKit
import Workbench

/// Whether a document stands in what somebody got, whatever was put around it.
enum ArrivedDocument {
  static func holds(_ received: [UInt8], _ golden: String, isXML: Bool) throws -> Bool {
    if isXML {
      guard let own = try? DocumentTree(parsing: received, as: .xml) else { return false }
      return try DocumentComparison.differences(own, DocumentTree(parsing: Array(golden.utf8), as: .xml)).isEmpty
    }
    guard let own = try? JSONDocument(parsing: received).root else { return false }
    return try holds(own, JSONDocument(parsing: golden).root)
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
