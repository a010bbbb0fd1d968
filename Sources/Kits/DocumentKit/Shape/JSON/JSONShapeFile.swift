import JSONKit

/// One schema file, with the schemas inside of it that have names of their own.
final class JSONShapeFile {
  /// As messages show it.
  let path: String
  let document: JSONDocument
  /// What references in it are relative to.
  let base: URIReference
  /// Places of `$anchor`, `$dynamicAnchor` and embedded `$id`, by name.
  private var anchors: [String: JSONValue] = [:]
  private(set) var embedded: [String: JSONValue] = [:]

  init(path: String, document: JSONDocument) {
    self.path = path
    self.document = document
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let own = URIReference("file:///" + name)
    base = document.root["$id"]?.string.map { URIReference($0).resolved(against: own) } ?? own
    index(document.root, isRoot: true)
  }

  /// The schema that a fragment leads to: a JSON Pointer or an anchor.
  func schema(at fragment: String) -> JSONShapeSchema? {
    let fragment = Self.unescaped(fragment)
    if fragment.isEmpty { return JSONShapeSchema(value: document.root, file: self) }
    if fragment.hasPrefix("/") {
      let value = (try? JSONPointer(fragment))?.evaluate(in: document.root)
      return value.map { JSONShapeSchema(value: $0, file: self) }
    }
    return anchors[fragment].map { JSONShapeSchema(value: $0, file: self) }
  }

  // It goes as deep as the JSON is nested, which `JSONLimits.depth` has bounded.
  private func index(_ value: JSONValue, isRoot: Bool) {
    for keyword in ["$anchor", "$dynamicAnchor"] {
      if let name = value[keyword]?.string { anchors[name] = value }
    }
    if !isRoot, let identifier = value["$id"]?.string {
      embedded[URIReference(identifier).resolved(against: base).withoutFragment] = value
    }
    for member in value.members where !["enum", "const", "examples", "default"].contains(member.name) {
      index(member.value, isRoot: false)
    }
    for element in value.elements { index(element, isRoot: false) }
  }

  /// Percent-encoding resolved (RFC 3986 §2.1).
  private static func unescaped(_ text: String) -> String {
    guard text.contains("%") else { return text }
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
