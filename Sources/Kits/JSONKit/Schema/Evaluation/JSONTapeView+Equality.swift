import Glibc

extension JSONTapeView {
  /// Whether two values are equal as JSON Schema means it (2020-12 core §4.2.2): numbers by value, objects in any order.
  ///
  /// Works off a list of pairs instead of calling itself; `steps` grows by the work done.
  func isEqual(_ entry: Int, _ other: Int, of view: JSONTapeView, steps: inout Int) -> Bool {
    var pairs = [(entry, other)]
    while let (first, second) = pairs.popLast() {
      steps += 1
      let node = tape[first]
      let otherNode = view.tape[second]
      guard node.kind == otherNode.kind else { return false }
      switch node.kind {
      case .true, .false, .null: continue
      case .number:
        guard isEqualNumber(node, otherNode, of: view) else { return false }
      case .string:
        guard isEqualString(node, otherNode, of: view) else { return false }
      case .array:
        guard node.count == otherNode.count else { return false }
        var (one, two) = (first + 1, second + 1)
        for _ in 0..<node.count {
          pairs.append((one, two))
          (one, two) = (next(one), view.next(two))
        }
      case .object:
        guard node.count == otherNode.count, appendMembers(first, second, of: view, to: &pairs) else { return false }
      }
    }
    return true
  }

  /// A number that equal values share. It ignores order, also of arrays, so that it needs no recursion.
  func hash(_ entry: Int) -> Int {
    var sum = 0
    for index in entry..<next(entry) {
      let node = tape[index]
      var hasher = Hasher()
      hasher.combine(node.kind)
      switch node.kind {
      case .string: withString(node) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
      case .number: hasher.combine(decimal(node))
      case .object, .array: hasher.combine(node.count)
      case .true, .false, .null: break
      }
      sum &+= hasher.finalize()
    }
    return sum
  }

  // MARK: Helpers

  private func isEqualNumber(_ node: JSONNode, _ other: JSONNode, of view: JSONTapeView) -> Bool {
    if let value = smallInteger(node), let otherValue = view.smallInteger(other) { return value == otherValue }
    return decimal(node) == view.decimal(other)
  }

  private func isEqualString(_ node: JSONNode, _ other: JSONNode, of view: JSONTapeView) -> Bool {
    if !node.mark, !other.mark {
      return node.length == other.length
        && memcmp(bytes + Int(node.start), view.bytes + Int(other.start), Int(node.length)) == 0
    }
    return withString(node) { one in view.withString(other) { one.elementsEqual($0) } }
  }

  /// Pairs the values of two objects of equal size by their names; false when a name is missing.
  private func appendMembers(
    _ object: Int, _ other: Int, of view: JSONTapeView, to pairs: inout [(Int, Int)]
  ) -> Bool {
    var values: [[UInt8]: Int] = [:]
    var name = other + 1
    while name < view.next(other) {
      values[view.withString(view.tape[name]) { Array($0) }] = name + 1
      name = view.next(name + 1)
    }
    name = object + 1
    while name < next(object) {
      guard let value = values[withString(tape[name]) { Array($0) }] else { return false }
      pairs.append((name + 1, value))
      name = next(name + 1)
    }
    return true
  }
}
