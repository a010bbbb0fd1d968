/// `NAME`, which means the latest edition, or `NAME/VERSION`.
struct EditionName {
  let name: String
  let version: Int?

  /// Nil when what follows the stroke is no number.
  init?(_ words: String) {
    let parts = words.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    name = parts[0]
    version = parts.count == 2 ? Int(parts[1]) : nil
    if parts.count == 2, version == nil { return nil }
  }
}
