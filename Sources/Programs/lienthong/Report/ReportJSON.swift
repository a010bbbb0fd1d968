import Deadlines
import DossierStore
import JSONKit
import ServiceKit
import Statistics
import Workbench

/// A report for machines.
enum ReportJSON {
  static func print(
    _ report: CaseReport, _ index: ServiceIndex, _ anomalies: AnomalyCounts, _ durations: ProcedureDurations,
    _ services: ServiceTable?, _ transport: [TransportFigures], _ overdue: ReportOverdue
  ) {
    Terminal.printJSONObject { writer in
      writer.member("from", report.period.first.description)
      writer.member("until", report.period.last.description)
      writer.member("by", report.group.rawValue)
      writer.member("rows", report.rows.sorted { $0.key < $1.key }) { row, writer in
        writer.member("name", row.key)
        write(row.value, to: &writer)
      }
      writer.name("total")
      writer.beginObject()
      write(report.total, to: &writer)
      writer.endObject()
      writer.member("ratios", ServiceIndex.Ratio.allCases) { ratio, writer in
        let share = index[ratio]
        writer.member("ratio", ratio.rawValue)
        writer.member("part", share.part)
        writer.member("whole", share.whole)
        writer.member("percent", share.percent())
        writer.member("fullMark", ratio.fullMark)
      }
      writer.member("procedures", durations.rows.sorted { $0.key < $1.key }) { entry, writer in
        writer.member("procedure", entry.key)
        writer.member("mayTake", entry.value.allowed.term.description)
        writer.member("solved", entry.value.solved)
        writer.member("longer", entry.value.exceeding)
        writer.member("averageSeconds", entry.value.average.map { Int($0.components.seconds) })
        writer.member("longestSeconds", Int(entry.value.longest.components.seconds))
      }
      ReportServices.write(services, to: &writer)
      ReportTransport.write(transport, to: &writer)
      overdue.write(to: &writer)
      writer.member("anomalies", CaseAnomaly.allCases) { anomaly, writer in
        writer.member("anomaly", anomaly.rawValue)
        writer.member("dossiers", anomalies[anomaly])
      }
      writer.member("averageSeconds", index.averageTime.map { Int($0.components.seconds) })
    }
  }

  private static func write(_ counts: CaseCounts, to writer: inout JSONWriter) {
    writer.member("received", counts.received)
    writer.member("receivedOnline", counts.receivedOnline)
    writer.member("receivedByPost", counts.receivedByPost)
    writer.member("carriedOver", counts.carriedOver)
    writer.member("early", counts.count(.solved, .early))
    writer.member("onTime", counts.count(.solved, .onTime))
    writer.member("late", counts.count(.solved, .late))
    writer.member("withdrawn", counts.count(.withdrawn))
    writer.member("stopped", counts.count(.stopped))
    writer.member("notAccepted", counts.count(.notAccepted))
    writer.member("openInTime", counts.pending - counts.count(.pending, .late))
    writer.member("openLate", counts.count(.pending, .late))
  }
}
