package import ServiceKit

/// A function of a stylesheet that was asked to convert a text, while somebody watches or tries the stylesheet.
package struct StylesheetCall: Sendable {
  package enum Kind: Sendable {
    case code(CodeTable, CodeTable.Direction, cells: [String], on: CivilDay?)
    case time(in: TimeFormat, out: TimeFormat)
    case number(NumberFormat)
  }

  package let kind: Kind
  /// The text it was asked with, which may hold a mark.
  package let input: String

  /// The conversion as rows tell it, of this text in the place of the one that was asked; nil if it takes no such text,
  /// for which a document is held or refused.
  package func step(for text: String) -> ConversionStep? { kind.step(for: text) }
}

extension StylesheetCall.Kind {
  func step(for text: String) -> ConversionStep? {
    switch self {
    case .code(let table, let direction, let cells, let day):
      if let row = table.row(for: text, direction, cells: cells, on: day) { return .code(table, direction, row) }
      guard case .substitute = table.unmapped(direction) else { return nil }
      return .code(table, direction, nil)
    case .time(let inward, let outward):
      return inward.convert(text, to: outward) == nil ? nil : .time(in: inward, out: outward)
    case .number(let format): return format.normalised(text) == nil ? nil : .number(format)
    }
  }
}
