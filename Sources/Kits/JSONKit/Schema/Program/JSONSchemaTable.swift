/// A part of a compiled schema in memory of its own, read through pointers so that a validation counts no references.
final class JSONSchemaTable<Element>: @unchecked Sendable {
  // @unchecked: the elements are written once, here, before any sharing, and only read until deinit. Whoever reads
  // through a pointer holds the program that owns the table for the whole validation.
  private let storage: UnsafeMutableBufferPointer<Element>

  init(_ elements: [Element]) {
    storage = .allocate(capacity: elements.count)
    _ = storage.initialize(from: elements)
  }

  deinit {
    storage.deinitialize()
    storage.deallocate()
  }

  @inline(__always) subscript(index: Int32) -> UnsafePointer<Element> {
    precondition(index >= 0 && Int(index) < storage.count, "an index of a compiled schema points into its table")
    return UnsafePointer(storage.baseAddress.unsafelyUnwrapped + Int(index))
  }
}
