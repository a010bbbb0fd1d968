import Reception
import Testing

@Suite("The W3C traceparent header")
struct TraceParentTests {
  private static let trace = "0af7651916cd43dd8448eb211c80319c"

  @Test("a well-formed one is kept as it came")
  func kept() {
    let value = "00-\(Self.trace)-b7ad6b7169203331-01"
    #expect(TraceParent.accepted(value) == value)
  }

  @Test(
    "anything else is left out",
    arguments: [
      nil, "", "00-\(trace)-b7ad6b7169203331", "01-\(trace)-b7ad6b7169203331-01",
      "ff-\(trace)-b7ad6b7169203331-01", "00-\(trace)-b7ad6b7169203331-01-x",
      "00-\(trace.uppercased())-b7ad6b7169203331-01", "00-\(trace.dropLast())-b7ad6b7169203331-01",
      "00-00000000000000000000000000000000-b7ad6b7169203331-01", "00-\(trace)-0000000000000000-01",
      "00-\(trace)-b7ad6b716920333g-01", "00-\(trace)-b7ad6b7169203331-1",
    ])
  func leftOut(value: String?) {
    #expect(TraceParent.accepted(value) == nil)
  }
}
