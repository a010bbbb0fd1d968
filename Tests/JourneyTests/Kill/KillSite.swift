import GatewayTesting
import Glibc
import HTTPKit
import JSONKit
import ServiceKit
import Simulation
import Testing

/// A site whose gateways are killed while senders and a flaky sink are at work.
final class KillSite {
  /// How long everything may take to be delivered once nothing is killed any more: longer than a dead gateway's lease.
  static let patience = 180.0
  /// How long the line may stand still, on a busy machine: longer than a lease, too.
  static let stillness = 60.0
  /// Requests that have to be turned away before a failing disk is well again.
  static let refusals = 6

  let book = KillBook()
  private let title: String
  private let seed: UInt64
  private let site: TestSite
  /// Kept as long as the site: it is dropped with its value.
  private let database: TemporaryPostgreSQLDatabase?
  private var dice: SeededGenerator
  private let ports = KillPorts()
  private let sink: SimulatorServer
  private var senders: [KillSender] = []
  private var nodes: [DaemonProcess?]
  /// The port of each gateway that listens.
  private var current: [Int: Int] = [:]
  private var starts = 0
  private var rounds = 0

  /// A site with its gateways running and its senders sending. `title` is what a report begins with.
  init(
    _ title: String, seed: UInt64, nodes count: Int = 1, database: TemporaryPostgreSQLDatabase? = nil
  ) throws {
    self.title = title
    self.seed = seed
    self.database = database
    dice = SeededGenerator(seed: seed).generator(for: title)
    let faults = FaultPlan(
      rate: KillSink.faultRate, modes: KillSink.faults, seed: dice.generator(for: "faults").seed)
    sink = try SimulatorServer(partner: KillSink(book, dice: dice.generator(for: "sink")), faults: faults)
    site = TestSite(agency: Int(sink.port), answerTimeout: "2s")
    if let database { site.keepStore(in: database) }
    nodes = Array(repeating: nil, count: count)
    for node in nodes.indices { _ = try start(node) }
    for number in 1...KillSender.count { senders.append(try KillSender(number, book: book, ports: ports)) }
  }

  deinit {
    // After a run that settled they have ended already.
    senders.forEach { $0.leave() }
    sink.stop()
  }

  // MARK: Rounds

  /// Has the load go on for a random moment after the line has moved, kills a gateway, and starts it again. Now and then
  /// it is killed once more while it starts.
  func killGateway() async throws {
    try await awaitProgress()
    await rest(upTo: 0.5)
    let node = dice.number(below: nodes.count)
    kill(node)
    if dice.happens(0.15) {
      _ = try start(node, patience: dice.fraction() * 0.4)
      kill(node)
    }
    _ = try start(node)
    rounds += 1
  }

  /// The same with the database's server.
  func kill(_ server: TemporaryPostgreSQL) async throws {
    try await awaitProgress()
    await rest(upTo: 0.5)
    server.kill()
    await rest(upTo: 0.3)
    server.start()
    rounds += 1
  }

