import Glibc
import ThreadKit

/// Writes lines to a file descriptor from a thread of its own, so that a slow terminal, pipe or disk holds up nobody.
///
/// At most `bufferBytes` wait; what comes then is dropped and counted, and the next line that gets through is preceded
/// by one that tells how many are missing. Lines that the descriptor refuses (closed pipe, full disk) count as well.
package final class LogDescriptor: LogOutput {
  /// What the caller and the writing thread share. The thread holds only this, so the owner can go away.
  private final class Shared: Sendable {
    struct State {
      var waiting: [UInt8] = []
      var waitingLines = 0
      /// Bytes the thread is writing just now.
      var inFlight = 0
      var droppedUntold = 0
      var droppedTotal = 0
      var isClosed = false
    }

    let monitor = Monitor(State())
    let descriptor: Int32
    let lineAboutDropped: @Sendable (Int) -> [UInt8]

    init(descriptor: Int32, lineAboutDropped: @escaping @Sendable (Int) -> [UInt8]) {
      self.descriptor = descriptor
      self.lineAboutDropped = lineAboutDropped
    }
  }

  private let shared: Shared
  private let bufferBytes: Int
  private let thread: WorkerThread

  /// The descriptor stays the caller's and must stay open as long as this lives. `lineAboutDropped` makes the line that
  /// tells of a number of missing ones.
  package init(descriptor: Int32, bufferBytes: Int, lineAboutDropped: @escaping @Sendable (Int) -> [UInt8]) {
    let shared = Shared(descriptor: descriptor, lineAboutDropped: lineAboutDropped)
    self.shared = shared
    self.bufferBytes = bufferBytes
    thread = WorkerThread(name: "log") { Self.writeUntilClosed(shared) }
  }

  deinit {
    shared.monitor.withLock { $0.isClosed = true }
    shared.monitor.wakeAll()
  }

  /// Lines that were never written.
  package var droppedLines: Int { shared.monitor.withLock { $0.droppedTotal } }

  package func append(_ line: [UInt8]) -> Bool {
    let (isIn, mustWake) = shared.monitor.withLock { state -> (Bool, Bool) in
      guard state.waiting.count + state.inFlight + line.count <= bufferBytes else {
        state.droppedUntold += 1
        state.droppedTotal += 1
        return (false, false)
      }
      let wasEmpty = state.waiting.isEmpty
      state.waiting += line
      state.waitingLines += 1
      // While the thread writes it looks again by itself.
      return (true, wasEmpty && state.inFlight == 0)
    }
    if mustWake { shared.monitor.wakeAll() }
    return isIn
  }

  package func flush(deadline: Duration) -> Bool {
    shared.monitor.wait(deadline: deadline) { $0.waiting.isEmpty && $0.inFlight == 0 ? true : nil } ?? false
  }

  private static func writeUntilClosed(_ shared: Shared) {
    while let (chunk, lines, dropped) = nextChunk(shared) {
      var bytes = chunk
      if dropped > 0 { bytes = shared.lineAboutDropped(dropped) + bytes }
      let isWritten = write(bytes, to: shared.descriptor)
      shared.monitor.withLock { state in
        state.inFlight = 0
        if !isWritten {
          state.droppedUntold += dropped + lines
          state.droppedTotal += lines
        }
      }
      shared.monitor.wakeAll()
    }
  }

  /// Waits for lines; nil when closed and empty.
  private static func nextChunk(_ shared: Shared) -> (bytes: [UInt8], lines: Int, dropped: Int)? {
    let taken: ([UInt8], Int, Int)?? = shared.monitor.wait { state in
      guard !state.waiting.isEmpty else { return state.isClosed ? .some(nil) : nil }
      let chunk = (state.waiting, state.waitingLines, state.droppedUntold)
      state.inFlight = state.waiting.count
      state.waiting = []
      state.waitingLines = 0
      state.droppedUntold = 0
      return .some(chunk)
    }
    guard let taken, let chunk = taken else { return nil }
    return (chunk.0, chunk.1, chunk.2)
  }

  /// Writes all bytes, however slowly the descriptor takes them; false when it refuses them for good.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        // The range from `offset` to the end lies inside the buffer.
        let written = Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
        if written >= 0 {
          offset += written
        } else if errno == EAGAIN {
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&waiting, 1, 1_000)
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }
}
