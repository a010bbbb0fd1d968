/// The tape while it grows: plain memory, because an array would count references at each of the many appends.
struct JSONTape: ~Copyable {
  // Entries below `count` are initialised; `JSONNode` is a trivial type, so releasing the memory ends them. Indexes
  // come from the parser, which made the entries, and are compared with `count` all the same.
  private var storage: UnsafeMutablePointer<JSONNode>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(16, capacity)
    storage = .allocate(capacity: self.capacity)
  }

  deinit { storage.deallocate() }

  @inline(__always) mutating func append(_ node: JSONNode) {
    if count == capacity { grow() }
    (storage + count).initialize(to: node)
    count += 1
  }

  @inline(__always) subscript(index: Int) -> JSONNode {
    get {
      precondition(index >= 0 && index < count, "an entry of the tape")
      return storage[index]
    }
    _modify {
      precondition(index >= 0 && index < count, "an entry of the tape")
      yield &storage[index]
    }
  }

  /// The finished tape.
  func nodes() -> [JSONNode] { Array(UnsafeBufferPointer(start: storage, count: count)) }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<JSONNode>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: storage, count: count)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }
}
