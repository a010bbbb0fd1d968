import JSONKit

/// SplitMix64 (Steele, Lea, Flood 2014): the same values for the same seed on every machine and in every version.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Writes random JSON that visits the corners: odd names, empty and nested lists, long numbers, every kind of text.
struct RandomJSON {
  private var random: SplitMix64
  private var writer = JSONWriter()

  static func text(seed: UInt64) -> [UInt8] {
    var maker = RandomJSON(random: SplitMix64(seed: seed))
    maker.value(depth: 0)
    return maker.writer.finish()
  }

  private init(random: SplitMix64) {
    self.random = random
  }

  private static let names = [
    "MaHoSo", "TaiLieuNop", "error_code", "", " ", "a b", "_", "_x", "_x_", "x", "_x0041_", "_x005F_", "__x", "1abc",
    "a:b", "-a", ".", "@kind", "#text", "$oid", "họ tên", "ho\u{323} te\u{302}n", "tên", "te\u{302}n", "😀", "\u{1}",
    "\u{FFFF}", "a/b", "a~b", "item", "root", "lt-empty-list", "xml", "xmlns", "?>", "<&>\"'", "\u{B7}", "a\u{B7}",
  ]

  private static let numbers = [
    "0", "-0", "1", "-1", "1.0", "1.50", "0.1", "1e2", "1E+2", "1e400", "-1.5e-300", "9007199254740993",
    "123456789012345678901234567890.10", "100000000000000000000000000000000000001",
  ]

  private static let texts = [
    "", " ", "\n", "\r\n\t", "true", "null", "0", "Nguyễn Thị Ánh", "<a>&amp;</a>", "]]>", "\u{7F}", "\u{85}",
    "\u{2028}", "\u{FFFD}", "😀", "te\u{302}n", "\"\\/",
  ]

  private mutating func value(depth: Int) {
    switch Int.random(in: 0..<(depth < 6 ? 9 : 6), using: &random) {
    case 0: writer.null()
    case 1: writer.boolean(Bool.random(using: &random))
    case 2, 3: writer.number(Self.numbers[Int.random(in: 0..<Self.numbers.count, using: &random)])
    case 4, 5: writer.string(text())
    case 6: array(depth: depth)
    default: object(depth: depth)
    }
  }

  private mutating func text() -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      text += Self.texts[Int.random(in: 0..<Self.texts.count, using: &random)]
    }
    return text
  }

  private mutating func array(depth: Int) {
    writer.beginArray()
    for _ in 0..<Int.random(in: 0...4, using: &random) { value(depth: depth + 1) }
    writer.endArray()
  }

  private mutating func object(depth: Int) {
    writer.beginObject()
    var used: [[UInt8]] = []
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let name = Self.names[Int.random(in: 0..<Self.names.count, using: &random)]
      guard !used.contains(Array(name.utf8)) else { continue }
      used.append(Array(name.utf8))
      writer.name(name)
      value(depth: depth + 1)
    }
    writer.endObject()
  }
}
