/// Reads a table of text row by row from pieces of bytes: RFC 4180, with `,`, `;` or a tab between the cells as the first row has
/// it, lines that end in LF or CR LF, and a byte-order mark that is passed over. It never holds more than one row.
struct TableReader {
  private let pull: () throws(ListError) -> [UInt8]
  private let limit: Int
  private var piece: [UInt8] = []
  private var place = 0
  private var separator: UInt8?
  /// The line at which the row that was read last begins.
  private(set) var line = 0
  private var nextLine = 1

  /// - Parameters:
  ///   - limit: bytes of one row.
  ///   - pull: the next bytes; empty at the end.
  init(limit: Int, pull: @escaping () throws(ListError) -> [UInt8]) {
    self.limit = limit
    self.pull = pull
  }

  private enum Place {
    case beforeCell
    case plain
    case quoted
    /// Behind a quote inside a quoted cell: its end, or the first of two.
    case quote
  }

  /// The cells of the next row that is not empty; nil behind the last. A quote out of its place is `.malformed`.
  mutating func next() throws(ListError) -> [String]? {
    while let row = try row() {
      if row.count > 1 || !row[0].isEmpty { return row }
    }
    return nil
  }

  private mutating func row() throws(ListError) -> [String]? {
    line = nextLine
    var cells: [String] = []
    var cell: [UInt8] = []
    var (size, at, isBegun) = (0, Place.beforeCell, false)
    while let byte = try byte() {
      isBegun = true
      size += 1
      guard size <= limit else { throw ListError(.malformed, "a row has more than \(limit) bytes", line: line) }
      if byte == UInt8(ascii: "\n") { nextLine += 1 }
      switch (at, byte) {
      case (.quoted, UInt8(ascii: "\"")): at = .quote
      case (.quoted, _): cell.append(byte)
      case (.quote, UInt8(ascii: "\"")):
        cell.append(byte)
        at = .quoted
      case (.beforeCell, UInt8(ascii: "\"")): at = .quoted
      case (_, UInt8(ascii: "\n")):
        return cells + [try text(cell, endsLine: true)]
      case (_, let byte) where isSeparator(byte):
        cells.append(try text(cell, endsLine: false))
        (cell, at) = ([], .beforeCell)
      case (.quote, UInt8(ascii: "\r")): break
      case (.quote, _), (.plain, UInt8(ascii: "\"")):
        throw ListError(
          .malformed, "a quote stands inside a cell; write it twice, and the cell in quotes", line: line)
      default:
        cell.append(byte)
        at = .plain
      }
    }
    guard at != .quoted else { throw ListError(.malformed, "a quoted cell has no end", line: line) }
    return isBegun ? cells + [try text(cell, endsLine: true)] : nil
  }

  /// The first of the three that stands outside of quotes is the one of the whole table.
  private mutating func isSeparator(_ byte: UInt8) -> Bool {
    if let separator { return byte == separator }
    guard [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].contains(byte) else { return false }
    separator = byte
    return true
  }

  private func text(_ cell: [UInt8], endsLine: Bool) throws(ListError) -> String {
    let bytes = endsLine && cell.last == UInt8(ascii: "\r") ? cell.dropLast() : cell[...]
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ListError(.malformed, "it is no UTF-8; save the table as UTF-8", line: line)
    }
    return text
  }

  private mutating func byte() throws(ListError) -> UInt8? {
    if place == piece.count {
      let isFirst = line == 1 && piece.isEmpty
      piece = try pull()
      place = isFirst && piece.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      if place >= piece.count { return nil }
    }
    defer { place += 1 }
    return piece[place]
  }
}