  /// Has the disk under the database's server fail for as long as it takes until some are turned away and for a random
  /// moment more, and lets it be well again. What is acknowledged meanwhile counts like anything else.
  func fail(_ fault: FailingServerDisk.Fault, under server: TemporaryPostgreSQL) async throws {
    try await awaitProgress()
    let before = turnedAway
    let disk = FailingServerDisk(fault, under: server)
    let isMet = await Patience.wait(seconds: Self.stillness) { turnedAway >= before + Self.refusals }
    await rest(upTo: 1)
    disk.mend()
    // A server that could not begin anew while its disk failed has given up.
    let hasEnded = server.restartIfEnded()
    rounds += 1
    try #require(
      isMet, "\(title), seed \(seed), round \(rounds): nobody was turned away\(hasEnded ? ", and it ended" : "")")
    try await awaitProgress()
  }

  private var turnedAway: Int { senders.map(\.faults.turnedAway).reduce(0, +) }

  /// Freezes a gateway, with requests in its hands, for so long, and lets it go on.
  func freezeGateway(for duration: Duration) async throws {
    try await awaitProgress()
    // Every request is under way for a second, so that some are.
    sink.set(FaultSetting(.slow, lasting: .seconds(2), delay: .seconds(1)))
    await rest(upTo: 0.5)
    let node = dice.number(below: nodes.count)
    guard let daemon = nodes[node], let port = current[node] else { preconditionFailure("every gateway runs") }
    daemon.process.signal(SIGSTOP)
    ports.remove(port)
    try? await Task.sleep(for: duration)
    try await awaitProgress()
    daemon.process.signal(SIGCONT)
    ports.add(port)
    rounds += 1
    try await awaitProgress()
  }

  /// Waits until something more was accepted and carried out: the line goes on by itself.
  func awaitProgress() async throws {
    let (accepted, effects) = (book.accepted, book.effects)
    let isMoving = await Patience.wait(seconds: Self.stillness) { book.accepted > accepted && book.effects > effects }
    try #require(
      isMoving,
      """
      \(title), seed \(seed), round \(rounds + 1): the line stands still since \(accepted) were accepted and \(effects) \
      carried out; now \(book.accepted) and \(book.effects), and the senders had \(senders.map(\.faults))
      """)
  }

  private func rest(upTo seconds: Double) async {
    try? await Task.sleep(for: .seconds(dice.fraction() * seconds))
  }

  // MARK: Gateways

  /// Starts a gateway and waits until it listens, or for `patience` at most, to kill it while it is still starting.
  private func start(_ node: Int, patience: Double = 60) throws -> Bool {
    starts += 1
    let daemon = DaemonProcess(site: site.site, data: site.data, output: "\(site.folder.path)/log\(starts)")
    nodes[node] = daemon
    guard let port = daemon.waitUntilListening(seconds: patience) else {
      try #require(patience < 60, "a gateway did not come up: \(daemon.process.output)")
      return false
    }
    ports.add(port)
    current[node] = port
    return true
  }

  private func kill(_ node: Int) {
    guard let daemon = nodes[node] else { return }
    daemon.process.signal(SIGKILL)
    _ = daemon.process.wait()
    if let port = current.removeValue(forKey: node) { ports.remove(port) }
    nodes[node] = nil
  }

  // MARK: The end

  /// Ends the load, waits until everything is delivered, and compares the books; prints what there was.
  func settle() async throws -> KillLedger {
    for sender in senders { sender.finish() }
    for sender in senders { sender.stop() }
    let visitor = try Visitor(port: try #require(current.values.first))
    let begin = ContinuousClock.now
    var stored: [String: [KillLedger.Stored]] = [:]
    var open = book.ledgerNow.dossiers
    // A dossier that is done is not asked about again.
    let isDrained = await Patience.wait(seconds: Self.patience) {
      open = open.filter { dossier in
        guard let messages = Self.stored(dossier, visitor) else { return true }
        stored[dossier] = messages
        return messages.contains { $0.states != ["delivered"] }
      }
      return open.isEmpty
    }
    let drained = ContinuousClock.now - begin
    let ledger = book.ledgerNow
    let findings = ledger.findings(stored: stored)
    #expect(isDrained, "\(title), seed \(seed): not delivered: \(open.prefix(10))")
    #expect(findings.isEmpty, "\(title), seed \(seed): \(findings.count) findings: \(findings.prefix(10))")
    let faults = senders.map(\.faults)
    // A run in which nothing was under way when a kill fell has shown nothing.
    #expect(faults.contains { $0.unanswered > 0 || $0.turnedAway > 0 }, "\(title): no request met a fault")
    for node in nodes.indices {
      nodes[node]?.process.signal(SIGTERM)
      #expect(nodes[node]?.process.wait() == .exited(0))
    }
    print(
      """
      \(title): seed \(seed), \(rounds) rounds, \(starts) starts, \(ledger.accepted.count) accepted, \
      \(ledger.effectCount) carried out, \(ledger.repetitions) came again under their key, \
      \(ledger.refused.count) refused, \(faults.map(\.unanswered).reduce(0, +)) requests without an answer, \
      \(faults.map(\.turnedAway).reduce(0, +)) answered 503, \(findings.count) findings, \
      drained in \(drained.components.seconds) s
      """)
    return ledger
  }

  /// What the gateway has about a dossier; nil when it cannot say at the moment.
  private static func stored(_ dossier: String, _ visitor: Visitor) -> [KillLedger.Stored]? {
    guard let answer = visitor.send(.get, "/v1/dossiers/\(dossier)", key: TestSite.operatorKey) else { return nil }
    if answer.status == 404 { return [] }
    guard answer.status == 200, let messages = visitor.json(answer)?["messages"] else { return nil }
    return messages.elements.map { message in
      let deliveries = message["deliveries"].map { Array($0.elements) } ?? []
      return KillLedger.Stored(
        id: message["id"]?.string ?? "",
        states: deliveries.filter { $0["destination"]?.string == "so-xay-dung" }.compactMap { $0["state"]?.string })
    }
  }
}
