import Dictionaries
import DocumentKit
package import ServiceKit
import XMLKit

extension CodeRule {
  /// Reads `{ value: XPATH, in: PROFILE/DICTIONARY, unknown: refuse|warn, without: warn|refuse }`; nil after a note.
  package init?(reading section: ConfigurationSection) {
    let source = section.string("value")
    let text = section.string("in")
    let name = DictionaryName(text)
    if name == nil, !text.isEmpty {
      section.note("this is no name of a dictionary", key: "in", remedy: "write PROFILE/DICTIONARY")
    }
    let unknown: Strictness = section.choice("unknown", default: .refuse)
    let without: DictionaryReference.Absence = section.choice("without")
    var value: XPathExpression?
    do throws(XMLError) {
      value = try XPathExpression(source.isEmpty ? "." : source)
    } catch {
      section.note("the expression cannot be used: \(error.message)", key: "value", remedy: "write an XPath 1.0 path")
    }
    if let value, !source.isEmpty, !value.isPath {
      section.note("this finds no places", key: "value", remedy: "write the path of the codes, such as ‘MaLinhVuc’")
    }
    guard let name, let value else { return nil }
    self.init(
      value: value, dictionary: DictionaryReference(name, without: without), unknown: unknown,
      position: section.position)
  }
}
