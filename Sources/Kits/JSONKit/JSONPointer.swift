/// The way to one value inside a document (RFC 6901), for example `/ChuHoSo/DiaChi/0`.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
  /// Member names and array indexes from the root inwards, unescaped.
  package private(set) var tokens: [String]

  /// The whole document.
  package static let root = JSONPointer(tokens: [])

  package init(tokens: [String]) { self.tokens = tokens }

  /// Reads the string form; refuses text that neither is empty nor begins with `/`, and `~` without 0 or 1 behind it.
  package init(_ text: String) throws(JSONError) {
    guard !text.isEmpty else {
      tokens = []
      return
    }
    guard text.utf8.first == UInt8(ascii: "/") else {
      throw Self.fault(at: 0, of: text, "a JSON Pointer is empty or begins with \"/\" (RFC 6901 §3)")
    }
    tokens = []
    var token: [UInt8] = []
    var afterTilde = false
    for (offset, byte) in text.utf8.enumerated().dropFirst() {
      switch (byte, afterTilde) {
      case (UInt8(ascii: "0"), true): token.append(UInt8(ascii: "~"))
      case (UInt8(ascii: "1"), true): token.append(UInt8(ascii: "/"))
      case (_, true): throw Self.fault(at: offset, of: text, Self.tildeSentence)
      case (UInt8(ascii: "~"), false):
        afterTilde = true
        continue
      case (UInt8(ascii: "/"), false):
        tokens.append(String(decoding: token, as: UTF8.self))
        token = []
      default: token.append(byte)
      }
      afterTilde = false
    }
    guard !afterTilde else { throw Self.fault(at: text.utf8.count, of: text, Self.tildeSentence) }
    tokens.append(String(decoding: token, as: UTF8.self))
  }

  /// The pointer one step further in: to a member.
  package func appending(_ name: String) -> JSONPointer { JSONPointer(tokens: tokens + [name]) }

  /// The pointer one step further in: to an element.
  package func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

  /// The value it leads to from the given one; nil where there is none (`-`, the element behind the last, is none).
  package func evaluate(in value: JSONValue) -> JSONValue? {
    var value = value
    for token in tokens {
      let next: JSONValue? =
        switch value.kind {
        case .object: value[token]
        case .array: Self.index(token).flatMap { value[$0] }
        default: nil
        }
      guard let next else { return nil }
      value = next
    }
    return value
  }

  /// The string form.
  package var description: String {
    var text = ""
    for token in tokens {
      text.append("/")
      for scalar in token.unicodeScalars {
        switch scalar {
        case "~": text.append("~0")
        case "/": text.append("~1")
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    return text
  }

  /// An array index as RFC 6901 §4 spells it: digits without leading zeros.
  package static func index(_ token: String) -> Int? {
    guard let first = token.utf8.first, token.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    guard first != UInt8(ascii: "0") || token.utf8.count == 1 else { return nil }
    return Int(token)
  }

  // MARK: Equality by scalars

  /// Tokens are compared by their bytes: JSON names that are only canonically equivalent are different names.
  package static func == (first: JSONPointer, second: JSONPointer) -> Bool {
    first.tokens.elementsEqual(second.tokens) { $0.utf8.elementsEqual($1.utf8) }
  }

  package func hash(into hasher: inout Hasher) {
    for token in tokens {
      for byte in token.utf8 { hasher.combine(byte) }
      hasher.combine(UInt8(0xFF))  // no UTF-8 text contains it
    }
  }

  private static let tildeSentence =
    "in a JSON Pointer, \"~\" is written \"~0\" and \"/\" is written \"~1\" (RFC 6901 §3)"

  private static func fault(at offset: Int, of text: String, _ message: String) -> JSONError {
    let place = JSONPosition(ofOffset: offset, in: Array(text.utf8))
    return JSONError(
      code: .invalidPointer, message: message, line: place.line, column: place.column, offset: offset)
  }
}
