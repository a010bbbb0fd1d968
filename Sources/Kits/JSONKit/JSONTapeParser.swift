/// Reads a JSON text (RFC 8259, strict) into a tape in one pass, without recursion.
///
/// The parser borrows the bytes for its life only. Every read is at an offset below `count`, which each loop compares
/// before it reads; that is the whole argument for the unsafe pointer, and the mutation tests run against it.
struct JSONTapeParser: ~Copyable {
  let base: UnsafePointer<UInt8>
  let count: Int
  let limits: JSONLimits
  var position = 0
  var tape: JSONTape
  /// The innermost open container, −1 outside of all; each refers to the one around it.
  private var container = -1
  private var depth = 0
  /// Scratch space of the duplicate check.
  var names: [JSONNameKey] = []
  var slots: [UInt32] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(JSONFault) {
    guard bytes.count <= limits.bytes else { throw JSONFault(code: .tooLarge, offset: limits.bytes) }
    guard let base = bytes.baseAddress, !bytes.isEmpty else { throw JSONFault(code: .unexpectedEnd, offset: 0) }
    self.base = base
    count = bytes.count
    self.limits = limits
    tape = JSONTape(capacity: min(limits.values, count / 14))
  }

  /// Reads the one value of the text and leaves it on the tape.
  mutating func parse() throws(JSONFault) {
    if count >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { throw fault(.byteOrderMark) }
    repeat {
      skipWhitespace()
      if try readValue(), try !closeIfEmpty() {
        if tape[container].kind == .object { try readName() }
      } else {
        try closeFinished()
      }
    } while container >= 0
    skipWhitespace()
    guard position == count else { throw fault(.trailingBytes) }
  }

  // MARK: Values

  /// Reads a scalar whole, or the bracket that opens a container; true when a container was opened.
  private mutating func readValue() throws(JSONFault) -> Bool {
    guard position < count else { throw fault(.unexpectedEnd) }
    guard tape.count < limits.values else { throw fault(.tooManyValues) }
    switch base[position] {
    case UInt8(ascii: "\""):
      try readString()
    case UInt8(ascii: "{"):
      try openContainer(.object)
      return true
    case UInt8(ascii: "["):
      try openContainer(.array)
      return true
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try readNumber()
    case UInt8(ascii: "t"):
      try readLiteral("true", .true)
    case UInt8(ascii: "f"):
      try readLiteral("false", .false)
    case UInt8(ascii: "n"):
      try readLiteral("null", .null)
    default:
      throw fault(.unexpectedByte)
    }
    return false
  }

  private mutating func readLiteral(_ word: StaticString, _ kind: JSONNode.Kind) throws(JSONFault) {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard position < count else { throw fault(.unexpectedEnd) }
      guard base[position] == word.utf8Start[index] else { throw fault(.unexpectedByte) }
      position += 1
    }
    tape.append(JSONNode(kind: kind, start: start, length: position - start, next: tape.count + 1))
  }

  // MARK: Containers

  private mutating func openContainer(_ kind: JSONNode.Kind) throws(JSONFault) {
    guard depth < limits.depth else { throw fault(.tooDeep) }
    depth += 1
    tape.append(JSONNode(kind: kind, start: position, next: container))
    container = tape.count - 1
    position += 1
  }

  /// Right behind an opening bracket: reads the closing one if it is there.
  private mutating func closeIfEmpty() throws(JSONFault) -> Bool {
    skipWhitespace()
    guard position < count else { throw fault(.unexpectedEnd) }
    let end = tape[container].kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")
    guard base[position] == end else { return false }
    try close()
    return true
  }

  /// Behind a complete value: closes every container that ends here, and stops before the next value or at the end.
  private mutating func closeFinished() throws(JSONFault) {
    while container >= 0 {
      skipWhitespace()
      guard position < count else { throw fault(.unexpectedEnd) }
      tape[container].countOne()
      let isObject = tape[container].kind == .object
      switch base[position] {
      case UInt8(ascii: ","):
        position += 1
        if isObject {
          guard tape[container].count < limits.members else { throw fault(.tooManyMembers) }
          try readName()
        }
        return
      case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
        try close()
      default:
        throw fault(.unexpectedByte)
      }
    }
  }

  private mutating func close() throws(JSONFault) {
    position += 1
    depth -= 1
    let closed = container
    // The root's neighbour −1 became a UInt32 and must come back as −1.
    container = Int(Int32(bitPattern: tape[closed].next))
    tape[closed].close(end: position, next: tape.count)
    if tape[closed].count > 1, tape[closed].kind == .object { try refuseDuplicateNames(of: closed) }
  }

  /// Reads a member name and its colon.
  private mutating func readName() throws(JSONFault) {
    skipWhitespace()
    guard position < count else { throw fault(.unexpectedEnd) }
    guard base[position] == UInt8(ascii: "\"") else { throw fault(.unexpectedByte) }
    guard tape.count < limits.values else { throw fault(.tooManyValues) }
    try readString()
    skipWhitespace()
    guard position < count else { throw fault(.unexpectedEnd) }
    guard base[position] == UInt8(ascii: ":") else { throw fault(.unexpectedByte) }
    position += 1
  }

  // MARK: Helpers

  @inline(__always) private mutating func skipWhitespace() {
    while position < count {
      let byte = base[position]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position += 1
    }
  }

  func fault(_ code: JSONError.Code) -> JSONFault { JSONFault(code: code, offset: position) }
}
