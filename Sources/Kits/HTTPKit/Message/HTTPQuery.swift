/// The parameters of a request target, in order, decoded as forms write them (`+` is a space).
package struct HTTPQuery: Sendable, Equatable {
  package struct Parameter: Sendable, Equatable {
    package let name: String
    /// Empty for `?name` and for `?name=`.
    package let value: String
  }

  package private(set) var parameters: [Parameter] = []

  package init() {}

  init?(parsing bytes: ArraySlice<UInt8>) {
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let mark = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      guard let name = HTTPTarget.decoded(pair[..<mark], plusIsSpace: true),
        let value = HTTPTarget.decoded(pair[mark...].dropFirst(), plusIsSpace: true)
      else { return nil }
      parameters.append(Parameter(name: name, value: value))
    }
  }

  /// The value of the first parameter of this name; names are case-sensitive.
  package subscript(_ name: String) -> String? {
    parameters.first { $0.name == name }?.value
  }

  /// The values of all parameters of this name, in order.
  package func values(_ name: String) -> [String] {
    parameters.filter { $0.name == name }.map(\.value)
  }
}
