import Delivery
package import DossierModel
import HTTPKit
import ServiceKit
import ThreadKit

/// Asks the partners of a site from outside of a running gateway, one question after another.
///
/// Logins are its own. Nothing is stored and nothing is tried again, as with questions of the gateway.
package final class SiteLookups: Sendable {
  package enum Answer: Sendable, Equatable {
    /// The canonical document, as XML.
    case found([UInt8])
    case notFound
    /// The partner does not answer this question.
    case refused
    /// No answer, or none that says anything; the word is that of logs.
    case unavailable(String)
  }

  private let desk: LookupDesk
  private let reader: LookupReader
  private let known: Set<String>
  private let time = SystemTimeSource()

  package init(_ plan: SitePlan) throws {
    desk = LookupDesk(
      destinations: plan.destinations, transport: try HTTPClient(), version: Gateway.version)
    reader = plan.lookupReader
    known = Set(plan.lookups.keys)
  }

  deinit { desk.cancelAll() }

  /// Whether the party's profile has this lookup, and these parameters are in its form.
  package func canAsk(_ party: PartyID, _ lookup: String, _ parameters: [String: String]) -> Bool {
    known.contains("\(party)/\(lookup)") && desk.complaint(about: parameters, of: party, lookup) == nil
  }

  /// Asks and waits, as long as the lookup and the party allow. Only what `canAsk` says may be asked.
  package func ask(_ party: PartyID, _ lookup: String, _ parameters: [String: String]) -> Answer {
    let result = OneAnswer.wait { desk.ask(party, lookup, parameters, then: $0) }
    switch result {
    case .found(let bytes):
      guard let document = reader.read("\(party)/\(lookup)", bytes, at: time.now()) else {
        return .unavailable("unreadable")
      }
      return .found(document)
    case .notFound: return .notFound
    case .refused: return .refused
    case .unavailable, .busy: return .unavailable(result.word)
    }
  }
}
