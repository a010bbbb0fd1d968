package import HTTPKit

/// A partner of the gateway that lives in this process: what a simulator does when it is well.
///
/// The server around it plays the faults; the partner only knows its own work and how it refuses in its own tongue.
package protocol SimulatedPartner: Sendable {
  var journal: SimulatorJournal { get }

  /// Does the work of a request that is not for `/_simulator`.
  func answer(_ request: HTTPRequest) -> HTTPResponse

  /// Refuses without looking, as a partner does that has decided so (`refuse`).
  func refusal(of request: HTTPRequest) -> HTTPResponse

  /// Says without looking that it has this already (`duplicate`).
  func repetition(of request: HTTPRequest) -> HTTPResponse

  /// Forgets who has logged in; a partner without sessions does nothing.
  func forgetSessions()

  /// Has a dossier from now on, as if another system had brought it; a partner that keeps none does nothing.
  func know(dossier code: String)

  /// Has what a lookup is answered with, in the form of its answer; the parameters that ask for it, nil for a partner that
  /// answers no such lookup or has its records from elsewhere.
  func know(record: [UInt8], of lookup: String) -> [String: String]?

  /// Has a document for whoever asks, of the kind `dossier` or `progress`; false for a partner that hands out nothing.
  func hold(_ document: [UInt8], kind: String) -> Bool

  /// Has a document in a box of this name, as if somebody had handed it in there; false for a partner without that box.
  func put(_ document: [UInt8], into box: String) -> Bool

  /// Answers `GET /_simulator/<path>` for what only this partner can show; nil is 404.
  func show(_ path: [String], _ request: HTTPRequest) -> HTTPResponse?
}

extension SimulatedPartner {
  package func forgetSessions() {}
  package func know(dossier code: String) {}
  package func know(record: [UInt8], of lookup: String) -> [String: String]? { nil }
  package func hold(_ document: [UInt8], kind: String) -> Bool { false }
  package func put(_ document: [UInt8], into box: String) -> Bool { false }
}
