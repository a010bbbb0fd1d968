package import DocumentKit
package import Translation

/// Where one thing in a target document comes from: the row, the places it was read at, and every change on the way.
///
/// The records of a document are enough to make it again, byte for byte (`Explanation.rebuilt()`): they are the whole
/// truth about it and not a summary. Of a stylesheet they tell what trying it shows, and are not enough.
package struct Provenance: Sendable {
  /// A node of the source.
  package struct Source: Sendable, Equatable {
    /// A JSON Pointer or an XPath.
    package let path: String
    /// From 1; 0 if unknown.
    package let line: Int
    package let column: Int
    package let text: String

    package init(path: String, line: Int, column: Int, text: String) {
      self.path = path
      self.line = line
      self.column = column
      self.text = text
    }
  }

  /// One change of the text.
  package struct Step: Sendable {
    package let step: ConversionStep
    package let input: String
    package let output: String
  }

  /// A template of a stylesheet in which something was written.
  package struct Template: Sendable {
    /// Such as `template name="header"`.
    package let title: String
    package let position: YAMLPosition
    /// The instruction that asked for it; nil of the one that the document begins with.
    package let call: YAMLPosition?
  }

  package enum Content: Sendable {
    /// The text read, before the steps; of a constant its text.
    case text(String)
    /// The text as a stylesheet wrote it: how, it does not tell. `sources` are what comes out in it, `considered` what it
    /// depends on besides.
    case found(String)
    /// An element that is kept although nothing stands in it.
    case element
    /// An empty JSON list of this name.
    case emptyList(TargetName)
    /// The text of a document of its own, whose records these are.
    case document(NestedTarget, [Provenance])
  }

  /// Where it stands in the target: a JSON Pointer or an XPath.
  package let path: String
  package let place: TargetPlace
  package let content: Content
  package let row: YAMLPosition
  /// What the row writes, as it says: `owner/name`.
  package let target: String
  /// The row's `from`, or nil for a constant and for structure.
  package let expression: String?
  /// The nodes whose text was used.
  package let sources: [Source]
  /// Nodes found by the row's expression and passed over, read only in a predicate, or asked by a code table.
  package let considered: [Source]
  package let steps: [Step]
  /// Of a stylesheet: the templates around the instruction, the innermost first.
  package let templates: [Template]

  package init(
    path: String, place: TargetPlace, content: Content, row: YAMLPosition, target: String, expression: String?,
    sources: [Source], considered: [Source], steps: [Step], templates: [Template] = [],
  ) {
    self.path = path
    self.place = place
    self.content = content
    self.row = row
    self.target = target
    self.expression = expression
    self.sources = sources
    self.considered = considered
    self.steps = steps
    self.templates = templates
  }
}

extension Provenance {
  /// The record and those of the document inside it.
  package var withInnerRecords: [Provenance] {
    guard case .document(_, let inner) = content else { return [self] }
    return [self] + inner.flatMap(\.withInnerRecords)
  }

  /// The text that results from the steps, each applied anew to what the one before gave; nil for structure, or if a
  /// step does not give what the record says. What the file desk answered is taken as recorded: nothing else knows it.
  package var value: String? {
    var text: String
    switch content {
    case .text(let read): text = read
    case .document(let target, let records):
      guard let tree = try? Explanation.rebuilt(records, target.target.root, target.target.format),
        let written = try? target.text(of: tree)
      else { return nil }
      text = written
    case .found(let text): return text
    case .element, .emptyList: return nil
    }
    for step in steps {
      guard step.input == text else { return nil }
      guard step.step.isAnswerOfDesk || step.step.applied(to: text) == step.output else { return nil }
      text = step.output
    }
    return text
  }
}
