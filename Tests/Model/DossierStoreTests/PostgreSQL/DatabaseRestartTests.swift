import DossierModel
import DossierStore
import GatewayTesting
import SQLKit
import ServiceKit
import Synchronization
import Testing

/// A database server that goes away and comes back under a gateway.
@Suite("A store whose database is killed", .timeLimit(.minutes(4)))
struct DatabaseRestartTests {
  let server = TemporaryPostgreSQL()
  let samples = SampleMessages()

  private var now: Timestamp { SystemTimeSource().now() }

  private func open(_ database: TemporaryPostgreSQLDatabase) throws -> SQLDossierStore {
    try SQLDossierStore(.postgresql(database.localConfiguration), at: now)
  }

  @Test("loses nothing it acknowledged, doubles nothing, and delivers everything once it is back")
  func underLoad() throws {
    let database = server.makeDatabase()
    let store = try open(database)
    defer { store.close() }
    let senders = 3
    let perSender = 120
    let acknowledged = Mutex<[MessageKey]>([])
    let receipts = Mutex<[Receipt]>([])
    let delivered = Mutex<[DeliveryID: Int]>([:])
    let total = senders * perSender
    let sending = (0..<senders).map { sender in
      { @Sendable in
        for number in 0..<perSender {
          let key = MessageKey("\(sender)-\(number)")
          // As a real sender: the same again, under the same key, until there is a receipt.
          while true {
            let record = samples.message(DossierCode("D\(number % 17)"), body: key.text, key: key, to: ["x"], at: now)
            guard case .recorded(let messages)? = try? store.recordAndWait([record]) else { continue }
            acknowledged.withLock { $0.append(key) }
            receipts.withLock { $0.append(messages[0].receipt) }
            break
          }
        }
      }
    }
    let delivering = { @Sendable in
      var settlements: [Settlement] = []
      while delivered.withLock({ $0.count }) < total || !settlements.isEmpty {
        let exchange = DeliveryExchange(settlements: settlements, claims: ["x": 20], at: now)
        guard let claims = try? store.exchangeAndWait(exchange) else { continue }
        for claim in claims { delivered.withLock { $0[claim.id, default: 0] += 1 } }
        settlements = claims.map {
          Settlement(
            delivery: $0.id, epoch: $0.epoch, outcome: .accepted(alreadyThere: false), startedAt: now, endedAt: now)
        }
      }
    }
    let killing = { @Sendable in
      for step in 1...3 {
        // When a part of the work is done, so that there is work before and after.
        let isReached: Bool? = eventually(within: 60) {
          acknowledged.withLock { $0.count } >= step * total / 4 ? true : nil
        }
        #expect(isReached == true)
        server.kill()
        // One more sender, who cannot but notice: the others may all be waiting to learn what became of a commit.
        #expect(throws: StoreError.self) {
          try store.recordAndWait([samples.message("K", key: MessageKey("kill \(step)"), to: ["x"], at: now)])
        }
        server.start()
      }
    }
    try Crew.work(sending + [delivering, killing])
    #expect(Set(receipts.withLock { $0 }.map(\.id)).count == total)
    for receipt in receipts.withLock({ $0 }) {
      let message = try #require(try store.message(receipt.id))
      #expect(message.deliveries.map(\.state) == [.delivered])
    }
    #expect(delivered.withLock { $0 }.allSatisfy { $0.value == 1 }, "nobody was told twice to send the same")
    #expect(try store.messages(MessageFilter(), from: .start, limit: total + 1).messages.count == total)
    // Where everything was done before the last kill nobody writes after it: the store finds its server by itself.
    #expect(eventually { store.isWritable ? true : nil } == true)
  }

  @Test(
    "redpanda-ambiguous-commit-4666: finds out what became of a commit whose answer was lost, and tells the truth, once"
  )
  func lostAnswer() throws {
    let database = server.makeDatabase()
    let store = try open(database)
    defer { store.close() }
    // A commit waits for a standby that does not exist: it is on the disk and not answered.
    server.configure(["synchronous_standby_names = 'nobody'"])
    server.reload()
    let connection = try database.connect()
    let isSet: Bool? = try eventually {
      let setting = try connection.prepare("SELECT current_setting('synchronous_standby_names')")
      defer { setting.reset() }
      return try setting.step() && setting.text(0) == "nobody" ? true : nil
    }
    #expect(isSet == true)
    let record = samples.message("A", key: MessageKey("key 1"), to: ["x"], at: now)
    let outcome = Awaited<Result<RecordingOutcome, StoreError>>()
    store.record([record]) { outcome.bring($0) }
    let isWaiting: Bool? = try eventually {
      // The keeper's renewal waits as well; a batch also holds the lock of its dossier.
      let waiting = try connection.prepare(
        """
        SELECT 1 FROM pg_stat_activity AS a JOIN pg_locks AS l ON l.pid = a.pid AND l.locktype = 'advisory'
        WHERE a.wait_event = 'SyncRep' AND a.datname = current_database() LIMIT 1
        """)
      defer { waiting.reset() }
      return try waiting.step() ? true : nil
    }
    #expect(isWaiting == true)
    server.kill()
    server.configure(["synchronous_standby_names = ''"])
    server.start()
    guard case .recorded(let messages)? = try outcome.get(within: 60)?.get() else {
      return #expect(Bool(false), "no answer, or another one")
    }
    #expect(!messages[0].isDuplicate)
    #expect(try store.message(messages[0].receipt.id)?.deliveries.map(\.state) == [.ready])
    guard case .recorded(let again) = try store.recordAndWait([record]) else { return #expect(Bool(false)) }
    #expect(again[0].isDuplicate && again[0].receipt == messages[0].receipt)
  }

  @Test("takes the first change after a restart: nobody who was idle meanwhile notices it")
  func restartedWhileIdle() throws {
    let database = server.makeDatabase()
    let store = try open(database)
    defer { store.close() }
    for round in 1...3 {
      _ = try store.recordAndWait([samples.message(DossierCode("A\(round)"), to: ["x"], at: now)])
      #expect(try store.queue().map(\.count) == [round])
      server.kill()
      server.start()
    }
    _ = try store.recordAndWait([samples.message("B", to: ["x"], at: now)])
    #expect(try store.queue().map(\.count) == [4])
  }

  @Test(
    "svix-redis-nogroup-1844: says that it takes nothing while the server is away, and takes everything again by itself"
  )
  func away() throws {
    let database = server.makeDatabase()
    let store = try open(database)
    defer { store.close() }
    _ = try store.recordAndWait([samples.message("A", to: ["x"], at: now)])
    server.kill()
    let error = #expect(throws: StoreError.self) {
      try store.recordAndWait([samples.message("B", to: ["x"], at: now)])
    }
    #expect(error?.code == .unavailable && !store.isWritable)
    #expect(throws: StoreError.self) { try store.queue() }
    server.start()
    #expect(eventually { store.isWritable ? true : nil } == true, "without anybody writing")
    #expect(try store.queue().map(\.count) == [1])
    _ = try store.recordAndWait([samples.message("B", to: ["x"], at: now)])
  }
}
