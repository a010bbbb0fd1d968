import DossierFiles
import DossierStore
import ServiceKit
import ThreadKit

/// Removes, every so often, the files that no message names: of messages that were refused, and of senders that handed a
/// file over and never wrote.
final class FileSweep: Service {
  /// The first sweep comes one period after the start, so that a start is never slow.
  static let period = Duration.seconds(3_600)

  var name: String { thread.name }
  private let files: FileFolder
  private let store: any DossierReader
  private let grace: Duration
  private let log: Log
  private let time: any TimeSource
  private let thread = ServiceThread("file-sweep")

  init(files: FileFolder, store: any DossierReader, grace: Duration, log: Log, time: any TimeSource) {
    self.files = files
    self.store = store
    self.grace = grace
    self.log = log
    self.time = time
  }

  func start() {
    thread.start { [self] in run() }
  }

  func stop() {
    thread.stop()
  }

  private func run() {
    while !thread.stopping.wait(deadline: Self.period) { sweep() }
  }

  private func sweep() {
    do {
      let report = try files.sweep(
        at: time.now(), grace: grace, while: { [thread] in !thread.stopping.isSet },
        isNamed: { [store] digest in try !store.parties(namingFile: digest).isEmpty })
      guard report != FileSweepReport() else { return }
      log.info("files-removed", [.count(report.files + report.drafts)])
    } catch {
      log.warning("files-not-swept", [.reason("the store or the folder cannot be read")])
    }
  }
}
