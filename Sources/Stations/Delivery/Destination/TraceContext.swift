/// The next step of a trace that came with a message (W3C Trace Context, https://www.w3.org/TR/trace-context/).
enum TraceContext {
  /// The header value for a request of ours: the same trace, a span of its own. nil for a text that is no traceparent.
  static func next(after traceparent: String, span: UInt64) -> String? {
    let bytes = Array(traceparent.utf8)
    // version "-" trace-id "-" parent-id "-" flags; a later version may have more after these 55 bytes (§4.3).
    guard bytes.count == 55 || (bytes.count > 55 && bytes[55] == UInt8(ascii: "-")),
      [2, 35, 52].allSatisfy({ bytes[$0] == UInt8(ascii: "-") })
    else { return nil }
    let fields = [0..<2, 3..<35, 36..<52, 53..<55]
    guard fields.allSatisfy({ bytes[$0].allSatisfy(isLowerHexadecimal) }), bytes[0..<2] != [0x66, 0x66],
      bytes[3..<35].contains(where: { $0 != UInt8(ascii: "0") })
    else { return nil }
    // All zeros is no span (§3.2.2.4).
    let digits = String(max(span, 1), radix: 16)
    let padded = String(repeating: "0", count: 16 - digits.utf8.count) + digits
    let trace = String(decoding: bytes[3..<35], as: UTF8.self)
    return "00-\(trace)-\(padded)-\(String(decoding: bytes[53..<55], as: UTF8.self))"
  }

  private static func isLowerHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
    default: false
    }
  }
}
