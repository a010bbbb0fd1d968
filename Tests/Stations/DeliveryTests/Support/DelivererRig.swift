import Delivery
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import ServiceKit
import Testing
import ThreadKit

/// A deliverer over a real store in a temporary folder and a real HTTP client; the clock is in the test's hands.
final class DelivererRig {
  let time = ManualTimeSource()
  let folder: TemporaryFolder
  let store: WatchedStore
  let sqlite: SQLDossierStore
  let client: HTTPClient
  let deliverer: Deliverer
  let metrics = Metrics()
  let log = WatchedLog()
  private let messages = SampleMessages()
  private var isRunning = true

  /// - Parameter folder: that of an earlier rig, to start again on its store.
  init(_ destinations: [Destination], folder: TemporaryFolder = TemporaryFolder(), limits: DelivererLimits = .testing)
    throws
  {
    self.folder = folder
    sqlite = try SQLDossierStore(.sqlite(path: folder.path + "/store.sqlite"), at: time.now())
    store = WatchedStore(sqlite)
    client = try HTTPClient(configuration: HTTPClientConfiguration(for: destinations))
    deliverer = Deliverer(
      store: store, destinations: destinations, transport: client, metrics: DeliveryMetrics(metrics),
      log: Log(level: .debug, output: log, time: time), time: time, random: SeededGenerator(seed: 1), version: "1.2.3",
      limits: limits)
    deliverer.start()
  }

  deinit { stop() }

  func stop() {
    guard isRunning else { return }
    isRunning = false
    let stopping = WorkerThread(name: "stopper") { [deliverer] in deliverer.stop() }
    // A deliverer that waits for something that does not come needs its grace to pass on the clock held here.
    while !stopping.join(deadline: .seconds(2)) { advance(by: .seconds(10)) }
    client.stop()
    sqlite.close()
  }

  /// Lets time pass and the deliverer notice.
  func advance(by duration: Duration) {
    time.advance(by: duration)
    deliverer.wake()
  }

  /// Records one message with one delivery to each destination.
  @discardableResult
  func record(
    _ dossier: DossierCode, _ payload: String, type: String = "sample/record", to destinations: PartyID...,
    traceparent: String? = nil
  ) throws -> MessageID {
    var record = messages.message(dossier, body: payload, to: [], at: time.now())
    record.envelope.traceparent = traceparent
    record.deliveries = destinations.map { NewDelivery(destination: $0, type: type, payload: Array(payload.utf8)) }
    let outcome = try store.recordAndWait([record])
    guard case .recorded(let recorded) = outcome, let receipt = recorded.first?.receipt else {
      Issue.record("the message was not recorded")
      return record.envelope.id
    }
    return receipt.id
  }

  /// Records messages of as many dossiers at once.
  func record(count: Int, to destination: PartyID) throws {
    let records = (0..<count).map { number in
      var record = messages.message(DossierCode("H99.\(number)"), body: "{}", to: [], at: time.now())
      record.deliveries = [NewDelivery(destination: destination, type: "sample/record", payload: Array("{}".utf8))]
      return record
    }
    _ = try store.recordAndWait(records)
  }

  /// How often a destination was closed.
  var closings: Int { log.lines.count { $0.contains("destination-closed") } }

  /// The outcome words of the attempts so far, with their numbers.
  func attempts(_ destination: PartyID) -> [String: Int] {
    var found: [String: Int] = [:]
    let text = String(decoding: metrics.exposition(), as: UTF8.self)
    for line in text.split(separator: "\n") where line.hasPrefix("lienthong_delivery_attempts_total{") {
      guard line.contains("destination=\"\(destination)\""), let count = line.split(separator: " ").last,
        let start = line.firstRange(of: "outcome=\"")?.upperBound
      else { continue }
      found[String(line[start...].prefix { $0 != "\"" })] = Int(count)
    }
    return found
  }
}

extension DelivererLimits {
  /// Short graces, so that a test that fails does not take long about it.
  static var testing: DelivererLimits {
    var limits = DelivererLimits()
    limits.stopGrace = .seconds(5)
    limits.flushGrace = .seconds(2)
    limits.exchanges.pauseMinimum = .milliseconds(1)
    limits.exchanges.pauseMaximum = .milliseconds(1)
    return limits
  }
}

extension Destination {
  /// Speaks the sample profile, or another one.
  static func sample(
    _ party: PartyID, at address: String, profile: PartnerProfile? = nil, secrets: [String: String] = [:],
    values: [String: String] = [:], window: Int = 8, hours: DeliveryHours = .always, rate: RateLimit? = nil,
    retry: RetryPolicy = RetryPolicy(), answerWithin: Duration = .seconds(20)
  ) throws -> Destination {
    try Destination(
      party: party, profile: try profile ?? SampleProfile.read(), address: address,
      secrets: secrets.mapValues(Secret.text), values: values, window: window, hours: hours, rate: rate,
      timeouts: HTTPClientTimeouts(connect: .seconds(5), firstByte: nil, whole: answerWithin), retry: retry)
  }
}

extension Secret {
  /// A secret from a test's own text.
  static func text(_ text: String) -> Secret {
    var text = text
    return text.withUTF8 { Secret(copying: UnsafeRawBufferPointer($0)) }
  }
}
