import DocumentKit
import Testing
import Translation
import Workbench
import XMLKit

@Suite("Explanations of the shipped mappings' examples")
struct ExplanationTests {
  @Test("the records of a document are enough to make it again, byte for byte", arguments: Shelf.tables)
  func recomputes(label: String) throws {
    let shelf = try Shelf.shared()
    let mapping = try shelf.mapping(label)
    let examples = shelf.workbench.examples(of: mapping, .example)
    #expect(!examples.isEmpty)
    for example in examples {
      let document = try shelf.workbench.document(of: example, for: mapping)
      let (run, explanation) = try shelf.workbench.explain(mapping, document)
      guard case .translated(let output) = run.result, let explanation else {
        Issue.record("\(example) was not translated")
        continue
      }
      #expect(try explanation.rebuilt().serialised() == output.bytes, "\(example)")
    }
  }

  @Test("a record of a plain path holds the text of the node it names, at the place it names", arguments: Shelf.tables)
  func sources(label: String) throws {
    let shelf = try Shelf.shared()
    let mapping = try shelf.mapping(label)
    var checked = 0
    for example in shelf.workbench.examples(of: mapping, .example) {
      let document = try shelf.workbench.document(of: example, for: mapping)
      for record in try shelf.workbench.explain(mapping, document).explanation?.records(at: nil) ?? [] {
        guard let expression = record.expression, case .text(let text) = record.content else { continue }
        guard let source = record.sources.first, !expression.contains(where: { "(=<>+".contains($0) }) else { continue }
        #expect(source.text == text, "\(record.path)")
        #expect(source.line > 0 && source.column > 0, "\(record.path)")
        #expect(record.sources.count == 1, "\(record.path)")
        checked += 1
      }
    }
    #expect(checked > 0)
  }
}
