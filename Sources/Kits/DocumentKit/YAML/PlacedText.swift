/// Texts with places such as `{reason}`, in files that say what is answered.
package enum PlacedText {
  /// The text with each `{name}` replaced by the text of that name; other braces stay.
  ///
  /// What is filled in is not looked at again, so that nobody's data can name a place.
  package static func fill(_ text: String, _ places: [String: String]) -> String {
    var filled = ""
    var rest = text[...]
    while let brace = rest.firstIndex(of: "{") {
      filled += rest[..<brace]
      rest = rest[brace...]
      guard let end = rest.firstIndex(of: "}"), let value = places[String(rest[rest.index(after: brace)..<end])] else {
        filled.append(rest.removeFirst())
        continue
      }
      filled += value
      rest = rest[rest.index(after: end)...]
    }
    return filled + rest
  }
}
