import Delivery
import ServiceKit
import Testing

@Suite struct PollTimeFormatTests {
  @Test(
    "moments are written as partners want them, by Viet Nam's clock",
    arguments: [
      ("yyyy/MM/dd", "2026/11/05"), ("dd/MM/yyyy HH:mm:ss", "05/11/2026 06:07:08"),
      ("yyyy-MM-dd'T'HH:mm:ss.SSSZ", "2026-11-05T06:07:08.009+07:00"), ("yyyyMMddHHmmss", "20261105060708"),
      ("unix", "1793833628"), ("unixMilliseconds", "1793833628009"),
    ])
  func text(pattern: String, expected: String) throws {
    let moment = try Timestamp(rfc3339: "2026-11-04T23:07:08.009Z")
    #expect(try #require(PollTimeFormat(pattern)).text(moment) == expected)
  }

  @Test("a letter that is no field is refused", arguments: ["", "ngày dd/MM/yyyy", "hh:mm", "yyyy-MM-ddT", "yyyy'T"])
  func refused(pattern: String) { #expect(PollTimeFormat(pattern) == nil) }
}
