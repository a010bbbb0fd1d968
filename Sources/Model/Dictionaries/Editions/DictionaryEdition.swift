package import ServiceKit

/// All codes of a dictionary as they were known at one moment. It never changes: what changes is another edition.
///
/// A code that was once listed is in every later edition, with its end.
package struct DictionaryEdition: Sendable {
  package let dictionary: DictionaryName
  /// From 1; the later edition has the higher number.
  package let number: Int
  /// When the list was fetched.
  package let fetched: Timestamp
  /// By code.
  package let codes: [DictionaryCode]
  /// Against the edition before; of the first one empty.
  package let changes: DictionaryChanges
  private let places: [String: Int]

  /// Nil when a code is there twice.
  package init?(
    _ dictionary: DictionaryName, number: Int, fetched: Timestamp, codes: [DictionaryCode],
    changes: DictionaryChanges = DictionaryChanges()
  ) {
    self.dictionary = dictionary
    self.number = number
    self.fetched = fetched
    let sorted = codes.sorted { $0.code < $1.code }
    self.codes = sorted
    self.changes = changes
    var places: [String: Int] = [:]
    places.reserveCapacity(sorted.count)
    for (place, code) in sorted.enumerated() where places.updateValue(place, forKey: code.code) != nil { return nil }
    self.places = places
  }

  /// The day of its list, by Viet Nam's calendar.
  package var day: CivilDay { CivilDay(fetched, offset: .vietnam) }

  package subscript(_ code: String) -> DictionaryCode? { places[code].map { codes[$0] } }

  package func standing(of code: String, on day: CivilDay) -> CodeStanding {
    self[code]?.standing(on: day) ?? .unknown
  }

  /// How many codes hold on a day.
  package func count(on day: CivilDay) -> Int { codes.count { $0.standing(on: day) == .valid } }

  /// `dvcqg-a/co-quan (edition 3 of 2026-11-21)`.
  package var label: String { "\(dictionary) (edition \(number) of \(day))" }
}
