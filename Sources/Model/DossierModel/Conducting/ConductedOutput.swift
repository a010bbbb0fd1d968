/// A message that a procedure owes somebody: recorded with the move that wants it, and translated afterwards.
package struct ConductedOutput: Sendable, Equatable {
  package var destination: PartyID
  package var kind: MessageKind
  /// Names it inside its procedure, such as `send khai-sinh 1`: what is there already is not made again.
  package var name: String
  /// What is to be written, the orchestration's own. It may hold results, which are the citizen's.
  package var errand: [UInt8]

  package init(destination: PartyID, kind: MessageKind, name: String, errand: [UInt8]) {
    self.destination = destination
    self.kind = kind
    self.name = name
    self.errand = errand
  }
}
