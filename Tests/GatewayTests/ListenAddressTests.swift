import Gateway
import Testing

@Suite("An address to listen on")
struct ListenAddressTests {
  @Test(
    "is read in both families and written back the same", arguments: ["127.0.0.1:8440", "[::1]:0", "0.0.0.0:65535"])
  func roundTrip(text: String) {
    #expect(ListenAddress(text)?.description == text)
  }

  @Test(
    "is refused without a port, with a port out of range, or without a host",
    arguments: ["127.0.0.1", ":80", "a:65536", "a:-1", ""])
  func refused(text: String) {
    #expect(ListenAddress(text) == nil)
  }
}
