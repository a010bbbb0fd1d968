import HTTPKit
import Testing

@Suite("Ranges of addresses")
struct AddressRangeTests {
  @Test(
    "hold every address of their prefix and none beside it",
    arguments: [
      (
        "10.20.0.0/16", ["10.20.0.0", "10.20.255.255", "::ffff:10.20.3.4"], ["10.19.255.255", "10.21.0.0", "::a14:304"]
      ),
      ("192.0.2.64/27", ["192.0.2.64", "192.0.2.95"], ["192.0.2.63", "192.0.2.96"]),
      ("192.0.2.7", ["192.0.2.7"], ["192.0.2.6", "192.0.2.8", "", "một cửa", "192.0.2.7/32"]),
      ("0.0.0.0/0", ["203.0.113.9"], ["2001:db8::1"]),
      ("2001:db8::/33", ["2001:db8::1", "2001:db8:7fff::"], ["2001:db8:8000::", "2001:db7::", "32.1.13.184"]),
      ("::1", ["::1", "0:0:0:0:0:0:0:1"], ["::2", "127.0.0.1"]),
    ])
  func holds(range: String, inside: [String], outside: [String]) throws {
    let range = try #require(AddressRange(range))
    #expect(inside.filter { !range.contains($0) } == [])
    #expect(outside.filter { range.contains($0) } == [])
  }

  @Test(
    "are refused where they are none, or have bits behind the prefix",
    arguments: [
      "", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.1.0.0/8",
      "2001:db8::/129", "2001:db8::1/64", "localhost", " 10.0.0.0/8",
    ])
  func refused(text: String) {
    #expect(AddressRange(text) == nil)
  }
}
