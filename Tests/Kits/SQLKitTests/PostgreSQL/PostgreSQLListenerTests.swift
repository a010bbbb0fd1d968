import GatewayTesting
import SQLKit
import Testing
import ThreadKit

@Suite("A PostgreSQL listener", .serialized)
struct PostgreSQLListenerTests {
  @Test("hears what other sessions say once their transaction is committed, on its own channels only")
  func hears() throws {
    let place = TemporaryPostgreSQL.shared.makeDatabase()
    let heard = Mailbox<String>()
    let listener = PostgreSQLListener(place.configuration, channels: ["ready", "other"]) { event in
      heard.put(Self.word(event))
    }
    defer { listener.stop() }
    #expect(next(heard) == "listening")
    let database = try place.connect()
    try database.transaction { () throws(SQLError) in
      try database.run("SELECT pg_notify('ready', ?)", .text("sở tư pháp"))
      try database.run("SELECT pg_notify('elsewhere', 'x')")
      _ = try database.number("SELECT 1")
      #expect(heard.takeAll(timeout: .milliseconds(30)).isEmpty)
    }
    try database.run("SELECT pg_notify('other', '')")
    #expect(next(heard) == "ready: sở tư pháp")
    #expect(next(heard) == "other: ")
  }

  @Test("connects again after the server was lost, and says that it may have missed something")
  func reconnects() throws {
    let server = TemporaryPostgreSQL()
    let heard = Mailbox<String>()
    let listener = PostgreSQLListener(server.configuration(database: "postgres"), channels: ["ready"]) { event in
      heard.put(Self.word(event))
    }
    defer { listener.stop() }
    #expect(next(heard) == "listening")
    server.kill()
    #expect(next(heard) == "lost: connectionLost")
    #expect(next(heard) == "lost: cannotOpen")
    server.start()
    while let word = next(heard), word != "listening" { #expect(word == "lost: cannotOpen") }
    try PostgreSQLDatabase(server.configuration(database: "postgres")).run("SELECT pg_notify('ready', 'again')")
    #expect(next(heard) == "ready: again")
  }

  @Test("ends at once when it is told to, connected or not")
  func ends() throws {
    let heard = Mailbox<String>()
    var configuration = TemporaryPostgreSQL.shared.configuration(database: "postgres")
    let connected = PostgreSQLListener(configuration, channels: ["ready"]) { heard.put(Self.word($0)) }
    #expect(next(heard) == "listening")
    connected.stop()
    configuration.hosts = [.init("127.0.0.1", port: 1)]
    let alone = PostgreSQLListener(configuration, channels: ["ready"]) { heard.put(Self.word($0)) }
    #expect(next(heard) == "lost: cannotOpen")
    alone.stop()
  }

  private func next(_ heard: Mailbox<String>) -> String? {
    heard.takeAll(limit: 1, timeout: .seconds(30)).first
  }

  @Sendable private static func word(_ event: PostgreSQLListener.Event) -> String {
    switch event {
    case .listening: "listening"
    case .notified(let channel, let payload): "\(channel): \(payload)"
    case .lost(let error): "lost: \(error.code.rawValue)"
    }
  }
}
