/// A file as its server tells of it.
package struct SFTPFile: Sendable, Equatable {
  package let size: Int
  /// Seconds since 1970 by the server's clock, to which nobody else's is compared.
  package let modified: Int

  package init(size: Int, modified: Int) {
    self.size = size
    self.modified = modified
  }
}
