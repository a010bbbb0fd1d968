import DossierModel
import DossierStore
import JSONKit
import Orchestration
import ServiceKit
import Statistics
import Workbench

/// The part of a report about steps of procedures that were answered too late, by agency: how much of it the dossier was under way,
/// and how much its agency had it.
struct ReportOverdue {
  private struct Row {
    var steps = 0
    var transport = Duration.zero
    var agency = Duration.zero
  }

  private static let pageSize = 500

  private var rows: [PartyID: Row] = [:]

  /// Steps that were answered in the period.
  init(_ reader: some ProcedureReader, _ period: Period) throws(StoreError) {
    var last: DossierCode?
    while case let page = try reader.procedures(ProcedureFilter(isOpen: false), after: last, limit: Self.pageSize),
      let end = page.last
    {
      for procedure in page where procedure.beganAt < period.end && procedure.changedAt >= period.begin {
        for record in ConductedState(json: procedure.state)?.instance.steps.values.map({ $0 }) ?? [] {
          guard let overdue = record.overdue, let agency = record.agency, let ended = record.endedAt,
            ended >= period.begin, ended < period.end
          else { continue }
          rows[agency, default: Row()].steps += 1
          rows[agency, default: Row()].transport += overdue.transport
          rows[agency, default: Row()].agency += overdue.agency
        }
      }
      last = end.dossier
    }
  }

  var lines: [String] {
    guard !rows.isEmpty else { return [] }
    return ["", "steps answered late".padded(to: 28) + "steps".padded(to: 10) + "under way, with the agency"]
      + rows.sorted { $0.key < $1.key }.map { agency, row in
        agency.text.padded(to: 28) + String(row.steps).padded(to: 10)
          + "\(ReportTransport.words(row.transport)), \(ReportTransport.words(row.agency))"
      }
  }

  func write(to writer: inout JSONWriter) {
    writer.member("overdueSteps", rows.sorted { $0.key < $1.key }) { entry, writer in
      writer.member("agency", entry.key.text)
      writer.member("steps", entry.value.steps)
      writer.member("transportSeconds", Int(entry.value.transport.components.seconds))
      writer.member("agencySeconds", Int(entry.value.agency.components.seconds))
    }
  }
}
