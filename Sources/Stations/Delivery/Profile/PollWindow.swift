package import ServiceKit

/// Asking by time: each question is about the time since the last one, and a little more.
package struct PollWindow: Sendable, Equatable {
  package var format: PollTimeFormat
  /// How far each window reaches back into the one before: what a partner enters late is found.
  package var overlap: Duration
  /// A longer time is asked about in several windows.
  package var longest: Duration
  /// How far the first window reaches back.
  package var start: Duration

  package init(format: PollTimeFormat, overlap: Duration, longest: Duration, start: Duration) {
    self.format = format
    self.overlap = overlap
    self.longest = longest
    self.start = start
  }

  /// What is asked about next, and up to when everything is known after it.
  package func next(after reached: Timestamp?, at now: Timestamp) -> (from: Timestamp, until: Timestamp) {
    // A clock that was set back must not make a window that ends before it begins.
    let last = min(reached ?? now - start, now)
    return (last - (reached == nil ? .zero : overlap), min(now, last + longest))
  }
}
