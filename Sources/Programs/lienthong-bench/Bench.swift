import Glibc

/// `lienthong-bench`: measures the gateway on this machine, with everything it needs started by itself.
@main
struct Bench {
  static func main() {
    // The sink answers into sockets that the gateway may have closed.
    signal(SIGPIPE, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ arguments: [String]) -> Int32 {
    // What this program starts of itself for comparison.
    if (2...3).contains(arguments.count), arguments[0] == "relay", let port = Int(arguments[1]) {
      do { try BareRelay.serve(sinkPort: port, catalogue: arguments.count == 3 ? arguments[2] : nil) } catch {
        print("lienthong-bench relay: \(error)")
      }
      return 1
    }
    if arguments.first == "soak", let soak = SoakRun(parsing: Array(arguments.dropFirst())) {
      do {
        try soak.run()
        return 0
      } catch {
        print("lienthong-bench soak: \(error)")
        return 1
      }
    }
    guard let command = arguments.first, commands.contains(command) else {
      print(help)
      return arguments.isEmpty || arguments.contains("--help") ? 0 : 2
    }
    guard let options = LineOptions(parsing: Array(arguments.dropFirst())) else {
      print(help)
      return arguments.contains("--help") ? 0 : 2
    }
    do {
      switch command {
      case "line" where options.besideScript: try BesideBenchmark(options).run()
      case "line": try LineBenchmark(options).run()
      case "queue": try QueueBenchmark(options).run()
      case "backlog":
        try BacklogBenchmark(messages: options.messagesAsked ?? 1_000_000).run(postgresql: options.besidePostgreSQL)
      case "isolation": try IsolationBenchmark(options).run()
      case "memory": try LineBenchmark(options).runMemory()
      case "translate": try TranslateBenchmark(document: options.document).run()
      case "procedures": try ProceduresBenchmark(open: options.messagesAsked ?? 100_000).run()
      case "files": try FilesBenchmark(megabytes: options.megabytes).run()
      default: try LineBenchmark(options).runStations()
      }
      return 0
    } catch {
      print("lienthong-bench: \(error)")
      return 1
    }
  }

  private static let commands = [
    "line", "queue", "backlog", "isolation", "stations", "memory", "translate", "files", "procedures",
  ]

  static let help = """
    Usage: lienthong-bench line [--messages N] [--connections N] [--rounds N] [--threads N] [--document FILE] [--store FILE]
           lienthong-bench line --beside script [--messages N] [--connections N] [--rounds N]
           lienthong-bench queue [--messages N] [--connections N] [--rounds N]
           lienthong-bench backlog [--messages N] [--beside postgresql]
           lienthong-bench isolation [--messages N]
           lienthong-bench stations [--document FILE]
           lienthong-bench memory [--messages N] [--connections N] [--document FILE]
           lienthong-bench translate [--document FILE]
           lienthong-bench files [--megabytes N]
           lienthong-bench procedures [--messages N]
           lienthong-bench soak [--steps N] [--seed S]

    Starts a gateway (the lienthong beside this program) on a fresh database, a sink that answers like an agency, and a
    load generator, all on this machine; sends N different generation-A dossiers over keep-alive connections, and waits until
    each is delivered as XML and that is on the disk. Both schemas are checked for each message. In turn with the gateway
    stands a process that makes the bare library calls for the same documents under the same load; then the stations and
    the calls are timed one by one, in the same run.

    line --beside script: XML in, XSD, translation, XSD, XML out, in turns: the gateway on SQLite, on PostgreSQL, and the
      script that an engineer would write instead (Tests/Fixtures/bench/line/gateway.py).
    queue: durable accepts through the store on both databases, in turns with the disk, the databases bare, Postfix and
      RabbitMQ, where Debian's packages of them are installed.
    backlog: a start with N messages queued (1,000,000 unless told): first delivery, search, memory.
    isolation: a hundred agencies of which one is dead, or slow: what the others notice.
    stations: the last part alone, one thread, no server.
    translate: parse, validate and translate one document, rows beside the same translation in libxslt, xsltproc, xmllint
    and Python's lxml, jsonschema and fastjsonschema where Debian's packages of them are installed.
    soak: the engine with a simulated disk, network, clock and partners, world after world with faults, until N steps are
      spent (10,000,000 unless told) or a promise is broken; the same seed is the same world.
    memory: how much the gateway grows while N messages queue up for an agency that is down.
    procedures: events of procedures while N (100,000 unless told) are open, and while few are.
    files: how fast one large file goes in and out, and how much the gateway grows with it; 1024 MiB unless told.

      --messages N      per round; 20000 unless told
      --connections N   of the generator; 64 unless told, beside the script 64 and 128 in turns
      --rounds N        3 unless told; the median is the result
      --threads N       HTTP threads of the gateway; one for each core unless told
      --document FILE   the dossier to vary; Tests/Fixtures/bench/ho-so-8k.json unless told
      --store FILE      `store:` of a site, with an empty database: the line on PostgreSQL; one round

    How to read it, and the last figures: Sources/Gateway/Gateway.docc/Benchmarks.md. Exit codes: 0 measured · 1 it failed · 2 the call is wrong
    """
}
