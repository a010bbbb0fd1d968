/// Something that takes messages and delivers them, under measurement.
protocol LineContender {
  var port: Int { get }
  /// Seconds of processor that it has used.
  var cpuSeconds: Double { get }
  var residentKibibytes: Int { get }
  /// Whether everything it accepted is delivered and that is on the disk, as its database says it.
  func isDone() throws -> Bool
  func stop()
}
