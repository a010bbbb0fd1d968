/// A party of the site: who it is, how it proves that, and what it may send.
package struct Party: Sendable, Equatable {
  package var id: PartyID
  package var name: String
  /// Its agency code (QĐ 20/2020 form): for people, and what tongues that address messages call it by.
  package var agency: String?
  package var credentials: [Credential]
  /// Names of the `MessageType`s it may send.
  package var sends: Set<String>
  /// May look at everybody's traffic.
  package var isOperator: Bool

  package init(
    id: PartyID, name: String, agency: String? = nil, credentials: [Credential] = [], sends: Set<String> = [],
    isOperator: Bool = false
  ) {
    self.id = id
    self.name = name
    self.agency = agency
    self.credentials = credentials
    self.sends = sends
    self.isOperator = isOperator
  }
}
