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
      switch scalar.jsonLiteral {
      case nil: writer.string(text(scalar.text))
      case "null": writer.null()
      case "true": writer.boolean(true)
      case "false": writer.boolean(false)
      case let number?: writer.number(number)
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

extension YAMLScalar {
  /// As JSON writes it, where it is no text by YAML's core schema: a number, `true`, `false` or `null`.
  package var jsonLiteral: String? {
    if isNull { return "null" }
    guard isTyped else { return nil }
    if text == "true" || text == "false" { return text }
    return (try? JSONDocument(parsing: text))?.root.numberText == text ? text : nil
  }
}
