import DocumentKit
import ServiceKit

extension SampleTexts {
  /// A text of the kind and type alone.
  mutating func plain(
    _ rules: ValueRules, isJSON: Bool, _ size: SamplePattern.Size,
  ) throws(SampleError) -> String {
    switch rules.kind {
    case .integer, .decimal, .double: return try number(rules)
    case .boolean: return chance.happens(0.5) ? "true" : "false"
    case .null: return ""
    case .date: return time().prefix(10) + ""
    case .time: return String(time().dropFirst(11))
    case .dateTime: return time()
    case .base64: return base64(rules, size)
    case .uri: return "https://example.vn/tep/\(chance.number(below: 1_000_000))"
    case .string, .any: return try string(rules, size)
    }
  }

  private mutating func string(_ rules: ValueRules, _ size: SamplePattern.Size) throws(SampleError) -> String {
    switch rules.builtIn {
    case "xs:language": return "vi"
    case "xs:NMTOKEN", "xs:Name", "xs:NCName", "xs:QName", "xs:ENTITY": return "ma"
    case "xs:ID", "xs:IDREF":
      identifiers += 1
      return "id\(identifiers)"
    case "xs:hexBinary": return "4C54"
    case "xs:duration": return "P\(chance.number(in: 1...30))D"
    case "xs:gYear": return "\(chance.number(in: 1950...2049))"
    case "xs:gYearMonth": return String(time().prefix(7))
    case "xs:gMonth": return "--" + time().dropFirst(5).prefix(2)
    case "xs:gMonthDay": return "-" + time().dropFirst(4).prefix(6)
    case "xs:gDay": return "---" + time().dropFirst(8).prefix(2)
    default: break
    }
    switch rules.format {
    case "email": return "nguoi-dan-\(chance.number(below: 1000))@example.vn"
    case "uuid": return "0197a0c0-0000-7000-8000-" + digits(12)
    case "ipv4": return "192.0.2.\(chance.number(in: 1...254))"
    case "ipv6": return "2001:db8::\(chance.number(in: 1...9))"
    case "hostname": return "may\(chance.number(below: 100)).example.vn"
    case "json-pointer": return "/a/\(chance.number(below: 9))"
    case "regex": return "^[a-z]+$"
    default: break
    }
    let least = rules.minLength ?? 0
    let most = max(least, min(rules.maxLength ?? .max, limits.atLimit))
    switch size {
    case .shortest: return SampleWords.exactly(least, &chance)
    case .longest(let limit): return SampleWords.exactly(min(most, limit), &chance)
    case .any:
      let words = SampleWords.text(1...5, &chance)
      let count = words.unicodeScalars.count
      return count < least || count > most
        ? SampleWords.exactly(chance.number(in: least...min(most, least + 40)), &chance) : words
    }
  }

  mutating func digits(_ count: Int) -> String {
    String(String.UnicodeScalarView((0..<count).map { _ in Unicode.Scalar(UInt8(0x30 + chance.number(below: 10))) }))
  }

  private mutating func base64(_ rules: ValueRules, _ size: SamplePattern.Size) -> String {
    let least = rules.minLength ?? 1
    let length: Int =
      switch size {
      case .shortest: least
      case .longest(let limit): max(least, min(rules.maxLength ?? least + 12, limit))
      case .any: chance.number(in: least...max(least, min(rules.maxLength ?? .max, least + 12)))
      }
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: length, by: 3) {
      let count = min(3, length - start)
      var block =
        UInt32(truncatingIfNeeded: chance.next()) & (count == 3 ? 0xFF_FFFF : count == 2 ? 0xFF_FF00 : 0xFF_0000)
      for place in 0..<4 {
        text.append(place <= count ? alphabet[Int(block >> 18 & 0x3F)] : UInt8(ascii: "="))
        block <<= 6
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: Times

  /// A moment of the calendar in ISO 8601 with Việt Nam's offset.
  private mutating func time() -> String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let date = "\(chance.number(in: 2024...2029))-\(two(chance.number(in: 1...12)))-\(two(chance.number(in: 1...28)))"
    let hour = two(chance.number(in: 7...17))
    return "\(date)T\(hour):\(two(chance.number(below: 60))):\(two(chance.number(below: 60)))+07:00"
  }

  /// The spellings of moments that partners use.
  mutating func spellings() -> [String] {
    let iso = Array(time())
    func part(_ range: Range<Int>) -> String { String(iso[range]) }
    let (year, month, day) = (part(0..<4), part(5..<7), part(8..<10))
    let (hour, minute, second) = (part(11..<13), part(14..<16), part(17..<19))
    return [
      "\(year)\(month)\(day)\(hour)\(minute)\(second)", "\(year)\(month)\(day)", "\(day)/\(month)/\(year)",
      "\(day)/\(month)/\(year) \(hour):\(minute):\(second)", "\(hour):\(minute) \(day)/\(month)/\(year)",
      "\(year)/\(month)/\(day)", "\(year)-\(month)-\(day)", "\(year)-\(month)-\(day) \(hour):\(minute):\(second)",
      "\(part(0..<19)).000+07:00", part(0..<25), part(0..<19), "\(part(0..<19)).000Z",
    ]
  }

  /// Whether a pattern speaks of texts like this one, and not of any text.
  static func isMeant(_ text: String, by pattern: SamplePattern) -> Bool {
    pattern.matches(text) && !pattern.matches(String(text.dropLast()))
  }
}
