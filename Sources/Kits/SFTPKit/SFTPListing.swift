/// What a server tells of a folder, read twice: the names alone, which are exact, and the lines in the manner of `ls -l`,
/// which say what each name is.
///
/// The lines have no form that every server keeps to, but all have the kind as their first character and the name at their end
/// (draft-ietf-secsh-filexfer-02 §7). A name is a file only where a line says so, never a link: whoever writes into the folder
/// could have it lead anywhere.
struct SFTPListing {
  /// Names of files, in the order of their bytes.
  let files: [String]

  /// nil where a line does not begin with a kind.
  init?(names: [UInt8], lines: [UInt8]) {
    let known = Set(Self.split(names))
    var files: Set<String> = []
    var others: Set<String> = []
    for line in Self.split(lines) {
      switch line.utf8.first {
      case UInt8(ascii: "-"):
        if let name = Self.ending(of: line[...], in: known) { files.insert(name) }
      case UInt8(ascii: "l"):
        // Before each arrow, for a name may have one.
        var end = line.startIndex
        while let arrow = line[end...].firstRange(of: " -> ") {
          if let name = Self.ending(of: line[..<arrow.lowerBound], in: known) { others.insert(name) }
          end = arrow.upperBound
        }
        if let name = Self.ending(of: line[...], in: known) { others.insert(name) }
      case UInt8(ascii: "d"), UInt8(ascii: "b"), UInt8(ascii: "c"), UInt8(ascii: "p"), UInt8(ascii: "s"),
        UInt8(ascii: "D"):
        if let name = Self.ending(of: line[...], in: known) { others.insert(name) }
      default: return nil
      }
    }
    self.files = files.subtracting(others).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  private static func split(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The longest name that the line ends in, behind a blank: a name may have blanks itself.
  private static func ending(of line: Substring, in names: Set<String>) -> String? {
    var rest = line
    while let blank = rest.firstIndex(of: " ") {
      rest = rest[rest.index(after: blank)...]
      if names.contains(String(rest)) { return String(rest) }
    }
    return nil
  }
}
