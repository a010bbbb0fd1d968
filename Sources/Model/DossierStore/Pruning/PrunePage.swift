package import ServiceKit

/// A stretch of the messages of one type, oldest first, with those of them that are due to be pruned.
package struct PrunePage: Sendable {
  /// A message's place among those of its type.
  package struct Place: Sendable, Equatable {
    package var received: Timestamp
    package var number: Int64

    package init(received: Timestamp, number: Int64) {
      self.received = received
      self.number = number
    }

    /// Before all of them.
    package static let start = Place(received: Timestamp(microseconds: .min), number: 0)
  }

  package struct Candidate: Sendable {
    package var place: Place
    /// Bytes of the message and of its deliveries.
    package var bytes: Int
    package var isDue: Bool

    package init(place: Place, bytes: Int, isDue: Bool) {
      self.place = place
      self.bytes = bytes
      self.isDue = isDue
    }
  }

  /// What was looked at; as many as were asked for, unless there are no more.
  package var candidates: [Candidate]

  package init(candidates: [Candidate]) { self.candidates = candidates }
}
