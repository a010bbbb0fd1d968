/// How much room a gateway keeps free for what it has taken already: `intake` in `gateway.yaml`.
package struct SpaceLimits: Sendable, Equatable {
  /// New messages are taken while so much is left, in bytes; less, and they are answered 503. Settling a delivery, an
  /// operator's order and removing what has been kept long enough still write a little.
  package var reserveBytes = 512 << 20
  /// Taken again when so much more than the reserve is left, as a share of it: so that the last free block does not open
  /// and close the gateway with every message.
  package var reopeningShare = 0.25
  /// Of the reserve, what the file system itself has to have: SQLite's log grows there whatever is free in its file.
  package var logBytes = 128 << 20
  /// How often the room is looked at.
  package var period = Duration.seconds(1)
  /// For so long nothing is taken after a database server has said that its disk is full, which may be out of sight.
  package var fullPause = Duration.seconds(15)

  package init() {}

  package static let standard = SpaceLimits()

  package var reopeningBytes: Int { reserveBytes + Int(Double(reserveBytes) * reopeningShare) }
}
