import DossierStore
import ServiceKit
import ThreadKit

/// What a deliverer is made of, on its way to its thread.
struct DelivererParts: Sendable {
  let store: any DossierStore
  let destinations: [Destination]
  let rates: RequestRates
  let sessions: PartnerSessions
  let transport: any PartnerTransport
  let metrics: DeliveryMetrics
  let log: Log
  let time: any TimeSource
  let random: any RandomNumberGenerator & Sendable
  let userAgent: String
  let limits: DelivererLimits
  let mailbox: Mailbox<DelivererEvent>
}
