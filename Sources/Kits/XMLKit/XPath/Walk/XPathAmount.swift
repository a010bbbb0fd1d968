import CXML

/// A number that is found by walking the tree; see `XPathTruth`, also for why it may be shared.
class XPathAmount: @unchecked Sendable {
  func value(at node: xmlNodePtr) -> Double {
    preconditionFailure("an amount is one of the kinds below")
  }

  /// The number that a text says, as XPath's `number()` reads it; a zero stands behind the last byte.
  static func number(_ text: UnsafeBufferPointer<UInt8>) -> Double {
    guard let start = text.baseAddress, !text.isEmpty else { return .nan }
    // Digits alone are exact up to 15 of them; everything else is libxml2's to read, as in its own evaluator.
    guard text.count <= 15 else { return xmlXPathCastStringToNumber(start) }
    var whole = 0
    for byte in text {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return xmlXPathCastStringToNumber(start) }
      whole = whole * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return Double(whole)
  }
}

final class XPathConstant: XPathAmount, @unchecked Sendable {
  private let number: Double

  init(_ number: Double) { self.number = number }

  override func value(at node: xmlNodePtr) -> Double { number }
}

/// The number that a text says.
final class XPathTextNumber: XPathAmount, @unchecked Sendable {
  private let text: XPathText

  init(_ text: XPathText) { self.text = text }

  override func value(at node: xmlNodePtr) -> Double {
    var number = Double.nan
    text.lend(at: node) { number = Self.number($0) }
    return number
  }
}

final class XPathFloor: XPathAmount, @unchecked Sendable {
  private let amount: XPathAmount

  init(_ amount: XPathAmount) { self.amount = amount }

  override func value(at node: xmlNodePtr) -> Double { amount.value(at: node).rounded(.down) }
}

/// How many nodes a path leads to.
final class XPathCount: XPathAmount, @unchecked Sendable {
  private let nodes: XPathNodeSet

  init(_ nodes: XPathNodeSet) { self.nodes = nodes }

  override func value(at node: xmlNodePtr) -> Double {
    var count = 0
    nodes.forEach(at: node) { _ in count += 1 }
    return Double(count)
  }
}

/// How many characters a text has (XPath 1.0 §4.2, string-length).
final class XPathLength: XPathAmount, @unchecked Sendable {
  private let text: XPathText

  init(_ text: XPathText) { self.text = text }

  override func value(at node: xmlNodePtr) -> Double {
    var length = 0
    // A character of UTF-8 has one byte that does not continue another.
    text.lend(at: node) { for byte in $0 where !XPathText.continues(byte) { length += 1 } }
    return Double(length)
  }
}
