/// Bytes for a queue, which does not look into them.
enum BenchPayload {
  /// The same bytes at every call, which no layer can make smaller by a run of zeros.
  static func bytes(_ count: Int) -> [UInt8] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  /// A dossier's code that is another one for each number.
  static func dossier(_ number: Int) -> String {
    let text = String(number)
    return "H56.24-261118-" + String(repeating: "0", count: MessageTemplate.digits - text.utf8.count) + text
  }
}
