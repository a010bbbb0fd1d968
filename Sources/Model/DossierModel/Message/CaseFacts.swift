package import ServiceKit

/// What statistics need of a dossier beside its code, procedure and status: whose it is and when things happened. Nothing of its
/// owner.
package struct CaseFacts: Sendable, Equatable {
  /// Code of the unit that handles it, or its name where it has none.
  package var unit: String?
  package var unitLevel: String?
  /// Code of its field (lĩnh vực).
  package var field: String?
  package var channel: String?
  /// Ngày tiếp nhận, as the dossier says it.
  package var takenAt: Timestamp?
  /// When its status was reached, as the message says it; nil where it says nothing, and then it is when the message came.
  package var reachedAt: Timestamp?
  package var marks: ServiceMarks

  package init(
    unit: String? = nil, unitLevel: String? = nil, field: String? = nil, channel: String? = nil,
    takenAt: Timestamp? = nil,
    reachedAt: Timestamp? = nil, marks: ServiceMarks = []
  ) {
    self.unit = unit
    self.unitLevel = unitLevel
    self.field = field
    self.channel = channel
    self.takenAt = takenAt
    self.reachedAt = reachedAt
    self.marks = marks
  }
}
