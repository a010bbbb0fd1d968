import JSONKit

/// What `--json` prints, of every command: one JSON text on one line of standard output, and nothing beside it there.
extension Terminal {
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

  /// The same, of an object with the members that `write` writes.
  static func printJSONObject(_ write: (inout JSONWriter) -> Void) {
    printJSON { writer in
      writer.beginObject()
      write(&writer)
      writer.endObject()
    }
  }
}
