import Synchronization

/// The ledger, written by every sender and by the sink.
final class KillBook: Sendable {
  private let ledger = Mutex(KillLedger())

  var ledgerNow: KillLedger { ledger.withLock { $0 } }
  var accepted: Int { ledger.withLock { $0.accepted.count } }
  var effects: Int { ledger.withLock { $0.effectCount } }
  var backlog: Int { ledger.withLock { $0.backlog } }

  func change(_ body: (inout KillLedger) -> Void) { ledger.withLock { body(&$0) } }
}
