package import ServiceKit

extension CivilDay {
  /// The day in Viet Nam of a moment written in this format; nil when it is not.
  package init?(_ text: String, in format: TimeFormat) {
    guard let time = format.read(text)?.inVietnam else { return nil }
    self.init(year: time.year, month: time.month, day: time.day)
  }
}
