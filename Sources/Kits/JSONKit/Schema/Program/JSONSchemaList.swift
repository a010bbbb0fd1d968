/// A list inside a compiled schema: the places of its elements in one of the program's tables.
///
/// Rules made of plain numbers are read where they lie; an array in each would count references at every look.
typealias JSONSchemaList = Range<Int32>

extension JSONSchemaList {
  static var empty: JSONSchemaList { 0..<0 }
}

extension Array {
  /// Puts the elements of a list behind all others; returns where they are.
  mutating func append(list elements: [Element]) -> JSONSchemaList {
    let start = Int32(count)
    append(contentsOf: elements)
    return start..<Int32(count)
  }
}
