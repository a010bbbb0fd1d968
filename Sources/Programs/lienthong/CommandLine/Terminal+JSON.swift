import JSONKit

extension Terminal {
  /// What `--json` prints: one text on a line of its own.
  static func printJSON(_ write: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    write(&writer)
    print(bytes: writer.finish() + [UInt8(ascii: "\n")])
  }

  /// The same, of a list.
  static func printJSON<Row>(_ rows: [Row], _ write: (Row, inout JSONWriter) -> Void) {
    printJSON { writer in
      writer.beginArray()
      for row in rows { write(row, &writer) }
      writer.endArray()
    }
  }
}
