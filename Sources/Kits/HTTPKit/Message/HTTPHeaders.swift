/// The fields of a message in the order they came, found by name whatever the case (RFC 9110 §5).
///
/// All names and values lie in one array of bytes, and a `String` is made only for what is asked for: a request
/// costs two allocations here, however many fields it has. Values are read as UTF-8, with U+FFFD for what is not.
package struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
  private struct Field: Sendable {
    var nameStart: Int32
    var nameCount: Int32
    var valueStart: Int32
    var valueCount: Int32

    var name: Range<Int> { Int(nameStart)..<Int(nameStart + nameCount) }
    var value: Range<Int> { Int(valueStart)..<Int(valueStart + valueCount) }
  }

  private var bytes: [UInt8]
  private var fields: [Field]

  package init() {
    bytes = []
    fields = []
  }

  /// Fields in the order of the literal; a name may stand twice.
  package init(dictionaryLiteral elements: (String, String)...) {
    self.init()
    for (name, value) in elements { append(name, value) }
  }

  /// Takes over a head as it lay in a receive buffer; fields are then added with ``appendField(name:value:)``.
  init(takingOver bytes: [UInt8], fieldsReserved: Int) {
    self.bytes = bytes
    fields = []
    fields.reserveCapacity(fieldsReserved)
  }

  /// Adds a field whose name and value already lie in the bytes this was made from.
  mutating func appendField(name: Range<Int>, value: Range<Int>) {
    fields.append(
      Field(
        nameStart: Int32(name.lowerBound), nameCount: Int32(name.count),
        valueStart: Int32(value.lowerBound), valueCount: Int32(value.count)))
  }

  /// Adds a field after the others, also when the name is there already.
  package mutating func append(_ name: String, _ value: String) {
    let nameStart = bytes.count
    bytes.append(contentsOf: name.utf8)
    let valueStart = bytes.count
    bytes.append(contentsOf: value.utf8)
    appendField(name: nameStart..<valueStart, value: valueStart..<bytes.count)
  }

  /// Removes every field of this name.
  package mutating func remove(_ name: String) {
    fields.removeAll { HTTPToken.equalIgnoringCase(bytes[$0.name], name.utf8) }
  }

  package var count: Int { fields.count }
  package var isEmpty: Bool { fields.isEmpty }

  /// The value of the first field of this name; setting replaces every field of the name by one, nil removes them.
  package subscript(_ name: String) -> String? {
    get {
      fields.first { HTTPToken.equalIgnoringCase(bytes[$0.name], name.utf8) }
        .map { String(decoding: bytes[$0.value], as: UTF8.self) }
    }
    set {
      remove(name)
      if let newValue { append(name, newValue) }
    }
  }

  /// The values of all fields of this name, in order.
  package func values(_ name: String) -> [String] {
    fields.lazy.filter { HTTPToken.equalIgnoringCase(bytes[$0.name], name.utf8) }
      .map { String(decoding: bytes[$0.value], as: UTF8.self) }
  }

  /// The bytes of the value of the first field of this name, as they came: for what was signed.
  package func bytes(_ name: String) -> [UInt8]? {
    fields.first { HTTPToken.equalIgnoringCase(bytes[$0.name], name.utf8) }.map { Array(bytes[$0.value]) }
  }

  package func contains(_ name: String) -> Bool {
    fields.contains { HTTPToken.equalIgnoringCase(bytes[$0.name], name.utf8) }
  }

  /// Every field, in order.
  package var all: [(name: String, value: String)] {
    fields.map {
      (String(decoding: bytes[$0.name], as: UTF8.self), String(decoding: bytes[$0.value], as: UTF8.self))
    }
  }

  /// The first field that could not be sent as it stands: its name is no token, or its value holds a control
  /// character (a line break in a value would start a field of the sender's choosing).
  package var firstUnsendableName: String? {
    fields.first {
      !HTTPToken.isToken(bytes[$0.name]) || !bytes[$0.value].allSatisfy(HTTPToken.isValueByte)
    }.map { String(decoding: bytes[$0.name].filter(HTTPToken.isTokenByte), as: UTF8.self) }
  }
}

extension HTTPHeaders: Equatable {
  /// Same fields in the same order; names compare without case, values exactly.
  package static func == (left: HTTPHeaders, right: HTTPHeaders) -> Bool {
    left.fields.count == right.fields.count
      && zip(left.fields, right.fields).allSatisfy {
        HTTPToken.equalIgnoringCase(left.bytes[$0.name], right.bytes[$1.name])
          && left.bytes[$0.value].elementsEqual(right.bytes[$1.value])
      }
  }
}
