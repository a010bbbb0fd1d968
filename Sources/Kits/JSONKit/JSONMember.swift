/// One member of an object: its name and its value.
package struct JSONMember: Sendable {
  /// The name as the string value it is in the text, with its own bytes and place.
  package let nameValue: JSONValue
  package let value: JSONValue

  /// The name, escapes resolved.
  package var name: String { nameValue.string ?? "" }

  /// Lends the UTF-8 bytes of the name, escapes resolved.
  package func withUTF8Name<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let result = try nameValue.withUTF8String(body) else { preconditionFailure("a member name is a string") }
    return result
  }

  /// Whether the name is made of exactly these scalars; canonically equivalent names differ (RFC 8259 §8.3).
  package func isNamed(_ name: String) -> Bool {
    withUTF8Name { $0.elementsEqual(name.utf8) }
  }
}
