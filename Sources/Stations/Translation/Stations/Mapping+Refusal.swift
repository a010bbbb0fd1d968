import Dictionaries
import DocumentKit
import DossierModel
import XMLKit

extension Mapping {
  /// The outcome of a translation; a mapping that cannot be carried out at all is a fault of the site.
  func outcome(
    for tree: DocumentTree, at node: XMLNode, files: (any FileDesk)?, dictionaries: DictionaryView?,
  ) throws(Refusal) -> TranslationOutcome {
    do throws(TranslationError) {
      // The journal names rows; the paths in the document, which cost a walk each, are looked up for nobody.
      return try translate(tree, at: node, files: files, dictionaries: dictionaries, notes: 0)
    } catch {
      throw .failing(self, because: error.description)
    }
  }
}

extension Refusal {
  static func failing(_ mapping: Mapping, because reason: String) -> Refusal {
    Refusal(
      .internal, english: "the mapping \(mapping.label) failed: \(reason)",
      vietnamese: "ánh xạ \(mapping.label) không thực hiện được; người vận hành cần sửa")
  }
}
