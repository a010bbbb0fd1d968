import DossierModel
import DossierStore
import JSONKit
import ServiceKit
import Statistics
import Workbench

/// The part of a report about what the gateway itself did: how often the first attempt was enough, and how long messages were on
/// their way. What is left of a dossier's time is its agencies'.
enum ReportTransport {
  static func lines(_ figures: [TransportFigures]) -> [String] {
    guard !figures.isEmpty else { return [] }
    return [
      "",
      "delivered to".padded(to: 28) + "messages".padded(to: 10) + "first attempt".padded(to: 15) + "average, longest",
    ]
      + figures.map { row in
        row.destination.text.padded(to: 28) + String(row.delivered).padded(to: 10)
          + (first(row).percent() ?? "–").padded(to: 15) + "\(words(row.average)), \(words(row.longest))"
      }
  }

  static func write(_ figures: [TransportFigures], to writer: inout JSONWriter) {
    writer.member("transport", figures) { row, writer in
      writer.member("destination", row.destination.text)
      writer.member("delivered", row.delivered)
      writer.member("atFirstAttempt", row.atFirstAttempt)
      writer.member("averageMilliseconds", Int(row.average.wholeMilliseconds))
      writer.member("longestMilliseconds", Int(row.longest.wholeMilliseconds))
    }
  }

  private static func first(_ row: TransportFigures) -> Share { Share(row.atFirstAttempt, of: row.delivered) }

  static func words(_ time: Duration) -> String {
    let seconds = time.components.seconds
    switch seconds {
    case ..<10: return "\(time.wholeMilliseconds) ms"
    case ..<600: return "\(seconds) s"
    default: return "\(seconds / 3_600) h \(seconds / 60 % 60) min"
    }
  }
}
