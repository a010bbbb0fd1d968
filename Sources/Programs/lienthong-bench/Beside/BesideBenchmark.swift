import GatewayTesting
import Glibc
import XMLKit

/// XML in, XSD, translation, XSD, XML out: the gateway on both stores and the script that an engineer would write
/// instead, in turns, with the same messages, generator and sink.
///
/// Each is asked by few senders and by many, who wait for their answers, and compared with the same number of them and
/// with the number that suits each best: how many senders a side needs until it has enough to do is its own affair.
///
/// The gateway translates by its mappings, through the canonical dossier; the script by one stylesheet that writes the
/// same document, which is compared.
final class BesideBenchmark {
  /// How many senders there are, one number after the other, unless one is asked for.
  private static let crowds = [64, 128]

  private let options: LineOptions
  private let crowds: [Int]
  private let template: MessageTemplate
  private let catalogue: XMLCatalogue

  private enum Side: String, CaseIterable {
    case sqlite = "gateway on SQLite"
    case postgresql = "gateway on PostgreSQL"
    case script = "the script"
  }

  init(_ options: LineOptions) throws {
    self.options = options
    crowds = options.connectionsAsked.map { [$0] } ?? Self.crowds
    catalogue = try XMLCatalogue(project: BenchFile.currentFolder())
    let document = XMLCatalogue.fixtures + "/ho-so-8k.xml"
    guard let template = MessageTemplate(xml: try BenchFile.read(document)) else {
      throw BenchError("\(document) is no dossier with a MaHoSo that ends in a number")
    }
    self.template = template
  }

  func run() throws {
    var sides = [Side.sqlite]
    if DebianPackage.areInstalled(["postgresql-15"], for: Side.postgresql.rawValue) { sides.append(.postgresql) }
    if DebianPackage.areInstalled(ScriptContender.packages, for: Side.script.rawValue) { sides.append(.script) }
    print(
      "\(template.byteCount) bytes of XML in, XSD, translation, XSD, XML out; \(options.messages) messages a round, "
        + "\(crowds.map(String.init).joined(separator: " and ")) connections; everything on \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores; "
        + "load before: \(MachineLoad.text)")
    let server = sides.contains(.postgresql) ? BenchPostgreSQL.start() : nil
    defer { server?.stop() }
    var rounds: [Side: [[LineRound]]] = [:]
    for number in 1...options.rounds {
      var samples: [[UInt8]] = []
      for side in sides { rounds[side, default: []].append([]) }
      for connections in crowds {
        for side in sides {
          let (round, sample) = try measure(side, connections, server)
          print("round \(number), \(side.rawValue), \(connections) connections: \(round.text)")
          fflush(nil)
          rounds[side]?[number - 1].append(round)
          if let sample { samples.append(try XMLDocument(parsing: sample).canonicalised(.inclusive)) }
        }
      }
      guard samples.count == sides.count * crowds.count, samples.allSatisfy({ $0 == samples[0] }) else {
        throw BenchError("the sides did not deliver the same document")
      }
    }
    print("\nmedians; every side delivered the same document:")
    for side in sides {
      for (index, connections) in crowds.enumerated() {
        let median = Self.median((rounds[side] ?? []).map { $0[index] })
        print("  \(side.rawValue), \(connections) connections: \(median.text)")
      }
    }
    let cpu = crowds.indices.map { index in
      let median = Self.median((rounds[.sqlite] ?? []).map { $0[index] })
      return "\(Figures.whole(median.cpuMicroseconds)) µs with \(crowds[index]) connections"
    }
    print("processor a message, gateway on SQLite: \(cpu.joined(separator: ", ")) (bar 350)")
    compare(.sqlite, with: .script, rounds, bar: "at least 3")
    compare(.postgresql, with: .sqlite, rounds, bar: "at least 0.5")
    print("load after: \(MachineLoad.text)")
  }

  private static func median(_ rounds: [LineRound]) -> LineRound {
    rounds.sorted { $0.messagesPerSecond < $1.messagesPerSecond }[rounds.count / 2]
  }

  /// - Parameter rounds: of each side, and in each round one for each number of connections.
  private func compare(_ side: Side, with other: Side, _ rounds: [Side: [[LineRound]]], bar: String) {
    guard let ours = rounds[side], let theirs = rounds[other] else { return }
    print("\(side.rawValue) beside \(other.rawValue), median of the rounds (bar: \(bar) × the messages/s):")
    for (index, connections) in crowds.enumerated() {
      let pairs = zip(ours, theirs).map { ($0[index], $1[index]) }
      print("  \(connections) connections: \(Self.ratios(pairs))")
    }
    guard crowds.count > 1 else { return }
    print(
      "  each with those that suit it best: \(Self.ratios(zip(ours, theirs).map { (Self.best($0), Self.best($1)) }))")
  }

  private static func best(_ rounds: [LineRound]) -> LineRound {
    rounds.max { $0.messagesPerSecond < $1.messagesPerSecond }!
  }

  private static func ratios(_ pairs: [(LineRound, LineRound)]) -> String {
    let rates = pairs.map { $0.messagesPerSecond / $1.messagesPerSecond }
    let costs = pairs.map { $0.cpuMicroseconds / $1.cpuMicroseconds }
    return "\(Figures.two(PairedTime.median(rates))) × the messages/s, \(Figures.two(PairedTime.median(costs))) × the "
      + "processor a message"
  }

  private func measure(
    _ side: Side, _ connections: Int, _ server: TemporaryPostgreSQL?
  ) throws -> (round: LineRound, sample: [UInt8]?) {
    let database = side == .postgresql ? server?.makeDatabase() : nil
    var options = options
    options.connections = connections
    return try LineLoad(options, template: template, contentType: "application/xml").measure { sinkPort in
      if side == .script { return try ScriptContender(sinkPort: sinkPort) }
      return try GatewayContender(
        BenchSite(
          catalogue: catalogue.path, agencies: [BenchSite.Agency(sinkPort: sinkPort)], sends: XMLCatalogue.messageType,
          threads: options.threads, store: database.map(BenchPostgreSQL.site)))
    }
  }
}
