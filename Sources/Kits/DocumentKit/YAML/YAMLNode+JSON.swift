package import JSONKit

extension YAMLNode {
  /// The node as an editor reads it, by YAML's core schema: unquoted `1` is a number, `true` a truth value.
  ///
  /// `text`: what becomes of each text that is neither; it stays as it is unless told.
  package func write(to writer: inout JSONWriter, text: (String) -> String = { $0 }) {
    if let mapping {
      writer.beginObject()
      for member in mapping.members {
        writer.name(member.key)
        member.value.write(to: &writer, text: text)
      }
      writer.endObject()
    } else if let elements = sequence {
      writer.beginArray()
      for element in elements { element.write(to: &writer, text: text) }
      writer.endArray()
    } else if let scalar {
      if scalar.isNull {
        writer.null()
      } else if scalar.isTyped, scalar.text == "true" || scalar.text == "false" {
        writer.boolean(scalar.text == "true")
      } else if scalar.isTyped, (try? JSONDocument(parsing: scalar.text))?.root.numberText == scalar.text {
        writer.number(scalar.text)
      } else {
        writer.string(text(scalar.text))
      }
    }
  }

  /// The node as JSON, its texts with their places filled in (`PlacedText`).
  package func json(filling places: [String: String]) -> [UInt8] {
    var writer = JSONWriter()
    write(to: &writer) { PlacedText.fill($0, places) }
    return writer.finish()
  }
}
