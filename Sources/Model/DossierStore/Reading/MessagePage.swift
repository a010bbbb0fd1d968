/// Some of the messages of a look-up, oldest first, and where the next ones begin.
package struct MessagePage: Sendable {
  /// A place between two messages of one store; it stays valid while messages are added.
  package struct Cursor: Sendable, Equatable {
    let number: Int64

    /// Before the first message.
    package static let start = Cursor(number: 0)
  }

  package var messages: [StoredMessage]
  /// Nil when there are no further messages.
  package var next: Cursor?
}
