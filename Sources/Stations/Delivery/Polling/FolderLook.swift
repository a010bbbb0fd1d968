package import ServiceKit

/// What was seen in a folder when it was looked at last: a state machine without effects that tells which files are whole.
///
/// It is not kept over a start of the gateway, after which every file is seen for the first time: that costs one more look,
/// and never half a file.
package struct FolderLook: Sendable {
  private struct Seen: Sendable {
    var size: String
    var modified: String
    var since: Timestamp
  }

  /// By name; of the last look only.
  private var seen: [String: Seen] = [:]

  package init() {}

  /// - Parameter found: the files of a look, with the fields `name`, `size` and `modified`.
  /// - Returns: those that can be fetched, the oldest first, and after how long the others can be looked at again; nil where there
  ///   are no others.
  package mutating func ready(
    _ found: [FoundItem], in folder: PartnerFolder, at now: Timestamp
  ) -> (items: [FoundItem], again: Duration?) {
    var items: [FoundItem] = []
    var next: [String: Seen] = [:]
    var again: Duration?
    for var item in found {
      let name = item.fields["name"] ?? ""
      if item.fields["usable"] == "false" {
        item.fault = "its name has other characters than letters, digits, hyphens, underscores and dots, or is too long"
        item.isOutOfReach = true
      } else if case .unchanged(let period) = folder.readiness {
        var current = Seen(size: item.fields["size"] ?? "", modified: item.fields["modified"] ?? "", since: now)
        // A clock that was set back begins anew.
        if let before = seen[name], before.size == current.size, before.modified == current.modified,
          before.since <= now
        {
          current.since = before.since
        }
        next[name] = current
        let left = period - (now - current.since)
        guard left <= .zero else {
          again = min(again ?? left, left)
          continue
        }
      }
      if let size = Int(item.fields["size"] ?? ""), size > folder.sizeLimit {
        item.fault = "it is larger than \(folder.sizeLimit) bytes"
      }
      items.append(item)
    }
    seen = next
    items.sort { Self.order(of: $0) < Self.order(of: $1) }
    return (items, again)
  }

  private static func order(of item: FoundItem) -> (Int, String) {
    (Int(item.fields["modified"] ?? "") ?? 0, item.fields["name"] ?? "")
  }
}
