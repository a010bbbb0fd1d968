/// Numbers for people, without Foundation.
enum Figures {
  static func whole(_ number: Double) -> String { String(Int(number.rounded())) }
  static func one(_ number: Double) -> String { fixed(number, scale: 10) }
  static func two(_ number: Double) -> String { fixed(number, scale: 100) }

  static func mebibytes(_ kibibytes: Int) -> String { one(Double(kibibytes) / 1_024) + " MiB" }

  private static func fixed(_ number: Double, scale: Int) -> String {
    let signed = Int((number * Double(scale)).rounded())
    let scaled = signed.magnitude
    let digits = String(scale).count - 1
    let fraction = String(scaled % UInt(scale))
    return (signed < 0 ? "−" : "") + "\(scaled / UInt(scale))." + String(repeating: "0", count: digits - fraction.count)
      + fraction
  }
}
