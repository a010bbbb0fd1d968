package import DossierModel
package import DossierStore

/// What is to be sent to the portal again, so that it has a dossier that it has not: every message of it that was meant for the
/// portal, oldest first, so that its course there is the one it had. Nothing is altered, and nothing that is open is doubled.
package struct PortalRepair: Sendable, Equatable {
  /// Messages of one dossier that are sent again at most; one with more is for an operator.
  package static let messageLimit = 200

  package enum Plan: Sendable, Equatable {
    case resend([MessageID])
    /// Why nothing is sent again.
    case leave(Reason)
  }

  package enum Reason: String, Sendable {
    case neverRouted
    case underWay
    /// An operator decides about it first: releases or cancels it.
    case stopped
    /// The bytes of some of its messages were removed by the site's retention.
    case pruned
    case tooMany

    package var sentence: String {
      switch self {
      case .neverRouted: "no route ever sent it to the portal; add one, and its next message goes there"
      case .underWay: "it is on its way"
      case .stopped: "it waits for an operator: `queue release` or `dead release`"
      case .pruned: "bytes of its messages were removed by the site's `retention`: ask its sender for it"
      case .tooMany:
        "it has more than \(PortalRepair.messageLimit) messages for the portal: `message resend` sends them one by one"
      }
    }
  }

  package static func plan(_ timeline: DossierTimeline?, portal: PartyID) -> Plan {
    switch PortalStanding(timeline, portal: portal) {
    case .neverRouted: return .leave(.neverRouted)
    case .underWay: return .leave(.underWay)
    case .stopped: return .leave(.stopped)
    case .ended, .delivered: break
    }
    let meant = (timeline?.messages ?? []).filter { message in
      message.deliveries.contains { $0.destination == portal && $0.state != .superseded }
    }
    if meant.contains(where: { $0.pruning != nil }) { return .leave(.pruned) }
    return meant.count > messageLimit ? .leave(.tooMany) : .resend(meant.map(\.envelope.id))
  }
}
