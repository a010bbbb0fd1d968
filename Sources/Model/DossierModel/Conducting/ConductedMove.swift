package import ServiceKit

/// What a conductor has a store write because of an occasion, all in one transaction.
package struct ConductedMove: Sendable {
  /// Name and edition of the procedure's definition.
  package var procedure: String
  package var version: Int
  /// What the conductor needs the next time.
  package var state: [UInt8]
  /// The word of how it ended; nil while it is under way.
  package var outcome: String?
  /// When the whole is due; nil without a time, and while its clock stands.
  package var dueAt: Timestamp?
  /// When the conductor wants to be asked at the latest.
  package var timer: Timestamp?
  /// Further codes under which the procedure is known from now on: to everybody, or to one party only.
  package var codes: [Code]
  package var history: [ConductedLine]
  package var outputs: [ConductedOutput]

  package struct Code: Sendable, Equatable {
    package var code: DossierCode
    package var party: PartyID?

    package init(_ code: DossierCode, of party: PartyID?) {
      self.code = code
      self.party = party
    }
  }

  package init(
    procedure: String, version: Int, state: [UInt8], outcome: String?, dueAt: Timestamp?, timer: Timestamp?,
    codes: [Code], history: [ConductedLine], outputs: [ConductedOutput]
  ) {
    self.procedure = procedure
    self.version = version
    self.state = state
    self.outcome = outcome
    self.dueAt = dueAt
    self.timer = timer
    self.codes = codes
    self.history = history
    self.outputs = outputs
  }
}
