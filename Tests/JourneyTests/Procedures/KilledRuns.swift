import GatewayTesting
import Glibc
import Testing

/// A journey in which the built daemon is killed again and again: it runs until something is so, is killed without warning, and the
/// next run begins where it fell.
struct KilledRuns {
  private let played: PlayedSite
  /// Of the dossier whose story a failure tells.
  private let code: String

  init(_ played: PlayedSite, _ code: String) {
    self.played = played
    self.code = code
  }

  /// One run, until `condition` holds; the journey ends where it does not come to hold.
  func callAsFunction(
    _ what: String, at place: SourceLocation = #_sourceLocation, _ condition: () -> Bool
  ) throws {
    let daemon = try played.start()
    try played.wait(until: what, of: code, at: place, condition)
    daemon.process.signal(SIGKILL)
    #expect(daemon.process.wait() != nil)
  }
}
