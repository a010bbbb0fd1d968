import DossierFiles
import DossierModel
import DossierStore
import ServiceKit
import Synchronization

/// Makes an output that could not be made when its message came: by sending the message down the line again, or, where a
/// procedure wants it, from what the procedure has to say.
final class HeldTranslation: Sendable {
  private let retranslation: Retranslation
  private let outputs: OutputTranslation
  private let ledger: any ProcedureReader
  private let wanted: ErrandNotes

  /// A line of its own, whose desk tells what is missing.
  init(_ plan: SitePlan, store: any DossierReader & ProcedureReader, files: SiteFiles, log: Log) {
    let wanted = ErrandNotes()
    self.wanted = wanted
    let noting = files.noting { wanted.note($0) }
    let line = plan.line(over: store, files: noting)
    retranslation = Retranslation(types: plan.types, line: line, ledger: store)
    ledger = store
    outputs = OutputTranslation(
      line: line, reader: plan.canonicalReader(files: noting), ledger: store, order: plan.order,
      names: Dictionary(
        plan.site.parties.map { ($0.party.id, $0.party.name) }, uniquingKeysWith: { first, _ in first }),
      log: log)
  }

  /// The output as the line makes it now, nil if it still makes none; and the errands that would help. One thread calls.
  func translate(_ output: HeldOutput) throws(StoreError) -> (supply: Supply?, wanted: Set<FileErrand>) {
    _ = wanted.take()
    let supply = try supply(for: output)
    let errands = wanted.take().filter { errand in
      // The same message may be held for others too, each of whom asks for itself.
      if case .upload(_, let party) = errand { party == output.destination } else { true }
    }
    return (supply, errands)
  }

  private func supply(for output: HeldOutput) throws(StoreError) -> Supply? {
    if let owed = try ledger.procedureOutput(output.delivery) { return try outputs.supply(for: owed) }
    return try retranslation.delivery(of: output.message, for: output.destination, type: output.type).map {
      .bytes($0.payload, files: $0.files, type: nil, note: $0.note)
    }
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
