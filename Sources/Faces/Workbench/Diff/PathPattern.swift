/// Names places of a document without their numbers in lists: `owner/name`, `/TaiLieuNop/*/TenTepDinhKem`, `//id`.
///
/// Steps are local names, `*` is any one step, and `//` in front means at any depth. Numbers and `[n]` in a path that was
/// copied from a report are dropped. The path begins below the root element.
package struct PathPattern: Sendable {
  private let steps: [String]
  private let isAnywhere: Bool

  package init(_ text: String) {
    isAnywhere = text.hasPrefix("//")
    steps = text.split(separator: "/").compactMap { step in
      let name = step.prefix { $0 != "[" }
      return name.allSatisfy(\.isNumber) ? nil : String(name)
    }
  }

  /// Whether the place, or one around it, is meant.
  package func covers(_ path: [String]) -> Bool {
    if isAnywhere { return path.indices.contains { starts(path[$0...]) } }
    return starts(path[...])
  }

  /// Whether exactly this place is meant.
  package func isExactly(_ path: [String]) -> Bool {
    if isAnywhere { return path.count >= steps.count && starts(path.suffix(steps.count)) }
    return path.count == steps.count && starts(path[...])
  }

  private func starts(_ path: ArraySlice<String>) -> Bool {
    path.count >= steps.count && zip(steps, path).allSatisfy { $0 == "*" || $0 == $1 }
  }
}
