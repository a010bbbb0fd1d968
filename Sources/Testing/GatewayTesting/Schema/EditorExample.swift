package import JSONKit

/// An example of a file that engineers write, of which a test makes others by changing one key.
package struct EditorExample {
  /// What becomes of a key.
  package enum Change {
    case dropped
    case named(String)
    case value(JSONValue)
  }

  private let document: JSONDocument

  package init(_ bytes: [UInt8]) throws { document = try JSONDocument(parsing: bytes) }

  /// The ways to each key that it has: the keys that lead there, and the number of an element from 0.
  package var keyPaths: [[String]] { Self.keyPaths(in: document.root) }

  private static func keyPaths(in value: JSONValue) -> [[String]] {
    switch value.kind {
    case .object:
      value.members.flatMap { member in
        [[member.name]] + keyPaths(in: member.value).map { [member.name] + $0 }
      }
    case .array:
      value.elements.enumerated().flatMap { number, element in keyPaths(in: element).map { ["\(number)"] + $0 } }
    default: []
    }
  }

  /// The example with one key changed.
  package func with(_ path: [String], _ change: Change) -> [UInt8] {
    var writer = JSONWriter()
    Self.write(document.root, to: &writer, path[...], change)
    return writer.finish()
  }

  /// Writes the value; `path` is the rest of the way to the key, empty where it is elsewhere.
  private static func write(
    _ value: JSONValue, to writer: inout JSONWriter, _ path: ArraySlice<String>, _ change: Change
  ) {
    guard let next = path.first else { return writer.value(value) }
    switch value.kind {
    case .object:
      writer.beginObject()
      for member in value.members {
        guard member.name == next, path.count == 1 else {
          writer.name(member.name)
          write(member.value, to: &writer, member.name == next ? path.dropFirst() : [], change)
          continue
        }
        switch change {
        case .dropped: break
        case .named(let name):
          writer.name(name)
          writer.value(member.value)
        case .value(let value):
          writer.name(member.name)
          writer.value(value)
        }
      }
      writer.endObject()
    case .array:
      writer.beginArray()
      for (number, element) in value.elements.enumerated() {
        write(element, to: &writer, "\(number)" == next ? path.dropFirst() : [], change)
      }
      writer.endArray()
    default: writer.value(value)
    }
  }
}
