package import DossierModel
package import ServiceKit

/// What looks wrong in the course of a dossier. It is told and never corrected: the sender alone knows what is true.
package enum CaseAnomaly: String, Sendable, CaseIterable {
  /// Done or returned, and no result with its file was told, though the tongue has a place for one.
  case completedWithoutResult
  /// A status that stands before the one the dossier had, or another end than the one it had.
  case statusWentBackwards
  /// A wait for the citizen, or a stop, that was told as done: `completed` dated not after the request. A public client of the portal
  /// does so, which makes late dossiers look in time.
  case rewrittenSupplement

  /// One sentence for an operator.
  package var sentence: String {
    switch self {
    case .completedWithoutResult: "it is told as done, and no electronic result was told with it"
    case .statusWentBackwards: "its status went back to one before, or from one end to another"
    case .rewrittenSupplement: "a request to the citizen, or a stop, seems to be told as done"
    }
  }

  /// Whether a status that is one of these on one side and done on the other was altered on the way.
  package static func isRewrite(of ours: DossierStatus, as theirs: DossierStatus) -> Bool {
    isWaitOrStop(ours) && (theirs == .completed || theirs == .returned)
  }

  private static func isWaitOrStop(_ status: DossierStatus) -> Bool {
    status == .supplementRequested || status == .paymentRequested || status == .stopped
  }

  /// What looks wrong, each kind once, in the order of the kinds.
  package static func found(in one: DossierCase, before moment: Timestamp? = nil) -> [CaseAnomaly] {
    // In the order of the moments that messages say; of one moment in the order in which they came.
    let known = one.statuses.enumerated().filter { entry in moment.map { entry.element.at < $0 } ?? true }
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
    var found: Set<CaseAnomaly> = []
    // OC LGSP and others carry what is issued among the papers that were handed in: which is which, nobody can tell.
    let isDoneByTeller = known.contains { isDone($0.element.status) && $0.element.mayHaveResult }
    if isDoneByTeller, one.marks.isDisjoint(with: [.result, .electronicResult]) {
      found.insert(.completedWithoutResult)
    }
    var earlier = known.first
    for later in known.dropFirst() {
      guard let before = earlier else { break }
      // One that was heard of first and does not say when it was may have been before what was told afterwards.
      guard later.element.isTold || later.offset > before.offset else { continue }
      if goesBack(from: before.element.status, to: later.element.status) { found.insert(.statusWentBackwards) }
      earlier = later
    }
    // Looked for in the order of arrival: the altered step is dated at the request, or before it.
    for (place, change) in one.statuses.enumerated() where change.status == .completed {
      let waits = one.statuses[..<place].filter { isWaitOrStop($0.status) }
      if let last = waits.last, change.at <= last.at { found.insert(.rewrittenSupplement) }
    }
    return allCases.filter(found.contains)
  }

  private static func isDone(_ status: DossierStatus) -> Bool { status == .completed || status == .returned }

  private static func goesBack(from earlier: DossierStatus, to later: DossierStatus) -> Bool {
    guard earlier != later else { return false }
    let (before, after) = (rank(earlier), rank(later))
    // No official state machine is known; these are the steps that real clients make.
    return after < before || (before == after && before >= 3)
  }

  private static func rank(_ status: DossierStatus) -> Int {
    switch status {
    case .registered, .interoperating: 0
    case .accepted: 1
    case .processing, .supplementRequested, .paymentRequested: 2
    case .notAccepted, .withdrawn, .stopped, .completed: 3
    case .returned: 4
    }
  }
}
