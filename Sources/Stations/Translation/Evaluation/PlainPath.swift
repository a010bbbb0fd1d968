import XMLKit

/// A path of plain child steps such as `ChuHoSo/DiaChi` or `TaiLieuNop/@id`, walked without the XPath engine.
///
/// Nine rows in ten of a mapping are of this kind. The meaning is that of XPath 1.0: the nodes come in document order,
/// a name without prefix means no namespace, and the string value of several nodes is that of the first.
struct PlainPath: Sendable, Equatable {
  struct Step: Sendable, Equatable {
    let local: String
    let namespace: String?

    var match: XMLNamespaceMatch {
      namespace.map { .uri($0) } ?? .none
    }
  }

  /// Child elements to step through; none for `.`.
  let steps: [Step]
  /// The attribute behind the last step.
  let attribute: Step?

  /// Nil if `text` is anything but a plain path, or uses a prefix that `namespaces` does not have; the XPath engine
  /// then has the word, also about what is wrong.
  init?(_ text: String, namespaces: [String: String]) {
    if text == "." {
      steps = []
      attribute = nil
      return
    }
    var parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
    if let last = parts.last, last.first == UInt8(ascii: "@") {
      guard let step = Self.step(last.dropFirst(), namespaces) else { return nil }
      attribute = step
      parts = parts.dropLast()
    } else {
      attribute = nil
    }
    var steps: [Step] = []
    for part in parts {
      guard let step = Self.step(part, namespaces) else { return nil }
      steps.append(step)
    }
    self.steps = steps
  }

  /// The step names as the author wrote them, without prefixes.
  var names: [String] {
    steps.map(\.local) + (attribute.map { ["@" + $0.local] } ?? [])
  }

  /// The first node in document order; children before the next sibling of their parent.
  func firstNode(at context: XMLNode) -> XMLNode? {
    first(at: context, step: 0)
  }

  /// All nodes in document order.
  func nodes(at context: XMLNode) -> [XMLNode] {
    var found: [XMLNode] = []
    collect(at: context, step: 0, into: &found)
    return found
  }

  private func first(at node: XMLNode, step: Int) -> XMLNode? {
    guard step < steps.count else {
      guard let attribute else { return node }
      return node.attribute(named: attribute.local, namespace: attribute.match)
    }
    let wanted = steps[step]
    let match = wanted.match
    if step == steps.count - 1, attribute == nil {
      return node.firstElement(named: wanted.local, namespace: match)
    }
    for child in node.elements where child.isNamed(wanted.local, namespace: match) {
      if let found = first(at: child, step: step + 1) { return found }
    }
    return nil
  }

  private func collect(at node: XMLNode, step: Int, into found: inout [XMLNode]) {
    guard step < steps.count else {
      guard let attribute else { return found.append(node) }
      if let value = node.attribute(named: attribute.local, namespace: attribute.match) { found.append(value) }
      return
    }
    let wanted = steps[step]
    let match = wanted.match
    for child in node.elements where child.isNamed(wanted.local, namespace: match) {
      collect(at: child, step: step + 1, into: &found)
    }
  }

  /// Names beyond ASCII are left to the engine only where they hold signs that ASCII gives a meaning in XPath.
  private static func step(_ text: Substring.UTF8View, _ namespaces: [String: String]) -> Step? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy(isName), let local = parts.last.flatMap({ String($0) }) else { return nil }
    guard parts.count == 2 else { return Step(local: local, namespace: nil) }
    guard let prefix = String(parts[0]), let namespace = namespaces[prefix] else { return nil }
    return Step(local: local, namespace: namespace)
  }

  private static func isName(_ text: Substring.UTF8View) -> Bool {
    guard let first = text.first, isNameStart(first) else { return false }
    return text.dropFirst().allSatisfy { byte in
      isNameStart(byte) || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".")
    }
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
  }
}
