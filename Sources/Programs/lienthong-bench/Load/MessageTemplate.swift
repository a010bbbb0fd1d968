import JSONKit

/// A dossier whose code is replaced for each message, so that every message is one of its own and of the same length.
struct MessageTemplate {
  private let before: [UInt8]
  private let after: [UInt8]

  /// Digits of the number that is put in.
  static let digits = 7

  /// A document that has the number between these two texts.
  init(before: String, after: String) {
    self.before = Array(before.utf8)
    self.after = Array(after.utf8)
  }

  /// The document's `MaHoSo` gets a sequence number of seven digits; nil when it has none.
  init?(document: [UInt8]) {
    guard let root = try? JSONDocument(parsing: document).root, let code = root["MaHoSo"],
      let text = code.string, let dash = text.lastIndex(of: "-")
    else { return nil }
    let range = code.byteRange
    before = Array(document[..<range.lowerBound]) + Array("\"\(text[...dash])".utf8)
    after = [UInt8(ascii: "\"")] + Array(document[range.upperBound...])
  }

  /// The same for a dossier in XML: the text of its `MaHoSo` up to the last dash, then the number.
  init?(xml document: [UInt8]) {
    let text = String(decoding: document, as: UTF8.self)
    guard let start = text.firstRange(of: "<MaHoSo>"), let end = text.firstRange(of: "</MaHoSo>"),
      let dash = text[start.upperBound..<end.lowerBound].lastIndex(of: "-")
    else { return nil }
    before = Array(text[...dash].utf8)
    after = Array(text[end.lowerBound...].utf8)
  }

  var byteCount: Int { before.count + Self.digits + after.count }

  func append(_ number: Int, to bytes: inout [UInt8]) {
    bytes += before
    let text = String(number)
    bytes += [UInt8](repeating: UInt8(ascii: "0"), count: Self.digits - text.utf8.count)
    bytes += text.utf8
    bytes += after
  }

  func message(_ number: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount)
    append(number, to: &bytes)
    return bytes
  }
}
