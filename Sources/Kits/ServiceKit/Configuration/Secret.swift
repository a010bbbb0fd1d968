import Glibc

/// Holds a secret in memory of its own, shows it to nobody by accident and wipes it at the end.
///
/// Printing, dumping or logging it gives `‹secret›`. What a reader copies out of the closure is the reader's to guard.
package final class Secret: @unchecked Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  // Sendable: the bytes are written in init and only read until deinit.
  private let bytes: UnsafeMutableRawBufferPointer

  /// Longer secrets are refused: a private key in PEM has a few thousand bytes.
  package static let bytesLimit = 64 * 1024

  /// Copies the bytes; the caller's own copy stays the caller's to wipe.
  package init(copying source: UnsafeRawBufferPointer) {
    bytes = .allocate(byteCount: max(source.count, 1), alignment: 1)
    bytes.copyMemory(from: source)
    count = source.count
  }

  deinit {
    // explicit_bzero, unlike memset, is not left out by an optimiser that sees nobody reading the memory again.
    if let start = bytes.baseAddress { explicit_bzero(start, bytes.count) }
    bytes.deallocate()
  }

  /// The number of bytes.
  package let count: Int

  /// Lends the bytes; the pointer must not leave the closure.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
  }

  /// The secret as text, for libraries that take text; nil unless it is UTF-8. The copy is not wiped.
  package func text() -> String? {
    withBytes { String(validating: $0, as: UTF8.self) }
  }

  package var description: String { "‹secret›" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
