import Dictionaries
import DocumentKit
import ServiceKit
import XMLKit

extension Evaluation {
  /// What a code is asked with besides itself.
  private struct Question {
    var cells: [String] = []
    var day: CivilDay?
  }

  /// The code after all steps; nil after a finding or an unmapped code.
  mutating func code(
    _ text: String, _ steps: [CodeStep], _ row: CompiledRow, at context: XMLNode,
  ) throws(TranslationError) -> String? {
    var code = text
    for step in steps {
      if !Listener.isListening, let meaning = step.meaning(of: code) {
        code = meaning
        continue
      }
      var question = Question()
      if !step.isPlain {
        guard let asked = try self.question(step, row, at: context) else { return nil }
        question = asked
      }
      let (table, direction) = (step.table, step.direction)
      if !Listener.isListening, table.dictionary == nil,
        let meaning = table.meaning(of: code, direction, cells: question.cells, on: question.day)
      {
        code = meaning
        continue
      }
      var found = table.row(for: code, direction, cells: question.cells, on: question.day)
      var complaint: DictionaryComplaint?
      if let pair = found, let dictionary = table.dictionary {
        switch dictionary.verdict(on: pair, in: dictionaries, day: question.day) {
        case .valid: break
        case .unchecked: note(.codeUnchecked(dictionary: dictionary.reference.name.description), row, at: context)
        case .invalid(let reason): (found, complaint) = (nil, reason)
        }
      }
      listener.didLookUp(row.row, code, in: table, direction, found)
      if let found {
        let meaning = direction == .in ? found.canonical : found.foreign
        listener.didConvert(row.row, .code(table, direction, found), code, to: meaning)
        code = meaning
        continue
      }
      switch table.unmapped(direction) {
      case .substitute(let substitute, _):
        note(.codeSubstituted(table: table.name), row, at: context)
        listener.didConvert(row.row, .code(table, direction, nil), code, to: substitute)
        code = substitute
      case .hold:
        hold(code, step, question, complaint, row, at: context)
        return nil
      case .reject:
        if let complaint {
          refuse(
            row, at: context, rule: "mapping.dictionary", english: complaint.messageEnglish,
            vietnamese: complaint.messageVietnamese)
          return nil
        }
        let shown = HeldReason.showable(code).map { " ‘\($0)’" } ?? ""
        refuse(
          row, at: context, rule: "mapping.code",
          english: "The code\(shown) is not in the table ‘\(table.name)’.",
          vietnamese: "Mã\(shown) không có trong bảng mã ‘\(table.name)’.")
        return nil
      }
    }
    return code
  }

  /// The values of the columns and the day; nil after a finding.
  private mutating func question(
    _ step: CodeStep, _ row: CompiledRow, at context: XMLNode,
  ) throws(TranslationError) -> Question? {
    var question = Question()
    for column in step.columns {
      let text = try Self.evaluate(row) { () throws(XMLError) in try column.text(at: context, group: source.group) }
      hear(asking: column, of: row, at: context)
      question.cells.append(text.trimmed)
    }
    guard let at = step.at else { return question }
    let text = try Self.evaluate(row) { () throws(XMLError) in try at.text(at: context, group: source.group) }.trimmed
    hear(asking: at, of: row, at: context)
    guard !text.isEmpty else {
      refuse(
        row, at: context, reading: at, rule: "mapping.required",
        english: "The date is missing that says which rows of the table ‘\(step.table.name)’ hold.",
        vietnamese: "Thiếu ngày để xác định dòng còn hiệu lực của bảng mã ‘\(step.table.name)’.")
      return nil
    }
    guard let day = CivilDay(text, in: step.atTime) else {
      refuse(
        row, at: context, reading: at, rule: "mapping.time",
        english: "The value is no date or time in the form \(step.atTime.name), or no such day exists.",
        vietnamese: "Giá trị không phải là ngày giờ theo dạng \(step.atTime.name), hoặc ngày đó không tồn tại.")
      return nil
    }
    question.day = day
    return question
  }

  private mutating func hear(asking expression: SourcePath, of row: CompiledRow, at context: XMLNode) {
    guard Listener.isListening else { return }
    listener.didAsk(row.row, reading: expression.reading(at: context, group: source.group), at: context)
  }

  private mutating func hold(
    _ code: String, _ step: CodeStep, _ question: Question, _ complaint: DictionaryComplaint?, _ row: CompiledRow,
    at context: XMLNode,
  ) {
    guard unmapped.count < limits.findings else { return }
    let place = place(of: row, at: context)
    let position = place.position
    let keys = zip(step.table.columns, question.cells).map { column, cell in
      HeldReason.UnmappedCode.Key(column: column.name, value: HeldReason.showable(cell))
    }
    unmapped.append(
      HeldReason.UnmappedCode(
        table: step.table.name, direction: step.direction, code: HeldReason.showable(code), keys: keys,
        day: question.day, row: row.row.position, target: row.row.target.text, sourcePath: place.path,
        line: position.line, column: position.column,
        complaint: complaint))
  }
}
