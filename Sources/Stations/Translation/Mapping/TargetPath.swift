/// Where a row writes, relative to the element of the group around it.
package struct TargetPath: Sendable, Hashable, CustomStringConvertible {
  package enum Last: Sendable, Hashable {
    /// A new element.
    case element(TargetName)
    /// An attribute of the element that the steps before name.
    case attribute(TargetName)
    /// The text of the element around, written `.`.
    case here
  }

  /// The elements passed through; neighbouring rows that pass through the same ones share them.
  package let steps: [TargetName]
  package let last: Last
  /// As written in the mapping.
  package let text: String

  package var description: String { text }

  /// Every element of the path, the last one included.
  package var elements: [TargetName] {
    guard case .element(let name) = last else { return steps }
    return steps + [name]
  }
}
