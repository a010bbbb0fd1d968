/// A path on an SFTP server that means the same to everybody: from the root, or from the home folder as `/~/…`.
///
/// Segments have letters, digits, `-`, `_` and `.`, and are neither `.` nor `..`: nothing in them is special to a URL, to
/// libcurl's commands, to a shell of whoever takes the files away, or leads out of the folder.
package struct SFTPPath: Sendable, Hashable, CustomStringConvertible {
  package static let bytesLimit = 1_024
  /// What file systems and their tools have room for.
  package static let nameLimit = 200

  package let description: String

  /// nil for what is no such path.
  package init?(_ text: String) {
    let segments = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard text.hasPrefix("/"), text.utf8.count <= Self.bytesLimit, !segments.isEmpty else { return nil }
    for (index, segment) in segments.enumerated() where !(index == 0 && segment == "~" && segments.count > 1) {
      guard Self.isName(String(segment)) else { return nil }
    }
    description = text
  }

  private init(checked text: String) { description = text }

  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= nameLimit && text != "." && text != ".." && text.utf8.allSatisfy(isPlain)
  }

  /// The text with every other character as `_`: never a name that leads elsewhere.
  package static func cleaned(_ text: String) -> String {
    String(decoding: text.utf8.map { isPlain($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  package var name: String { String(description[description.index(after: description.lastIndex(of: "/")!)...]) }

  /// Its folder, with the slash by which libcurl knows one.
  var folder: String { String(description.prefix(through: description.lastIndex(of: "/")!)) }

  /// Where the file is while it is written: beside it, under a name that begins with a dot, which those who look for files
  /// pass over. nil where that would be too long.
  package var temporary: SFTPPath? {
    let name = "." + name + ".part"
    guard name.utf8.count <= Self.nameLimit else { return nil }
    return SFTPPath(checked: folder + name)
  }
}
