/// How the workbench knows what a mapping does with a document.
package enum AccountMethod: String, Sendable {
  /// The rows told every step: nothing is left out, and the document can be made again from it.
  case rows
  /// A stylesheet tells nothing: texts were changed one after the other, and what came of it was looked at. What only a
  /// change of several texts at once would show is not seen.
  case trying

  /// One sentence for people; nil where there is nothing to warn of.
  package var remark: String? {
    self == .trying
      ? "found by changing one text after the other and translating again; what shows only when several change is not seen"
      : nil
  }
}
