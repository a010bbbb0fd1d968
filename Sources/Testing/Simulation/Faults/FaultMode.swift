/// How a partner behaves.
package enum FaultMode: String, Sendable, CaseIterable {
  /// Does its work.
  case ok
  /// Does its work and answers late.
  case slow
  /// Is not there: connections are refused.
  case down
  /// Reads the request and closes the connection without a word; the work is not done.
  case cut
  /// Reads the request, does the work and never answers: the caller does not know.
  case silent
  /// Answers 500.
  case error500
  /// Answers 503 and asks to be called again in a second.
  case busy
  /// Does the work and calls its answer by a wrong `Content-Type`.
  case wrongType
  /// Does the work, and its answer does not end for a long time.
  case huge
  /// Has forgotten its sessions, and then does its work.
  case expired
  /// Answers 200 with a page of HTML.
  case garbage
  /// Does the work and breaks off in the middle of the answer.
  case halfAnswer
  /// Refuses in its own tongue.
  case refuse
  /// Says in its own tongue that it has this already.
  case duplicate
  /// The network brings the request twice: the work is done twice, and the first answer goes back.
  case repeated
  /// The network holds the request back until another has overtaken it, or for half a second.
  case overtaken
  /// Its clock is an hour behind: it answers 503 and asks to be called again at a time that is over everywhere else.
  case skewed

  /// Those that chance brings (`--fault-rate`) unless others are named (`--faults`): what a network and a tired server do, not
  /// what a clerk decides.
  package static let byChance: [FaultMode] = [.slow, .cut, .error500, .busy, .garbage, .halfAnswer]
}
