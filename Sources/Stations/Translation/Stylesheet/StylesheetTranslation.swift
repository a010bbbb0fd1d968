import Dictionaries
import DocumentKit
import XMLKit

/// One stylesheet ready to translate.
struct StylesheetTranslation: Sendable {
  private let mapping: StylesheetMapping
  private let limits: TranslationLimits

  init(_ mapping: StylesheetMapping, limits: TranslationLimits) {
    self.mapping = mapping
    self.limits = limits
  }

  func translate(
    _ tree: DocumentTree, at node: XMLNode?, dictionaries: DictionaryView?
  ) throws(TranslationError) -> TranslationOutcome {
    let run = StylesheetRun(
      label: "\(mapping.name)/\(mapping.version)", file: mapping.file, limits: limits,
      dictionaries: dictionaries)
    let result = try transformed(try document(tree, at: node), run)
    let said = run.findings
    guard said.findings.isEmpty else { return .refused(said.findings) }
    guard said.unmapped.isEmpty else { return .held(HeldReason(codes: said.unmapped)) }
    do throws(DocumentError) {
      let target = mapping.target.format == .json ? try DocumentTree(typing: result) : try DocumentTree(xml: result)
      return .translated(target, said.report, .none)
    } catch {
      throw TranslationError(.output, "The stylesheet of \(run.label): \(error.description)", cause: error)
    }
  }

  private func transformed(_ document: XMLDocument, _ run: StylesheetRun) throws(TranslationError) -> XMLDocument {
    do throws(XMLError) {
      return try run.transform(document, mapping.stylesheet)
    } catch {
      throw TranslationError(.stylesheet, "The stylesheet of \(run.label) failed: \(error.message)", cause: error)
    }
  }

  /// A stylesheet begins at a document, so an element inside a larger one is copied into a document of its own.
  private func document(_ tree: DocumentTree, at node: XMLNode?) throws(TranslationError) -> XMLDocument {
    guard let node, node != tree.root else { return tree.document }
    do throws(XMLError) {
      return try SubtreeCopy.document(of: node)
    } catch {
      throw TranslationError(
        .stylesheet, "The element to be translated cannot be copied: \(error.message)", cause: error)
    }
  }
}
