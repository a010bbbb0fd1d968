/// What is other in an edition than in the one before, by code.
package struct DictionaryChanges: Sendable, Equatable {
  package struct Renaming: Sendable, Equatable {
    package var code: String
    package var before: String

    package init(code: String, before: String) {
      self.code = code
      self.before = before
    }
  }

  package var added: [String] = []
  /// Those that vanished, and those that the partner gave another last day.
  package var ended: [String] = []
  /// Those that had vanished and are listed again.
  package var returned: [String] = []
  package var renamed: [Renaming] = []
  /// Those that have another parent or another first day.
  package var moved: [String] = []

  package init() {}

  package var isEmpty: Bool {
    added.isEmpty && ended.isEmpty && returned.isEmpty && renamed.isEmpty && moved.isEmpty
  }

  /// `2 added, 1 ended`; `nothing` where nothing is other.
  package var summary: String {
    let parts = [
      (added.count, "added"), (ended.count, "ended"), (returned.count, "returned"), (renamed.count, "renamed"),
      (moved.count, "moved"),
    ]
    let told = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return told.isEmpty ? "nothing" : told.joined(separator: ", ")
  }

  /// What lies between two editions.
  package init(from earlier: DictionaryEdition, to later: DictionaryEdition) {
    for code in later.codes {
      guard let before = earlier[code.code] else {
        added.append(code.code)
        continue
      }
      note(code, before: before)
    }
  }

  private mutating func note(_ code: DictionaryCode, before: DictionaryCode) {
    if before.vanished != nil, code.vanished == nil {
      returned.append(code.code)
    } else if code.until != before.until {
      ended.append(code.code)
    }
    if code.name != before.name { renamed.append(Renaming(code: code.code, before: before.name)) }
    if code.listed.parent != before.listed.parent || code.listed.from != before.listed.from { moved.append(code.code) }
  }
}
