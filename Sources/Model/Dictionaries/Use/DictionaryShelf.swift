import FileKit
import Synchronization

/// The editions in use, by dictionary: what the stations look into, and what is exchanged while they work.
///
/// Who asks gets an edition and may go on with it as long as it likes.
package final class DictionaryShelf: Sendable {
  private let editions: Mutex<[DictionaryName: DictionaryEdition]>

  package init(_ editions: [DictionaryEdition] = []) {
    self.editions = Mutex(Dictionary(editions.map { ($0.dictionary, $0) }) { $0.number > $1.number ? $0 : $1 })
  }

  /// With the latest editions of a folder.
  package convenience init(contentsOf folder: DictionaryFolder) {
    self.init(folder.names().compactMap { folder.latest(of: $0) })
  }

  package subscript(_ name: DictionaryName) -> DictionaryEdition? { editions.withLock { $0[name] } }

  /// Puts an edition in the place of an earlier one; false when a later one is there already.
  @discardableResult
  package func put(_ edition: DictionaryEdition) -> Bool {
    editions.withLock { editions in
      if let present = editions[edition.dictionary], present.number >= edition.number { return false }
      editions[edition.dictionary] = edition
      return true
    }
  }
}
