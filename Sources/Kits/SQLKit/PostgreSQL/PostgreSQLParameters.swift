/// Statement texts with SQLite's parameters (`?`, `?2`), turned into PostgreSQL's (`$1`, `$2`).
struct PostgreSQLParameters {
  /// The text as PostgreSQL takes it.
  let sql: String
  /// The highest parameter number.
  let count: Int

  /// Quoted literals, quoted names and `--` comments are left as they are. A bare `?` gets the number after the highest
  /// so far (https://sqlite.org/lang_expr.html#varparam).
  init(translating sql: String) {
    var translated: [UInt8] = []
    translated.reserveCapacity(sql.utf8.count + 16)
    var highest = 0
    var bytes = Array(sql.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        translated.append(byte)
        while let inner = bytes.popFirst() {
          translated.append(inner)
          if inner == byte { break }
        }
      case UInt8(ascii: "-") where bytes.first == byte:
        translated.append(byte)
        while let inner = bytes.popFirst() {
          translated.append(inner)
          if inner == UInt8(ascii: "\n") { break }
        }
      case UInt8(ascii: "?"):
        var number = 0
        while let digit = bytes.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
          number = number * 10 + Int(digit - UInt8(ascii: "0"))
          bytes.removeFirst()
        }
        if number == 0 { number = highest + 1 }
        highest = max(highest, number)
        translated += Array("$\(number)".utf8)
      default: translated.append(byte)
      }
    }
    self.sql = String(decoding: translated, as: UTF8.self)
    count = highest
  }
}
