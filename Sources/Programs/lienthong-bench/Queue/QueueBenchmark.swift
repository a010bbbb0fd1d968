import DossierStore
import GatewayTesting
import Glibc
import SQLKit

/// Durable accepts a second through the store, in turns with what its databases can do bare, with the disk, and with the
/// queues that people would take instead.
///
/// Everything gets messages of the same size and has the same number of them without an answer at once. The store keeps a
/// message twice, as it came and as it will be sent; that is compared with bare inserts of both and of one.
final class QueueBenchmark {
  private static let bytes = 8_192
  private let options: LineOptions
  private var rates: [String: [Double]] = [:]
  private var names: [String] = []
  private var batches: [Double] = []

  private static let sqlite = "the store on SQLite"
  private static let postgresql = "the store on PostgreSQL"
  private static let bareSQLite = "bare SQLite, both rows"
  private static let barePostgreSQL = "bare PostgreSQL, both rows"

  init(_ options: LineOptions) { self.options = options }

  func run() throws {
    print(
      "durable accepts of \(Self.bytes) bytes, at most \(options.connections) without an answer; "
        + "\(options.rounds) rounds in turns; load before: \(MachineLoad.text)")
    let server =
      DebianPackage.areInstalled(["postgresql-15"], for: "PostgreSQL") ? BenchPostgreSQL.start() : nil
    defer { server?.stop() }
    var mail: MailQueue?
    if geteuid() != 0 {
      print("left out: Postfix, which starts as root only")
    } else if DebianPackage.areInstalled(MailQueue.packages, for: "Postfix") {
      mail = try MailQueue()
    }
    defer { mail?.stop() }
    let broker = DebianPackage.areInstalled(Broker.packages, for: "RabbitMQ") ? try Broker() : nil
    defer { broker?.stop() }
    for number in 1...options.rounds {
      try measureSQLite()
      if let server { try measurePostgreSQL(server) }
      if let mail {
        try note("Postfix, smtp-source to discard") {
          try mail.measure(messages: options.messages / 4, connections: options.connections, bytes: Self.bytes)
        }
      }
      if let broker {
        try note("RabbitMQ, quorum queue of one node, confirms (pika)") {
          try broker.measure(messages: options.messages / 2, inFlight: options.connections, bytes: Self.bytes)
        }
      }
      print("round \(number) done; load: \(MachineLoad.text)")
      fflush(nil)
    }
    report()
  }

  private func measureSQLite() throws {
    let folder = try BenchFolder()
    defer { folder.remove() }
    try note("the disk: 8 KiB appended, fdatasync each") {
      try RawWrites.measure(in: folder.path, bytes: Self.bytes, batch: 1)
    }
    let accepts = try StoreAccepts.measure(
      .sqlite(path: folder.path + "/store.sqlite"), messages: options.messages, inFlight: options.connections,
      bytes: Self.bytes)
    batches.append(accepts.batch)
    note(Self.sqlite, accepts.perSecond)
    let batch = max(1, Int(accepts.batch.rounded()))
    try note("the disk: as many to an fdatasync as the store to a commit") {
      try RawWrites.measure(in: folder.path, bytes: Self.bytes, batch: batch)
    }
    for (name, kept) in [(Self.bareSQLite, BareInserts.Kept.messageAndDelivery), ("bare SQLite, one row", .message)] {
      try note(name) {
        let database = try SQLiteDatabase(path: folder.path + "/\(kept).sqlite", options: .asSQLiteComes)
        return try BareInserts.measure(database, messages: options.messages, batch: batch, bytes: Self.bytes, kept)
      }
    }
  }

  private func measurePostgreSQL(_ server: TemporaryPostgreSQL) throws {
    let database = server.makeDatabase()
    let accepts = try StoreAccepts.measure(
      .postgresql(database.configuration), messages: options.messages, inFlight: options.connections, bytes: Self.bytes)
    note(Self.postgresql, accepts.perSecond)
    let batch = max(1, Int(accepts.batch.rounded()))
    let kinds = [(Self.barePostgreSQL, BareInserts.Kept.messageAndDelivery), ("bare PostgreSQL, one row", .message)]
    for (name, kept) in kinds {
      let bare = server.makeDatabase()
      try note(name) {
        try BareInserts.measure(
          bare.connect(), messages: options.messages, batch: batch, bytes: Self.bytes, kept)
      }
    }
  }

  private func note(_ name: String, _ measure: () throws -> Double) rethrows { note(name, try measure()) }

  private func note(_ name: String, _ rate: Double) {
    if rates[name] == nil { names.append(name) }
    rates[name, default: []].append(rate)
  }

  private func report() {
    let batch = Figures.one(PairedTime.median(batches))
    print("\nmedians, messages a second; \(batch) messages to a commit of the store on SQLite:")
    for name in names {
      let rate = Figures.whole(PairedTime.median(rates[name] ?? []))
      let ratios = zip(rates[Self.sqlite] ?? [], rates[name] ?? []).map { $0 / $1 }
      print(
        "  \(name)" + String(repeating: " ", count: max(1, 66 - name.count - rate.count)) + rate
          + "   the store on SQLite makes \(Figures.two(PairedTime.median(ratios))) × of it")
    }
    compare(Self.sqlite, with: Self.bareSQLite, bar: "at least 0.6")
    compare(Self.postgresql, with: Self.barePostgreSQL, bar: nil)
    print("load after: \(MachineLoad.text)")
  }

  private func compare(_ name: String, with other: String, bar: String?) {
    guard let ours = rates[name], let theirs = rates[other] else { return }
    let ratio = PairedTime.median(zip(ours, theirs).map { $0 / $1 })
    print("\(name) beside \(other): \(Figures.two(ratio)) ×" + (bar.map { " (bar: \($0))" } ?? ""))
  }
}
