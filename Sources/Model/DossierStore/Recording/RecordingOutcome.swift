/// What became of the messages that were to be recorded.
package enum RecordingOutcome: Sendable {
  /// All are on the disk, now or since an earlier time; one entry for each message, in their order.
  case recorded([RecordedMessage])
  /// None was recorded: the key of the message at this place was used before for other bytes.
  case keyReused(at: Int)
}
