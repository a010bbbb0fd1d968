/// Writes one JSON value, piece by piece, into bytes.
///
/// Numbers are taken as text, so that what was read exactly is written exactly. Misuse — a member without a name, a
/// bracket that does not match, a second root, text that is no number — is a fault of the program and traps.
///
///     var writer = JSONWriter()
///     writer.beginObject()
///     writer.name("code")
///     writer.string("H29.110-250919-00001")
///     writer.endObject()
///     let bytes = writer.finish()
package struct JSONWriter: Sendable {
  /// What may be written next.
  private enum Expectation {
    case root, nothing, name, memberValue, element
  }

  /// The bytes so far.
  package private(set) var bytes: [UInt8] = []
  private let indent: Int?
  private var expectation = Expectation.root
  /// The open containers, outermost first: whether each is an object, and whether it has anything in it.
  private var open: [(isObject: Bool, isEmpty: Bool)] = []

  /// A writer of one line without spaces, or, with `indent`, of one member or element per line, that many spaces deep.
  package init(indent: Int? = nil) {
    precondition(indent.map { $0 >= 0 } ?? true, "an indent is not negative")
    self.indent = indent
  }

  /// The complete value; traps while something is still open or nothing was written.
  package consuming func finish() -> [UInt8] {
    precondition(expectation == .nothing, "JSONWriter.finish() comes after exactly one complete value")
    return bytes
  }

  // MARK: Containers

  package mutating func beginObject() { begin(isObject: true) }
  package mutating func endObject() { end(isObject: true) }
  package mutating func beginArray() { begin(isObject: false) }
  package mutating func endArray() { end(isObject: false) }

  /// The name of the next member. That a name comes once is the caller's care.
  package mutating func name(_ name: String) {
    openMember()
    appendQuoted(name)
    closeName()
  }

  // MARK: Scalars

  package mutating func string(_ text: String) {
    openValue()
    appendQuoted(text)
    closeValue()
  }

  /// A string from UTF-8 bytes; traps when they are not UTF-8.
  package mutating func string(utf8 text: UnsafeBufferPointer<UInt8>) {
    precondition((try? UTF8Span(validating: text.span)) != nil, "JSONWriter.string(utf8:) takes UTF-8")
    openValue()
    JSONText.appendQuoted(text, to: &bytes)
    closeValue()
  }

  /// A number in its JSON spelling, which is kept; traps on text that is no JSON number.
  package mutating func number(_ text: String) {
    precondition(JSONText.isNumber(text), "JSONWriter.number(_:) takes a number as RFC 8259 §6 spells it")
    openValue()
    bytes.append(contentsOf: text.utf8)
    closeValue()
  }

  package mutating func integer(_ number: some FixedWidthInteger) {
    openValue()
    bytes.append(contentsOf: String(number).utf8)
    closeValue()
  }

  package mutating func boolean(_ boolean: Bool) {
    openValue()
    bytes.append(contentsOf: (boolean ? "true" : "false").utf8)
    closeValue()
  }

  package mutating func null() {
    openValue()
    bytes.append(contentsOf: "null".utf8)
    closeValue()
  }

  // MARK: Values from documents

  /// A value as its document spells it: order, numbers and escapes are kept, only the space between is the writer's.
  package mutating func value(_ value: JSONValue) {
    let tape = value.document.tape
    let end = Int(value.node.next)
    var containerEnds: [(end: Int, isObject: Bool)] = []
    var entry = value.index
    var isName = false
    repeat {
      let node = tape[entry]
      if isName {
        openMember()
        copy(node, of: value.document)
        closeName()
        isName = false
        entry += 1
        continue
      }
      if node.kind == .object || node.kind == .array {
        begin(isObject: node.kind == .object)
        containerEnds.append((end: Int(node.next), isObject: node.kind == .object))
      } else {
        openValue()
        copy(node, of: value.document)
        closeValue()
      }
      entry += 1
      while let innermost = containerEnds.last, innermost.end == entry {
        self.end(isObject: innermost.isObject)
        containerEnds.removeLast()
      }
      isName = containerEnds.last?.isObject ?? false
    } while entry < end
  }

  private mutating func copy(_ node: JSONNode, of document: JSONDocument) {
    bytes.append(contentsOf: document.bytes[node.sourceRange])
  }

  // MARK: Grammar

  private mutating func begin(isObject: Bool) {
    openValue()
    bytes.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
    open.append((isObject: isObject, isEmpty: true))
    expectation = isObject ? .name : .element
  }

  private mutating func end(isObject: Bool) {
    guard let innermost = open.popLast(), innermost.isObject == isObject, expectation != .memberValue else {
      preconditionFailure("JSONWriter: this \(isObject ? "object" : "array") is not the innermost open container")
    }
    if !innermost.isEmpty { breakLine() }
    bytes.append(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    closeValue()
  }

  private mutating func openMember() {
    precondition(expectation == .name, "JSONWriter: a name stands only in an object, in front of each value")
    separate()
  }

  private mutating func closeName() {
    bytes.append(UInt8(ascii: ":"))
    if indent != nil { bytes.append(UInt8(ascii: " ")) }
    expectation = .memberValue
  }

  private mutating func openValue() {
    switch expectation {
    case .root, .memberValue: break
    case .element: separate()
    case .name: preconditionFailure("JSONWriter: a value in an object needs a name first")
    case .nothing: preconditionFailure("JSONWriter: the one value is already complete")
    }
  }

  private mutating func closeValue() {
    guard let innermost = open.last else {
      expectation = .nothing
      return
    }
    expectation = innermost.isObject ? .name : .element
  }

  private mutating func separate() {
    if !open[open.count - 1].isEmpty { bytes.append(UInt8(ascii: ",")) }
    open[open.count - 1].isEmpty = false
    breakLine()
  }

  private mutating func breakLine() {
    guard let indent else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * open.count))
  }

  private mutating func appendQuoted(_ text: String) {
    var text = text
    text.withUTF8 { JSONText.appendQuoted($0, to: &bytes) }
  }
}
