import ServiceKit
import ThreadKit

/// The threads that wait for the disk when a file is complete, so that no thread of the server does.
package final class FileKeeper: Service {
  package let name = "file-keeper"
  /// Two, so that a large file does not hold up all the small ones.
  private static let threadCount = 2

  private let mailbox = BoundedMailbox<@Sendable () -> Void>(limit: 1_024)
  private let threads: [WorkerThread?]

  package init() {
    threads = (0..<Self.threadCount).map { [mailbox] number in
      WorkerThread(name: "files-\(number)") {
        while case .element(let work) = mailbox.take() { work() }
      }
    }
  }

  /// The threads run since it was made.
  package func start() {}

  /// False when too much waits already.
  func put(_ work: @escaping @Sendable () -> Void) -> Bool { mailbox.put(work) }

  /// Ends the threads after what waits.
  package func stop() {
    mailbox.close()
    for thread in threads { thread?.join() }
  }
}
