import SFTPKit

/// Which files of a folder are meant, by their names: letters, digits, `-`, `_`, `.`, and `*` for any run of characters.
///
/// Case counts. A name that begins with a dot is never meant: so files are called while they are written.
package struct FileNamePattern: Sendable, Hashable {
  package let text: String

  /// nil for what is no such pattern.
  package init?(_ text: String) {
    guard SFTPPath.isName(text.replacing("*", with: "a")) else { return nil }
    self.text = text
  }

  package func matches(_ name: String) -> Bool {
    guard !name.isEmpty, !name.hasPrefix(".") else { return false }
    let pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    var rest = Array(name.utf8)[...]
    guard let first = pieces.first, let last = pieces.last, rest.starts(with: first) else { return false }
    guard pieces.count > 1 else { return rest.count == first.count }
    rest = rest.dropFirst(first.count)
    // Each piece at its first place leaves the most for those behind it.
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      guard let place = rest.firstRange(of: Array(piece)) else { return false }
      rest = rest[place.upperBound...]
    }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }
}
