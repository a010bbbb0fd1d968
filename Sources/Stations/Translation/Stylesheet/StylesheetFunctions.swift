import Dictionaries
import DocumentKit
import ServiceKit
import XMLKit

/// The functions of `urn:lienthong:functions` that do for a stylesheet what conversions do for rows.
///
/// | call                               | answer                                                              |
/// |------------------------------------|---------------------------------------------------------------------|
/// | `lt:code(text, table, 'in'｜'out')` | the code on the other side; unknown ones hold, refuse or substitute |
/// | `lt:time(text, format, format)`    | the time in the second format                                       |
/// | `lt:number(text, 'integer'｜'decimal')` | the number in its normal form                                  |
/// | `lt:code(text, table, 'in'｜'out', at, column, …)` | the same in a table with columns and dates: `at` in ISO 8601, empty in a table without dates, then one text for each column in the table's order |
/// | `lt:required(text, name)`          | the text; an empty one refuses the document                         |
///
/// An empty text is answered with an empty text, as empty rows are. Names of tables and formats that do not exist end
/// the translation with an error: they are mistakes of the stylesheet. The functions of `DocumentFunctions` are there
/// as well.
enum StylesheetFunctions {
  static func library(_ codes: CodeTableRegistry, and further: [XPathFunction] = []) -> XPathFunctionLibrary {
    XPathFunctionLibrary(DocumentFunctions.all + [code(codes), time, number, required] + further)
  }

  private typealias Failure = XPathFunction.Failure

  private static func code(_ codes: CodeTableRegistry) -> XPathFunction {
    XPathFunction("code", arity: 3...20) { arguments throws(Failure) in
      let text = arguments[0].string.trimmed
      guard let table = codes[arguments[1].string] else {
        throw Failure("lt:code names a code table that is not there")
      }
      guard let direction = CodeTable.Direction(rawValue: arguments[2].string) else {
        throw Failure("the third argument of lt:code is 'in' or 'out'")
      }
      let cells = arguments.dropFirst(4).map(\.string.trimmed)
      guard cells.count == table.columns.count, arguments.count > 3 || !table.isDated else {
        throw Failure(
          "lt:code needs the date and each column of the table: lt:code(text, table, direction, at, column…)")
      }
      guard !text.isEmpty else { return .string("") }
      let at = arguments.count > 3 ? arguments[3].string.trimmed : ""
      let day = CivilDay(at, in: .iso)
      guard day != nil || !table.isDated else {
        StylesheetRun.current?.refuse(
          rule: at.isEmpty ? "mapping.required" : "mapping.time",
          english: "The date that says which rows of the table ‘\(table.name)’ hold is missing or no ISO 8601 time.",
          vietnamese: "Thiếu hoặc sai ngày để xác định dòng còn hiệu lực của bảng mã ‘\(table.name)’.")
        return .string("")
      }
      if let complaint = complaint(about: text, table, direction, cells: cells, on: day) {
        guard let run = StylesheetRun.current else { return .string("") }
        if case .substitute(let code, _) = table.unmapped(direction) {
          run.note(.codeSubstituted(table: table.name))
          return .string(code)
        }
        stop(text, table, direction, cells: cells, on: day, complaint, run)
        return .string("")
      }
      return converted(text, .code(table, direction, cells: cells, on: day)) { run in
        stop(text, table, direction, cells: cells, on: day, nil, run)
      }
    }
  }

  private static let time = XPathFunction("time", arity: 3...3) { arguments throws(Failure) in
    guard let inward = TimeFormat(arguments[1].string), let outward = TimeFormat(arguments[2].string) else {
      throw Failure("lt:time names a time format that is not there")
    }
    let text = arguments[0].string.trimmed
    guard !text.isEmpty else { return .string("") }
    return converted(text, .time(in: inward, out: outward)) { run in
      run.refuse(
        rule: "mapping.time", english: "A value is no date or time in the form \(inward.name), or no such day exists.",
        vietnamese: "Có giá trị không phải là ngày giờ theo dạng \(inward.name), hoặc ngày đó không tồn tại.")
    }
  }

  private static let number = XPathFunction("number", arity: 2...2) { arguments throws(Failure) in
    guard let format = NumberFormat(rawValue: arguments[1].string) else {
      throw Failure("the second argument of lt:number is 'integer' or 'decimal'")
    }
    let text = arguments[0].string.trimmed
    guard !text.isEmpty else { return .string("") }
    return converted(text, .number(format)) { run in
      let isWhole = format == .integer
      run.refuse(
        rule: "mapping.number", english: "A value is no \(isWhole ? "whole" : "decimal") number.",
        vietnamese: "Có giá trị không phải là số \(isWhole ? "nguyên" : "thập phân").")
    }
  }

  private static let required = XPathFunction("required", arity: 2...2) { arguments in
    let text = arguments[0].string
    if text.isEmpty {
      // The name is a literal of the stylesheet unless its author computes it, which is then the author's doing.
      let name = HeldReason.showable(arguments[1].string) ?? "?"
      StylesheetRun.current?.refuse(
        rule: "mapping.required", english: "The value is missing or empty, and ‘\(name)’ of the target must have one.",
        vietnamese: "Thiếu giá trị hoặc giá trị rỗng, trong khi ‘\(name)’ của đích bắt buộc phải có.")
    }
    return .string(text)
  }

  /// The answer to a text; without a translation around it, which a stylesheet never is, it is not converted.
  private static func converted(
    _ text: String, _ kind: StylesheetCall.Kind, orElse stop: (StylesheetRun) -> Void,
  ) -> XPathFunction.Answer {
    guard let run = StylesheetRun.current else { return .string("") }
    if case .code(let table, _, _, _) = kind, case .code(_, _, nil)? = kind.step(for: text) {
      run.note(.codeSubstituted(table: table.name))
    }
    return .string(run.convert(text, kind) { stop(run) })
  }

  /// Why the row of a code does not answer by the table's dictionary; nil where it does, or where there is no row.
  private static func complaint(
    about code: String, _ table: CodeTable, _ direction: CodeTable.Direction, cells: [String], on day: CivilDay?,
  ) -> DictionaryComplaint? {
    guard let run = StylesheetRun.current, let dictionary = table.dictionary,
      let row = table.row(for: code, direction, cells: cells, on: day)
    else { return nil }
    switch dictionary.verdict(on: row, in: run.dictionaries, day: table.isDated ? day : nil) {
    case .valid: return nil
    case .unchecked:
      run.note(.codeUnchecked(dictionary: dictionary.reference.name.description))
      return nil
    case .invalid(let complaint): return complaint
    }
  }

  /// What a code without a row, or with one that does not answer, does to the document.
  private static func stop(
    _ code: String, _ table: CodeTable, _ direction: CodeTable.Direction, cells: [String], on day: CivilDay?,
    _ complaint: DictionaryComplaint?, _ run: StylesheetRun,
  ) {
    guard case .reject = table.unmapped(direction) else {
      return run.hold(code, table, direction, cells: cells, on: day, complaint: complaint)
    }
    if let complaint {
      return run.refuse(
        rule: "mapping.dictionary", english: complaint.messageEnglish, vietnamese: complaint.messageVietnamese)
    }
    let shown = HeldReason.showable(code).map { " ‘\($0)’" } ?? ""
    run.refuse(
      rule: "mapping.code", english: "The code\(shown) is not in the table ‘\(table.name)’.",
      vietnamese: "Mã\(shown) không có trong bảng mã ‘\(table.name)’.")
  }
}
