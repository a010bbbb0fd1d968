package import ServiceKit

extension DictionaryEdition {
  /// What becomes of a list that was fetched.
  package enum Succession: Sendable {
    /// It says what the edition says.
    case unchanged
    case edition(DictionaryEdition)
    /// It is no good list: an outage of the partner, or a mistake of the profile.
    case refused(reason: String)
  }

  /// The edition that a list makes, after the latest one.
  ///
  /// A code that is not in the list any more is ended by today and kept. An empty list, and one from which more codes are
  /// missing than may vanish at once, replace nothing: partners answer so when something of theirs has failed.
  ///
  /// - Parameters:
  ///   - number: of the edition that comes of it; behind the latest one unless files were damaged.
  ///   - isShrinkingMeant: an operator has looked and says that so many codes are really gone.
  package static func next(
    after latest: DictionaryEdition?, of dictionary: DictionaryName, numbered number: Int? = nil,
    listed: [ListedCode], at now: Timestamp, isShrinkingMeant: Bool = false, limits: DictionaryLimits = .standard
  ) -> Succession {
    guard !listed.isEmpty else { return .refused(reason: "the list is empty") }
    var codes: [String: DictionaryCode] = [:]
    codes.reserveCapacity(listed.count)
    for code in listed
    where codes.updateValue(DictionaryCode(code), forKey: code.code).map({ $0.listed != code }) ?? false {
      return .refused(reason: "the code ‘\(code.code)’ is in the list twice and means two things")
    }
    let today = CivilDay(now, offset: .vietnam)
    let earlier = latest?.codes ?? []
    let missing = earlier.filter { $0.vanished == nil && codes[$0.code] == nil }
    let present = earlier.count { $0.vanished == nil }
    if missing.count > limits.vanishing(of: present), !isShrinkingMeant {
      return .refused(
        reason:
          "\(missing.count) of \(present) codes are missing, and at most \(limits.vanishing(of: present)) may be; if "
          + "they are really gone, fetch it with --even-if-shrunken")
    }
    for code in earlier where codes[code.code] == nil {
      codes[code.code] = DictionaryCode(code.listed, vanished: code.vanished ?? today)
    }
    guard codes.count <= limits.codes else {
      return .refused(reason: "there are more than \(limits.codes) codes, ended ones among them")
    }
    let number = number ?? (latest?.number ?? 0) + 1
    func edition(_ changes: DictionaryChanges) -> DictionaryEdition {
      guard
        let edition = DictionaryEdition(
          dictionary, number: number, fetched: now, codes: Array(codes.values), changes: changes)
      else { preconditionFailure("codes that were gathered by code are there once") }
      return edition
    }
    guard let latest else { return .edition(edition(DictionaryChanges())) }
    let changes = DictionaryChanges(from: latest, to: edition(DictionaryChanges()))
    return changes.isEmpty ? .unchanged : .edition(edition(changes))
  }
}
