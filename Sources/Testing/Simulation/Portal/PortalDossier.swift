import JSONKit
import ServiceKit

/// A dossier as the portal holds it: its latest form, how often it was replaced, and its progress in order of arrival.
struct PortalDossier: Sendable {
  let code: String
  var current: JSONValue
  /// 1 after creation, one more with each update.
  var version = 1
  var progress: [JSONValue] = []
  let createdAt: Timestamp
  var updatedAt: Timestamp

  var status: String { current["TrangThaiHoSo"]?.string ?? "" }
  var procedure: String { current["MaTTHC"]?.string ?? "" }
  var results: Int { current["DanhSachGiayToKetQua"]?.count ?? 0 }

  /// Something the index of on-time handling stumbles over, worth an operator's look; the portal takes it all the same.
  var anomaly: StaticString? {
    if status == "9" && results == 0 { return "finished-without-result" }
    return nil
  }

  /// Codes, times and counts: what a demo or a test looks at first.
  func writeSummary(to writer: inout JSONWriter) {
    writer.name("code")
    writer.string(code)
    writer.name("procedure")
    writer.string(procedure)
    writer.name("status")
    writer.string(status)
    writer.name("version")
    writer.integer(version)
    writer.name("results")
    writer.integer(results)
    writer.name("progress")
    writer.beginArray()
    for entry in progress {
      writer.beginObject()
      for (name, key) in [("at", "ThoiDiemXuLy"), ("status", "TrangThai")] {
        writer.name(name)
        writer.string(entry[key]?.string ?? "")
      }
      writer.endObject()
    }
    writer.endArray()
    writer.name("createdAt")
    writer.string(createdAt.rfc3339(offset: .vietnam, fraction: .milliseconds))
    writer.name("updatedAt")
    writer.string(updatedAt.rfc3339(offset: .vietnam, fraction: .milliseconds))
  }
}
