import DossierFiles
import DossierModel
import DossierStore
import Reception
import ServiceKit
import Synchronization
import ThreadKit

/// Translates again what was held because a code had no counterpart or a file was not here.
///
/// At the start it walks once through everything that is held, with the tables as they are now: an operator completes a
/// table and starts the gateway anew; and so it does whenever an edition of a dictionary comes into use. After that it
/// looks at each output that is newly held. What waits for a file is
/// looked at again when the file's errand is done (`FileErrands`). All this happens beside the line and without slowing
/// it: one message at a time, on one thread, in commits that others share. What still cannot be translated stays held, and so
/// does what the line now refuses: its sender has had a receipt.
///
/// Nothing about errands is on the disk but their results: after a crash the walk finds the same outputs held and asks
/// for the same errands, and those that were done are answered from the folder.
final class HeldOutputs: Service {
  /// Deliveries read from the store at once.
  static let pageSize = 100
  /// Outputs remembered as waiting for files; further ones are found by the next start.
  static let waitingLimit = 100_000

  /// How often what procedures owe is looked for, whoever recorded it.
  static let sweepPeriod = Duration.seconds(5)

  private enum Event: Sendable {
    /// Something was held.
    case held
    /// What decides about codes has changed: everything is looked at anew.
    case changed
    /// An errand ended, for good if it was not successful.
    case done(FileErrand, isSuccess: Bool)
  }

  let name = "held-outputs"
  private let store: any DossierStore & ProcedureReader
  private let translation: HeldTranslation
  /// Whether the site conducts procedures, whose outputs another gateway may have recorded.
  private let isConducting: Bool
  private let errands: FileErrands
  private let log: Log
  private let time: any TimeSource
  private let events = Mailbox<Event>()
  /// Whether a walk that has not begun is asked for: however much is held while one goes on, one more finds all of it.
  private let isAsked = Atomic<Bool>(false)
  private let stopping = Atomic<Bool>(false)
  private let worker = Mutex<WorkerThread?>(nil)

  init(
    store: any DossierStore & ProcedureReader, translation: HeldTranslation, isConducting: Bool,
    errands: FileErrands, log: Log, time: any TimeSource
  ) {
    self.store = store
    self.translation = translation
    self.isConducting = isConducting
    self.errands = errands
    self.log = log
    self.time = time
  }

  func start() {
    errands.observe { [events] errand, isSuccess in events.put(.done(errand, isSuccess: isSuccess)) }
    worker.withLock { $0 = WorkerThread(name: "held-outputs") { [self] in run() } }
  }

  func stop() {
    stopping.store(true, ordering: .relaxed)
    events.close()
    worker.withLock { $0 }?.join()
  }

  /// Something has been held and is in the store.
  func wake() {
    if !isAsked.exchange(true, ordering: .acquiringAndReleasing) { events.put(.held) }
  }

  /// Codes mean something else now, or are valid now.
  func walkAgain() { events.put(.changed) }

  private func run() {
    var walk = Walk()
    go(on: &walk)
    var swept = time.monotonic()
    while !events.isDrained {
      let batch = events.takeAll(timeout: isConducting ? Self.sweepPeriod : nil)
      var isHeld = false
      for event in batch {
        switch event {
        case .held:
          isAsked.store(false, ordering: .releasing)
          isHeld = true
        case .changed:
          walk.last = nil
          isHeld = true
        case .done(let errand, let isSuccess):
          let outputs = walk.waiting.removeValue(forKey: errand) ?? []
          walk.waitingCount -= outputs.count
          if isSuccess { look(at: outputs, of: &walk) }
        }
      }
      if isHeld { go(on: &walk) }
      if isConducting, time.monotonic() - swept >= Self.sweepPeriod {
        sweep(&walk)
        swept = time.monotonic()
      }
    }
  }

  /// What the thread knows.
  private struct Walk {
    /// The last delivery that was looked at.
    var last: DeliveryID?
    var waiting: [FileErrand: [HeldOutput]] = [:]
    var waitingCount = 0
    /// What procedures owe and could not be written, by this run, with the reason.
    var unwritable: [DeliveryID: String] = [:]
  }

  /// Looks at what procedures owe and nobody has written: what another gateway recorded before it ended, and what was committed
  /// behind a later one. What could not be written is tried again when somebody wrote another note on it: an operator.
  private func sweep(_ walk: inout Walk) {
    var last: DeliveryID?
    while !stopping.load(ordering: .relaxed), let page = try? store.unwrittenOutputs(after: last, limit: Self.pageSize),
      let end = page.last
    {
      look(at: page.filter { walk.unwritable[$0.delivery].map { [note = $0.note] in $0 != note } ?? true }, of: &walk)
      last = end.delivery
    }
  }

  /// Looks at everything held behind the last one.
  private func go(on walk: inout Walk) {
    while !stopping.load(ordering: .relaxed) {
      let page: [HeldOutput]
      do throws(StoreError) {
        page = try store.heldOutputs(after: walk.last, limit: Self.pageSize)
      } catch {
        return log.warning("held-outputs-not-walked", [.reason("the store cannot be read")])
      }
      look(at: page, of: &walk)
      guard let end = page.last else { return }
      walk.last = end.delivery
    }
  }

  /// Translates one after another, and waits for the commits of all together: they share one.
  private func look(at outputs: [HeldOutput], of walk: inout Walk) {
    var supplied = 0
    var kept = 0
    let commits = ResultGroup<Bool, StoreError>()
    for output in outputs where !stopping.load(ordering: .relaxed) {
      do throws(StoreError) {
        let (made, wanted) = try translation.translate(output)
        if case .unwritten(let reason) = made {
          kept += 1
          if walk.unwritable.count < Self.waitingLimit { walk.unwritable[output.delivery] = reason }
          if output.note != reason, let made {
            store.supply(made, to: output.delivery, at: time.now(), then: commits.begin())
          }
        } else if let made {
          store.supply(made, to: output.delivery, at: time.now(), then: commits.begin())
          continue
        } else {
          kept += 1
        }
        for errand in wanted where walk.waitingCount < Self.waitingLimit {
          walk.waiting[errand, default: []].append(output)
          walk.waitingCount += 1
          errands.ask(for: errand)
        }
      } catch {
        log.warning("held-outputs-not-walked", [.reason("the store cannot be read")])
      }
    }
    for result in commits.wait() {
      switch result {
      case .success(true): supplied += 1
      // Somebody else has written it, or an operator has ended it.
      case .success(false): break
      case .failure: log.warning("held-outputs-not-walked", [.reason("the store cannot be written")])
      }
    }
    if supplied > 0 { log.info("held-outputs-translated", [.count(supplied)]) }
    if kept > 0 { log.warning("held-outputs-kept", [.count(kept)]) }
  }
}
