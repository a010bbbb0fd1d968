/// An error of libxslt, read out of its text.
struct XSLTFault {
  let line: Int
  /// What libxslt says.
  let text: String
  private let file: String?

  /// Reads `fault`; while a document is transformed, libxslt may put its values between quotes, so those are blanked.
  init(_ fault: XMLMessageCollector.Fault?, blankingQuoted: Bool) {
    // `runtime error: file lienthong:/file/0 line 12 element value-of`
    let words = fault?.place.split(separator: " ").map(String.init) ?? []
    file = words.firstIndex(of: "file").flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    line = words.firstIndex(of: "line").flatMap { $0 + 1 < words.count ? Int(words[$0 + 1]) : nil } ?? 0
    text = fault.map { blankingQuoted ? Self.blanked($0.text) : $0.text } ?? "libxslt gives no reason"
  }

  func path(in bundle: XMLFileBundle) -> String? {
    file.flatMap { bundle.path(of: $0) }
  }

  private static func blanked(_ text: String) -> String {
    // An odd quote leaves everything behind it in doubt, and it is cut off.
    text.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .map { index, part in index.isMultiple(of: 2) ? String(part) : "…" }
      .joined(separator: "'")
  }
}
