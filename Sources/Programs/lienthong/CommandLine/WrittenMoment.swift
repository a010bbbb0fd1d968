import ServiceKit

/// A moment as it is written in a call: RFC 3339, where seconds and offset may be left out; then it is by Viet Nam's clock.
enum WrittenMoment {
  static func read(_ text: String, of option: String) throws(CommandFailure) -> Timestamp {
    let whole = text.utf8.count == "2026-11-20T16:10".utf8.count ? text + ":00" : text
    do throws(TimestampError) {
      return try Timestamp(rfc3339: whole, assuming: .vietnam)
    } catch {
      throw .unusable("\(option) '\(text)' is no moment; write it like 2026-11-20T16:10")
    }
  }
}
