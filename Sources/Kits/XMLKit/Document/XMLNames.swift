import CXML

/// Names that are written into many documents, checked and stored once for all of them.
///
/// A document built with them (`XMLTreeBuilder.init(names:)`) refers to the stored names; its own names come beside them.
///
/// `@unchecked Sendable`: the dictionary is filled by the initialiser and only read afterwards, which libxml2 allows any
/// number of threads; documents count their references to it under libxml2's own lock.
package final class XMLNames: @unchecked Sendable {
  let dictionary: xmlDictPtr
  private let names: [String: XMLName]

  /// `names` are NCNames; another one is a mistake of the caller and traps.
  package init(_ names: some Sequence<String>) {
    XMLLibrary.start()
    guard let dictionary = xmlDictCreate() else { preconditionFailure("memory ran out while names were stored") }
    var stored: [String: XMLName] = [:]
    for var name in names {
      let pointer = name.withUTF8 { bytes in
        precondition(XMLCharacters.isName(bytes), "an element or attribute name must be an NCName")
        return xmlDictLookup(dictionary, bytes.baseAddress, Int32(bytes.count))
      }
      guard let pointer else { preconditionFailure("memory ran out while a name was stored") }
      stored[name] = XMLName(pointer: pointer, dictionary: dictionary)
    }
    self.dictionary = dictionary
    self.names = stored
  }

  deinit {
    xmlDictFree(dictionary)
  }

  /// The stored name; nil for one that is not among them.
  package subscript(_ name: String) -> XMLName? { names[name] }
}

/// One of the stored names of an `XMLNames`, as cheap to hand on as a number.
///
/// `@unchecked Sendable`: what it points to is never written; whoever writes with it checks that it comes from the names
/// that the document keeps alive.
package struct XMLName: @unchecked Sendable {
  let pointer: UnsafePointer<UInt8>
  /// Whose it is; never followed.
  let dictionary: xmlDictPtr
}
