import Delivery
import DossierModel
import DossierStore
import HTTPKit
import ServiceKit

/// The exchange engine in a world of its own: the real store on a real SQLite file, the real deliverer, and a clock, a
/// disk, a network, senders and partners that a seed decides about.
///
/// Nothing runs by itself. Each step does one thing: a sender lodges, the store commits a batch, the deliverer takes a
/// turn, a request moves on its way, time passes, an operator gives an order, or the gateway is killed and started again.
/// The same seed gives the same world, step by step (`trace`).
package final class EngineWorld {
  /// Destinations of a world.
  static let partners: [PartyID] = ["partner-0", "partner-1", "partner-2", "partner-3"]
  static let window = 6

  package let seed: UInt64
  package private(set) var steps = 0
  /// Counts what happened, so that two runs of one seed can be compared.
  package private(set) var trace: UInt64 = 0xCBF2_9CE4_8422_2325
  package private(set) var crashes = 0

  let rates: FaultRates
  private let path: String
  let time = ManualTimeSource()
  var random: SeededGenerator
  let faults: DiskFaults
  let network: SimulatedNetwork
  private let destinations: [Destination]
  var ledgers: [PartnerLedger]
  var senders: SenderDesk
  private(set) var store: SQLDossierStore
  private var turn: () -> Duration?
  /// When the deliverer wants to look at the clock again.
  private var wanted: Duration?
  private var isFailing = true

  /// `folder`: an empty one, best in memory.
  package init(seed: UInt64, in folder: String, rates: FaultRates = FaultRates(), canary: Canary? = nil) throws {
    self.seed = seed
    self.rates = rates
    path = folder + "/store.sqlite"
    random = SeededGenerator(seed: seed)
    faults = DiskFaults(random: random.generator(for: "disk"), rates: rates, canary: canary)
    network = SimulatedNetwork(canary: canary)
    let profile = try PartnerAnswers.profile()
    destinations = try Self.partners.map { party in
      try Destination(
        party: party, profile: profile, address: "http://\(party).invalid", window: Self.window,
        retry: RetryPolicy(pauseMinimum: .seconds(1), pauseMaximum: .seconds(120), lifetime: .seconds(31_536_000)))
    }
    ledgers = Self.partners.map { _ in PartnerLedger() }
    senders = SenderDesk(dossiers: 120, partners: Self.partners)
    store = try SQLDossierStore(driven: .sqlite(path: path), at: time.now(), wrapping: DiskWrapping(faults: faults))
    turn = { nil }
    turn = drive()
  }

  private func drive() -> () -> Duration? {
    Deliverer(
      store: store, destinations: destinations, transport: network, metrics: DeliveryMetrics(Metrics()), log: .silent,
      time: time, random: random.generator(for: "deliverer \(crashes)"), version: "0"
    ).drive()
  }

  func note(_ event: Int) {
    trace = (trace ^ UInt64(truncatingIfNeeded: event)) &* 0x100_0000_01B3
  }

  // MARK: Steps

  /// One thing happens. Throws what it breaks.
  package func step() throws {
    steps += 1
    switch random.number(below: 1_000) {
    case ..<160: senders.lodge(&random, into: store, gateway: crashes, at: time.now())
    case ..<400: commit()
    case ..<600: takeTurn()
    case ..<940: try moveRequest()
    case ..<990: time.advance(by: .milliseconds(random.number(below: 400)))
    case ..<998: time.advance(by: min(wanted ?? .zero, .seconds(30)))
    default: operate()
    }
    if random.happens(rates.crash) { try crash() }
    if random.happens(rates.outage) { ledgers[random.number(below: ledgers.count)].isDown.toggle() }
    try checkWindows()
  }

  private func commit() {
    note(store.commitWaiting() ? 1 : 2)
    senders.read(gateway: crashes)
  }

  private func takeTurn() {
    wanted = turn()
    note(network.count)
  }

  /// One request goes on: it is lost, reaches its partner, or its answer comes back.
  private func moveRequest() throws {
    let count = network.count
    guard count > 0 else { return }
    var flight = network.take(random.number(below: count))
    note(flight.partner)
    if let answer = flight.answer {
      if random.happens(active.answerLost) {
        fail(flight, .brokenAfterSend)
      } else {
        flight.completion?(
          .response(
            answer,
            HTTPClientTiming(connected: .zero, firstByte: .zero, whole: .zero, isConnectionReused: true)))
      }
      return
    }
    if ledgers[flight.partner].isDown || random.happens(active.connect) { return fail(flight, .connect) }
    if flight.completion != nil, random.happens(active.late) {
      fail(flight, .timeoutAfterSend)
      flight.completion = nil
      return network.put(flight)
    }
    if random.happens(active.duplicate) {
      var copy = flight
      copy.completion = nil
      network.put(copy)
    }
    let answer = try arrive(flight)
    guard flight.completion != nil else { return }
    flight.answer = answer
    network.put(flight)
  }

  private func fail(_ flight: SimulatedNetwork.Flight, _ kind: HTTPClientFailure.Kind) {
    flight.completion?(
      .failure(HTTPClientFailure(kind: kind, requestPossiblySent: kind != .connect, message: "simulated")))
  }

  /// The partner has the request.
  private func arrive(_ flight: SimulatedNetwork.Flight) throws -> HTTPResponse {
    if random.happens(active.serverError) { return PartnerAnswers.broken }
    if random.happens(active.retryAfter) { return PartnerAnswers.later }
    if random.happens(active.businessRetry) { return PartnerAnswers.comeAgain }
    guard let errand = Errand(flight.body) else { preconditionFailure("deliveries of the world carry errands") }
    let answer = try ledgers[flight.partner].receive(errand, key: flight.key)
    note(errand.ordinal)
    if random.happens(active.serverErrorAfterwards) { return PartnerAnswers.broken }
    switch answer {
    case .done: return PartnerAnswers.done
    case .alreadyThere: return PartnerAnswers.alreadyThere
    case .refused: return PartnerAnswers.refused
    }
  }

  private var active: FaultRates { isFailing ? rates : .none }

  private func operate() {
    let actions: [OperatorOrder.Action] = [.hold, .release, .release, .flush]
    var selection = DeliverySelection(destination: Self.partners[random.number(below: Self.partners.count)])
    if random.happens(0.8) { selection.dossier = DossierCode("D\(random.number(below: 120))") }
    let action = actions[random.number(below: actions.count)]
    store.carryOut(OperatorOrder(action, selection, actor: "operator", reason: "simulated", at: time.now())) { _ in }
  }

  /// The gateway is killed and started again on what is on the disk.
  private func crash() throws {
    crashes += 1
    network.forgetSender()
    senders.gatewayDied()
    turn = { nil }
    store = try SQLDossierStore(driven: .sqlite(path: path), at: time.now(), wrapping: DiskWrapping(faults: faults))
    turn = drive()
    wanted = nil
    note(crashes)
  }

  // MARK: Coming to rest

  /// Nothing fails any more; lets the engine finish, and checks that every promise was kept.
  package func settle() throws {
    isFailing = false
    faults.set(.none)
    for index in ledgers.indices { ledgers[index].isDown = false }
    for _ in 0..<100_000 {
      // One order is for so many deliveries; what it left is for the next turn's.
      store.carryOut(
        OperatorOrder(
          .release, DeliverySelection(state: .held), actor: "operator", reason: "simulated", at: time.now())
      ) { _ in }
      senders.lodgeAgain(&random, into: store, gateway: crashes, at: time.now())
      while store.commitWaiting() {}
      senders.read(gateway: crashes)
      wanted = turn()
      while network.count > 0 { try moveRequest() }
      while store.commitWaiting() {}
      wanted = turn()
      if senders.isSettled, network.count == 0, try store.queue().isEmpty {
        try checkEverything()
        isFailing = true
        faults.set(rates)
        return
      }
      time.advance(by: min(max(wanted ?? .seconds(1), .milliseconds(1)), .seconds(60)))
    }
    throw Violation(.finishes, "still open: \(try store.queue())")
  }
}
