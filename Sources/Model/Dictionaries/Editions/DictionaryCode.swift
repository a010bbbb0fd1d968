package import ServiceKit

/// A code of an edition: what the partner last listed of it, and since when it lists it no more.
package struct DictionaryCode: Sendable, Hashable {
  package var listed: ListedCode
  /// The day of the first list without it; nil while it is listed.
  package var vanished: CivilDay?

  package init(_ listed: ListedCode, vanished: CivilDay? = nil) {
    self.listed = listed
    self.vanished = vanished
  }

  package var code: String { listed.code }
  package var name: String { listed.name }

  /// The last day on which it holds: the partner's word, or the day on which it vanished. Nobody knows the hour at which a
  /// code went, so a message of that day may still bear it.
  package var until: CivilDay? {
    guard let vanished else { return listed.until }
    return min(listed.until ?? vanished, vanished)
  }

  package func standing(on day: CivilDay) -> CodeStanding {
    if let from = listed.from, day < from { return .begins(from) }
    if let until, until < day { return .ended(until) }
    return .valid
  }
}
