/// Finds the known name a mistyped one was probably meant to be.
package enum NearestName {
  /// The known name with the fewest edits (insert, delete, replace, swap of neighbours) up to a third of its length,
  /// at least one; upper and lower case, `-` and `_` count as equal. Nil when nothing is near enough.
  package static func of(_ name: String, among known: [String]) -> String? {
    let wanted = folded(name)
    guard wanted.count <= nameLengthLimit else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in known.sorted() {
      let other = folded(candidate)
      let allowed = max(1, max(wanted.count, other.count) / 3)
      guard abs(wanted.count - other.count) <= allowed else { continue }
      let distance = editDistance(wanted, other)
      if distance <= allowed, distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Longer names get no hint: the comparison costs the product of both lengths.
  static let nameLengthLimit = 128

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.compactMap { byte in
      switch byte {
      case UInt8(ascii: "-"), UInt8(ascii: "_"): nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: byte
      }
    }
  }

  /// Optimal string alignment distance.
  static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row] + [Int](repeating: 0, count: right.count)
      for column in 1...right.count {
        let replaced = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
        current[column] = min(replaced, last[column] + 1, current[column - 1] + 1)
        let swapped =
          row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]
        if swapped { current[column] = min(current[column], beforeLast[column - 2] + 1) }
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
