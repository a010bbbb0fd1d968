/// What a public service gives online: the four levels of the catalogues, each with what is in those before it
/// (as Sơn La's roadmap of 2013 has them).
package enum ServiceLevel: Int, Sendable, CaseIterable, Comparable {
  /// Information.
  case information = 1
  /// Forms to download.
  case forms
  /// The dossier is sent and handled online; fees are paid and results handed over at the office.
  case submission
  /// Fees are paid online, and the result comes online or by post.
  case complete

  package static func < (left: ServiceLevel, right: ServiceLevel) -> Bool { left.rawValue < right.rawValue }
}
