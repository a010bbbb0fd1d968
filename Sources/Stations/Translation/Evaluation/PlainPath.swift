import XMLKit

/// A path of plain child steps such as `ChuHoSo/DiaChi` or `TaiLieuNop/@id`, walked without the XPath engine.
///
/// Nine rows in ten of a mapping are of this kind. The meaning is that of XPath 1.0: the nodes come in document order,
/// a name without prefix means no namespace, and the string value of several nodes is that of the first.
struct PlainPath: Sendable, Equatable {
  /// Child elements to step through; none for `.`.
  let steps: [XMLNameTest]
  /// The attribute behind the last step.
  let attribute: XMLNameTest?

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
    var steps: [XMLNameTest] = []
    for part in parts {
      guard let step = Self.step(part, namespaces) else { return nil }
      steps.append(step)
    }
    self.steps = steps
  }

  /// The step names as the author wrote them, without prefixes.
  var names: [String] {
    steps.map(\.localName) + (attribute.map { ["@" + $0.localName] } ?? [])
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
    guard step < steps.count else { return attribute.map { node.attribute($0) } ?? node }
    let wanted = steps[step]
    let isLast = step == steps.count - 1 && attribute == nil
    var child = node.firstElement(wanted)
    while let current = child {
      if isLast { return current }
      if let found = first(at: current, step: step + 1) { return found }
      child = current.nextElement(wanted)
    }
    return nil
  }

  private func collect(at node: XMLNode, step: Int, into found: inout [XMLNode]) {
    guard step < steps.count else {
      if let end = attribute.map({ node.attribute($0) }) ?? node { found.append(end) }
      return
    }
    var child = node.firstElement(steps[step])
    while let current = child {
      collect(at: current, step: step + 1, into: &found)
      child = current.nextElement(steps[step])
    }
  }

  /// Names beyond ASCII are left to the engine only where they hold signs that ASCII gives a meaning in XPath.
  private static func step(_ text: Substring.UTF8View, _ namespaces: [String: String]) -> XMLNameTest? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy(isName), let local = parts.last.flatMap({ String($0) }) else { return nil }
    guard parts.count == 2 else { return XMLNameTest(local) }
    guard let prefix = String(parts[0]), let namespace = namespaces[prefix] else { return nil }
    return XMLNameTest(local, namespace: namespace)
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
