/// The sign that is put into a text of a source to see where in the output it comes out.
///
/// It stands in Unicode's private use plane 15: no partner's text has it, and nothing that stylesheets do with letters,
/// case and white space takes it away. A conversion that lets a marked text pass puts a stamp behind the mark, so that
/// the way of the text can be read where it arrives.
package enum StylesheetMark {
  package static let sign = Character("\u{FFFFD}")
  private static let scalar: Unicode.Scalar = "\u{FFFFD}"
  private static let stamps: Range<UInt32> = 0xF0000..<0xFFFF0

  /// Whether a text has signs of its own that would be taken for marks.
  package static func isFound(in text: String) -> Bool {
    text.unicodeScalars.contains { $0 == scalar || stamps.contains($0.value) }
  }

  /// The text as a conversion lets it pass: behind every mark the number of the conversion.
  static func stamped(_ text: String, by call: Int) -> String {
    guard let stamp = Unicode.Scalar(stamps.lowerBound + UInt32(clamping: call)), stamps.contains(stamp.value) else {
      return text
    }
    var stamped = String.UnicodeScalarView()
    for sign in text.unicodeScalars {
      stamped.append(sign)
      if sign == scalar { stamped.append(stamp) }
    }
    return String(stamped)
  }

  /// The conversions on the way of the first mark in a text, the first one first; nil if there is no mark.
  package static func way(in text: String) -> [Int]? {
    let signs = text.unicodeScalars
    guard let mark = signs.firstIndex(of: scalar) else { return nil }
    // The latest stamp stands right behind the mark.
    let way = signs[signs.index(after: mark)...].prefix { stamps.contains($0.value) }
    return way.map { Int($0.value - stamps.lowerBound) }.reversed()
  }

  /// The text with `original` in place of every mark, and without stamps.
  package static func replaced(in text: String, by original: String) -> String {
    var result = ""
    for sign in text.unicodeScalars where !stamps.contains(sign.value) {
      if sign == scalar { result += original } else { result.unicodeScalars.append(sign) }
    }
    return result
  }
}
