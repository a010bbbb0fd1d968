import DossierFiles

/// One step on the way from the text that was read to the text that is written.
package enum ConversionStep: Sendable {
  /// White space around a text to be converted does not count.
  case trim
  /// The row that answered; nil where the table's default for unmapped codes did.
  case code(CodeTable, CodeTable.Direction, CodeTable.Row?)
  case time(in: TimeFormat, out: TimeFormat)
  case number(NumberFormat)
  case boolean(in: BooleanFormat, out: BooleanFormat)
  case base64(Base64Step)
  case part(NamePart)
  /// What is written is known to the file desk alone.
  case file(FileForm)
  /// The spelling of a JSON number or boolean.
  case type(MappingRow.ValueType)
  /// The text was longer than the target takes.
  case cut(charactersLost: Int)
  /// The row's default took the place of an empty text.
  case substitute(String)

  /// What the step makes of a text by itself, without the mapping; nil if it takes no such text.
  package func applied(to text: String) -> String? {
    switch self {
    case .trim: return text.trimmed
    case .code(let table, let direction, let row):
      guard let row else {
        guard case .substitute(let code, _) = table.unmapped(direction) else { return nil }
        return code
      }
      let (key, meaning) = direction == .in ? (row.foreign, row.canonical) : (row.canonical, row.foreign)
      return key == text ? meaning : nil
    case .time(let inward, let outward): return inward.convert(text, to: outward)
    case .number(let format): return format.normalised(text)
    case .boolean(let inward, let outward): return inward.read(text).map(outward.write)
    case .base64(let step): return step.convert(text)
    case .part(let part): return part.part(of: text)
    case .file(.claim):
      return (FileReference(text) ?? Base64Step.bytes(of: text).map(FileReference.init(of:)))?.description
    case .file: return nil
    case .type(let type): return type.text(of: text)
    case .cut(let lost):
      let kept = text.unicodeScalars.count - lost
      return kept < 0 ? nil : text.cut(toScalars: kept).kept
    case .substitute(let substitute): return text.isEmpty ? substitute : nil
    }
  }

  /// Whether what the step writes is known to the file desk alone, and so cannot be made again from the text.
  package var isAnswerOfDesk: Bool {
    if case .file(let form) = self { form != .claim } else { false }
  }

  /// Whether the step drops part of what the text says: a time of day the target's form has no place for, or more than
  /// milliseconds. What is cut or substituted is told by the step itself.
  package func losesPrecision(of text: String) -> Bool {
    guard case .time(let inward, let outward) = self, let time = inward.read(text) else { return false }
    guard let written = outward.write(time).flatMap(outward.read) else { return true }
    return written.millisecondsSince1970 != time.millisecondsSince1970 || inward.hasLongFraction(text)
  }
}
