package import DossierModel
package import DossierStore

/// How our deliveries of a dossier to the portal stand, when the portal has not what the ledger has.
package enum PortalStanding: Sendable, Equatable {
  /// No route ever sent it there.
  case neverRouted
  /// It is on its way: nothing is amiss yet.
  case underWay(DeliveryID, DeliveryState)
  /// It waits for an operator.
  case stopped(DeliveryID, DeliveryState)
  /// Its last delivery has ended without the portal taking it.
  case ended(DeliveryID, DeliveryState)
  /// The portal took all of it, by its own answers.
  case delivered

  /// - Parameter timeline: of the dossier, by the whole ledger.
  package init(_ timeline: DossierTimeline?, portal: PartyID) {
    let deliveries = (timeline?.messages ?? []).flatMap { Self.latest(of: $0, to: portal) }
    guard !deliveries.isEmpty else {
      self = .neverRouted
      return
    }
    if let stopped = deliveries.first(where: { $0.state == .held || $0.state == .dead }) {
      self = .stopped(stopped.id, stopped.state)
    } else if let open = deliveries.first(where: { !$0.state.releasesSuccessors }) {
      self = .underWay(open.id, open.state)
    } else if let ended = deliveries.last(where: { $0.state == .refused || $0.state == .cancelled }) {
      self = .ended(ended.id, ended.state)
    } else {
      self = .delivered
    }
  }

  /// The last delivery of each message there: one that was sent again speaks for those before it.
  private static func latest(of message: StoredMessage, to portal: PartyID) -> [StoredDelivery] {
    message.deliveries.filter { $0.destination == portal }.max { $0.id.number < $1.id.number }.map { [$0] } ?? []
  }

  /// One sentence for an operator.
  package var sentence: String {
    switch self {
    case .neverRouted: "no route ever sent it to the portal: see routes.yaml"
    case .underWay(let delivery, let state):
      "it is on its way: delivery \(delivery) is \(state.rawValue) (`queue why \(delivery)`)"
    case .stopped(let delivery, let state):
      "delivery \(delivery) is \(state.rawValue) and waits for an operator (`queue why \(delivery)`)"
    case .ended(let delivery, let state):
      "delivery \(delivery) ended as \(state.rawValue) (`dossier trace` tells what the portal said)"
    case .delivered: "the portal took it, by its own answers"
    }
  }
}
