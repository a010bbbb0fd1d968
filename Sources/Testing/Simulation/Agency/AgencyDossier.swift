import JSONKit

/// A dossier as a simulated agency knows it: codes and counts, and the latest document.
struct AgencyDossier: Sendable {
  let code: String
  var procedure: String
  var status: String
  /// The latest `MSyncDocument`, as it came.
  var document: [UInt8]
  /// How often it came.
  var documents = 1
  /// The steps that were reported to this agency.
  var traces = 0

  func write(_ counts: OutboxMachine.Counts, to writer: inout JSONWriter) {
    writer.beginObject()
    for (name, text) in [("code", code), ("procedure", procedure), ("status", status)] {
      writer.name(name)
      writer.string(text)
    }
    for (name, number) in [
      ("documents", documents), ("traces", traces), ("reportsWaiting", counts.waiting),
      ("reportsAccepted", counts.accepted), ("resultsAccepted", counts.results), ("reportsRefused", counts.refused),
    ] {
      writer.name(name)
      writer.integer(number)
    }
    writer.endObject()
  }
}
