/// A part of a compiled schema in memory of its own, read through pointers so that a validation counts no references.
final class JSONSchemaTable<Element>: @unchecked Sendable {
  // @unchecked: the elements are written once, here, before any sharing, and only read until deinit.
  private let storage: UnsafeMutableBufferPointer<Element>

  init(_ elements: [Element]) {
    storage = .allocate(capacity: elements.count)
    _ = storage.initialize(from: elements)
  }

  deinit {
    storage.deinitialize()
    storage.deallocate()
  }

  /// The elements, for as long as the table lives.
  var view: JSONSchemaTableView<Element> { JSONSchemaTableView(elements: UnsafeBufferPointer(storage)) }
}

/// A table lent for one validation, during which the program, its owner, is held.
struct JSONSchemaTableView<Element> {
  fileprivate let elements: UnsafeBufferPointer<Element>

  @inline(__always) subscript(index: Int32) -> UnsafePointer<Element> {
    precondition(index >= 0 && Int(index) < elements.count, "an index of a compiled schema points into its table")
    return elements.baseAddress.unsafelyUnwrapped + Int(index)
  }
}
