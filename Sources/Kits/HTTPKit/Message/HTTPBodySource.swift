import Glibc

/// A body that is read while it is sent, and never lies in memory as a whole: a file, perhaps with bytes around it.
///
/// It owns its descriptor and can be read from any place again, so it may be sent more than once. Reading may wait for the
/// disk; what was written lately comes from the page cache.
package final class HTTPBodySource: Sendable {
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private let descriptor: Int32
  /// Where in the file the body begins, and how many bytes of it belong to the body.
  private let offset: Int
  private let fileCount: Int

  /// The length of the whole body in bytes.
  package var count: Int { prefix.count + fileCount + suffix.count }

  /// - Parameters:
  ///   - descriptor: of a regular file; this object owns it from now on and closes it.
  ///   - range: which bytes of the file are sent. They must be there: a file that became shorter ends the transfer.
  ///   - prefix: sent before the file, such as the head of a part of a multipart body.
  ///   - suffix: sent behind it.
  package init(
    takingOwnershipOf descriptor: Int32, range: Range<Int>, prefix: [UInt8] = [], suffix: [UInt8] = []
  ) {
    self.descriptor = descriptor
    self.prefix = prefix
    self.suffix = suffix
    offset = range.lowerBound
    fileCount = range.count
  }

  deinit { close(descriptor) }

  /// Reads what stands at `position` of the body; the number of bytes, 0 at the end, nil if they cannot be read.
  func read(at position: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    if position < prefix.count { return Self.copy(prefix[position...], into: buffer) }
    let inFile = position - prefix.count
    guard inFile < fileCount else { return Self.copy(suffix[min(inFile - fileCount, suffix.count)...], into: buffer) }
    while true {
      let count = pread(descriptor, buffer.baseAddress, min(buffer.count, fileCount - inFile), off_t(offset + inFile))
      if count > 0 { return count }
      // An end before the announced one: the file was cut behind our back.
      guard count < 0, errno == EINTR else { return nil }
    }
  }

  private static func copy(_ bytes: ArraySlice<UInt8>, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(bytes.count, buffer.count)
    buffer.copyBytes(from: bytes.prefix(count))
    return count
  }
}

extension HTTPBodySource: Equatable {
  /// The same object.
  package static func == (left: HTTPBodySource, right: HTTPBodySource) -> Bool { left === right }
}
