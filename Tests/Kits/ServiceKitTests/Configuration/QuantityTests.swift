import Testing

@testable import ServiceKit

@Suite("Quantities with units")
struct QuantityTests {
  @Test(
    "Durations",
    arguments: [
      ("0s", Duration.zero), ("500ms", .milliseconds(500)), ("10s", .seconds(10)), ("5m", .seconds(300)),
      ("2h", .seconds(7_200)), ("30d", .seconds(2_592_000)), ("007s", .seconds(7)),
    ])
  func durations(text: String, value: Duration) throws {
    #expect(try Quantity.duration(text) == value)
  }

  @Test(
    "Sizes", arguments: [("512B", 512), ("64KiB", 65_536), ("16MiB", 16_777_216), ("1GiB", 1 << 30), ("8TiB", 1 << 43)])
  func sizes(text: String, value: Int) throws {
    #expect(try Quantity.byteCount(text) == value)
  }

  @Test(
    "Anything else is refused",
    arguments: [
      ("", ConfigurationError.Code.wrongType), ("s", .wrongType), ("-1s", .wrongType), ("10", .badUnit),
      ("10 s", .badUnit),
      ("10S", .badUnit), ("1.5s", .badUnit), ("1h30m", .badUnit), ("10µs", .badUnit), ("10sec", .badUnit),
      ("99999999999999999999s", .outOfRange), ("9223372036854775807d", .outOfRange), ("１０s", .wrongType),
    ])
  func refused(text: String, code: ConfigurationError.Code) {
    let fault = #expect(throws: ConfigurationFault.self) { try Quantity.duration(text) }
    #expect(fault?.code == code)
  }

  @Test("Sizes in powers of ten are refused", arguments: ["10MB", "10M", "10kB", "10K", "10KB", "10kib", "10"])
  func powersOfTen(text: String) {
    let fault = #expect(throws: ConfigurationFault.self) { try Quantity.byteCount(text) }
    #expect(fault?.code == .badUnit)
  }

  @Test("A quantity is written in its largest exact unit")
  func writing() throws {
    #expect(Quantity.text(.milliseconds(1_500)) == "1500ms")
    #expect(Quantity.text(.seconds(3_600)) == "1h")
    #expect(Quantity.text(.zero) == "0s")
    #expect(Quantity.text(bytes: 1_048_576) == "1MiB")
    #expect(Quantity.text(bytes: 1_025) == "1025B")
    #expect(Quantity.text(bytes: 0) == "0B")
  }
}
