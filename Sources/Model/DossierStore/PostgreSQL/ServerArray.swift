import SQLKit

/// Many values in one parameter, in the form PostgreSQL reads an array in
/// (https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO); the statement casts it from text.
struct ServerArray {
  private var text: [UInt8] = [UInt8(ascii: "{")]

  init(_ numbers: some Sequence<Int64>) {
    for number in numbers {
      separate()
      text += String(number).utf8
    }
  }

  init(_ texts: some Sequence<String>) {
    for element in texts {
      separate()
      text.append(UInt8(ascii: "\""))
      for byte in element.utf8 {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
        text.append(byte)
      }
      text.append(UInt8(ascii: "\""))
    }
  }

  private mutating func separate() { if text.count > 1 { text.append(UInt8(ascii: ",")) } }

  var value: SQLValue { .text(String(decoding: text + [UInt8(ascii: "}")], as: UTF8.self)) }
}
