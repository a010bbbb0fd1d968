/// Finds line and column of many offsets of one text without reading it from the start each time.
///
/// A checkpoint stands every 4,096 bytes, so a lookup reads at most that much, also in a text of a single long line.
struct JSONPositionIndex: Sendable {
  private static let stride = 4_096
  private let checkpoints: [JSONPosition]

  init(_ bytes: [UInt8]) {
    var checkpoints = [JSONPosition.start]
    var position = JSONPosition.start
    for start in Swift.stride(from: 0, to: bytes.count, by: Self.stride) {
      position.advance(through: bytes, from: start, to: start + Self.stride)
      checkpoints.append(position)
    }
    self.checkpoints = checkpoints
  }

  /// The position of an offset of the same text the index was made from.
  func position(ofOffset offset: Int, in bytes: [UInt8]) -> JSONPosition {
    let bounded = max(0, min(offset, bytes.count))
    let checkpoint = bounded / Self.stride
    var position = checkpoints[checkpoint]
    position.advance(through: bytes, from: checkpoint * Self.stride, to: bounded)
    return position
  }
}
