import Statistics

/// What the words of a procedure's history say of its dossier.
enum ProcedureWords {
  /// The dossier's status from then on; nil for what leaves it as it is.
  ///
  /// - Parameter isOnItsWay: whether it was completed before and only had to be returned since.
  static func status(after word: String, isOnItsWay: Bool) -> DossierCase.Status? {
    switch word {
    case "inform.onItsWay": .completed
    case "inform.ended.completed" where isOnItsWay, "inform.ended.partlyCompleted" where isOnItsWay: .returned
    case "inform.supplementRequested": .supplementRequested
    case "inform.paymentRequested": .paymentRequested
    case "supplemented", "paid": .processing
    case "inform.ended.completed", "inform.ended.partlyCompleted": .completed
    case "inform.ended.refused", "inform.ended.cancelled": .stopped
    case "inform.ended.withdrawn": .withdrawn
    default: nil
    }
  }
}
