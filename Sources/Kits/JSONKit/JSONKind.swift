/// The six kinds of JSON values (RFC 8259 §3).
package enum JSONKind: String, Sendable, CaseIterable {
  case object, array, string, number, boolean, null
}
