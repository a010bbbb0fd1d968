import DossierModel

/// What a gateway tells the others after a commit: for whom deliveries have become ready.
struct ReadyNotice: Equatable {
  static let channel = "lienthong_ready"
  /// Bytes of one notice; PostgreSQL takes fewer than 8,000 (https://www.postgresql.org/docs/15/sql-notify.html).
  static let payloadLimit = 7_900

  /// Of the gateway that tells; 0 for an operator's program.
  var epoch: Int64
  var destinations: Set<PartyID>

  /// As many notices as it takes: an epoch and one destination to a line.
  static func payloads(epoch: Int64, _ destinations: Set<PartyID>) -> [String] {
    var payloads: [String] = []
    var payload = String(epoch)
    for destination in destinations.sorted() {
      if payload.utf8.count + 1 + destination.text.utf8.count > payloadLimit {
        payloads.append(payload)
        payload = String(epoch)
      }
      payload += "\n" + destination.text
    }
    return payloads + [payload]
  }

  /// Nil for what is no notice of ours.
  init?(_ payload: String) {
    let lines = payload.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, let epoch = Int64(first) else { return nil }
    self.epoch = epoch
    destinations = Set(lines.dropFirst().map { PartyID(String($0)) })
  }
}
