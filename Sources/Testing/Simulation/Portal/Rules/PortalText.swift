import ServiceKit

/// The forms of the scalars that travel as strings.
enum PortalText {
  /// The rule that a non-empty text breaks; nil when it is as it should be.
  static func violation(of form: PortalForm, by text: String) -> PortalComplaint.Rule? {
    switch form {
    case .text(let limit):
      // White space alone says nothing: the field counts as missing.
      if text.allSatisfy(\.isWhitespace) { return .missing }
      return limit.map { text.unicodeScalars.count > $0 } ?? false ? .tooLong : nil
    case .code(let codes): return codes.contains(text) ? nil : .unknownCode
    case .time: return time(text) == nil ? .badTime : nil
    case .dossierCode: return isDossierCode(text) ? nil : .badDossierCode
    case .procedureCode: return nationalProcedure(text) == nil ? .badProcedureCode : nil
    case .address: return isAddress(text) ? nil : .badAddress
    case .amount: return isAmount(text) ? nil : .badAmount
    case .digits: return isDigits(text[...]) ? nil : .badDigits
    case .whole, .truth, .list: preconditionFailure("this form is not a text")
    }
  }

  /// Reads `yyyyMMddHHmmss`. A year before 1900 is a clock that was never set, not a date.
  static func time(_ text: String) -> CivilDateTime? {
    guard text.utf8.count == 14, isDigits(text[...]) else { return nil }
    let digits = text.utf8.map { Int($0 - UInt8(ascii: "0")) }
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
    let year = number(0..<4)
    guard (1900...2099).contains(year) else { return nil }
    return CivilDateTime(
      year: year, month: number(4..<6), day: number(6..<8), hour: number(8..<10), minute: number(10..<12),
      second: number(12..<14))
  }

  /// `<unit>-<yyMMdd or yyyyMMdd>-<4 to 7 digits>`, such as `H21.129-250812-0035`.
  static func isDossierCode(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, (4...7).contains(parts[2].utf8.count), isDigits(parts[2]), isDigits(parts[1]) else {
      return false
    }
    let groups = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let areGroups = groups.allSatisfy { group in
      (2...4).contains(group.utf8.count)
        && group.utf8.allSatisfy {
          (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
        }
    }
    guard areGroups, (1...7).contains(groups.count) else { return false }
    let date = parts[1].utf8.count == 6 ? "20" + parts[1] : String(parts[1])
    return time(date + "000000") != nil
  }

  /// The national part of a TTHC code: `1.001193` of `1.001193`, `1.001193.H56`, `1.001193.000.00.00.H56` and
  /// `1.001193.01`; nil when the text is none of these.
  static func nationalProcedure(_ text: String) -> String? {
    let groups = text.split(separator: ".", omittingEmptySubsequences: false)
    guard groups.count >= 2, ["1", "2", "3"].contains(groups[0]), groups[1].utf8.count == 6, isDigits(groups[1]) else {
      return nil
    }
    let isSuffixKnown =
      switch groups.count {
      case 2: true
      case 3: isProvince(groups[2]) || groups[2].utf8.count == 2 && isDigits(groups[2])
      case 6: groups[2] == "000" && groups[3] == "00" && groups[4] == "00" && isProvince(groups[5])
      default: false
      }
    return isSuffixKnown ? "\(groups[0]).\(groups[1])" : nil
  }

  static func isAddress(_ text: String) -> Bool {
    let lower = text.lowercased()
    guard let scheme = ["http://", "https://"].first(where: { lower.hasPrefix($0) }) else { return false }
    let rest = text.utf8.dropFirst(scheme.utf8.count)
    guard let first = rest.first, !"/?#".utf8.contains(first) else { return false }
    // Several addresses joined by ## are a local habit of one client and never go on the wire.
    return rest.allSatisfy { $0 > 0x20 && $0 != 0x7F } && !text.contains("##")
  }

  static func isAmount(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, (1...15).contains(parts[0].utf8.count), isDigits(parts[0]) else { return false }
    return parts.count == 1 || (1...2).contains(parts[1].utf8.count) && isDigits(parts[1])
  }

  static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func isProvince(_ group: Substring) -> Bool {
    group.utf8.count == 3 && group.hasPrefix("H") && isDigits(group.dropFirst())
  }
}
