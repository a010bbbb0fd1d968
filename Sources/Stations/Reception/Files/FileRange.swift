/// What a `Range` field asks for of a file (RFC 9110 §14): one range; a list of them, or what cannot be read, is answered
/// with the whole, as the RFC allows.
enum FileRange: Equatable {
  case whole
  case part(Range<Int>)
  case unsatisfiable

  init(_ field: String?, of byteCount: Int) {
    self = .whole
    guard let field, field.lowercased().hasPrefix("bytes=") else { return }
    let ends = field.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false).map(Self.number)
    guard ends.count == 2 else { return }
    switch (ends[0], ends[1]) {
    case (.number(let first), .none):
      self = first < byteCount ? .part(first..<byteCount) : .unsatisfiable
    case (.number(let first), .number(let last)):
      guard first <= last else { return }
      self = first < byteCount ? .part(first..<min(last + 1, byteCount)) : .unsatisfiable
    case (.none, .number(let count)):
      self = count > 0 && byteCount > 0 ? .part(max(0, byteCount - count)..<byteCount) : .unsatisfiable
    default: return
    }
  }

  private enum End {
    case none
    case number(Int)
    case malformed
  }

  private static func number(_ text: Substring) -> End {
    if text.isEmpty { return .none }
    guard text.utf8.count <= 18, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
      return .malformed
    }
    return .number(number)
  }
}
