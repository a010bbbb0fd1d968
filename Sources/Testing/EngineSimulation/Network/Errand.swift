/// What the deliveries of a world carry: which message of which dossier this is.
struct Errand: Hashable {
  var dossier: String
  /// Counts the messages of the dossier from 0.
  var ordinal: Int
  /// Whether partners refuse it for good.
  var isRefused: Bool

  init(dossier: String, ordinal: Int, isRefused: Bool) {
    self.dossier = dossier
    self.ordinal = ordinal
    self.isRefused = isRefused
  }

  init?(_ bytes: [UInt8]) {
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: "|")
    guard parts.count == 3, let ordinal = Int(parts[1]) else { return nil }
    self.init(dossier: String(parts[0]), ordinal: ordinal, isRefused: parts[2] == "refused")
  }

  var bytes: [UInt8] { Array("\(dossier)|\(ordinal)|\(isRefused ? "refused" : "wanted")".utf8) }
}
