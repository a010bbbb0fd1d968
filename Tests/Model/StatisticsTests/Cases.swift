import Deadlines
import DossierModel
import GatewayTesting
import ServiceKit
import Statistics
import Testing

/// Dossiers as tests write them: days of November 2026 at 09:00, `20`, or `20 16:30`.
enum Cases {
  static func moment(_ text: String) throws -> Timestamp {
    let parts = text.split(separator: " ").map(String.init)
    return try Timestamp(rfc3339: "2026-11-\(parts[0])T\(parts.count > 1 ? parts[1] : "09:00"):00+07:00")
  }

  static func one(
    received: String = "02", due: String? = nil, agency: String = "so", procedure: String? = nil,
    _ statuses: (DossierStatus, String)...
  ) throws -> DossierCase {
    DossierCase(
      agency: agency, procedure: procedure, receivedAt: try moment(received),
      appointedAt: try due.map { try moment($0) },
      statuses: try statuses.map { DossierCase.StatusChange($0.0, at: try moment($0.1)) })
  }

  static func november() throws -> Period { try #require(Period("2026-11")) }
}
