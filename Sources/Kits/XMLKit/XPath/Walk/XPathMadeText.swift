import CXML

/// Several texts one behind the other (XPath 1.0 §4.2, concat).
final class XPathConcatenation: XPathText, @unchecked Sendable {
  private let texts: [XPathText]

  init(_ texts: [XPathText]) { self.texts = texts }

  override func lend(at node: xmlNodePtr, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var whole: [UInt8] = []
    for text in texts { text.lend(at: node) { whole.append(contentsOf: $0) } }
    Self.lend(whole, body)
  }
}

/// What stands before or after the first occurrence of another text; empty where there is none (XPath 1.0 §4.2,
/// substring-before and substring-after).
final class XPathPartBeside: XPathText, @unchecked Sendable {
  private let mark: XPathText
  private let text: XPathText
  private let isBefore: Bool

  init(_ mark: XPathText, in text: XPathText, isBefore: Bool) {
    self.mark = mark
    self.text = text
    self.isBefore = isBefore
  }

  override func lend(at node: xmlNodePtr, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    text.lend(at: node) { text in
      mark.lend(at: node) { mark in
        guard let start = Self.place(of: mark, in: text) else { return Self.lend([], body) }
        if isBefore { return Self.lend(Array(text[..<start]), body) }
        // The text's own zero stands behind its last part.
        body(UnsafeBufferPointer(rebasing: text[(start + mark.count)...]))
      }
    }
  }
}

/// The characters from one place on, all or a number of them, counted from 1 (XPath 1.0 §4.2, substring).
final class XPathPiece: XPathText, @unchecked Sendable {
  private let text: XPathText
  private let first: XPathAmount
  private let length: XPathAmount?

  init(of text: XPathText, from first: XPathAmount, length: XPathAmount?) {
    self.text = text
    self.first = first
    self.length = length
  }

  override func lend(at node: xmlNodePtr, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let first = Self.round(self.first.value(at: node))
    let end = length.map { first + Self.round($0.value(at: node)) } ?? .infinity
    text.lend(at: node) { text in
      var (piece, place) = ([UInt8](), 0.0)
      for byte in text {
        if !Self.continues(byte) { place += 1 }
        // No comparison holds of what is no number, and the piece is empty then.
        if place >= first, place < end { piece.append(byte) }
      }
      Self.lend(piece, body)
    }
  }

  /// As XPath's `round()`: a half is rounded up.
  private static func round(_ number: Double) -> Double {
    let whole = number.rounded(.down)
    return number - whole >= 0.5 ? whole + 1 : whole
  }
}

/// Characters put in place of others, or left out (XPath 1.0 §4.2, translate).
final class XPathTranslation: XPathText, @unchecked Sendable {
  private let text: XPathText
  /// Each character that is replaced, in UTF-8, with what stands for it, which may be nothing.
  private let replacements: [(from: [UInt8], to: [UInt8])]

  init(of text: XPathText, from: String, to: String) {
    self.text = text
    var replacements: [(from: [UInt8], to: [UInt8])] = []
    let substitutes = Array(to.unicodeScalars)
    for (place, scalar) in from.unicodeScalars.enumerated() {
      let character = Array(String(scalar).utf8)
      // Where a character comes twice, the first decides.
      guard !replacements.contains(where: { $0.from == character }) else { continue }
      replacements.append((character, place < substitutes.count ? Array(String(substitutes[place]).utf8) : []))
    }
    self.replacements = replacements
  }

  override func lend(at node: xmlNodePtr, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    text.lend(at: node) { text in
      var (translated, start) = ([UInt8](), 0)
      while start < text.count {
        let end = text[(start + 1)...].firstIndex { !Self.continues($0) } ?? text.count
        let character = UnsafeBufferPointer(rebasing: text[start..<end])
        if let found = replacements.first(where: { $0.from.elementsEqual(character) }) {
          translated += found.to
        } else {
          translated.append(contentsOf: character)
        }
        start = end
      }
      Self.lend(translated, body)
    }
  }
}

extension XPathText {
  /// Lends bytes that were put together, with the zero that stands behind each text.
  fileprivate static func lend(_ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var bytes = bytes
    bytes.append(0)
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0.dropLast())) }
  }
}
