import DossierFiles
import DossierModel
import DossierStore
import Synchronization

/// Sends a message that has been recorded down the line again, to make one output that could not be made then.
final class HeldTranslation: Sendable {
  private let retranslation: Retranslation
  private let wanted: ErrandNotes

  /// A line of its own, whose desk tells what is missing.
  init(_ plan: SitePlan, store: any DossierReader, files: SiteFiles) {
    let wanted = ErrandNotes()
    self.wanted = wanted
    retranslation = Retranslation(
      types: plan.types, line: plan.line(over: store, files: files.noting { wanted.note($0) }), ledger: store)
  }

  /// The output as the line makes it now, nil if it still makes none; and the errands that would help. One thread calls.
  func translate(_ output: HeldOutput) throws(StoreError) -> (delivery: NewDelivery?, wanted: Set<FileErrand>) {
    _ = wanted.take()
    let delivery = try retranslation.delivery(of: output.message, for: output.destination, type: output.type)
    let errands = wanted.take().filter { errand in
      // The same message may be held for others too, each of whom asks for itself.
      if case .upload(_, let party) = errand { party == output.destination } else { true }
    }
    return (delivery, errands)
  }
}

/// What a translation found missing.
private final class ErrandNotes: Sendable {
  private let notes = Mutex<Set<FileErrand>>([])

  func note(_ errand: FileErrand) { notes.withLock { _ = $0.insert(errand) } }

  func take() -> Set<FileErrand> {
    notes.withLock { notes in
      let taken = notes
      notes = []
      return taken
    }
  }
}
