extension SamplePattern {
  /// Whether the pattern accepts a text; false also where finding out takes more than `steps`.
  func matches(_ text: String, steps: Int = 200_000) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var matcher = Matcher(scalars: scalars, steps: steps)
    switch dialect {
    case .xsd: return matcher.match(root, at: 0) { position, _ in position == scalars.count }
    case .ecma:
      return (0...scalars.count).contains { start in matcher.match(root, at: start) { _, _ in true } }
    }
  }

  /// Backtracking, the rest of the pattern being the continuation.
  private struct Matcher {
    let scalars: [Unicode.Scalar]
    var steps: Int

    mutating func match(_ node: Node, at position: Int, _ rest: (Int, inout Matcher) -> Bool) -> Bool {
      steps -= 1
      guard steps > 0 else { return false }
      switch node {
      case .characters(let set):
        guard position < scalars.count, set.contains(scalars[position]) else { return false }
        return rest(position + 1, &self)
      case .sequence(let nodes): return match(nodes[...], at: position, rest)
      case .alternatives(let nodes):
        for node in nodes where match(node, at: position, rest) { return true }
        return false
      case .repeated(let node, let minimum, let maximum):
        return match(node, minimum, maximum, at: position, rest)
      case .start: return position == 0 && rest(position, &self)
      case .end: return position == scalars.count && rest(position, &self)
      }
    }

    private mutating func match(_ nodes: ArraySlice<Node>, at position: Int, _ rest: (Int, inout Matcher) -> Bool)
      -> Bool
    {
      guard let first = nodes.first else { return rest(position, &self) }
      return match(first, at: position) { next, matcher in matcher.match(nodes.dropFirst(), at: next, rest) }
    }

    private mutating func match(
      _ node: Node, _ minimum: Int, _ maximum: Int?, at position: Int, _ rest: (Int, inout Matcher) -> Bool,
    ) -> Bool {
      if maximum != 0 {
        let isMore = match(node, at: position) { next, matcher in
          // An empty turn would go on for ever.
          guard next > position || minimum > 0 else { return false }
          return matcher.match(node, max(0, minimum - 1), maximum.map { $0 - 1 }, at: next, rest)
        }
        if isMore { return true }
      }
      return minimum == 0 && rest(position, &self)
    }
  }
}
