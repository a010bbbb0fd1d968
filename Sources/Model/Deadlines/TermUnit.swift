/// What the time of a procedure is counted in: the four units of the portal's `DonViTinh`.
package enum TermUnit: String, Sendable, CaseIterable {
  case workingHours
  case workingDays
  case days
  case months

  /// As the portal and the forms write it.
  package var name: String {
    switch self {
    case .workingHours: "giờ làm việc"
    case .workingDays: "ngày làm việc"
    case .days: "ngày"
    case .months: "tháng"
    }
  }
}
