import CryptographyKit
import SQLKit

/// Counts rows and sums them up, so that two tables can be told to hold the same.
struct TableDigest: ~Copyable {
  private var hasher = SHA256Hasher()
  private(set) var rows = 0

  /// Each value with its kind and its length in front, so that no two rows read the same.
  mutating func add(_ row: [SQLValue]) {
    rows += 1
    for value in row {
      switch value {
      case .null: hasher.update([0])
      case .integer(let number): hasher.update([1] + Self.bytes(of: number))
      case .text(let text): add(Array(text.utf8), kind: 2)
      case .blob(let bytes): add(bytes, kind: 3)
      }
    }
  }

  private mutating func add(_ bytes: [UInt8], kind: UInt8) {
    hasher.update([kind] + Self.bytes(of: Int64(bytes.count)))
    hasher.update(bytes)
  }

  private static func bytes(of number: Int64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  consuming func finish() -> [UInt8] { hasher.finish() }
}
