import DocumentKit
import DossierModel
import DossierStore
import JSONKit
import Reception
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
  private let types: MessageTypeRegistry
  private let line: any MessageLine
  private let log: Log
  private let time: any TimeSource
  private let stopping = Atomic<Bool>(false)
  private let worker = Mutex<WorkerThread?>(nil)

  init(
    store: any DossierStore, types: MessageTypeRegistry, line: any MessageLine, log: Log, time: any TimeSource
  ) {
    self.store = store
    self.types = types
    self.line = line
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
          if let payload = try payload(for: output), try supply(payload, to: output.delivery) {
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

  /// The bytes for the output's destination, as the line makes them now; nil if it still makes none.
  private func payload(for output: HeldOutput) throws(StoreError) -> [UInt8]? {
    guard let message = try store.message(output.message), let body = try store.body(of: output.message),
      let type = types[message.envelope.type], let passage = Self.passage(message.envelope, type, body),
      let record = try? line.process(passage)
    else { return nil }
    let delivery = record.deliveries.first {
      $0.destination == output.destination && $0.type == output.type && $0.heldReason == nil
    }
    return delivery?.payload
  }

  /// The message as it came, before any station; nil only if its bytes cannot be read, which reception has ruled out.
  private static func passage(_ envelope: Envelope, _ type: MessageType, _ body: [UInt8]) -> Passage? {
    switch type.format {
    case .json:
      guard let json = try? JSONDocument(parsing: body).root, let tree = try? DocumentTree(json: json) else {
        return nil
      }
      return Passage(envelope: envelope, type: type, source: tree, root: tree.root, json: json, body: body)
    case .xml:
      guard let tree = try? DocumentTree(parsing: body, as: .xml) else { return nil }
      return Passage(envelope: envelope, type: type, source: tree, root: tree.root, json: nil, body: body)
    }
  }
}
