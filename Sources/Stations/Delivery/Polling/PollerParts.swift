import DossierModel
import DossierStore
import HTTPKit
import ServiceKit
import ThreadKit

/// What a poller is made of, on its way to its thread.
struct PollerParts: Sendable {
  let ledger: any PollLedger
  let destinations: [Destination]
  let rates: RequestRates
  let sessions: PartnerSessions
  let transport: any PartnerTransport
  let intake: Poller.Intake
  let metrics: PollMetrics
  let log: Log
  let time: any TimeSource
  let random: any RandomNumberGenerator & Sendable
  let userAgent: String
  let limits: PollLimits
  let mailbox: Mailbox<PollerEvent>
}

/// What happens to a poller; `desk` is the partner's place in its list.
enum PollerEvent: Sendable {
  case claimed(desk: Int, Result<PollLease?, StoreError>)
  case answered(desk: Int, HTTPClientResult)
  case loginEnded(desk: Int, LoginOutcome)
  case taken(desk: Int, [PollItemOutcome])
  case reported(desk: Int, Result<Bool, StoreError>)
  /// A kept item went down the line again.
  case offered(Int64, PollItemOutcome)
  case wake
  case stop
}
