package import XMLKit

/// A stylesheet that tells what it does: which templates and branches it takes, and what wrote each part of its output.
///
/// It is an instrumented copy (`StylesheetInstruments`). A stylesheet that looks at its own variables as nodes may notice
/// the instruments; whoever uses a record compares the outputs first (`StylesheetRecord`).
package struct StylesheetWatch: Sendable {
  /// Every element of the stylesheet and of what it imports.
  package let parts: [StylesheetPart]
  private let mapping: StylesheetMapping
  private let stylesheet: XSLTStylesheet

  /// Reads the stylesheet again from its files.
  package init(_ mapping: StylesheetMapping) throws(XMLError) {
    self.mapping = mapping
    var parts: [StylesheetPart] = []
    stylesheet = try XSLTStylesheet(
      contentsOf: mapping.file, functions: StylesheetFunctions.library(mapping.codes, and: [Self.watch])
    ) { path, text throws(XMLError) in
      let document = try XMLDocument(parsing: text)
      // The main file is called as the registry calls it, and so as findings do.
      let file = parts.isEmpty ? mapping.file : path
      let instrumented = try StylesheetInstruments.instrumented(document, from: parts.count)
      parts += StylesheetPart.parts(of: document, file: file, from: parts.count)
      return instrumented
    }
    self.parts = parts
  }

  /// Translates and remembers.
  package func run(_ document: XMLDocument) -> StylesheetRecord {
    let run = StylesheetRun(
      label: "\(mapping.name)/\(mapping.version)", file: mapping.file, limits: .standard, purpose: .watch)
    let marked = try? run.transform(document, stylesheet)
    let said = run.findings
    let unwatched = StylesheetRun(
      label: run.label, file: mapping.file, limits: .standard, purpose: .watch)
    let plain = try? unwatched.transform(document, mapping.stylesheet)
    return StylesheetRecord(marked: marked, plain: plain, events: said.events, calls: said.calls)
  }

  private static let watch = XPathFunction("watch", arity: 2...3) { arguments in
    guard let run = StylesheetRun.current, let part = Int(arguments[1].string),
      let event = StylesheetEvent(arguments[0].string, part, arguments.count > 2 ? Int(arguments[2].string) : nil)
    else { return .string("") }
    let number = run.note(event)
    if case .write = event { return .string(String(number)) }
    return .string("")
  }
}
