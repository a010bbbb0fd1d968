package import ServiceKit

/// The dictionaries of a site on the day of a message.
package struct DictionaryView: Sendable {
  package enum Verdict: Sendable, Equatable {
    case valid
    /// There is no edition to look into, and the reference lets that pass.
    case unchecked
    case invalid(DictionaryComplaint)
  }

  private let shelf: DictionaryShelf
  package let day: CivilDay

  package init(_ shelf: DictionaryShelf, on day: CivilDay) {
    self.shelf = shelf
    self.day = day
  }

  /// Of the day on which a message came, by Viet Nam's calendar.
  package init(_ shelf: DictionaryShelf, at moment: Timestamp) {
    self.init(shelf, on: CivilDay(moment, offset: .vietnam))
  }

  /// - Parameter day: where the message says of which day the code is.
  package func verdict(on code: String, by reference: DictionaryReference, day: CivilDay? = nil) -> Verdict {
    let day = day ?? self.day
    guard let edition = shelf[reference.name] else {
      return reference.without == .warn
        ? .unchecked : .invalid(DictionaryComplaint(code: code, dictionary: reference.name, edition: nil, day: day))
    }
    let standing = edition.standing(of: code, on: day)
    guard standing != .valid else { return .valid }
    return .invalid(
      DictionaryComplaint(
        code: code, dictionary: reference.name, edition: .init(number: edition.number, day: edition.day),
        standing: standing, day: day))
  }
}
