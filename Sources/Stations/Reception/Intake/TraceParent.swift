/// The W3C `traceparent` header (https://www.w3.org/TR/trace-context/ §3.2), version 00.
package enum TraceParent {
  /// The header's value when it is well-formed; a wrong one is left out, as the standard asks.
  package static func accepted(_ value: String?) -> String? {
    guard let value else { return nil }
    let parts = value.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "00", parts[1].utf8.count == 32, parts[2].utf8.count == 16,
      parts[3].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } }),
      parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
    else { return nil }
    return value
  }
}
