import FileKit

/// Files that a site names besides its YAML: certificates and dictionaries.
enum SiteBytes {
  /// Largest such file, in bytes.
  static let limit = 64 * 1_024 * 1_024

  static func read(_ path: String) throws(SiteErrors) -> [UInt8] {
    do throws(FileError) {
      return try FileContent.read(path, limit: limit)
    } catch {
      throw SiteErrors([error.description])
    }
  }
}
