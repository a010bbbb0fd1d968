import Glibc

/// A hundred agencies of which one is dead, or slow: what the others notice of it.
///
/// Four gateways stand side by side that differ in nothing but one agency, to which every fourth message goes. They get
/// the same load in turns of a few seconds, so that whatever else the machine does falls on all of them; how far it does not
/// is seen by the second of the two whose agency is well.
final class IsolationBenchmark {
  private static let turnSeconds = 5.0
  private static let rate = 200.0
  private let turns: Int
  private let template: MessageTemplate

  init(_ options: LineOptions) throws {
    turns = options.messagesAsked.map { max(2, $0 / Int(Self.rate * Self.turnSeconds)) } ?? 12
    guard let template = MessageTemplate(document: try BenchFile.read(options.document)) else {
      throw BenchError("\(options.document) is no dossier with a MaHoSo that ends in a number")
    }
    self.template = template
  }

  func run() throws {
    let slice = Int(Self.rate * Self.turnSeconds)
    print(
      "\(IsolationSite.agencies) agencies, every \(IsolationSite.patientPeriod)th message to one of them, "
        + "\(Figures.whole(Self.rate)) messages/s in \(turns) turns of \(Figures.whole(Self.turnSeconds)) s; load before: "
        + MachineLoad.text)
    var sites: [IsolationSite] = []
    defer { sites.forEach { $0.stop() } }
    for patient in IsolationSite.Patient.allCases {
      sites.append(try IsolationSite(patient, count: slice * (turns + 1)))
    }
    var times = [[[Double]]](repeating: [], count: sites.count)
    // From the end of the first turn on, so that what a backlog costs while nobody sends is in it.
    var used = [Double](repeating: 0, count: sites.count)
    for turn in 0...turns {
      // Another one begins each turn, so that none is always the one after another.
      for place in sites.indices {
        let index = (place + turn) % sites.count
        let numbers = turn * slice..<(turn + 1) * slice
        let found = try sites[index].measure(numbers, rate: Self.rate) { port in
          LineLoad.generator(port: port, template: template, contentType: "application/json")
        }
        // The first turn warms up and lets the dead one be noticed.
        if turn > 0 { times[index].append(found.sorted()) }
      }
      if turn == 0 { used = sites.map { -$0.cpuSeconds } }
    }
    for (index, site) in sites.enumerated() {
      report(site.name, times[index], beside: times[0])
      print("  processor a message: \(Figures.whole((used[index] + site.cpuSeconds) * 1e6 / Double(slice * turns))) µs")
    }
    print("load after: \(MachineLoad.text)")
  }

  private func report(_ name: String, _ turns: [[Double]], beside well: [[Double]]) {
    func at(_ share: Double, _ sorted: [Double]) -> Double { sorted[Int(Double(sorted.count) * share)] }
    let all = turns.flatMap(\.self).sorted()
    let ratios = zip(turns, well).map { at(0.99, $0) / at(0.99, $1) }
    let together = at(0.99, all) / at(0.99, well.flatMap(\.self).sorted())
    print(
      "one is \(name): the others, from sent to delivered: p50 \(Figures.two(at(0.5, all) * 1e3)) ms, "
        + "p99 \(Figures.two(at(0.99, all) * 1e3)) ms; p99 beside all well: \(percent(together)) (bar +5 %), of a turn, "
        + "median: \(percent(PairedTime.median(ratios)))")
  }

  private func percent(_ ratio: Double) -> String {
    let change = (ratio - 1) * 100
    return (change < 0 ? "" : "+") + Figures.one(change) + " %"
  }
}
