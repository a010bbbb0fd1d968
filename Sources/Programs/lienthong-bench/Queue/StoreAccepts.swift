import CryptographyKit
import DossierModel
import DossierStore
import ServiceKit
import Synchronization
import ThreadKit

/// Accepts through the store's own door: one caller hands over a message with one delivery and never has more than so
/// many without an answer; an accept counts when the store says that it is on the disk.
struct StoreAccepts {
  let perSecond: Double
  /// Messages that shared a commit, on average.
  let batch: Double

  private struct Progress {
    var done = 0
    var failure: StoreError?
  }

  /// - Parameter bytes: of the message, and of what is kept for its recipient.
  static func measure(_ location: StoreLocation, messages: Int, inFlight: Int, bytes: Int) throws -> StoreAccepts {
    let store = try SQLDossierStore(location, at: SystemTimeSource().now())
    defer { store.close() }
    let commits = Atomic<Int>(0)
    store.observeReady { _ in commits.add(1, ordering: .relaxed) }
    let start = Clock.seconds
    try fill(store, messages: messages, inFlight: inFlight, bytes: bytes)
    let seconds = Clock.seconds - start
    return StoreAccepts(
      perSecond: Double(messages) / seconds,
      batch: Double(messages) / Double(max(1, commits.load(ordering: .relaxed))))
  }

  /// Records so many messages and returns when all are on the disk.
  static func fill(_ store: any DossierStore, messages: Int, inFlight: Int, bytes: Int) throws {
    let progress = Monitor(Progress())
    let makeRecord = recordMaker(bytes: bytes)
    for number in 0..<messages {
      let record = makeRecord(number)
      _ = progress.wait { number - $0.done < inFlight ? true : nil }
      store.record([record]) { result in
        progress.withLock { progress in
          progress.done += 1
          if case .failure(let error) = result { progress.failure = error }
        }
        progress.wakeOne()
      }
    }
    _ = progress.wait { $0.done == messages ? true : nil }
    if let failure = progress.withLock({ $0.failure }) { throw failure }
  }

  /// Makes messages about dossiers of their own, as the line would hand them over.
  private static func recordMaker(bytes: Int) -> (Int) -> MessageRecord {
    let identifiers = UUIDv7Generator()
    let time = SystemTimeSource()
    let filler = BenchPayload.bytes(bytes)
    return { number in
      let code = BenchPayload.dossier(number)
      var body = filler
      body.replaceSubrange(0..<code.utf8.count, with: code.utf8)
      let now = time.now()
      let digest = MessageDigest(of: body)
      return MessageRecord(
        envelope: Envelope(
          id: MessageID(identifiers.next()), sender: "mot-cua", type: "dvcqg-a/ho-so", receivedAt: now, digest: digest,
          key: MessageKey("sha256 \(digest)", scope: .latest)),
        fields: DossierFields(code: DossierCode(code), procedure: "1.004228", status: "processing"), body: body,
        deliveries: [NewDelivery(destination: "so-xay-dung", type: "oc-lgsp/sync-document", payload: body)])
    }
  }
}
