package import DocumentKit

extension YAMLNode {
  /// The node as YAML of one line that means the same: texts in double quotes, what may be a number with a tag.
  package var flow: String {
    switch content {
    case .mapping(let mapping):
      "{" + mapping.members.map { "? \(Self.quoted($0.key)) : \($0.value.flow)" }.joined(separator: ", ") + "}"
    case .sequence(let elements): "[" + elements.map(\.flow).joined(separator: ", ") + "]"
    case .scalar(let scalar): (scalar.isTyped ? "!!null " : "") + Self.quoted(scalar.text)
    }
  }

  /// Whether both are the same texts in the same order, and may be read as the same kinds of values.
  package func means(_ other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.mapping(let left), .mapping(let right)):
      left.members.count == right.members.count
        && zip(left.members, right.members).allSatisfy { $0.key == $1.key && $0.value.means($1.value) }
    case (.sequence(let left), .sequence(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
    case (.scalar(let left), .scalar(let right)):
      left.isTyped == right.isTyped && left.text.utf8.elementsEqual(right.text.utf8)
    default: false
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: quoted += "\\\""
      case 0x5C: quoted += "\\\\"
      case 0x20...0x7E, 0xA1...0x2027, 0x2030...0xD7FF, 0xE000...0xFDFF: quoted.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return quoted + "\""
  }
}
