import Glibc
import ServiceKit
import Testing
import ThreadKit

@Suite("Metrics")
struct MetricsTests {
  private func text(_ metrics: Metrics) -> String { String(decoding: metrics.exposition(), as: UTF8.self) }

  @Test("The exposition is Prometheus' text format, sorted by name")
  func exposition() {
    let metrics = Metrics()
    let received = metrics.counters("messages_received_total", "Messages\nreceived \\ accepted.", labels: ["party"])
    let waiting = metrics.gauge("deliveries_waiting", "Deliveries waiting.")
    metrics.gauge("answer", "Read when asked.") { 42.5 }
    metrics.gauge("absent", "Not there just now.") { nil }
    metrics.counter("elsewhere_total", "Kept elsewhere.") { 7 }
    received.labelled("sở-tư-pháp \"HN\"\n\\").increment(by: 2)
    received.labelled("bxd").increment()
    waiting.set(3)
    waiting.increment()
    waiting.add(-0.5)
    #expect(
      text(metrics) == #"""
        # HELP absent Not there just now.
        # TYPE absent gauge
        # HELP answer Read when asked.
        # TYPE answer gauge
        answer 42.5
        # HELP deliveries_waiting Deliveries waiting.
        # TYPE deliveries_waiting gauge
        deliveries_waiting 3.5
        # HELP elsewhere_total Kept elsewhere.
        # TYPE elsewhere_total counter
        elsewhere_total 7
        # HELP messages_received_total Messages\nreceived \\ accepted.
        # TYPE messages_received_total counter
        messages_received_total{party="bxd"} 1
        messages_received_total{party="sở-tư-pháp \"HN\"\n\\"} 2
        # HELP metrics_series_refused_total Times a label combination beyond a metric's limit was counted as ‘other’.
        # TYPE metrics_series_refused_total counter
        metrics_series_refused_total 0

        """#)
  }

  @Test("A histogram counts a value at its bound in that bound's range, and tells cumulative counts, sum and count")
  func histogram() {
    let metrics = Metrics()
    let seconds = metrics.histograms(
      "delivery_seconds", "How long.", .durations([.milliseconds(5), .seconds(1)]), labels: ["destination"])
    let bytes = metrics.histogram("body_bytes", "How large.", .wholeNumbers([10, 20]))
    let bxd = seconds.labelled("bxd")
    for duration in [Duration.milliseconds(5), .microseconds(5_001), .seconds(1), .milliseconds(1_001)] {
      bxd.observe(duration)
    }
    bytes.observe(10)
    bytes.observe(11)
    let lines = text(metrics).split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.hasPrefix("metrics") }
    #expect(
      lines == [
        #"body_bytes_bucket{le="10"} 1"#, #"body_bytes_bucket{le="20"} 2"#, #"body_bytes_bucket{le="+Inf"} 2"#,
        "body_bytes_sum 21", "body_bytes_count 2",
        #"delivery_seconds_bucket{destination="bxd",le="0.005"} 1"#,
        #"delivery_seconds_bucket{destination="bxd",le="1"} 3"#,
        #"delivery_seconds_bucket{destination="bxd",le="+Inf"} 4"#,
        #"delivery_seconds_sum{destination="bxd"} 2.011001"#, #"delivery_seconds_count{destination="bxd"} 4"#,
      ])
  }

  @Test("A counter loses nothing when eight threads hammer on it at the same moment")
  func hammeredCounter() {
    let counter = Metrics().counter("blows_total", "Blows.")
    let gate = Latch()
    let threads = (0..<8).map { _ in
      WorkerThread(name: "hammer") {
        gate.wait()
        for _ in 0..<1_000_000 { counter.increment() }
      }
    }
    gate.set()
    #expect(threads.allSatisfy { $0.join(deadline: .seconds(60)) })
    #expect(counter.value == 8_000_000)
  }

  @Test("Eight threads at once lose no count, no observation and no change of a gauge")
  func concurrency() {
    let metrics = Metrics()
    let counters = metrics.counters("things_total", "Things.", labels: ["kind"])
    let gauge = metrics.gauge("level", "Level.")
    let histogram = metrics.histogram("work_seconds", "Work.", .latency)
    let threads = (0..<8).map { number in
      WorkerThread(name: "counting") {
        let counter = counters.labelled(number.isMultiple(of: 2) ? "even" : "odd")
        for turn in 0..<20_000 {
          counter.increment()
          gauge.increment()
          if turn.isMultiple(of: 2) { gauge.decrement() }
          histogram.observe(.milliseconds(turn % 100))
        }
      }
    }
    // Exposing meanwhile must neither crash nor go backwards.
    var last: UInt64 = 0
    for _ in 0..<50 {
      _ = metrics.exposition()
      let now = histogram.count
      #expect(now >= last)
      last = now
    }
    #expect(threads.allSatisfy { $0.join(deadline: .seconds(60)) })
    #expect(counters.labelled("even").value == 80_000)
    #expect(counters.labelled("odd").value == 80_000)
    #expect(gauge.value == 80_000)
    #expect(histogram.count == 160_000)
    #expect(text(metrics).contains("work_seconds_sum 7920\n"))
  }

  @Test("Limit: label combinations; those beyond share one series called other, and the refusals are counted")
  func seriesLimit() {
    let metrics = Metrics()
    let family = metrics.counters("hits_total", "Hits.", labels: ["path", "code"], seriesLimit: 2)
    family.labelled("a", "200").increment()
    family.labelled("b", "200").increment()
    family.labelled("c", "200").increment()
    family.labelled("d", "404").increment(by: 5)
    family.labelled("a", "200").increment()
    let output = text(metrics)
    #expect(output.contains(#"hits_total{path="a",code="200"} 2"#))
    #expect(output.contains(#"hits_total{path="b",code="200"} 1"#))
    #expect(output.contains(#"hits_total{path="other",code="other"} 6"#))
    #expect(!output.contains(#"path="c""#) && !output.contains(#"path="d""#))
    #expect(output.contains("metrics_series_refused_total 2\n"))
  }

  @Test("A label that says other of its own accord shares the series and does not make a second one")
  func otherLabel() {
    let metrics = Metrics()
    let family = metrics.counters("hits_total", "Hits.", labels: ["path"], seriesLimit: 1)
    family.labelled("other").increment()
    family.labelled("x").increment()
    #expect(text(metrics).contains(#"hits_total{path="other"} 2"#))
    #expect(text(metrics).split(separator: "\n").filter { $0.hasPrefix("hits_total{") }.count == 1)
  }

  @Test(
    "Names that break the rules, a name twice and a histogram of the wrong unit stop the program at its start",
    arguments: 0..<7)
  func mistakes(number: Int) async {
    await #expect(processExitsWith: .failure) { [number] in
      let metrics = Metrics()
      switch number {
      case 0: _ = metrics.counter("hits", "No _total.")
      case 1: _ = metrics.gauge("1st", "Begins with a digit.")
      case 2: _ = metrics.gauges("x", "A bad label.", labels: ["a-b"])
      case 3: _ = metrics.gauges("x", "A reserved label.", labels: ["__name__"])
      case 4: _ = metrics.histogram("x_bytes", "Durations.", .latency)
      case 5: metrics.histogram("x_bytes", "Bytes.", .size).observe(.seconds(1))
      default:
        _ = metrics.gauge("x", "Once.")
        _ = metrics.gauge("x", "Twice.")
      }
      _exit(0)
    }
  }

  @Test("The process tells its processor time, memory, descriptors and start")
  func process() throws {
    let metrics = Metrics()
    metrics.registerProcess()
    func value(_ name: String) throws -> Double {
      let line = text(metrics).split(separator: "\n").first { $0.hasPrefix(name + " ") }
      return try #require(line?.split(separator: " ").last.flatMap { Double($0) }, "\(name)")
    }
    #expect(try value("process_resident_memory_bytes") > 1_000_000)
    #expect(try value("process_cpu_seconds_total") > 0)
    #expect(try value("process_open_fds") >= 3)
    #expect(try value("process_max_fds") >= value("process_open_fds"))
    let start = try value("process_start_time_seconds")
    #expect(start > 1_700_000_000 && start <= Double(time(nil)) + 1)
  }
}
