import DossierModel
import DossierStore
import ServiceKit
import Synchronization
import ThreadKit

/// Translates again what was held because a code had no counterpart, with the tables as they are now.
///
/// An operator completes the table and starts the gateway anew; this walks once through what is held, beside the line and
/// without slowing it: one message at a time, each with a commit that others share. What still cannot be translated stays
/// held, and so does what the line now refuses: its sender has had a receipt.
final class HeldOutputs: Service {
  /// Deliveries read from the store at once.
  static let pageSize = 100

  let name = "held-outputs"
  private let store: any DossierStore
  private let retranslation: Retranslation
  private let log: Log
  private let time: any TimeSource
  private let stopping = Atomic<Bool>(false)
  private let worker = Mutex<WorkerThread?>(nil)

  init(store: any DossierStore, retranslation: Retranslation, log: Log, time: any TimeSource) {
    self.store = store
    self.retranslation = retranslation
    self.log = log
    self.time = time
  }

  func start() {
    worker.withLock { $0 = WorkerThread(name: "held-outputs") { [self] in walk() } }
  }

  func stop() {
    stopping.store(true, ordering: .relaxed)
    worker.withLock { $0 }?.join()
  }

  private func walk() {
    var last: DeliveryID?
    var supplied = 0
    var kept = 0
    do throws(StoreError) {
      while !stopping.load(ordering: .relaxed) {
        let page = try store.heldOutputs(after: last, limit: Self.pageSize)
        for output in page where !stopping.load(ordering: .relaxed) {
          if let payload = try retranslation.payload(of: output.message, for: output.destination, type: output.type),
            try supply(payload, to: output.delivery)
          {
            supplied += 1
          } else {
            kept += 1
          }
        }
        guard let end = page.last, page.count == Self.pageSize else { break }
        last = end.delivery
      }
    } catch {
      log.warning("held-outputs-not-walked", [.reason("the store cannot be read or written")])
    }
    if supplied > 0 { log.info("held-outputs-translated", [.count(supplied)]) }
    if kept > 0 { log.warning("held-outputs-kept", [.count(kept)]) }
  }

  private func supply(_ payload: [UInt8], to delivery: DeliveryID) throws(StoreError) -> Bool {
    let committed = Monitor<Result<Bool, StoreError>?>(nil)
    store.supply(payload, to: delivery, at: time.now()) { result in
      committed.withLock { $0 = result }
      committed.wakeAll()
    }
    guard let result = committed.wait(deadline: nil, { $0 }) else { return false }
    return try result.get()
  }
}
