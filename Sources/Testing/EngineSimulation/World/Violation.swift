/// A promise of the engine that did not hold.
package struct Violation: Error, Sendable, CustomStringConvertible {
  package enum Promise: String, Sendable {
    /// What was accepted is there and arrives.
    case acceptedIsKept
    /// One effect for each key.
    case doneTwice
    /// Messages of a dossier reach a partner in the order in which they were accepted.
    case outOfOrder
    /// Every change of a delivery is one that the table of states allows.
    case illegalTransition
    /// No partner gets more requests at a time than its window has places.
    case windowExceeded
    /// Once nothing fails any more, everything is done within a bounded time.
    case finishes
  }

  package let promise: Promise
  package let what: String

  package init(_ promise: Promise, _ what: String) {
    self.promise = promise
    self.what = what
  }

  package var description: String { "\(promise.rawValue): \(what)" }
}
