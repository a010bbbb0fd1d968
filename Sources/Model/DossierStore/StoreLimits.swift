/// What a store lets wait before it turns senders away, and how it finds back from a failure.
package struct StoreLimits: Sendable, Equatable {
  /// Senders' changes that wait for their commit at the same time; more are refused with `overloaded`. What deliverers,
  /// agencies that fetch and operators want is always taken: it frees what is full.
  package var waitingChanges = 4_096
  /// Bytes of messages and of what is delivered for them that wait at the same time. One change alone may be larger.
  package var waitingBytes = 128 << 20
  /// How often a store that could not write tries by itself whether it can, while nobody else does.
  package var probePause = Duration.seconds(1)

  package init() {}

  package static let standard = StoreLimits()
}
