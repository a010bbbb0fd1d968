import CXML

/// The namespaces of one expression in the form libxml2 looks prefixes up in, made once and lent to every evaluation.
///
/// `@unchecked Sendable`: nothing writes to the memory between the initialiser and deinit, and libxml2 only compares
/// prefixes in it.
final class XPathNamespaces: @unchecked Sendable {
  private let table: UnsafeMutablePointer<xmlNsPtr?>
  private let count: Int

  init(_ namespaces: [String: String]) {
    count = namespaces.count
    table = .allocate(capacity: max(count, 1))
    for (index, entry) in namespaces.enumerated() {
      guard let declaration = xmlNewNs(nil, entry.value, entry.key) else {
        preconditionFailure("memory ran out while an expression was made")
      }
      (table + index).initialize(to: declaration)
    }
  }

  deinit {
    for index in 0..<count { xmlFreeNs(table[index]) }
    table.deinitialize(count: count)
    table.deallocate()
  }

  func lend(to context: xmlXPathContextPtr) {
    context.pointee.namespaces = table
    context.pointee.nsNr = Int32(count)
  }
}
