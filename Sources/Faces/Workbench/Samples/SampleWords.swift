import ServiceKit

/// Texts of the field, invented and in Vietnamese.
enum SampleWords {
  private static let words = [
    "hồ", "sơ", "khai", "sinh", "Nguyễn", "Văn", "Thị", "Hòa", "Lê", "Trần", "Bình", "xã", "phường", "giấy", "phép",
    "xây", "dựng", "chứng", "nhận", "đăng", "ký", "kết", "quả", "tiếp", "nhận", "bản", "sao", "Đỗ", "Quỳnh", "An",
  ]

  static func text(_ count: ClosedRange<Int>, _ chance: inout SeededGenerator) -> String {
    (0..<chance.number(in: count)).map { _ in chance.element(of: words) ?? "" }.joined(separator: " ")
  }

  /// A text of exactly this many characters, without white space at its ends.
  static func exactly(_ length: Int, _ chance: inout SeededGenerator) -> String {
    var scalars = String.UnicodeScalarView()
    while scalars.count < length {
      if !scalars.isEmpty { scalars.append(" ") }
      scalars.append(contentsOf: (chance.element(of: words) ?? "a").unicodeScalars)
    }
    scalars.removeLast(scalars.count - length)
    if scalars.last == " " {
      scalars.removeLast()
      scalars.append("a")
    }
    return String(scalars)
  }
}
