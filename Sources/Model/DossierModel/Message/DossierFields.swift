package import ServiceKit

/// The few canonical fields of a message that ordering, search, deadlines and routing need.
package struct DossierFields: Sendable, Equatable {
  package var code: DossierCode
  package var procedure: String?
  package var status: String?
  /// Ngày hẹn trả.
  package var appointedAt: Timestamp?

  package init(code: DossierCode, procedure: String? = nil, status: String? = nil, appointedAt: Timestamp? = nil) {
    self.code = code
    self.procedure = procedure
    self.status = status
    self.appointedAt = appointedAt
  }
}
