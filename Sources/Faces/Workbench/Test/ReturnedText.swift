import DocumentKit
import Translation

/// Whether a text that came back says the same as the one that went out.
///
/// Moments, numbers, yes and no and files are compared by what they mean, as the schema's type or the rows' conversions
/// tell; white space does not count where a row takes it away. A code counts as the same where its table says that
/// several mean one (`direction`). Everything else is compared letter by letter.
struct ReturnedText {
  /// The rules of the place, nil where they are not known.
  let rules: ValueRules?
  let outwards: [Provenance]
  let backwards: [Provenance]

  func isSame(_ before: String, _ after: String) -> Bool {
    if before == after || isMerged { return true }
    if let one = moment(before, formatsBefore), let other = moment(after, formatsAfter) { return one == other }
    if isNumber, let one = number(before), let other = number(after) { return one == other }
    if isBoolean, let one = boolean(before), let other = boolean(after) { return one == other }
    if isFile { return base64(before) == base64(after) }
    return losesWhiteSpace && words(before) == words(after)
  }

  private var steps: [ConversionStep] { (outwards + backwards).flatMap(\.steps).map(\.step) }

  private func holds(_ kinds: Set<ValueRules.Kind>) -> Bool {
    guard let rules else { return false }
    return ([rules] + rules.alternatives).contains { kinds.contains($0.kind) }
  }

  // MARK: Kinds of texts

  /// A table declares that the code it read has the meaning of another one as well.
  private var isMerged: Bool {
    steps.contains { step in
      if case .code(_, _, let row?) = step { row.direction != nil } else { false }
    }
  }

  private var formatsBefore: [TimeFormat] {
    let read = outwards.flatMap(\.steps).compactMap { step in
      if case .time(let inward, _) = step.step { inward } else { nil }
    }
    return read + (holds([.dateTime]) ? [.iso] : [])
  }

  private var formatsAfter: [TimeFormat] {
    let written = backwards.flatMap(\.steps).compactMap { step in
      if case .time(_, let outward) = step.step { outward } else { nil }
    }
    return written + (holds([.dateTime]) ? [.iso] : [])
  }

  private func moment(_ text: String, _ formats: [TimeFormat]) -> String? {
    formats.lazy.compactMap { $0.convert(text, to: .epochMilliseconds) }.first
  }

  private var isNumber: Bool {
    holds([.integer, .decimal, .double])
      || steps.contains { step in
        switch step {
        case .number, .type(.number): true
        default: false
        }
      }
  }

  private func number(_ text: String) -> String? {
    guard let number = NumberFormat.decimal.normalised(text.filter { !$0.isWhitespace }) else { return nil }
    guard number.contains(".") else { return number }
    let digits = number.reversed().drop { $0 == "0" }
    return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
  }

  private var isBoolean: Bool {
    holds([.boolean])
      || steps.contains { step in
        if case .boolean = step { true } else { false }
      }
  }

  private func boolean(_ text: String) -> Bool? {
    let formats = steps.flatMap { step -> [BooleanFormat] in
      if case .boolean(let inward, let outward) = step { [inward, outward] } else { [] }
    }
    // JSON's own words also stand as strings beside themselves, as .NET writes them: "True".
    let words = rules?.jsonTypes.contains("boolean") ?? false ? [text, text.lowercased()] : [text]
    return words.lazy.flatMap { word in ([.canonical] + formats).compactMap { $0.read(word) } }.first
  }

  private var isFile: Bool {
    holds([.base64])
      || steps.contains { step in
        if case .file = step { true } else { false }
      }
  }

  /// The file without line breaks; of one that was kept on the way back and is named since, what was kept.
  private func base64(_ text: String) -> String {
    let kept = backwards.flatMap(\.steps).first { step in
      if case .file(.claim) = step.step { step.output == text } else { false }
    }
    return (kept?.input ?? text).filter { !$0.isWhitespace }
  }

  private var losesWhiteSpace: Bool {
    let isTrimmed = steps.contains { step in
      if case .trim = step { true } else { false }
    }
    return isTrimmed || (outwards + backwards).contains { $0.expression?.contains("normalize-space") ?? false }
  }

  private func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
}
