import DocumentKit
import Translation
import XMLKit

/// One element or attribute as the rows write it: where it is in the target schema, and when it is there.
struct WrittenElement {
  /// What gives it its text.
  struct Feed {
    /// The text is there whenever the row is evaluated: or else the row refuses the document.
    let isSure: Bool
    /// Why not, for the complaint: a path of the source, or `value`.
    let from: String
    /// The places of the source it comes from; none for a constant.
    var places: Set<Int> = []
    /// The topmost place of the source that is never there without this text.
    var anchor: Int?
  }

  /// Which of the documents written: 0 is the target itself, others are documents inside its strings.
  let target: Int
  /// Nil where the schema is open or the place unknown.
  let node: Int?
  let name: String
  let parent: Int?
  /// The row that made it; for an element that is passed through, the first row that did.
  let row: MappingRow?
  let position: YAMLPosition
  /// The conditions of its own row.
  var whens: [XPathTerm] = []
  /// Where they are evaluated.
  var context = SourceContext.root
  /// The conditions of the groups with `to: .` around, which have no element of their own; each with its context.
  var around: [(when: XPathTerm, context: SourceContext)] = []
  /// Where its own expressions are evaluated: behind `each` and `parse`.
  var inner: SourceContext?
  var children: [Int] = []
  var feed: Feed?
  /// A group, which makes its element itself.
  var isGroup = false
  /// Once per node of something that may not be there.
  var mayHaveNoNode = false
  /// It is there even if nothing is written into it, or the document is refused.
  var isKept = false
  /// The rows inside are evaluated in another context.
  var changesContext = false
}
