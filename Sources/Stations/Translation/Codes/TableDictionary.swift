package import Dictionaries
package import DocumentKit
import ServiceKit

/// The dictionary in which the codes of one side of a table have to be: a row answers only with a code that is valid there
/// on the day of the message.
///
/// A row whose code is not valid is as no row: the table's `unmapped` says what becomes of the document.
package struct TableDictionary: Sendable {
  package enum Side: String, Sendable, CaseIterable {
    case foreign
    case canonical
  }

  package let reference: DictionaryReference
  package let side: Side
  package let position: YAMLPosition

  /// Whether the code that a row brings stands in the dictionary; without a view of any site nothing is checked.
  func verdict(on row: CodeTable.Row, in view: DictionaryView?, day: CivilDay?) -> DictionaryView.Verdict {
    view?.verdict(on: side == .foreign ? row.foreign : row.canonical, by: reference, day: day) ?? .unchecked
  }
}
