import ServiceKit

extension SamplePattern {
  /// Which of the texts a pattern allows.
  enum Size {
    case any
    case shortest
    case longest(atMost: Int)
  }

  /// A text that the pattern accepts, but for anchors in its middle; nil where a set of characters is empty.
  func text(_ size: Size, _ chance: inout SeededGenerator) -> String? {
    var text = String.UnicodeScalarView()
    return append(root, size, &chance, to: &text) ? String(text) : nil
  }

  private func append(
    _ node: Node, _ size: Size, _ chance: inout SeededGenerator, to text: inout String.UnicodeScalarView,
  ) -> Bool {
    switch node {
    case .characters(let set):
      guard let scalar = chance.element(of: set.choices) else { return false }
      text.append(scalar)
      return true
    case .sequence(let nodes):
      for node in nodes where !append(node, size, &chance, to: &text) { return false }
      return true
    case .alternatives(let nodes):
      let chosen: Node? =
        switch size {
        case .any: chance.element(of: nodes)
        case .shortest: nodes.min { Self.length($0).least < Self.length($1).least }
        case .longest: nodes.max { Self.length($0).greatest < Self.length($1).greatest }
        }
      return chosen.map { append($0, size, &chance, to: &text) } ?? true
    case .repeated(let node, let minimum, let maximum):
      let count: Int =
        switch size {
        case .any: chance.number(in: minimum...max(minimum, min(maximum ?? .max, minimum + 8)))
        case .shortest: minimum
        case .longest(let limit):
          // What is left of the length, shared out from the front; at least what must be there.
          max(minimum, min(maximum ?? .max, (limit - text.count) / max(1, Self.length(node).greatest)))
        }
      for _ in 0..<count where !append(node, size, &chance, to: &text) { return false }
      return true
    case .start, .end: return true
    }
  }

  /// The least and greatest number of characters; a repetition without end counts as a thousand.
  private static func length(_ node: Node) -> (least: Int, greatest: Int) {
    switch node {
    case .characters: return (1, 1)
    case .sequence(let nodes):
      return nodes.map(length).reduce((0, 0)) { ($0.0 + $1.least, min(1_000_000, $0.1 + $1.greatest)) }
    case .alternatives(let nodes):
      let lengths = nodes.map(length)
      return (lengths.map(\.least).min() ?? 0, lengths.map(\.greatest).max() ?? 0)
    case .repeated(let node, let minimum, let maximum):
      let one = length(node)
      return (one.least * minimum, min(1_000_000, one.greatest * (maximum ?? 1_000)))
    case .start, .end: return (0, 0)
    }
  }
}
