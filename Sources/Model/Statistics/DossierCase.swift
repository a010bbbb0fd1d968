package import DossierModel
package import ServiceKit

/// What statistics know of one dossier: who has it, when it came, and what became of it. Nothing of its owner.
package struct DossierCase: Sendable, Equatable {
  package var agency: String
  /// The level of the agency: `province`, `commune`, or `district` of the years before 2025.
  package var level: String?
  package var field: String?
  package var procedure: String?
  package var channel: Channel?
  package var receivedAt: Timestamp
  /// Ngày hẹn trả.
  package var appointedAt: Timestamp?
  /// The moments at which each status was reached, in any order.
  package var statuses: [StatusChange]
  /// Whether the portal has it.
  package var isSynchronised: Bool
  package var marks: ServiceMarks = []

  /// Where it stands: the latest status by the moments that messages say, of one moment the one that came last.
  package var latestStatus: DossierStatus? {
    statuses.enumerated().max { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }?.element.status
  }

  package init(
    agency: String, level: String? = nil, field: String? = nil, procedure: String? = nil, channel: Channel? = nil,
    receivedAt: Timestamp, appointedAt: Timestamp? = nil, statuses: [StatusChange] = [], isSynchronised: Bool = false
  ) {
    self.agency = agency
    self.level = level
    self.field = field
    self.procedure = procedure
    self.channel = channel
    self.receivedAt = receivedAt
    self.appointedAt = appointedAt
    self.statuses = statuses
    self.isSynchronised = isSynchronised
  }

  /// `KenhThucHien`; one that is not said counts as in person (M766).
  package enum Channel: String, Sendable, CaseIterable {
    case inPerson
    case online
    case post
  }

  package struct StatusChange: Sendable, Equatable {
    /// One of the portal's list.
    package let status: DossierStatus
    package let at: Timestamp
    /// Whether the moment was told; otherwise it is when the status was heard of, which was reached then or before.
    package let isTold: Bool
    /// Whether who told it could have told a result with it.
    package var mayHaveResult: Bool

    package init(_ status: DossierStatus, at: Timestamp, isTold: Bool = true, mayHaveResult: Bool = true) {
      self.status = status
      self.at = at
      self.isTold = isTold
      self.mayHaveResult = mayHaveResult
    }
  }
}
