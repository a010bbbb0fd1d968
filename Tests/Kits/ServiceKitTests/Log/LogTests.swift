import DocumentKit
import ServiceKit
import Synchronization
import Testing

@Suite("Log: what a line holds")
struct LogTests {
  private let clock = ManualTimeSource(now: Timestamp(microseconds: 1_795_162_530_123_456))
  private let memory = LogMemory()

  private func log(_ format: LogFormat, level: LogLevel = .debug) -> Log {
    Log(level: level, format: format, output: memory, time: clock)
  }

  @Test("logfmt: time, level, event, then the fields in their order")
  func logfmt() {
    log(.logfmt).info(
      "delivery-deferred",
      [
        .destination("bxd"), .dossier("000.00.01.H26-241120-0001"), .attempt(3), .duration(.milliseconds(1_250)),
        .due(Timestamp(seconds: 0)), .reason("the partner is busy"), .enabled(true), .fingerprint([0x0A, 0xFF]),
        .address("192.0.2.1"), .port(8_443), .path("/etc/lienthong/gateway.yaml"), .status(503),
      ])
    #expect(
      memory.lines == [
        "time=2026-11-20T08:15:30.123Z level=info event=delivery-deferred destination=bxd "
          + "dossier=000.00.01.H26-241120-0001 attempt=3 seconds=1.250000 due=1970-01-01T00:00:00.000Z "
          + "reason=\"the partner is busy\" enabled=true fingerprint=0aff address=192.0.2.1 port=8443 "
          + "path=/etc/lienthong/gateway.yaml status=503"
      ])
  }

  @Test("JSON: one object a line, numbers as numbers, texts escaped")
  func json() {
    log(.json).warning(
      "queue-long", [.count(12), .reason("say \"stop\" \\ now"), .age(.microseconds(-1)), .state("held")])
    #expect(
      memory.lines == [
        #"{"time":"2026-11-20T08:15:30.123Z","level":"warning","event":"queue-long","count":12,"#
          + #""reason":"say \"stop\" \\ now","age":-0.000001,"state":"held"}"#
      ])
  }

  @Test("Every field has a key of its own, and every line of every field is one JSON object")
  func allFields() throws {
    let fields: [LogField] = [
      .message("m"), .delivery("d"), .dossier("h"), .procedure("p"), .request("r"), .party("a"), .destination("b"),
      .profile("c"), .mapping("e"), .schema("f"), .rule("g"), .service("i"), .node("j"), .version("1.0"), .state("k"),
      .outcome("l"), .method("POST"), .status(200), .reason("n"), .enabled(false), .count(1), .attempt(2), .bytes(3),
      .limit(4), .suppressed(5), .seed(.max), .duration(.seconds(1)), .age(.seconds(2)), .due(.epoch),
      .address("::1"), .port(1), .path("/x"), .line(1), .column(2), .error(LogTestError.plain), .errorCode("q"),
      .systemError(2), .signal(15), .exitCode(1), .fingerprint([1]),
    ]
    var limits = LogLimits()
    limits.fields = fields.count
    Log(format: .json, output: memory, time: clock, limits: limits).error("all", fields)
    // Every YAML reader reads JSON, and ours refuses a key that is there twice.
    let line = try YAMLDocument(parsing: memory.lines[0], file: "line").root.readMapping()
    #expect(line.count == 3 + fields.count)
    #expect(!memory.lines[0].contains("‹refused›"))
  }

  @Test("Lines below the level are not written and their fields not made; the level can be changed")
  func levels() {
    let made = Mutex(0)
    func fields() -> [LogField] {
      made.withLock { $0 += 1 }
      return []
    }
    let log = log(.logfmt, level: .warning)
    log.debug("a", fields())
    log.info("b", fields())
    #expect(made.withLock { $0 } == 0)
    log.warning("c", fields())
    log.level = .debug
    log.debug("d", fields())
    log.level = .off
    log.error("e", fields())
    #expect(memory.lines.map { $0.suffix(1) } == ["c", "d"])
    #expect(made.withLock { $0 } == 2)
  }

  @Test("Limit: fields of a line")
  func fieldsLimit() {
    var limits = LogLimits()
    limits.fields = 2
    Log(output: memory, time: clock, limits: limits).info("x", [.count(1), .bytes(2), .port(3)])
    #expect(memory.lines[0].hasSuffix("count=1 bytes=2"))
  }
}

enum LogTestError: Error {
  case plain
  case telling(String)
}
