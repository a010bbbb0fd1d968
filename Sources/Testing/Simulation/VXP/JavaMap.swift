/// Texts by name in the order in which a Java `HashMap` gives them, by which the vendor's client signs: arbitrary to look at,
/// and another one once there are more of them.
struct JavaMap {
  private typealias Entry = (name: String, hash: UInt32)

  private var buckets = [[Entry]](repeating: [], count: 16)
  private var values: [String: String] = [:]

  subscript(_ name: String) -> String? {
    get { values[name] }
    set {
      guard let newValue else { preconditionFailure("nothing is ever taken out of it") }
      if values.updateValue(newValue, forKey: name) == nil { add(name) }
    }
  }

  /// Every name with its value, as an iteration over the map meets them.
  var all: [(name: String, value: String)] {
    buckets.flatMap { $0 }.map { ($0.name, values[$0.name] ?? "") }
  }

  private mutating func add(_ name: String) {
    var hash: UInt32 = 0
    for unit in name.utf16 { hash = hash &* 31 &+ UInt32(unit) }
    hash ^= hash >> 16
    put((name, hash))
    // It grows when it is three quarters full; chains keep their order.
    guard values.count * 4 > buckets.count * 3 else { return }
    let old = buckets.flatMap { $0 }
    buckets = [[Entry]](repeating: [], count: buckets.count * 2)
    for entry in old { put(entry) }
  }

  private mutating func put(_ entry: Entry) { buckets[Int(entry.hash) & (buckets.count - 1)].append(entry) }
}
