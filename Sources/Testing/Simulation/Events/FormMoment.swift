import ServiceKit

/// A moment as forms in Việt Nam write it.
struct FormMoment {
  /// dd/MM/yyyy
  let day: String
  /// dd/MM/yyyy HH:mm:ss
  let dayAndTime: String

  init(_ moment: Timestamp) {
    guard let civil = CivilDateTime(moment, offset: .vietnam) else { preconditionFailure("the clock is set wrong") }
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    day = "\(padded(civil.day))/\(padded(civil.month))/\(civil.year)"
    dayAndTime = "\(day) \(padded(civil.hour)):\(padded(civil.minute)):\(padded(civil.second))"
  }
}
