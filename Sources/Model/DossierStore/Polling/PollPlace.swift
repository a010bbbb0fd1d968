package import ServiceKit

/// How far a poll has come: everything before it is on the disk, and is not asked for again unless windows overlap.
package struct PollPlace: Sendable, Equatable {
  /// What the partner gave to go on from; nil at the start, and for polls by time.
  package var cursor: String?
  /// Up to when it was asked about; nil at the start, and for polls by cursor.
  package var reached: Timestamp?

  package init(cursor: String? = nil, reached: Timestamp? = nil) {
    self.cursor = cursor
    self.reached = reached
  }
}
