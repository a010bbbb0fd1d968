import CryptographyKit
package import Statistics
package import XMLKit

/// The figures of one agency as the canonical `statistics`, which the gateway takes and sends on like any other message.
///
/// The same figures make the same bytes: nothing in it tells when it was made.
package struct ReportStatistics: Sendable {
  /// What it is known by: the same for the same agency and period.
  package let code: String
  private let period: ReportMonth
  private let agency: String
  private let name: String?
  private let counts: CaseCounts

  package init(_ period: ReportMonth, of counts: CaseCounts, agency: String, name: String?) {
    self.period = period
    self.agency = agency
    self.name = name
    self.counts = counts
    code = "thong-ke.\(agency.split(whereSeparator: \.isWhitespace).joined(separator: "-")).\(period)"
  }

  /// By which its sender knows the message: whoever sends the figures of an agency and period, they are one message.
  package var key: String { "statistics-" + Hexadecimal.encode(SHA256.hash(code)) }

  /// Whether every dossier of it is in one category.
  package var isBalanced: Bool { Form06(counts).isBalanced }

  /// Throws where a name cannot stand in a document.
  package func document() throws(XMLError) -> [UInt8] {
    let figures = Form06(counts)
    var builder = XMLTreeBuilder()
    builder.open("statistics")
    try Self.write("code", code, to: &builder)
    try Self.write("period", period.description, to: &builder)
    builder.open("agency")
    try Self.write("code", agency, to: &builder)
    if let name { try Self.write("name", name, to: &builder) }
    builder.close()
    for (name, figure) in [
      ("received", figures.newReception), ("receivedOnline", counts.receivedOnline),
      ("receivedByPost", counts.receivedByPost), ("carriedOver", figures.preExisting),
      ("solvedInTime", figures.solvedInTime), ("solvedLate", figures.solvedLate),
      ("openInTime", figures.pendingInTime), ("openLate", figures.pendingLate),
    ] { try Self.write(name, String(figure), to: &builder) }
    builder.close()
    return builder.finish().serialised()
  }

  private static func write(
    _ name: String, _ text: String, to builder: inout XMLTreeBuilder
  ) throws(XMLError) {
    builder.open(name)
    try builder.text(text)
    builder.close()
  }
}
