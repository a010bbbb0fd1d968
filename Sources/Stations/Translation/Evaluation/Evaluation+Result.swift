import DocumentKit
import JSONKit
import XMLKit

extension Evaluation {
  /// The text a row writes for this context; nil if it writes nothing, with a finding where that is wrong.
  mutating func result(of row: CompiledRow, at context: XMLNode) throws(TranslationError) -> String? {
    switch row.content {
    case .group: return nil
    case .constant(let text): return text
    case .document(let nested, let rows): return try document(nested, rows, of: row, at: context)
    case .source:
      guard let read = row.read else { return nil }
      let text = try Self.evaluate(row) { () throws(XMLError) in
        try read.lend { path throws(XMLError) in try path.text(at: context, group: group(for: path)) }
      }
      if Listener.isListening, let path = row.source {
        listener.didRead(row.row, text, reading: path.reading(at: context, group: source.group), at: context)
      }
      guard let converted = try convert(text, row, at: context) else { return nil }
      return converted.isEmpty ? resultOfEmpty(row, at: context) : finish(converted, row, at: context)
    }
  }

  private mutating func resultOfEmpty(_ row: CompiledRow, at context: XMLNode) -> String? {
    if let substitute = row.row.substitute {
      // What its author gave a reason for would only hide the notes that somebody has to read.
      if row.row.substituteReason == nil { note(.defaulted, row, at: context) }
      listener.didConvert(row.row, .substitute(substitute), "", to: substitute)
      return substitute
    }
    if row.row.isRequired {
      refuseMissing(row, at: context)
      return nil
    }
    if row.row.empty == .keep { return "" }
    listener.didOmit(row.row, at: context)
    return nil
  }

  private mutating func finish(_ text: String, _ row: CompiledRow, at context: XMLNode) -> String? {
    if let pattern = row.row.pattern, !pattern.isFound(in: text) {
      refuse(
        row, at: context, rule: "mapping.pattern",
        english: "The value does not have the form that ‘\(row.row.target)’ of the target must have.",
        vietnamese: "Giá trị không đúng khuôn dạng mà ‘\(row.row.target)’ của đích bắt buộc phải có.")
      return nil
    }
    if let cut = row.row.cut, text.utf8.count > cut {
      let (kept, lost) = text.cut(toScalars: cut)
      if lost > 0 {
        note(.cut(characters: lost), row, at: context)
        listener.didConvert(row.row, .cut(charactersLost: lost), text, to: kept)
      }
      return kept
    }
    guard row.row.type != .string else { return text }
    if let typed = row.row.type.text(of: text) {
      listener.didConvert(row.row, .type(row.row.type), text, to: typed)
      return typed
    }
    refuse(
      row, at: context, rule: "mapping.type", english: "The value is no \(row.row.type.rawValue).",
      vietnamese: "Giá trị không đúng kiểu \(row.row.type.rawValue).")
    return nil
  }

  // MARK: Conversions

  /// The converted text, empty if there was none; nil after a finding or an unmapped code.
  private mutating func convert(
    _ text: String, _ row: CompiledRow, at context: XMLNode,
  ) throws(TranslationError) -> String? {
    if case .none = row.conversion { return text }
    let whole = text
    let text = whole.trimmed
    if Listener.isListening, text != whole { listener.didConvert(row.row, .trim, whole, to: text) }
    guard !text.isEmpty else { return "" }
    switch row.conversion {
    case .none: return text
    case .part(let part):
      let converted = part.part(of: text)
      listener.didConvert(row.row, .part(part), text, to: converted)
      return converted
    case .base64(let step):
      if let converted = step.convert(text) {
        listener.didConvert(row.row, .base64(step), text, to: converted)
        return converted
      }
      refuse(
        row, at: context, rule: "mapping.base64", english: "The value is no base64 of a text.",
        vietnamese: "Giá trị không phải là base64 của một đoạn văn bản.")
    case .file(let form): return try file(text, form, row, at: context)
    case .codes(let steps): return try code(text, steps, row, at: context)
    case .time(let format):
      if let converted = format.inward.convert(text, to: format.outward) {
        if Listener.isListening {
          listener.didConvert(row.row, .time(in: format.inward, out: format.outward), text, to: converted)
        }
        return converted
      }
      refuse(
        row, at: context, rule: "mapping.time",
        english: "The value is no date or time in the form \(format.inward.name), or no such day exists.",
        vietnamese: "Giá trị không phải là ngày giờ theo dạng \(format.inward.name), hoặc ngày đó không tồn tại.")
    case .number(let format):
      if let converted = format.normalised(text) {
        listener.didConvert(row.row, .number(format), text, to: converted)
        return converted
      }
      let isWhole = format == .integer
      refuse(
        row, at: context, rule: "mapping.number",
        english: "The value is no \(isWhole ? "whole" : "decimal") number.",
        vietnamese: "Giá trị không phải là số \(isWhole ? "nguyên" : "thập phân").")
    case .boolean(let format):
      if let value = format.inward.read(text) {
        let converted = format.outward.write(value)
        if Listener.isListening {
          listener.didConvert(row.row, .boolean(in: format.inward, out: format.outward), text, to: converted)
        }
        return converted
      }
      refuse(
        row, at: context, rule: "mapping.boolean",
        english: "The value is neither ‘\(format.inward.trueText)’ nor ‘\(format.inward.falseText)’.",
        vietnamese: "Giá trị không phải ‘\(format.inward.trueText)’ cũng không phải ‘\(format.inward.falseText)’.")
    }
    return nil
  }

  // MARK: Complaints and notes

  /// `expression`: what was looked for, where it is not the row's own text.
  mutating func refuseMissing(_ row: CompiledRow, at context: XMLNode, reading expression: SourcePath? = nil) {
    refuse(
      row, at: context, reading: expression, rule: "mapping.required",
      english: "The value is missing or empty, and ‘\(row.row.target)’ of the target must have one.",
      vietnamese: "Thiếu giá trị hoặc giá trị rỗng, trong khi ‘\(row.row.target)’ của đích bắt buộc phải có.")
  }

  mutating func refuse(
    _ row: CompiledRow, at context: XMLNode, reading expression: SourcePath? = nil, rule: String, english: String,
    vietnamese: String,
  ) {
    guard findings.count < limits.findings else { return }
    let place = place(of: row, at: context, reading: expression)
    let position = place.position
    let label = "\(mappingLabel):\(row.row.position.line)"
    findings.append(
      Finding(
        path: place.path, line: position.line, column: position.column, rule: rule,
        messageVietnamese: "\(vietnamese) (dòng ánh xạ \(label))", messageEnglish: "\(english) (row \(label))"))
  }

  mutating func note(_ kind: TranslationReport.Note.Kind, _ row: CompiledRow, at context: XMLNode) {
    report.count(kind, row: row.row.position, target: row.row.target.text)
    // Finding a path means counting siblings, so a note that is not kept costs nothing.
    guard report.takesNote(limit: limits.reportNotes) else { return }
    let path = place(of: row, at: context).path
    report.add(TranslationReport.Note(kind: kind, row: row.row.position, target: row.row.target.text, sourcePath: path))
  }

  /// Where a row read: the first node it read, or where a plain path would have found it, or else its context.
  func place(of row: CompiledRow, at context: XMLNode, reading given: SourcePath? = nil) -> NestedPlace {
    let expression = given ?? row.source
    if let node = expression?.origins(at: context, group: source.group).first {
      return NestedPlace(node, in: source.tree, inside: source.outer)
    }
    return NestedPlace(context, child: expression?.names ?? [], in: source.tree, inside: source.outer)
  }
}
